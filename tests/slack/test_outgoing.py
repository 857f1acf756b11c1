import time
from collections.abc import AsyncIterator

import pytest

from bot.local.slack import Fault, Slack
from bot.settings import Settings
from bot.slack import outgoing as module
from bot.slack.outgoing import Outgoing, ReplyRefusedError


@pytest.fixture
async def outgoing(settings: Settings) -> AsyncIterator[Outgoing]:
    made = Outgoing(settings)
    made.open()
    yield made
    await made.close()


@pytest.mark.parametrize(
    "fault", [Fault(status=429, retry_after=1), Fault(status=503), Fault(status=502), Fault(error="internal_error")]
)
async def test_the_web_api_is_tried_again(slack: Slack, outgoing: Outgoing, fault: Fault) -> None:
    slack.faults.add("auth.test", fault)

    assert (await outgoing.client.auth_test())["ok"]
    assert len(slack.transcript.calls("auth.test")) == 2


async def test_retry_after_is_honoured(slack: Slack, outgoing: Outgoing) -> None:
    slack.faults.add("auth.test", Fault(status=429, retry_after=1))
    began = time.monotonic()

    await outgoing.client.auth_test()

    assert time.monotonic() - began >= 1


async def test_silence_ends(slack: Slack, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.1)
    outgoing = Outgoing(settings)
    outgoing.open()
    slack.faults.add("auth.test", Fault(hang=True), 2)

    with pytest.raises(TimeoutError):
        await outgoing.client.auth_test()
    await outgoing.close()


async def test_what_must_not_happen_twice_is_not_sent_again(
    slack: Slack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.2)
    outgoing = Outgoing(settings)
    outgoing.open()
    slack.faults.add("response_url", Fault(hang=True))

    with pytest.raises(TimeoutError):
        await outgoing.reply(slack.url + "/actions/x", {"text": "x"}, once=True)
    assert len(slack.transcript.calls("response_url")) == 1
    await outgoing.close()


async def test_what_was_lost_once_is_sent_again(
    slack: Slack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.2)
    outgoing = Outgoing(settings)
    outgoing.open()
    slack.faults.add("auth.test", Fault(hang=True))

    assert (await outgoing.client.auth_test())["ok"]
    await outgoing.close()


async def test_an_answer_that_slack_refuses_is_an_error_without_the_address(slack: Slack, outgoing: Outgoing) -> None:
    address = f"{slack.url}/actions/T1/1/not-a-real-one"

    with pytest.raises(ReplyRefusedError) as refused:
        await outgoing.reply(address, {"text": "x"})

    assert "not-a-real-one" not in str(refused.value)
    slack.broken_rules.clear()


async def test_one_session_is_shared_and_closed(settings: Settings) -> None:
    outgoing = Outgoing(settings)
    session = outgoing.open()

    assert outgoing.open() is session
    assert outgoing.client.session is session
    await outgoing.close()
    assert session.closed
