import json

import pytest

from bot.render.document import document
from bot.report import Verdict
from tests.render.reports import FIRST_LOGIN, NOTHING, REPORTS, WRONG_AUDIENCE, report, token, worst
from tests.schema import problems

GUIDE = {"title": "Troubleshooting 401", "url": "https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401"}


def test_a_report_is_written_as_the_interface_says() -> None:
    written = document(WRONG_AUDIENCE)

    assert json.dumps(written, ensure_ascii=False, indent=1) == json.dumps(
        {
            "schema": "rhythm-auth/report@1",
            "verdict": "blocked",
            "root_cause": {
                "id": "audience-wrong",
                "certainty": "certain",
                "problem": "The token is for another audience",
                "detail": "The token is for `https://api.example.org`; Rhythm accepts `https://api.rhythmsoftware.com`.",
                "fix": "Request a new token with this parameter:\n`audience=https://api.rhythmsoftware.com`",
                "links": [
                    GUIDE,
                    {
                        "title": "Auth0: get access tokens",
                        "url": "https://auth0.com/docs/secure/tokens/access-tokens/get-access-tokens",
                    },
                ],
            },
            "next": [
                {
                    "id": "token-expired",
                    "certainty": "certain",
                    "problem": "The token has expired",
                    "detail": "It expired 3 days ago.",
                    "fix": "Request a new token.\nCache it, and renew it about 5 minutes before its `exp`.",
                    "links": [
                        GUIDE,
                        {"title": "Concepts", "url": "https://docs.api.rhythmsoftware.com/tutorials/concepts"},
                    ],
                }
            ],
            "checks": [
                {
                    "id": "authorization-header",
                    "title": "Authorization header",
                    "outcome": "passed",
                    "summary": "one `Bearer` token",
                },
                {"id": "access-token", "title": "Access token", "outcome": "passed", "summary": "a signed JWT"},
                {"id": "expiry", "title": "Expiry", "outcome": "failed", "summary": "expired 3 days ago"},
                {
                    "id": "audience",
                    "title": "Audience",
                    "outcome": "failed",
                    "summary": "for `https://api.example.org`",
                },
                {
                    "id": "claims",
                    "title": "Claims",
                    "outcome": "skipped",
                    "summary": "they come with the right audience",
                },
                {
                    "id": "first-login",
                    "title": "First login",
                    "outcome": "skipped",
                    "summary": "it comes with the right audience",
                },
                {"id": "base-url", "title": "Base URL", "outcome": "skipped", "summary": "no URL given"},
            ],
            "token": {
                "kind": "access",
                "redacted": "eyJh…Qw4A (1,043 characters)",
                "fingerprint": "sha256:3f9a1c0b77de",
                "subject": "user",
                "issuer": "https://acme.us.auth0.com/",
                "audience": ["https://api.example.org"],
                "issued_at": "2026-11-20T16:40:00Z",
                "expires_at": "2026-11-21T16:40:00Z",
                "tenant_id": "acme.org",
                "customer_id": "cu-1",
                "contact_id": "c-1",
            },
            "request": None,
            "response": None,
            "repairs": ["slack-markup", "smart-quotes"],
            "notices": [],
            "live": None,
        },
        ensure_ascii=False,
        indent=1,
    )


def test_request_answer_and_live_checks_are_written_where_there_are_any() -> None:
    written = document(FIRST_LOGIN)

    assert written["request"] == {
        "method": "GET",
        "url": "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current",
        "service": "rolodex",
    }
    assert written["response"] == {"status": 401, "message": "Unauthorized"}
    assert written["live"] == {
        "ran": True,
        "probes": [
            {"id": "keys", "outcome": "passed", "summary": "the key is known and the signature fits"},
            {"id": "who-am-i", "outcome": "inconclusive", "summary": "no answer within 8 s"},
        ],
    }
    assert document(report(live=()))["live"] == {"ran": True, "probes": []}


def test_notices_keep_their_order_and_ids() -> None:
    written = document(REPORTS["id-token"])["notices"]

    assert isinstance(written, list)
    assert [notice["id"] for notice in written] == ["several-tokens", "secret-exposed"]


def test_times_that_are_none_are_null() -> None:
    written = document(report(token=token(issued_at=None, expires_at=10**30)))["token"]

    assert isinstance(written, dict)
    assert (written["issued_at"], written["expires_at"]) == (None, None)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_its_word(verdict: Verdict) -> None:
    assert document(report(verdict=verdict))["verdict"] == verdict.value


@pytest.mark.parametrize("name", REPORTS)
def test_documents_pass_the_strict_reader(name: str) -> None:
    assert problems(json.loads(json.dumps(document(REPORTS[name])))) == []


def test_without_a_token_there_is_null() -> None:
    assert document(NOTHING)["token"] is None


def test_whatever_a_report_holds_it_can_be_written() -> None:
    assert json.loads(json.dumps(document(worst())))["token"]["expires_at"] is None
