"""The strict reader of the report's JSON takes a sound report and nothing else."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.schema import ALWAYS, problems

CAUSE = {
    "id": "audience-wrong",
    "certainty": "certain",
    "problem": "The token is for another audience",
    "detail": "It is for https://api.example.org.",
    "fix": "Request a new token.",
    "links": [
        {"title": "Troubleshooting 401", "url": "https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401"}
    ],
}
SOUND: dict[str, Any] = {
    "schema": "rhythm-auth/report@1",
    "verdict": "blocked",
    "root_cause": CAUSE,
    "next": [{**CAUSE, "id": "token-expired"}],
    "checks": [{"id": name, "title": name.title(), "outcome": "passed", "summary": "Fine"} for name in ALWAYS],
    "token": {
        "kind": "access",
        "redacted": "eyJh…Qw4A (1,043 characters)",
        "fingerprint": "sha256:3f9a1c0b77de",
        "subject": "user",
        "issuer": "https://acme.us.auth0.com/",
        "audience": ["https://api.example.org"],
        "issued_at": "2026-03-10T11:00:00Z",
        "expires_at": None,
        "tenant_id": "acme.org",
        "customer_id": None,
        "contact_id": None,
    },
    "request": {
        "method": "GET",
        "url": "https://rolodex.api.rhythmsoftware.com/contacts/acme.org",
        "service": "rolodex",
    },
    "response": {"status": 401, "message": None},
    "repairs": ["slack-markup"],
    "notices": [{"id": "several-tokens", "text": "There are two."}],
    "live": None,
}


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    report = deepcopy(SOUND)
    change(report)
    return report


def test_a_sound_report_has_no_problems() -> None:
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda report: report.pop("live"),
        lambda report: report.update(extra=1),
        lambda report: report.update(verdict="clear"),
        lambda report: report.update(verdict="perhaps"),
        lambda report: report.update(root_cause=None),
        lambda report: report.update(root_cause={**CAUSE, "id": "no-such-cause"}),
        lambda report: report.update(root_cause={**CAUSE, "links": []}),
        lambda report: report.update(root_cause={**CAUSE, "fix": ""}),
        lambda report: report.update(root_cause={**CAUSE, "certainty": "possible"}),
        lambda report: report.update(next=[CAUSE]),
        lambda report: report.update(next=[{**CAUSE, "id": "token-expired", "certainty": "possible"}]),
        lambda report: report.update(
            next=[{**CAUSE, "id": name} for name in ("id-token", "mfa-token", "opaque-token")]
        ),
        lambda report: report["checks"].reverse(),
        lambda report: report["checks"].pop(),
        lambda report: report["checks"].append({"id": "live", "title": "Live", "outcome": "passed", "summary": "Fine"}),
        lambda report: report["checks"][0].update(outcome="bad"),
        lambda report: report["checks"][0].update(summary=""),
        lambda report: report["token"].update(kind="jwt"),
        lambda report: report["token"].update(audience="https://api.example.org"),
        lambda report: report["token"].update(issued_at=1773144000),
        lambda report: report["token"].update(fingerprint="3f9a1c0b77de"),
        lambda report: report["token"].update(kind="client-secret"),
        lambda report: report["token"].update(redacted=None),
        lambda report: report["response"].update(status="401"),
        lambda report: report["request"].update(service=7),
        lambda report: report.update(repairs=["magic"]),
        lambda report: report.update(repairs=["slack-markup", "slack-markup"]),
        lambda report: report.update(notices=[{"id": "gossip", "text": "Well."}]),
        lambda report: report.update(
            live={"ran": True, "probes": [{"id": "ping", "outcome": "passed", "summary": ""}]}
        ),
    ],
)
def test_a_report_that_departs_from_the_interface_is_found_out(change: Callable[[dict[str, Any]], object]) -> None:
    assert problems(broken(change)) != []
