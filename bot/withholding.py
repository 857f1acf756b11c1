"""A report without the secrets of its paste: the last look before one is handed out.

Facts and details are written masked; an answer's text, a URL or a claim may still repeat a credential of the paste.
"""

from typing import Any, TypeVar

from bot.checks import Case
from bot.redact import may_be_token, may_show, withhold
from bot.report import CheckResult, Finding, Notice, Report, RequestFacts, ResponseFacts, TokenFacts

_Part = TypeVar("_Part", Finding, CheckResult, TokenFacts, RequestFacts, ResponseFacts, Notice)


def without_secrets(report: Report, case: Case) -> Report:
    """Mask whatever text of the report would show 25 and more consecutive characters of a credential of the paste."""
    values = [word for word in _plain_words(case) if len(word) >= 25 and may_be_token(word)]
    for item in case.evidence.credentials:
        values += (item.value, item.repaired)
    for header in (*case.authorizations, *case.evidence.headers):
        values.append(header.credentials)
    long = {value for value in values if len(value) >= 20}
    # The longest first, so that what holds another is masked as one.
    secrets = tuple(sorted(long, key=_longest_first) if len(long) > 1 else long)
    if not secrets or not may_show("\n".join(filter(None, _texts(report))), secrets):
        return report

    root, token, request, response = report.root_cause, report.token, report.request, report.response
    if token is not None:
        token = _masked(token, secrets, "issuer", "tenant_id", "customer_id", "contact_id")
        token = token._replace(audience=tuple(withhold(item, secrets) for item in token.audience))
    return report._replace(
        root_cause=_masked(root, secrets, "detail", "fix") if root else None,
        next=tuple(_masked(finding, secrets, "detail", "fix") for finding in report.next),
        checks=tuple(_masked(line, secrets, "summary") for line in report.checks),
        token=token,
        request=_masked(request, secrets, "url") if request else None,
        response=_masked(response, secrets, "message") if response else None,
        notices=tuple(_masked(notice, secrets, "text") for notice in report.notices),
    )


def _longest_first(value: str) -> tuple[int, str]:
    return -len(value), value


def _plain_words(case: Case) -> list[str]:
    """The words of the judged path, of its parameters' names and of the answer, where tokens stand without a label."""
    names = [name for name, _ in case.url.parameters] if case.url is not None and case.url.query else []
    return [*case.path.split("/"), *names, *(case.response.message.split() if case.response else ())]


def _texts(report: Report) -> list[str | None]:
    """Every text of a report that may quote the paste."""
    texts: list[str | None] = [line.summary for line in report.checks]
    if report.root_cause:
        for finding in (report.root_cause, *report.next):
            texts += (finding.detail, finding.fix)
    if report.notices:
        texts += [notice.text for notice in report.notices]
    if token := report.token:
        texts += (*token.audience, token.issuer, token.tenant_id, token.customer_id, token.contact_id)
    if report.request:
        texts.append(report.request.url)
    if report.response:
        texts.append(report.response.message)
    return texts


def _masked(item: _Part, secrets: tuple[str, ...], *names: str) -> _Part:
    """A part of a report with the texts of these names masked."""
    masked: dict[str, Any] = {}
    for name in names:
        text = getattr(item, name)
        if text and (shown := withhold(text, secrets)) != text:
            masked[name] = shown
    return item._replace(**masked) if masked else item
