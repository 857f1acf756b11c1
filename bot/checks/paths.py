"""Paths: is everything filled in, does the service serve the resource, is it written as the reference writes it."""

import re
from collections.abc import Iterator

from bot.checks.base import Case
from bot.checks.ids import find_ids
from bot.evidence import Source
from bot.intake.piece import is_unknown
from bot.placeholders import path_placeholder
from bot.redact import quote
from bot.report import Certainty, Finding, Link
from bot.services import SERVICES, SPONSORSHIP, base_url, owners, service_named, service_names
from bot.token.issuer import is_auth0_shaped

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
    if case.service is None or not segments:
        return
    wrong = list(_service(case))
    yield from wrong
    if not wrong:
        yield from _route(case)
    yield from find_ids(case)


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
    hosts = " or ".join(f"`{base_url(owner.name, case.settings).partition('://')[2]}`" for owner in served[:3])
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
