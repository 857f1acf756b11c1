"""The report's JSON as the public interface writes it, checked strictly: keys, types, enums, order, and what follows from what."""

import re
from collections.abc import Mapping
from typing import Any

from bot.causes import CAUSES

CAUSE_IDS = [cause.id for cause in CAUSES]
VERDICTS = {"blocked", "clear", "inconclusive", "nothing-to-check"}
CERTAINTIES = {"certain", "likely", "possible"}
OUTCOMES = {"passed", "failed", "warning", "skipped", "inconclusive"}
ALWAYS = ["authorization-header", "access-token", "expiry", "audience", "claims", "first-login", "base-url"]
WITH_EVIDENCE = ["token-request", "response", "live"]
KINDS = {
    *(
        "access",
        "id",
        "refresh",
        "opaque",
        "encrypted",
        "session-cookie",
        "authorization-code",
        "client-secret",
        "client-id",
    ),
    *("client-credentials", "client-assertion", "management-api", "userinfo", "mfa", "legacy", "foreign", "self-made"),
    *("malformed", "unknown"),
}
REPAIRS = {
    *("slack-markup", "entities", "code-fence", "quote-prefix", "smart-quotes", "dashes", "invisible-characters"),
    *("joined-lines", "markdown-escapes", "quotes", "punctuation", "percent-decoding", "padding", "safelink"),
}
NOTICES = {
    *("secret-exposed", "several-tokens", "several-exchanges", "expired-since", "token-redacted", "header-parameters"),
    *("accepted", "one-form-refused", "sources-disagree", "weak-key"),
}
PROBES = {"keys", "who-am-i", "who-am-i-tenant", "any-contact", "baseline"}
TOKEN_TEXTS = ["redacted", "issuer", "tenant_id", "customer_id", "contact_id"]
TOKEN_TIMES = ["issued_at", "expires_at"]
TOKEN_KEYS = {"kind", "fingerprint", "subject", "audience", *TOKEN_TEXTS, *TOKEN_TIMES}
TOP = [
    *("schema", "verdict", "root_cause", "next", "checks", "token", "request", "response"),
    *("repairs", "notices", "live"),
]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|\+00:00)")


def problems(report: Mapping[str, Any]) -> list[str]:
    """Everything in which a report's JSON document departs from the interface; empty for a sound one."""
    found = _keys("report", report, set(TOP))
    if found:
        return found
    if list(report) != TOP:
        found.append(f"the keys stand in another order: {list(report)}")
    if report["schema"] != "rhythm-auth/report@1":
        found.append(f"schema: {report['schema']!r}")
    found += _causes(report) + _checks(report) + _token(report["token"]) + _request_and_response(report)
    found += _lists(report) + _live(report)
    return found


def _keys(where: str, value: object, keys: set[str]) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{where} is no object"]
    return [f"{where}: keys {sorted(set(value) ^ keys)} missing or unknown"] if set(value) != keys else []


def _text(where: str, value: object, *, empty: bool = False) -> list[str]:
    if not isinstance(value, str) or not (value or empty):
        return [f"{where}: no text: {value!r}"]
    return []


def _causes(report: Mapping[str, Any]) -> list[str]:
    root, following, verdict = report["root_cause"], report["next"], report["verdict"]
    found = [] if verdict in VERDICTS else [f"verdict: {verdict!r}"]
    if not isinstance(following, list) or len(following) > 2:
        return [*found, "next is no list of at most two"]
    for where, cause in [("root_cause", root)] * (root is not None) + [("next", cause) for cause in following]:
        found += _cause(where, cause)
    if found:
        return found
    ids = [cause["id"] for cause in ([root] if root else []) + following]
    if len(set(ids)) != len(ids):
        found.append(f"a cause stands twice: {ids}")
    if root is None and following:
        found.append("next without a root cause")
    if any(cause["certainty"] == "possible" for cause in following):
        found.append("a merely possible cause in next")
    blocked = root is not None and root["certainty"] != "possible"
    if blocked != (verdict == "blocked"):
        found.append(f"verdict {verdict} with root {root and (root['id'], root['certainty'])}")
    if root is not None and not blocked and verdict != "inconclusive":
        found.append(f"a possible cause makes it inconclusive, not {verdict}")
    return found


def _cause(where: str, cause: object) -> list[str]:
    found = _keys(where, cause, {"id", "certainty", "problem", "detail", "fix", "links"})
    if found or not isinstance(cause, Mapping):
        return found
    if cause["id"] not in CAUSE_IDS:
        found.append(f"{where}: no cause {cause['id']!r}")
    if cause["certainty"] not in CERTAINTIES:
        found.append(f"{where}: certainty {cause['certainty']!r}")
    for key in ("problem", "detail", "fix"):
        found += _text(f"{where}.{key}", cause[key])
    if not isinstance(cause["links"], list) or not cause["links"]:
        return [*found, f"{where}: no links"]
    for link in cause["links"]:
        found += _keys(f"{where}.links", link, {"title", "url"})
        if not found and not link["url"].startswith("https://"):
            found.append(f"{where}: link {link['url']!r}")
    return found


def _checks(report: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for check in report["checks"]:
        found += _keys("checks", check, {"id", "title", "outcome", "summary"})
    if found:
        return found
    for check in report["checks"]:
        if check["outcome"] not in OUTCOMES:
            found.append(f"{check['id']}: outcome {check['outcome']!r}")
        found += _text(f"{check['id']}.title", check["title"]) + _text(f"{check['id']}.summary", check["summary"])
        if "\n" in check["summary"]:
            found.append(f"{check['id']}: a summary is one line")
    ids = [check["id"] for check in report["checks"]]
    if ids[: len(ALWAYS)] != ALWAYS or ids[len(ALWAYS) :] != [check for check in WITH_EVIDENCE if check in ids]:
        found.append(f"checks: {ids}")
    return found


def _token(token: object) -> list[str]:
    if token is None:
        return []
    found = _keys("token", token, TOKEN_KEYS)
    if found or not isinstance(token, Mapping):
        return found
    if token["kind"] not in KINDS:
        found.append(f"token.kind {token['kind']!r}")
    if token["subject"] not in {"user", "machine", "unknown"}:
        found.append(f"token.subject {token['subject']!r}")
    if not isinstance(token["audience"], list) or not all(isinstance(member, str) for member in token["audience"]):
        found.append(f"token.audience is no list of texts: {token['audience']!r}")
    for key in TOKEN_TIMES:
        if token[key] is not None and not (isinstance(token[key], str) and TIME.fullmatch(token[key])):
            found.append(f"token.{key} {token[key]!r}")
    found += [f"token.{key} {token[key]!r}" for key in TOKEN_TEXTS if not isinstance(token[key], str | None)]
    return found + _fingerprint(token)


def _fingerprint(token: Mapping[str, Any]) -> list[str]:
    fingerprint, redacted = token["fingerprint"], token["redacted"]
    found: list[str] = []
    if fingerprint is not None and not re.fullmatch(r"sha256:[0-9a-f]{12}", fingerprint):
        found.append(f"token.fingerprint {fingerprint!r}")
    if token["kind"] == "client-secret" and fingerprint is not None:
        found.append("a client secret has no fingerprint")
    if redacted is None and fingerprint is not None:
        found.append("a fingerprint without a redacted form")
    return found


def _request_and_response(report: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for where, keys in (("request", {"method", "url", "service"}), ("response", {"status", "message"})):
        value = report[where]
        if value is None:
            continue
        found += _keys(where, value, keys)
        if found:
            continue
        for key in keys - {"status"}:
            if value[key] is not None and not isinstance(value[key], str):
                found.append(f"{where}.{key} {value[key]!r}")
        if "status" in keys and value["status"] is not None:
            status = value["status"]
            if isinstance(status, bool) or not isinstance(status, int) or not 100 <= status <= 599:
                found.append(f"response.status {status!r}")
    return found


def _lists(report: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    repairs = report["repairs"]
    if not isinstance(repairs, list) or set(repairs) - REPAIRS or len(set(repairs)) != len(repairs):
        found.append(f"repairs: {repairs!r}")
    for notice in report["notices"]:
        found += _keys("notices", notice, {"id", "text"})
    if found:
        return found
    ids = [notice["id"] for notice in report["notices"]]
    if set(ids) - NOTICES:
        found.append(f"notices: {ids}")
    for notice in report["notices"]:
        found += _text(f"notice {notice['id']}", notice["text"])
    return found


def _live(report: Mapping[str, Any]) -> list[str]:
    live = report["live"]
    has_line = any(check["id"] == "live" for check in report["checks"])
    if live is None:
        return ["a live line, but live checks did not run"] if has_line else []
    found = _keys("live", live, {"ran", "probes"})
    if found:
        return found
    if live["ran"] is not True:
        found.append(f"live.ran {live['ran']!r}")
    for probe in live["probes"]:
        found += _keys("live.probes", probe, {"id", "outcome", "summary"})
        if not found and (probe["id"] not in PROBES or probe["outcome"] not in OUTCOMES):
            found.append(f"live.probes: {probe['id']} {probe['outcome']}")
    return found
