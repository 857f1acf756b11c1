"""What the API says now against what the paste shows: refuted, kept, or sharpened."""

import pytest

from bot.diagnose import judge
from bot.observation import Observation
from bot.report import Report
from bot.settings import Settings
from tests.diagnosing import DEFAULTS, URL, case_of, causes_of, curl, mint, notices_of, outcome_of, raw

FITS = Observation("keys", 200, facts=frozenset({"signature-fits"}))
TAKEN = (FITS, Observation("who-am-i", 200), Observation("who-am-i-tenant", 200), Observation("baseline", 401))
MACHINE_TAKEN = (FITS, Observation("any-contact", 404), Observation("baseline", 401))
NOTHING = (
    Observation("keys", failure="no answer"),
    Observation("who-am-i", failure="429: too many calls", retry_after=3),
    Observation("baseline", failure="no answer"),
)


def weighed(text: str, *observations: Observation, settings: Settings = DEFAULTS) -> Report:
    return judge(case_of(text, settings), observations)


@pytest.mark.parametrize(
    ("directive", "before"),
    [
        ("jwt -contact", ["contact-id-missing"]),
        ("jwt -customer", ["customer-id-missing"]),
        ("jwt iss=https://login.example.org/", ["issuer-unknown"]),
        ("jwt iss=https://rhythmsoftware.auth0.com/", ["issuer-unknown"]),
        ("jwt h.alg=RS512", ["algorithm-unexpected"]),
        ("jwt -h.kid", ["signing-key-unknown"]),
        ("jwt spaced", ["signature-invalid"]),
        ("jwt iat=600", ["issued-in-future"]),
    ],
)
def test_what_looked_wrong_in_a_token_that_is_taken_is_no_cause(directive: str, before: list[str]) -> None:
    assert causes_of(weighed(mint(directive))) == before
    report = weighed(mint(directive), *TAKEN)

    assert causes_of(report) == []
    assert str(report.verdict) == "clear"
    assert outcome_of(report, "live") == "passed"


def test_a_machines_missing_tenant_is_no_cause_where_it_is_taken() -> None:
    assert causes_of(weighed(mint("m2m -tenant"), *MACHINE_TAKEN)) == []


def test_a_missing_contact_stays_where_the_token_alone_is_taken() -> None:
    report = weighed(
        mint("jwt -contact"), FITS, Observation("who-am-i", failure="late"), Observation("any-contact", 404)
    )

    assert causes_of(report) == ["contact-id-missing"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        pytest.param(f"Authorization: {mint()}", "scheme-missing", id="scheme"),
        pytest.param(curl(f"Bearer {mint()}", URL.replace("rolodex", "events")), "wrong-service-host", id="host"),
        pytest.param(curl(f"Bearer {mint()}", URL.replace("acme.org", "other.org")), "tenant-mismatch", id="tenant"),
        pytest.param(raw(f"Bearer {mint()},"), "trailing-punctuation", id="comma"),
        pytest.param(raw(f"Token {mint()}"), "scheme-wrong", id="word"),
    ],
)
def test_what_is_wrong_in_the_request_stays_and_is_sharpened(text: str, cause: str) -> None:
    before, after = weighed(text), weighed(text, *TAKEN)

    assert before.root_cause is not None
    assert before.root_cause.cause == cause
    assert after.root_cause == before.root_cause._replace(
        detail=f"{before.root_cause.detail} The token itself works: the API accepted it just now."
    )
    assert after.verdict == before.verdict


def test_a_machines_request_is_sharpened_as_well() -> None:
    report = weighed(f"Authorization: {mint('m2m')}", *MACHINE_TAKEN)

    assert report.root_cause is not None
    assert report.root_cause.detail.endswith("The token itself works: the API accepted it just now.")


CURRENT = URL.rpartition("/contacts/")[0] + "/contacts/current"
REFUSED = f"{curl(f'Bearer {mint()}', CURRENT, '-i')}\n\nHTTP/1.1 401 Unauthorized\n\n{{}}"


def test_a_path_that_works_now_is_no_cause() -> None:
    assert causes_of(weighed(REFUSED))[0] == "tenant-segment-missing"
    report = weighed(REFUSED, *TAKEN)

    assert causes_of(report) == ["unauthorized-unexplained"]
    assert report.root_cause is not None
    assert "it works now" in report.root_cause.detail


def test_a_path_that_is_refused_beside_one_with_tenant_that_works_is_the_likely_cause() -> None:
    report = weighed(REFUSED, FITS, Observation("who-am-i", 403), TAKEN[2], TAKEN[3])

    assert report.root_cause is not None
    assert (report.root_cause.cause, str(report.root_cause.certainty)) == ("tenant-segment-missing", "likely")
    assert "answers 403 to this path and 200 to the one with the tenant id" in report.root_cause.detail
    assert "one-form-refused" in notices_of(report)


@pytest.mark.parametrize("status", [200, 401])
def test_what_is_said_of_another_path_is_not_settled_by_who_am_i(status: int) -> None:
    text = REFUSED.replace("/contacts/current", "/contacts")
    report = weighed(text, FITS, Observation("who-am-i", status), TAKEN[2], TAKEN[3])

    assert report.root_cause is not None
    assert (report.root_cause.cause, str(report.root_cause.certainty)) == ("tenant-segment-missing", "possible")


def test_a_stated_reason_is_about_what_was_sent_and_stays() -> None:
    text = f"{mint()}\njwt expired"

    assert causes_of(weighed(text, *TAKEN)) == causes_of(weighed(text)) == ["token-expired"]


def test_a_shown_refusal_works_now() -> None:
    text = f"{curl(f'Bearer {mint()}', URL, '-i')}\n\nHTTP/1.1 401 Unauthorized\n\n{{}}"
    report = weighed(text, *TAKEN)

    assert causes_of(report) == ["unauthorized-unexplained"]
    assert report.root_cause is not None
    assert "it works now" in report.root_cause.detail
    assert str(report.verdict) == "inconclusive"


def test_a_live_refusal_replaces_a_shown_one_that_is_as_unsure() -> None:
    text = f"{curl(f'Bearer {mint()}', URL, '-i')}\n\nHTTP/1.1 401 Unauthorized\n\n{{}}"
    report = weighed(text, FITS, Observation("who-am-i", 401), Observation("baseline", 401))

    assert report.root_cause is not None
    assert report.root_cause.detail.startswith("The API, asked just now, answers 401")


def test_a_signature_that_fits_refutes_what_only_looked_changed() -> None:
    report = weighed(mint("jwt spaced"), FITS, Observation("who-am-i", skipped="it was not sent"))

    assert causes_of(report) == []
    line = next(check for check in report.checks if check.id == "access-token")
    assert line.summary == "a JWT for a user, RS256; its signature fits the issuer's key"


def test_a_signature_that_fits_refutes_nothing_else() -> None:
    assert causes_of(weighed(mint("jwt -contact"), FITS)) == ["contact-id-missing"]
    assert causes_of(weighed(mint("jwt exp=-600"), FITS)) == ["token-expired"]


@pytest.mark.parametrize(
    "directive", ["jwt", "jwt -contact", "jwt -customer", "jwt h.alg=RS512", "m2m", "id", "opaque"]
)
@pytest.mark.parametrize("shape", ["{}", "Authorization: {}", "Authorization: Bearer {}"])
def test_what_could_not_be_learnt_changes_nothing(directive: str, shape: str) -> None:
    text = shape.format(mint(directive))
    before, after = weighed(text), weighed(text, *NOTHING)

    assert after._replace(live=None, checks=after.checks[:-1]) == before
    assert (after.checks[-1].id, str(after.checks[-1].outcome)) == ("live", "inconclusive")


def test_the_report_has_a_live_part_only_where_probes_ran() -> None:
    assert weighed(mint()).live is None
    assert outcome_of(weighed(mint()), "live") == ""
    live = weighed(mint(), *TAKEN).live
    assert live is not None
    assert [probe.id for probe in live] == ["keys", "who-am-i", "who-am-i-tenant", "baseline"]


def test_a_shown_success_stands_whatever_the_api_says_now() -> None:
    text = f"{curl(f'Bearer {mint()}', URL, '-i')}\n\nHTTP/1.1 200 OK\n\n{{}}"
    report = weighed(text, FITS, Observation("who-am-i", 403), Observation("baseline", 401))

    assert str(report.verdict) == "clear"
    assert [(notice.id, "403" in notice.text) for notice in report.notices] == [("accepted", False)]
    assert outcome_of(report, "live") == "warning"


# Notices


def test_a_refused_form_is_a_notice_beside_one_that_works() -> None:
    mixed = (FITS, Observation("who-am-i", 401), Observation("who-am-i-tenant", 200), Observation("baseline", 401))
    notice = next(notice for notice in weighed(mint(), *mixed).notices if notice.id == "one-form-refused")

    assert "`/contacts/<tenant_id>/current` with 200 and `/contacts/current` with 401" in notice.text
    assert "one-form-refused" not in notices_of(weighed(mint(), *TAKEN))
    both = (FITS, Observation("who-am-i", 401), Observation("who-am-i-tenant", 401))
    assert "one-form-refused" not in notices_of(weighed(mint(), *both))


def test_sources_that_disagree_are_named() -> None:
    lost = (FITS, Observation("who-am-i", 404), Observation("who-am-i-tenant", 401))

    assert "sources-disagree" in notices_of(weighed(mint(), *lost))
    assert "sources-disagree" in notices_of(weighed(mint("jwt -customer"), *TAKEN))
    assert "sources-disagree" not in notices_of(weighed(mint(), *TAKEN))


def test_a_weak_key_is_a_notice_and_no_cause() -> None:
    weak = Observation("keys", 200, facts=frozenset({"signature-fits", "weak-key"}))
    report = weighed(mint(), weak, *TAKEN[1:])

    assert notices_of(report) == ["weak-key"]
    assert str(report.verdict) == "clear"
