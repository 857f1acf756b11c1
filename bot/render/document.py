"""Writes a report as the JSON of the public interface: its keys, their order, times in ISO 8601 and UTC."""

from bot.causes import cause
from bot.render.content import fix, links
from bot.render.markup import iso
from bot.report import Finding, Report

SCHEMA = "rhythm-auth/report@1"


def document(report: Report) -> dict[str, object]:
    """The report as values that ``json.dumps`` takes, keys in the interface's order."""
    token, request, response, live = report.token, report.request, report.response, report.live
    return {
        "schema": SCHEMA,
        "verdict": str(report.verdict),
        "root_cause": _cause(report.root_cause) if report.root_cause else None,
        "next": [_cause(finding) for finding in report.next],
        "checks": [
            {"id": check.id, "title": check.title, "outcome": str(check.outcome), "summary": check.summary}
            for check in report.checks
        ],
        "token": token
        and {
            "kind": token.kind,
            "redacted": token.redacted,
            "fingerprint": token.fingerprint,
            "subject": token.subject,
            "issuer": token.issuer,
            "audience": list(token.audience),
            "issued_at": iso(token.issued_at),
            "expires_at": iso(token.expires_at),
            "tenant_id": token.tenant_id,
            "customer_id": token.customer_id,
            "contact_id": token.contact_id,
        },
        "request": request and {"method": request.method, "url": request.url, "service": request.service},
        "response": response and {"status": response.status, "message": response.message},
        "repairs": list(report.repairs),
        "notices": [{"id": notice.id, "text": notice.text} for notice in report.notices],
        "live": None
        if live is None
        else {
            "ran": True,
            "probes": [{"id": probe.id, "outcome": str(probe.outcome), "summary": probe.summary} for probe in live],
        },
    }


def _cause(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.cause,
        "certainty": str(finding.certainty),
        "problem": cause(finding.cause).problem,
        "detail": finding.detail,
        "fix": fix(finding),
        "links": [{"title": link.title, "url": link.url} for link in links(finding)],
    }
