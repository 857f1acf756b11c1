"""The prober against stand-ins that answer, misbehave and hang: what is asked, what is seen, and what the answer says of it."""

import asyncio
import time

import pytest

from bot.local import faults
from bot.local.auth0 import CONTACT_ID, CUSTOMER_ID, TENANT_ID, Issuer, Kind
from bot.local.faults import Fault
from bot.local.loopback import Loopback
from bot.report import Outcome, Report, Verdict
from tests.live.conftest import Bench

DENIED = "User is not authorized to access this resource with an explicit deny"


def root(report: Report) -> tuple[str, str]:
    found = report.root_cause
    return (found.cause, str(found.certainty)) if found else ("none", "")


def live_line(report: Report) -> tuple[str, str]:
    line = report.checks[-1]
    assert line.id == "live"
    return str(line.outcome), line.summary


def ids(report: Report) -> list[str]:
    return [probe.id for probe in report.live or ()]


def notices(report: Report) -> list[str]:
    return [notice.id for notice in report.notices]


# What is asked


async def test_a_users_token_is_asked_about_in_both_forms_with_the_baselines_and_the_key_set(bench: Bench) -> None:
    report = await bench.report(bench.mint())

    assert ids(report) == ["keys", "who-am-i", "who-am-i-tenant", "baseline"]
    assert [probe.outcome for probe in report.live or ()] == [Outcome.PASSED] * 4
    assert report.verdict is Verdict.CLEAR
    assert live_line(report) == ("passed", "works now: the API accepts this token and knows its contact")
    assert sorted(bench.statuses()) == [
        ("baseline", False),
        ("baseline", False),
        ("who-am-i", True),
        ("who-am-i-tenant", True),
    ]


async def test_a_machines_token_is_asked_about_without_a_contact(bench: Bench) -> None:
    report = await bench.report(bench.mint("machine", {CUSTOMER_ID: "cus"}))

    assert ids(report) == ["keys", "any-contact", "baseline"]
    assert live_line(report) == ("passed", "works now: the API accepts this token")
    paths = [asked.path for asked in bench.rhythm.questions("any-contact")]
    assert paths == ["/rolodex/contacts/example.org/emailAddress/rhythm-auth-live-check@example.com"]


async def test_a_users_token_without_contact_is_asked_about_both_ways(bench: Bench) -> None:
    assert ids(await bench.report(bench.unlinked())) == [
        "keys",
        "who-am-i",
        "who-am-i-tenant",
        "any-contact",
        "baseline",
    ]


async def test_requests_ask_for_plain_json_and_carry_nothing_else(bench: Bench) -> None:
    token = bench.mint()
    await bench.observe(token)

    (asked,) = bench.rhythm.questions("who-am-i")
    assert asked.headers == {
        "host": bench.rhythm.url.removeprefix("http://"),
        "accept": "application/json",
        "accept-encoding": "identity",
        "user-agent": "rhythm-auth",
        "authorization": f"Bearer {token}",
    }
    assert all("authorization" not in keys.headers for keys in bench.auth0.asked)


async def test_a_text_without_a_token_asks_nobody(bench: Bench) -> None:
    assert await bench.observe("curl https://rolodex.api.rhythmsoftware.com/contacts/current") == {}
    assert (await bench.report("good morning")).live is None
    assert bench.rhythm.asked == bench.auth0.asked == []


@pytest.mark.parametrize("tenant", ["..", ".", "a/b", "a%2Fb", "a b", "", "a?b", "ä", "x" * 201, 7])
async def test_a_tenant_that_is_no_plain_segment_stands_in_no_path(bench: Bench, tenant: object) -> None:
    seen = await bench.observe(bench.mint(claims={TENANT_ID: tenant}))

    assert bench.rhythm.questions("who-am-i-tenant") == bench.rhythm.questions("other") == []
    if "who-am-i-tenant" in seen:  # an empty one is missing: then nothing is sent at all
        assert seen["who-am-i-tenant"].skipped == "no tenant id that can stand in a path"
        assert seen["who-am-i"].status == 200


# What is sent nowhere


@pytest.mark.parametrize(
    ("kind", "claims", "why"),
    [
        pytest.param("access", {"aud": "https://api.example.org"}, "it is for another audience", id="audience"),
        pytest.param("access", {"exp": int(time.time()) - 1}, "it has expired", id="expired-a-second-ago"),
        pytest.param("access", {"exp": None}, "it is no access token", id="no-exp"),
        pytest.param("access", {"nbf": int(time.time()) + 4000}, "what is wrong in it is certain", id="not-yet"),
        pytest.param("access", {TENANT_ID: None}, "what is wrong in it is certain", id="no-tenant"),
        pytest.param("id", {}, "it is no access token", id="id"),
        pytest.param("hs256", {}, "what is wrong in it is certain", id="hs256"),
        pytest.param("unsigned", {}, "what is wrong in it is certain", id="unsigned"),
        pytest.param("opaque", {}, "it is no JWT that can be read", id="opaque"),
        pytest.param("encrypted", {}, "it is no JWT that can be read", id="encrypted"),
    ],
)
async def test_what_is_not_worth_it_is_sent_nowhere(
    bench: Bench, kind: Kind, claims: dict[str, object], why: str
) -> None:
    seen = await bench.observe(bench.mint(kind, claims))

    assert seen["who-am-i"].skipped == f"the token was not sent: {why}"
    assert bench.rhythm.asked == []


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param("xoxb-{0}-{0}", id="slack"),
        pytest.param("ya29.{0}{0}", id="google"),
        pytest.param("Authorization: Bearer {0}{0}{0}{0}{0}abcd", id="64-characters"),
        pytest.param("client_secret={0}{0}{0}{0}", id="secret"),
        pytest.param('{{"refresh_token": "v1.{0}{0}{0}"}}', id="refresh"),
    ],
)
async def test_other_secrets_are_sent_nowhere(bench: Bench, secret: str) -> None:
    await bench.observe(secret.format("Ab1Cd2Ef3Gh4"))

    assert bench.rhythm.asked == bench.auth0.asked == []


async def test_a_label_decides_even_for_a_token_that_looks_right(bench: Bench) -> None:
    seen = await bench.observe(f'{{"id_token": "{bench.mint()}"}}')

    assert seen["who-am-i"].skipped
    assert bench.rhythm.asked == []


async def test_a_wrong_header_of_the_request_forbids_nothing(bench: Bench) -> None:
    report = await bench.report(f"Authorization: {bench.mint()}")

    assert root(report) == ("scheme-missing", root(bench.offline(f"Authorization: {bench.mint()}"))[1])
    assert report.root_cause is not None
    assert report.root_cause.detail.endswith("The token itself works: the API accepted it just now.")
    assert report.verdict is Verdict.BLOCKED
    assert live_line(report)[0] == "passed"


async def test_an_issuer_that_is_not_the_operators_is_not_asked(bench: Bench, key: Issuer) -> None:
    seen = await bench.observe(bench.mint(issuer=key))

    assert seen["keys"].skipped == "its issuer is not one that may be asked"
    assert bench.auth0.asked == bench.rhythm.asked == []


@pytest.mark.parametrize("parameter", ["jku", "x5u"])
async def test_what_a_header_names_is_not_followed(bench: Bench, parameter: str) -> None:
    async with Trap() as trap:
        token = bench.auth0.issuer.mint(header={parameter: f"{trap.url}/keys"}, now=time.time())
        report = await bench.report(token)

    assert trap.asked == []
    assert "header-parameters" in notices(report)


@pytest.mark.parametrize(
    "issuer",
    [
        "{trap}/",
        "{trap}/.auth0.com/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://acme.us.auth0.com@127.0.0.1/",
        "https://acme.us.auth0.com:8443/",
        "https://acme.us.auth0.com/../",
        "https://acme.us.auth0.com.example.org/",
        "http://acme.us.auth0.com/",
        "https://auth0.com/",
    ],
)
@pytest.mark.parametrize("domains", [(), ("acme.eu.auth0.com",)])
async def test_no_issuer_of_a_tokens_own_choice_is_contacted(
    bench: Bench, issuer: str, domains: tuple[str, ...]
) -> None:
    bench.another(rhythm_auth0_domains=domains)
    async with Trap() as trap:
        seen = await bench.observe(bench.mint(claims={"iss": issuer.format(trap=trap.url)}))

    assert trap.asked == bench.auth0.asked == []
    assert seen["keys"].skipped
    assert not [asked for asked in bench.rhythm.asked if asked.kind == "other"]


class Trap(Loopback):
    """A server that nobody should ask."""

    async def answer(self, request: object) -> object:  # type: ignore[override]  # it answers nobody
        raise AssertionError("the trap was asked")


# What is seen, by the table of the interface


async def test_a_linked_login_without_the_claim_is_not_told_to_sign_in(bench: Bench) -> None:
    bench.rhythm.linked.add("auth0|example0000000000000ada")
    token = bench.unlinked()

    assert root(bench.offline(token)) == ("contact-id-missing", "likely")
    report = await bench.report(token)
    assert root(report) == ("none", "")
    assert report.verdict is Verdict.CLEAR


async def test_a_login_without_contact_is_certain(bench: Bench) -> None:
    report = await bench.report(bench.unlinked())

    assert root(report) == ("contact-id-missing", "certain")
    assert live_line(report) == ("failed", "the API accepts this token and knows no contact for it")


async def test_a_refused_contact_is_not_certain_while_the_token_may_be_refused(bench: Bench) -> None:
    bench.rhythm.faults["any-contact"] = faults.says(401, "Unauthorized")

    assert root(await bench.report(bench.unlinked())) == ("contact-id-missing", "likely")


@pytest.mark.parametrize("refused", ["who-am-i", "who-am-i-tenant"])
async def test_a_form_that_is_refused_beside_one_that_works_is_a_notice(bench: Bench, refused: str) -> None:
    bench.rhythm.faults[refused] = faults.says(401, "Unauthorized")
    report = await bench.report(bench.mint())

    assert root(report) == ("none", "")
    assert "one-form-refused" in notices(report)
    assert live_line(report)[0] == "passed"


async def test_a_refusal_of_all_forms_is_possible_and_says_whose_answer_it_is(bench: Bench) -> None:
    for kind in ("who-am-i", "who-am-i-tenant"):
        bench.rhythm.faults[kind] = faults.says(401, "Unauthorized")
    report = await bench.report(bench.mint())

    assert root(report) == ("unauthorized-unexplained", "possible")
    assert report.root_cause is not None
    assert "the same answer as to a worthless token" in report.root_cause.detail
    assert report.verdict is Verdict.INCONCLUSIVE


async def test_a_refusal_of_another_kind_than_a_worthless_tokens_is_not_called_the_same(bench: Bench) -> None:
    bench.rhythm.faults["who-am-i"] = faults.says(401, "The incoming token is on a list", www_authenticate="Bearer")
    bench.rhythm.faults["who-am-i-tenant"] = faults.hanging()
    bench.another(live_timeout_seconds=0.5)
    report = await bench.report(bench.mint())

    assert report.root_cause is not None
    assert "worthless" not in report.root_cause.detail


@pytest.mark.parametrize(
    ("message", "certainty"),
    [(DENIED, "certain"), (DENIED.lower(), "certain"), ("Forbidden", "likely"), ("", "likely")],
)
async def test_a_denial_is_as_sure_as_it_is_explicit(bench: Bench, message: str, certainty: str) -> None:
    for kind in ("who-am-i", "who-am-i-tenant"):
        bench.rhythm.faults[kind] = faults.says(403, message)

    assert root(await bench.report(bench.mint())) == ("permission-denied", certainty)


async def test_an_explicit_denial_counts_before_a_bare_one(bench: Bench) -> None:
    bench.rhythm.faults["who-am-i"] = faults.says(403, "Forbidden")
    bench.rhythm.faults["who-am-i-tenant"] = faults.says(403, DENIED)
    report = await bench.report(bench.mint())

    assert root(report) == ("permission-denied", "certain")
    assert report.root_cause is not None
    assert "/contacts/<tenant_id>/current" in report.root_cause.detail


async def test_a_gateway_that_knows_no_such_path_denies_nobody(bench: Bench) -> None:
    for kind in ("who-am-i", "who-am-i-tenant", "baseline"):
        bench.rhythm.faults[kind] = faults.says(403, "Missing Authentication Token")
    report = await bench.report(bench.mint())

    assert report.verdict is Verdict.CLEAR
    assert live_line(report)[0] == "inconclusive"


async def test_a_404_says_that_it_may_be_the_path(bench: Bench) -> None:
    for kind in ("who-am-i", "who-am-i-tenant"):
        bench.rhythm.faults[kind] = faults.says(404, "Not Found")
    report = await bench.report(bench.mint())

    assert report.verdict is Verdict.CLEAR
    assert live_line(report) == ("inconclusive", "the signature fits; 404: accepted, or the path is unknown there")
    assert "sources-disagree" in notices(report)


async def test_an_api_that_takes_a_worthless_token_proves_nothing(bench: Bench) -> None:
    for kind in ("baseline", "who-am-i", "who-am-i-tenant"):
        bench.rhythm.faults[kind] = faults.says(200)
    report = await bench.report(bench.unlinked())

    assert root(report) == root(bench.offline(bench.unlinked()))
    assert live_line(report)[0] == "inconclusive"
    assert "the same as for a worthless token" in live_line(report)[1]


async def test_a_shown_refusal_of_a_token_that_works_now_is_sharpened(bench: Bench) -> None:
    url = f"{bench.rhythm.url}/membership/memberships/example.org"
    paste = (
        f"curl -i '{url}' -H 'Authorization: Bearer {bench.mint()}'\n\nHTTP/1.1 401 Unauthorized\n"
        'Content-Type: application/json\n\n{"message":"Unauthorized"}'
    )
    report = await bench.report(paste)

    assert root(report) == ("unauthorized-unexplained", "possible")
    assert report.root_cause is not None
    assert "it works now" in report.root_cause.detail
    assert report.root_cause.fix.startswith("Send the same request again.")


async def test_what_a_shown_success_says_is_not_overruled(bench: Bench) -> None:
    bench.rhythm.faults[""] = faults.says(403, DENIED)
    url = f"{bench.rhythm.url}/membership/memberships/example.org"
    paste = f"curl -i '{url}' -H 'Authorization: Bearer {bench.mint()}'\n\nHTTP/1.1 200 OK\n\n{{}}"
    report = await bench.report(paste)

    assert report.verdict is Verdict.CLEAR
    assert report.live


# The signature


async def test_a_changed_text_is_certain(bench: Bench) -> None:
    header, _, signature = bench.mint().split(".")
    other = bench.mint(claims={CONTACT_ID: "con_somebody_else"}).split(".")[1]
    report = await bench.report(f"{header}.{other}.{signature}")

    assert root(report) == ("signature-invalid", "certain")
    assert live_line(report)[0] == "failed"


async def test_the_wrong_key_under_the_right_name_is_certain(bench: Bench) -> None:
    token = Issuer().mint(
        claims={"iss": bench.auth0.issuer.url}, header={"kid": bench.auth0.issuer.key_id}, now=time.time()
    )

    assert root(await bench.report(token)) == ("signature-invalid", "certain")


async def test_a_rotated_key_is_found_by_one_more_request(bench: Bench) -> None:
    await bench.observe(bench.mint())
    bench.auth0.rotate()
    report = await bench.report(bench.mint())

    assert report.verdict is Verdict.CLEAR
    assert len(bench.auth0.questions("keys")) == 2


async def test_a_key_that_is_gone_is_unknown_after_one_refetch(bench: Bench) -> None:
    old = bench.mint()
    await bench.observe(old)
    bench.auth0.rotate()
    await bench.observe(bench.mint())
    asked = len(bench.auth0.questions("keys"))
    report = await bench.report(old)

    assert len(bench.auth0.questions("keys")) == asked + 1
    assert root(report) == ("signing-key-unknown", "likely")


async def test_with_the_key_set_kept_a_second_diagnosis_makes_no_key_request(bench: Bench) -> None:
    for _ in range(3):
        await bench.observe(bench.mint())

    assert len(bench.auth0.questions("keys")) == 1
    assert len(bench.rhythm.questions("baseline")) == 2


async def test_an_api_that_takes_the_token_outweighs_a_key_set(bench: Bench) -> None:
    bench.auth0.published = [Issuer()]
    report = await bench.report(bench.mint())
    keys = next(probe for probe in report.live or () if probe.id == "keys")

    assert bench.rhythm.asked
    assert keys.outcome is Outcome.WARNING
    assert root(report) == ("signing-key-unknown", "likely")  # the stand-in verifies with the same set, and refuses

    bench.rhythm.faults["who-am-i"] = faults.says(200)
    report = await bench.report(bench.mint())
    assert report.verdict is Verdict.CLEAR


# What could not be learnt


LATE = 0.6
INCONCLUSIVE = [
    pytest.param(faults.hanging(), "no whole answer within 0.6 s", id="hanging"),
    pytest.param(faults.slow(5), "no whole answer within 0.6 s", id="slow"),
    pytest.param(faults.dripping(0.1), "no whole answer within 0.6 s", id="dripping"),
    pytest.param(faults.huge(), "the answer is larger than 1 MiB", id="huge"),
    pytest.param(faults.announced(1_048_577), "200: the answer is larger than 1 MiB", id="announced"),
    pytest.param(faults.gzip_bomb(), "200: the answer is compressed, which was not asked for", id="gzip-bomb"),
    pytest.param(faults.html(), "200: the answer is no JSON", id="html"),
    pytest.param(faults.html(401), "401: the answer is no JSON", id="html-401"),
    pytest.param(faults.html(403), "403: the answer is no JSON", id="html-403"),
    pytest.param(Fault(200, b"{}"), "200: the answer is no JSON", id="octet-stream"),
    pytest.param(faults.broken(), "200: the answer's JSON is broken", id="broken"),
    pytest.param(faults.broken(b""), "200: the answer's JSON is broken", id="empty"),
    pytest.param(faults.broken(b'{"a":1,"a":2}'), "200: the answer's JSON is broken", id="duplicate-names"),
    pytest.param(faults.broken(b"[" * 100_000), "200: the answer's JSON is broken", id="deep"),
    pytest.param(faults.broken(b'{"a":NaN}'), "200: the answer's JSON is broken", id="nan"),
    pytest.param(faults.broken(b"\xff\xfe"), "200: the answer's JSON is broken", id="no-text"),
    pytest.param(faults.says(429, retry_after="17"), "429: too many calls; try again in 17 s", id="429"),
    pytest.param(faults.says(500, "Internal Server Error"), "500: a fault of the server", id="500"),
    pytest.param(faults.says(503, retry_after="3"), "503: a fault of the server; try again in 3 s", id="503"),
]


@pytest.mark.parametrize(("fault", "reason"), INCONCLUSIVE)
@pytest.mark.parametrize("what", ["healthy", "unlinked"])
async def test_what_teaches_nothing_changes_nothing(bench: Bench, fault: Fault, reason: str, what: str) -> None:
    budget = LATE if f"{LATE:g} s" in reason else 8.0  # a busy machine is late by itself
    bench.another(live_timeout_seconds=budget)
    token = bench.mint() if what == "healthy" else bench.unlinked()
    bench.rhythm.faults[""] = bench.auth0.faults[""] = fault
    report = await bench.report(token)

    assert bench.seconds < budget + 1
    assert report._replace(live=None, checks=report.checks[:-1]) == bench.offline(token, at=report.judged_at)
    assert live_line(report) == ("inconclusive", reason)
    assert {(probe.outcome, probe.summary) for probe in report.live or ()} == {(Outcome.INCONCLUSIVE, reason)}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed_and_the_trap_sees_nothing(bench: Bench, status: int) -> None:
    async with Trap() as trap:
        bench.rhythm.faults[""] = bench.auth0.faults[""] = faults.redirect(f"{trap.url}/contacts/current", status)
        report = await bench.report(bench.mint())

    assert trap.asked == []
    assert report.verdict is Verdict.CLEAR
    assert live_line(report) == ("inconclusive", f"{status}: a redirect, which is not followed")


async def test_a_refused_connection_is_said_at_once(bench: Bench) -> None:
    async with Loopback() as gone:
        pass
    bench.another(rhythm_api_url=f"{gone.url}/{{service}}")
    report = await bench.report(bench.mint())

    assert bench.seconds < 1
    assert live_line(report) == ("inconclusive", "the signature fits; it refuses the connection, or cannot be reached")
    assert report.verdict is Verdict.CLEAR


async def test_one_hanging_probe_costs_the_others_nothing(bench: Bench) -> None:
    bench.another(live_timeout_seconds=LATE)
    bench.rhythm.faults["who-am-i-tenant"] = faults.hanging()
    report = await bench.report(bench.mint())

    assert bench.seconds < LATE + 1
    assert report.verdict is Verdict.CLEAR
    assert live_line(report)[0] == "passed"


@pytest.mark.parametrize("date", ["Wed, 21 Oct 2015 07:28:00 GMT", "soon", "-5", "²", "9" * 400])
async def test_odd_times_to_wait_are_survived(bench: Bench, date: str) -> None:
    bench.rhythm.faults[""] = faults.says(429, retry_after=date.encode().decode("latin-1"))
    seen = await bench.observe(bench.mint())

    assert seen["who-am-i"].retry_after in {None, 0, 86_400}


async def test_what_an_answer_says_is_never_shown(bench: Bench) -> None:
    for kind in ("who-am-i", "who-am-i-tenant"):
        bench.rhythm.faults[kind] = faults.says(403, "Ada Lovelace, born 1815, explicit deny", www_authenticate="Ada")
    report = await bench.report(bench.mint())

    assert "permission-denied" in repr(report)
    assert "Ada" not in repr(report)
    assert "Lovelace" not in repr(await bench.observe(bench.mint()))


# Time and numbers


async def test_eight_probes_take_no_longer_than_the_slowest(bench: Bench) -> None:
    bench.rhythm.faults["who-am-i"] = bench.rhythm.faults["any-contact"] = faults.slow(0.4)
    bench.rhythm.faults["baseline"] = bench.auth0.faults[""] = faults.slow(0.4)
    began = time.perf_counter()
    await asyncio.gather(*(bench.observe(token) for token in [bench.mint(), bench.unlinked()]))

    assert time.perf_counter() - began < 0.7


async def test_many_diagnoses_ask_once_for_keys_and_baselines(bench: Bench) -> None:
    bench.rhythm.faults["who-am-i"] = faults.slow(0.2)
    await asyncio.gather(*(bench.observe(bench.mint()) for _ in range(8)))

    assert len(bench.auth0.questions("keys")) == 1
    assert len(bench.rhythm.questions("baseline")) == 2


async def test_beyond_fifty_probes_at_once_the_answer_says_when_to_try_again(bench: Bench) -> None:
    bench.rhythm.faults[""] = faults.slow(0.3)
    bench.another(live_timeout_seconds=2)
    tokens = [bench.mint() for _ in range(15)]
    reports = await asyncio.gather(*(bench.report(token) for token in tokens))

    assert bench.rhythm.most <= 50
    lines = [live_line(report) for report in reports]
    too_many = ("inconclusive", "not asked: too many live checks are under way; try again in 2 s")
    assert lines.count(too_many) == 3  # twelve diagnoses of four probes are 48
    assert all(report.verdict is Verdict.CLEAR for report in reports)
    assert live_line(await bench.report(bench.mint())) != too_many


async def test_an_eleventh_diagnosis_of_a_person_within_a_minute_has_to_wait(bench: Bench) -> None:
    for _ in range(10):
        await bench.observe(bench.mint(), user="U1")
    asked = len(bench.rhythm.asked)
    seen = await bench.observe(bench.mint(), user="U1")

    assert {observation.failure for observation in seen.values()} == {
        "not asked: you have used up your live checks of this minute"
    }
    assert 50 < (seen["who-am-i"].retry_after or 0) <= 60
    assert len(bench.rhythm.asked) == asked
    assert (await bench.observe(bench.mint(), user="U2"))["who-am-i"].status == 200


async def test_a_host_that_keeps_failing_is_left_alone(bench: Bench) -> None:
    bench.rhythm.faults[""] = faults.says(500)
    for _ in range(2):
        await bench.observe(bench.mint())
    asked = len(bench.rhythm.asked)
    bench.rhythm.faults.clear()
    seen = await bench.observe(bench.mint())

    assert len(bench.rhythm.asked) == asked
    assert seen["who-am-i"].failure == "not asked: it failed several times in a row"
    assert 28 < (seen["who-am-i"].retry_after or 0) <= 30
    assert seen["keys"].status == 200


async def test_only_failures_in_a_row_count(bench: Bench) -> None:
    seen = {}
    for fault in (faults.says(500), None, faults.says(500), None):
        bench.rhythm.faults = {"": fault} if fault else {}
        seen = await bench.observe(bench.mint())

    assert seen["who-am-i"].status == 200


async def test_a_host_that_hangs_longer_than_a_short_budget_is_failing_too(bench: Bench) -> None:
    bench.another(live_timeout_seconds=0.5)
    bench.rhythm.faults[""] = faults.hanging()
    for _ in range(2):
        await bench.observe(bench.mint())
    seen = await bench.observe(bench.mint())

    assert seen["who-am-i"].failure == "not asked: it failed several times in a row"


async def test_a_host_that_only_asks_for_patience_is_not_failing(bench: Bench) -> None:
    bench.rhythm.faults[""] = faults.says(429, retry_after="1")
    for _ in range(4):
        await bench.observe(bench.mint())
    bench.rhythm.faults.clear()

    assert (await bench.observe(bench.mint()))["who-am-i"].status == 200


async def test_each_observation_is_told_as_it_is_made(bench: Bench) -> None:
    bench.rhythm.faults["who-am-i"] = faults.slow(0.1)
    told: list[str] = []
    await bench.observe(bench.mint(), tell=lambda observation: told.append(observation.probe))

    assert sorted(told) == ["baseline", "keys", "who-am-i", "who-am-i-tenant"]
    assert told[-1] == "who-am-i"


async def test_a_diagnosis_that_is_given_up_frees_its_places(bench: Bench) -> None:
    bench.rhythm.faults[""] = faults.hanging()
    waiting = asyncio.create_task(bench.prober.observe(bench.case(bench.mint())))
    await asyncio.sleep(0.05)
    assert bench.prober.fairness.is_full(47)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert bench.prober.fairness.is_full(50) is None


async def test_a_probe_that_does_not_end_by_itself_is_left_behind(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(*_: object) -> None:
        await asyncio.sleep(20)

    bench.another(live_timeout_seconds=1.5)
    monkeypatch.setattr(bench.prober._rhythm, "who_am_i", hangs)
    seen = await bench.observe(bench.mint())

    assert bench.seconds < 2.5
    assert seen["who-am-i"].failure == "no whole answer within 1.5 s"
    assert seen["keys"].status == 200


async def test_a_fault_of_ours_costs_one_probe(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> None:
        raise KeyError(token)

    token = bench.mint()
    monkeypatch.setattr(bench.prober._rhythm, "who_am_i", breaks)
    report = await bench.report(token)

    assert report.verdict is Verdict.CLEAR
    assert token[:30] not in caplog.text
    assert "KeyError" in caplog.text


async def test_no_token_reaches_a_log_line(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    token = bench.mint()
    for fault in (None, faults.hanging(), faults.html(), faults.says(500)):
        bench.another(live_timeout_seconds=0.5)
        bench.rhythm.faults = {"": fault} if fault else {}
        await bench.observe(token)

    assert caplog.records
    assert [record for record in caplog.records if token[30:55] in record.getMessage()] == []


# The plan


async def test_the_plan_names_who_would_be_asked(bench: Bench) -> None:
    plan = bench.prober.plan(bench.case(bench.mint()))
    rhythm, auth0 = (server.url.removeprefix("http://") for server in (bench.rhythm, bench.auth0))

    assert plan.probes == ("keys", "who-am-i", "who-am-i-tenant", "baseline")
    assert plan.hosts == (auth0, rhythm)
    assert plan.token_hosts == (rhythm,)
    assert plan.words[0] == "the issuer's key set"
    assert bench.rhythm.asked == []


async def test_the_plan_of_an_expired_token_is_the_key_set_alone(bench: Bench) -> None:
    plan = bench.prober.plan(bench.case(bench.mint(claims={"exp": 1})))

    assert plan.probes == ("keys",)
    assert plan.token_hosts == ()


async def test_the_plan_of_a_text_without_a_token_is_empty(bench: Bench) -> None:
    assert bench.prober.plan(bench.case("hello")).probes == ()
    assert bench.prober.plan(bench.case("Authorization: Bearer {{token}}")).hosts == ()


async def test_whether_the_api_answers_is_asked_with_a_worthless_token_and_believed_for_seconds(bench: Bench) -> None:
    answers = [await bench.prober.answers() for _ in range(3)]

    assert {answer.status for answer in answers} == {401}
    assert [asked.headers.get("authorization") for asked in bench.rhythm.asked] == ["Bearer invalid"]


async def test_an_api_that_does_not_answer_is_said_not_to(bench: Bench) -> None:
    answer = await bench.another(rhythm_api_url="http://127.0.0.1:9/{service}").answers()

    assert answer.status is None
    assert answer.failure
