import logging
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.local.in_process import in_process
from bot.local.slack import Slack
from bot.observation import Observation
from bot.report import Verdict
from bot.server.metrics import Metrics, MetricsPage
from bot.server.tasks import Tasks
from bot.server.web import create_app
from bot.settings import Settings
from tests.slack.doubles import TOKEN, Diagnosing, report


def shown(metrics: Metrics) -> list[str]:
    """The lines that count something."""
    return [line for line in metrics.shown().decode().splitlines() if line.startswith("rhythm_auth_")]


def test_a_diagnosis_is_counted_by_surface_verdict_and_cause() -> None:
    metrics = Metrics()
    metrics.diagnosed("modal", report(), 0.002)
    metrics.diagnosed("modal", report(), 0.002)
    metrics.diagnosed("command", report(Verdict.NOTHING_TO_CHECK), 0.002)

    lines = shown(metrics)
    assert 'rhythm_auth_diagnoses_total{cause="audience-wrong",surface="modal",verdict="blocked"} 2.0' in lines
    assert 'rhythm_auth_diagnoses_total{cause="none",surface="command",verdict="nothing-to-check"} 1.0' in lines
    assert 'rhythm_auth_diagnosis_seconds_bucket{le="0.001",surface="modal"} 0.0' in lines
    assert 'rhythm_auth_diagnosis_seconds_bucket{le="0.0025",surface="modal"} 2.0' in lines


def test_a_cause_that_is_not_ours_is_no_label() -> None:
    metrics = Metrics()
    metrics.diagnosed("modal", report(cause=TOKEN), 0.002)

    assert TOKEN not in metrics.shown().decode()
    assert 'rhythm_auth_diagnoses_total{cause="other",surface="modal",verdict="blocked"} 1.0' in shown(metrics)


@pytest.mark.parametrize(
    ("observation", "labels"),
    [
        (Observation("keys", 200), 'outcome="200",probe="keys"'),
        (Observation("who-am-i", 403), 'outcome="403",probe="who-am-i"'),
        (Observation("who-am-i", 418), 'outcome="4xx",probe="who-am-i"'),
        (Observation("baseline", failure=f"no answer for {TOKEN}"), 'outcome="no-answer",probe="baseline"'),
        (Observation("keys", skipped=f"not sent: {TOKEN}"), 'outcome="skipped",probe="keys"'),
        (Observation(TOKEN, 200), 'outcome="200",probe="other"'),
    ],
)
def test_a_probe_is_counted_by_its_status_alone(observation: Observation, labels: str) -> None:
    metrics = Metrics()
    metrics.probed(observation, 0.3)

    assert f"rhythm_auth_probe_seconds_count{{{labels}}} 1.0" in shown(metrics)
    assert TOKEN not in metrics.shown().decode()


def test_errors_of_slack_are_counted_by_its_codes_of_which_there_are_not_too_many() -> None:
    metrics = Metrics()
    metrics.slack_failed("views.open", "expired_trigger_id")
    metrics.slack_failed("chat.postMessage", f"{TOKEN} is wrong")
    for number in range(1000):
        metrics.slack_failed("chat.postMessage", f"code_{number}")

    lines = shown(metrics)
    assert 'rhythm_auth_slack_errors_total{error="expired_trigger_id",method="views.open"} 1.0' in lines
    assert TOKEN not in metrics.shown().decode()
    assert len([line for line in lines if line.startswith("rhythm_auth_slack_errors_total")]) < 120


async def test_what_is_under_way_is_looked_at_when_it_is_shown() -> None:
    metrics, tasks, is_ready = Metrics(), Tasks(), [False]
    metrics.watch(tasks, lambda: is_ready[0])
    with tasks.answering():
        assert 'rhythm_auth_under_way{what="answering"} 1.0' in shown(metrics)
    assert 'rhythm_auth_under_way{what="answering"} 0.0' in shown(metrics)
    assert "rhythm_auth_ready 0.0" in shown(metrics)
    is_ready[0] = True
    assert "rhythm_auth_ready 1.0" in shown(metrics)


def test_warnings_and_errors_of_the_log_are_counted() -> None:
    metrics = Metrics()
    log = logging.getLogger("a log of this test")
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(metrics.count_lines())
    log.info("fine")
    log.warning("odd")
    log.error("wrong")
    log.critical("lost")

    assert 'rhythm_auth_log_lines_total{level="warning"} 1.0' in shown(metrics)
    assert 'rhythm_auth_log_lines_total{level="error"} 2.0' in shown(metrics)


@pytest.fixture
async def client(settings: Settings, diagnosing: Diagnosing) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application with the route."""
    async with in_process(create_app(settings._replace(metrics_token="secret-of-ours"), diagnosing.given())) as client:
        yield client


async def test_whoever_has_the_token_sees_them(slack: Slack, client: httpx.AsyncClient) -> None:
    await slack.settled(at_least=0, quiet=0.1)
    ada = slack.person(client)
    await ada.command("token")
    await ada.delivery.send(b"command=%2Frhythm-auth", {"X-Slack-Signature": "v0=" + "0" * 64})
    response = await client.get("/metrics", headers={"Authorization": "bearer secret-of-ours"})

    lines = response.text.splitlines()
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert 'rhythm_auth_diagnoses_total{cause="audience-wrong",surface="command",verdict="blocked"} 1.0' in lines
    assert 'rhythm_auth_answer_seconds_count{kind="command"} 1.0' in lines
    assert 'rhythm_auth_turned_away_total{status="401"} 1.0' in lines
    assert "rhythm_auth_bad_signatures_total 1.0" in lines
    assert "rhythm_auth_ready 1.0" in lines
    assert any(line.startswith("process_resident_memory_bytes ") for line in lines)


async def test_no_label_tells_who_asked_or_where(slack: Slack, client: httpx.AsyncClient) -> None:
    ada = slack.person(client)
    await ada.command("token")
    response = await client.get("/metrics", headers={"Authorization": "Bearer secret-of-ours"})

    assert 'surface="command"' in response.text
    workspace = slack.workspace
    assert not [told for told in (ada.user_id, ada.dm_id, workspace.team_id) if told in response.text]


async def test_the_token_is_compared_in_constant_time(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(given: bytes, expected: bytes) -> bool:
        compared.append((given, expected))
        return False

    monkeypatch.setattr("bot.server.metrics.hmac.compare_digest", compare)
    response = await client.get("/metrics", headers={"Authorization": "Bearer secret-of-ours"})

    assert compared == [(b"bearer secret-of-ours", b"bearer secret-of-ours")]
    assert response.status_code == 401  # nothing else decides


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "secret-of-ours",
        "Bearer",
        "Bearer secret-of-our",
        "Bearer  secret-of-ours",
        "Basic secret-of-ours",
        "Bearer ü",
    ],
)
async def test_others_do_not(client: httpx.AsyncClient, authorization: str) -> None:
    headers = [(b"Authorization", authorization.encode("latin-1"))]
    response = await client.get("/metrics", headers=headers)

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "rhythm" not in response.text


async def test_it_is_only_looked_at(client: httpx.AsyncClient) -> None:
    assert (await client.post("/metrics", headers={"Authorization": "Bearer secret-of-ours"})).status_code == 405


def test_no_token_no_page() -> None:
    with pytest.raises(ValueError, match="anybody"):
        MetricsPage(Metrics(), "")
