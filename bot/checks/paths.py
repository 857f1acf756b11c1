"""Paths.

Does the service serve the resource, is the tenant there and the token's own, is the contact the token's own.
"""

import re
from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import Source
from bot.intake.piece import is_unknown
from bot.kind import is_auth0_shaped
from bot.placeholders import path_placeholder
from bot.redact import quote
from bot.report import Certainty, Finding, Link
from bot.services import SERVICES, SPONSORSHIP, base_url, owners, service_named, service_names
from bot.url import percent_decoded

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ACTIONS = frozenset(
    {
        "search",
        "query",
        "describe",
        "public",
        "export",
        "import",
        "emailaddress",
        "portal",
        "contact",
        "organization",
        "customer",
        "metrics",
        "me",
        "list",
        "batch",
    }
)
"""Words that stand where an id could, and are none."""
_LOOSELY_OWNED = frozenset(
    {
        "queryDefinitions",
        "coupons",
        "billingNotices",
        "billingRuns",
        "billingTemplates",
        "applications",
        "applicationProcesses",
    }
)
"""Resources that exist on several services, some of whose lists are not known whole."""
_WITHOUT_TENANT = frozenset({("batchposting", "warmupstepfunctions")})


def find_in_path(case: Case) -> Iterator[Finding]:
    """Findings about the path of a request to a service host, to the gateway's older address, or of a path alone."""
    segments = case.segments
    placeholders = [part for part in segments if path_placeholder(part)]
    if placeholders and (case.url is None or not is_auth0_shaped(case.url.host)):
        certainty = (
            Certainty.LIKELY if case.request is not None and case.request.source is Source.EXPORT else Certainty.CERTAIN
        )
        yield Finding(
            "path-placeholder",
            certainty,
            f"The path holds `{quote(placeholders[0], 40)}`, which was never filled in.",
            _fill(case, placeholders[0]),
        )
    if case.service is None:
        return
    if not segments:
        return
    wrong = list(_service(case))
    yield from wrong
    if not wrong:
        yield from _route(case)
    yield from _tenant(case)
    yield from _contact(case)


def _fill(case: Case, part: str) -> str:
    tenant = case.rhythm_claim("tenant_id")
    if isinstance(tenant, str) and "tenant" in part.lower():
        return f"Put the token's tenant there: `{quote(tenant, 60)}`."
    return "Fill in the tenant id and the other ids before the call."


def _service(case: Case) -> Iterator[Finding]:
    resource, service = case.segments[0], case.service
    served = owners(resource)
    if (
        not served
        or service in {owner.name for owner in served}
        or resource == "queryDefinitions"
        or service == SPONSORSHIP
    ):
        return
    hosts = " or ".join(f"`{base_url(owner.name, case.settings)}`" for owner in served[:3])
    certainty = Certainty.LIKELY if resource in _LOOSELY_OWNED else Certainty.CERTAIN
    links = tuple(Link(f"API reference: {owner.title}", owner.reference) for owner in served[:2])
    fix = (
        f"Send it to {hosts}."
        if len(served) > 1
        else f"Call `{base_url(served[0].name, case.settings)}{quote(case.path, 80)}`."
    )
    named = service_named(service or "")
    yield Finding(
        "wrong-service-host",
        certainty,
        f"`/{quote(resource, 40)}` is not served by {named.title if named else service}; {hosts} owns it.",
        fix,
        links,
    )


def _route(case: Case) -> Iterator[Finding]:
    """Paths that no service has: another version or case, a singular, doubled slashes."""
    resource, service = case.segments[0], service_named(case.service or "")
    if service is None or owners(resource) or is_unknown(resource) or path_placeholder(resource):
        if "//" in case.path.strip() and case.is_refused:
            yield Finding(
                "unknown-route",
                Certainty.POSSIBLE,
                "The path holds a doubled slash; gateways take that for another path.",
                "Write one slash between segments.",
            )
        elif len(case.path) > 1 and case.path.endswith("/") and case.is_refused:
            yield Finding(
                "unknown-route",
                Certainty.POSSIBLE,
                "The path ends in a slash; gateways take that for another path.",
                "Leave out the slash at the end.",
            )
        return
    links = (Link(f"API reference: {service.title}", service.reference),)
    if resource.removesuffix("-v1") in service_names() or re.fullmatch(r"v\d+|api|rest", resource.lower()):
        rest = "/".join(case.segments[1:])
        yield Finding(
            "unknown-route",
            Certainty.LIKELY,
            f"Live paths carry no `{quote(resource, 30)}`: they begin with the resource.",
            f"Call `{base_url(service.name, case.settings)}/{quote(rest, 80)}`.",
            links,
        )
        return
    meant = _meant(resource)
    if meant:
        yield Finding(
            "unknown-route",
            Certainty.LIKELY,
            f"No service has `/{quote(resource, 40)}`; `/{meant}` is meant.",
            f"Write `/{meant}`, in this case and number.",
            links,
        )


def _meant(resource: str) -> str | None:
    """The known resource that a segment nearly is: in another case or number, or with hyphens or underscores."""
    plain = re.sub(r"[-_]", "", resource).lower()
    for service in SERVICES:
        for known in sorted(service.resources):
            lowered = known.lower()
            if plain in {lowered, lowered.removesuffix("s"), f"{lowered}s"} or (
                lowered.endswith("ies") and plain == f"{lowered[:-3]}y"
            ):
                return known
    return None


def _tenant(case: Case) -> Iterator[Finding]:
    segments, claimed = case.segments, case.rhythm_claim("tenant_id")
    if not owners(segments[0]) or tuple(part.lower() for part in segments[:2]) in _WITHOUT_TENANT:
        return
    form = (
        f"/{quote(segments[0], 40)}/<tenant_id>/…"
        if not isinstance(claimed, str)
        else f"/{quote(segments[0], 40)}/{quote(claimed, 40)}/…"
    )
    if len(segments) == 1:
        yield Finding(
            "tenant-segment-missing",
            Certainty.POSSIBLE,
            "The path ends after the resource; almost every path goes on with the tenant id.",
            f"Try `{form}`.",
        )
        return
    second = percent_decoded(segments[1])
    if is_unknown(second) or path_placeholder(segments[1]):
        return
    if second.lower() == "current":
        if case.is_refused:
            yield Finding(
                "tenant-segment-missing",
                Certainty.POSSIBLE,
                "The guide gives this path without a tenant id; the reference and known clients put one in.",
                f"Try `{form.removesuffix('…')}current`.",
            )
        return
    if (
        _UUID.fullmatch(second)
        or second.lower() in _ACTIONS
        or second == case.rhythm_claim("contact_id")
        or second == case.claims.get("sub")
    ):
        yield Finding(
            "tenant-segment-missing",
            Certainty.LIKELY,
            f"After `/{quote(segments[0], 40)}` comes `{quote(second, 40)}`, where the tenant id belongs.",
            f"Try `{form}`.",
        )
        return
    if isinstance(claimed, str) and second != claimed:
        yield Finding(
            "tenant-mismatch",
            Certainty.CERTAIN,
            f"The path names the tenant `{quote(second, 60)}`; the token is for"
            f" `{quote(claimed, 60)}`{_how(case, second, claimed)}.",
            f"Put `{quote(claimed, 60)}` into the path, or use a token of `{quote(second, 60)}`.",
        )


def _how(case: Case, second: str, claimed: str) -> str:
    if second.lower() == claimed.lower():
        return ": capital letters count"
    if second == case.rhythm_claim("customer_id"):
        return ": the path holds the customer id"
    if claimed.startswith(f"{second}."):
        return ": the ending is missing"
    return ""


def _contact(case: Case) -> Iterator[Finding]:
    part = _contact_part(case)
    if part is None or case.is_machine:
        return
    named = percent_decoded(part)
    subject, claimed = case.claims.get("sub"), case.rhythm_claim("contact_id")
    fix = (
        f"Put the token's contact there: `{quote(str(claimed), 60)}`."
        if claimed
        else "Use the `contact_id` claim of a token that has one."
    )
    if isinstance(subject, str) and named == subject:
        yield Finding(
            "contact-mismatch",
            Certainty.CERTAIN,
            f"The path holds the login's id (`{quote(named.partition('|')[0], 30)}|…`), which is no contact id.",
            fix,
        )
    elif isinstance(claimed, str) and named != claimed:
        certainty = Certainty.LIKELY if case.is_refused else Certainty.POSSIBLE
        yield Finding(
            "contact-mismatch",
            certainty,
            f"The path names the contact `{quote(named, 60)}`; the token belongs to `{quote(claimed, 60)}`.",
            fix,
        )


def _contact_part(case: Case) -> str | None:
    """The segment that names a contact, in the paths that are known to have one."""
    segments = case.segments
    part = None
    if segments[0] == "contacts" and len(segments) >= 3:
        part = segments[2]
    elif (segments[0] == "chapters" and len(segments) >= 5 and segments[2] == "contact") or (
        segments[0] == "engagementScores" and len(segments) >= 5 and segments[2:4] == ("customer", "contact")
    ):
        part = segments[4]
    if part is None or part.lower() in _ACTIONS | {"current"} or is_unknown(part) or path_placeholder(part):
        return None
    return part
