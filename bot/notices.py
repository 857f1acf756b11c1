"""Notices: what is worth knowing and never the diagnosis."""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.checks.live import FORMS, PATHS, Live, is_refused, live
from bot.report import Finding, Notice
from bot.spans import moment, span
from bot.token import EncryptedJWT, UnverifiedJWT
from bot.token.kind import label_kind

_SECRET_KINDS = frozenset({"client-secret", "client-credentials", "refresh", "client-assertion"})
_PARAMETERS = ("jku", "x5u", "jwk", "crit")


def notices(
    case: Case, shown: tuple[Finding, ...], withdrawn: tuple[Finding, ...], refuted: tuple[Finding, ...] = ()
) -> Iterator[Notice]:
    """The notices of a case.

    ``shown`` are the findings that count, ``withdrawn`` those that an accepted answer overrules, ``refuted`` those that
    live checks do.
    """
    yield from _secrets(case)
    if not case.is_plain:
        yield from _several(case)
    if "token-redacted" in _causes(shown, withdrawn):
        yield Notice("token-redacted", "Part of the token was left out: what is missing could not be checked.")
    expires = case.expires
    if expires is not None and case.now <= expires + case.settings.clock_leeway_seconds < case.present:
        yield Notice(
            "expired-since",
            f"The token was valid at the time of the request and expired on {moment(expires)},"
            f" {span(case.present - expires)} ago. That was not the cause; you need a new one by now.",
        )
    if isinstance(case.token, (UnverifiedJWT, EncryptedJWT)):
        named = [name for name in _PARAMETERS if name in case.token.header]
        if named:
            yield Notice(
                "header-parameters",
                f"The token's header names {', '.join(f'`{name}`' for name in named)}. It was not followed; Auth0's"
                " tokens carry none.",
            )
    if case.is_accepted:
        yield _accepted(case, withdrawn)
    if "customer-id-missing" in _causes(shown, refuted):
        yield Notice(
            "sources-disagree",
            "Rhythm's guide calls `customer_id` required in one place and leaves it out in another; its help desk calls"
            " it optional.",
        )
    if case.observations:
        yield from _live(live(case))


def _causes(some: tuple[Finding, ...], others: tuple[Finding, ...]) -> list[str]:
    return [finding.cause for finding in (some + others if others else some)]


def _live(seen: Live) -> Iterator[Notice]:
    """What the live checks saw beside their answer."""
    works = next((probe for probe in FORMS if probe in seen.seen and seen.seen[probe].status == 200), None)
    other = next((probe for probe in FORMS if probe in seen.seen and is_refused(seen.seen[probe])), None)
    if seen.linked and works and other:
        yield Notice(
            "one-form-refused",
            f"The API answers `{PATHS[works]}` with 200 and `{PATHS[other]}` with {seen.seen[other].status}: use the"
            " one that works. Rhythm's pages and public clients disagree on which is right.",
        )
    elif seen.best is not None and seen.best.status == 404 and seen.best.probe in FORMS:
        yield Notice(
            "sources-disagree",
            f"Rhythm's guide writes `{PATHS['who-am-i']}`, a public client `{PATHS['who-am-i-tenant']}`, and the API"
            " reference names neither: a 404 may mean that the path is unknown.",
        )
    if seen.says("keys", "weak-key"):
        yield Notice(
            "weak-key",
            "The issuer signs with an RSA key of fewer than 2048 bits, which RFC 7518 does not allow: tell whoever runs"
            " the Auth0 tenant.",
        )


def _secrets(case: Case) -> Iterator[Notice]:
    if case.kind in _SECRET_KINDS or (not case.is_plain and _shows_secret(case)):
        yield Notice(
            "secret-exposed",
            "A secret that does not expire by itself stands in the paste. If others could see it, rotate it: Rhythm"
            " Console, Security & Settings, API Keys.",
        )


def _shows_secret(case: Case) -> bool:
    """Whether a secret stands beside what is judged: by its label, or in a Basic header."""
    for item in case.evidence.credentials:
        if item.label == "parameter:password" or label_kind(item.label) in _SECRET_KINDS:
            return True
    return any(
        header.scheme.lower() == "basic" and header.credentials.strip()
        for header in (*case.authorizations, *case.evidence.headers)
    )


def _several(case: Case) -> Iterator[Notice]:
    tokens = {
        item.token
        for item in case.others
        if _is_token(item.token) or (item.label.rpartition(":")[2] in {"access_token", "id_token", "refresh_token"})
    }
    if tokens and case.credential is not None:
        labels = sorted({item.label.rpartition(":")[2] or "token" for item in case.others if item.token in tokens})
        telling = {"access_token", "id_token", "refresh_token"}
        if case.credential.label != "authorization":
            telling.add("authorization")
        named = ", ".join(f"`{label}`" for label in labels if label in telling)
        more = f" ({named})" if named else ""
        yield Notice(
            "several-tokens",
            f"The paste holds {len(tokens) + 1} different tokens; {_judged(case)} was judged, the"
            f" other{'s' if len(tokens) > 1 else ''}{more} not.",
        )
    if len([exchange for exchange in case.evidence.exchanges if exchange.request]) > 1:
        yield Notice(
            "several-exchanges",
            "The paste shows several requests; the last one that was refused was judged, else the last.",
        )


def _judged(case: Case) -> str:
    label = case.credential.label if case.credential else ""
    if label == "authorization":
        return "the one in the Authorization header"
    name = label.rpartition(":")[2]
    return f"the one called `{name}`" if name in {"access_token", "id_token", "refresh_token"} else "the first"


def _is_token(value: str) -> bool:
    return value.startswith("eyJ") and "." in value


def _accepted(case: Case, withdrawn: tuple[Finding, ...]) -> Notice:
    status = case.response.status if case.response else None
    text = f"The shown answer is {status}: the API accepted this token"
    if withdrawn:
        text += f", so what looked wrong was no obstacle ({withdrawn[0].detail.rstrip('.')})"
    return Notice("accepted", f"{text}.")
