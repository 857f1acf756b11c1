"""The line "Base URL".

Whether the request goes to the service that owns its path, over https, with the token's own tenant.

Facts of hosts and paths: :mod:`bot.services`. A path's first segment is the resource, its second the tenant, in
almost every
operation.
"""

from collections.abc import Iterator

from bot.checks.base import Case, Check
from bot.checks.hosts import is_account_number_host, near_miss
from bot.checks.paths import find_in_path
from bot.intake.piece import is_unknown
from bot.intake.token_calls import is_auth0_host
from bot.placeholders import path_placeholder
from bot.redact import quote
from bot.report import Certainty, Finding, Link, Outcome
from bot.services import (
    AUDIENCE_HOST,
    DOCS_HOST,
    PRODUCTION_SUFFIX,
    base_url,
    is_configured_host,
    owners,
    service_named,
    service_names,
)
from bot.url import URL, is_loopback

_COMPARE = "Compare method, spelling and each segment of the path with the API reference."


def find(case: Case) -> Iterator[Finding]:
    """Findings about the judged request's address."""
    url = case.url
    if url is None:
        if case.path and not is_unknown(case.path):
            yield from find_in_path(case)
        yield from _stated(case)
        return
    if case.service is None and (is_unknown(url.host) or _is_template(url.host)):
        yield from find_in_path(case)
        yield from _stated(case)
        return
    yield from _host(case, url)
    if url.scheme == "http" and not is_loopback(url.host) and _is_rhythm(url) and not _may_be_plain(case, url):
        yield Finding(
            "plain-http",
            Certainty.CERTAIN,
            f"The request goes to `http://{quote(url.host, 60)}`. Without TLS the token is readable on its way, and the"
            " redirect to https loses the header.",
            _https(url),
        )
    yield from find_in_path(case)
    yield from _stated(case)


def _may_be_plain(case: Case, url: URL) -> bool:
    """Whether the operator's own settings name the host without TLS."""
    settings = case.settings
    return settings.rhythm_api_url.startswith("http://") and is_configured_host(url.host, url.port, settings)


def _is_template(host: str) -> bool:
    return path_placeholder(host) is not None or "{" in host or "<" in host


def _is_rhythm(url: URL) -> bool:
    return url.host == "rhythmsoftware.com" or url.host.endswith(".rhythmsoftware.com")


def _https(url: URL) -> str:
    return f"Call `https://{quote(url.host, 60)}{quote(url.path, 80)}`."


def _host(case: Case, url: URL) -> Iterator[Finding]:
    host = url.host
    if case.service is not None or is_configured_host(host, url.port, case.settings):
        return
    if host == DOCS_HOST:
        yield _docs(case, url)
    elif is_auth0_host(host, case.settings.rhythm_auth0_domains):
        yield Finding(
            "auth0-host-called",
            Certainty.CERTAIN,
            f"`{quote(host, 60)}` is the authorization server; its answer is not the API's.",
            _own_host(case),
        )
    elif host == AUDIENCE_HOST:
        yield _audience_host(case, url)
    elif is_account_number_host(host):
        service = host.partition(".")[0]
        yield Finding(
            "non-production-host",
            Certainty.LIKELY,
            f"`{quote(host, 60)}` carries an account number: not the production API.",
            f"Call `{base_url(service, case.settings)}{quote(url.path, 60)}`.",
        )
    else:
        yield _unknown(case, host)


def _docs(case: Case, url: URL) -> Finding:
    segments = url.segments
    service = next((part.removesuffix("-v1") for part in segments if part.removesuffix("-v1") in service_names()), None)
    rest = "/".join(segments[segments.index(f"{service}-v1") + 1 :]) if service and f"{service}-v1" in segments else ""
    fix = (
        "Call the same path on the live host:"
        f" `{base_url(service or '<service>', case.settings)}/{quote(rest, 80) if rest else '…'}`"
    )
    return Finding(
        "docs-mock-host",
        Certainty.CERTAIN,
        f"`{DOCS_HOST}` is the documentation with its mock server: it gives sample data, whatever the token, and never"
        " asks the real API.",
        fix,
    )


def _own_host(case: Case) -> str:
    return (
        f"Send API requests to `{base_url('<service>', case.settings)}/…`, for example"
        f" `{base_url('rolodex', case.settings)}/contacts/current`."
    )


def _audience_host(case: Case, url: URL) -> Finding:
    first = url.segments[0] if url.segments else ""
    service = first.removesuffix("-v1")
    if first != service and service in service_names():
        rest = "/".join(url.segments[1:])
        return Finding(
            "gateway-style-base-url",
            Certainty.LIKELY,
            f"`https://{AUDIENCE_HOST}/{quote(first, 30)}` is the older form of an address, which one help-desk article"
            " still shows.",
            f"Call `{base_url(service, case.settings)}/{quote(rest, 80)}`.",
        )
    served = owners(first)
    to = (
        f"`{base_url(served[0].name, case.settings)}{quote(url.path, 60)}`"
        if len(served) == 1
        else f"the service's own host, `{base_url('<service>', case.settings)}`"
    )
    return Finding(
        "audience-used-as-base-url",
        Certainty.LIKELY,
        f"`https://{AUDIENCE_HOST}` names the audience; no service answers there.",
        f"Call {to}.",
    )


def _unknown(case: Case, host: str) -> Finding:
    meant = near_miss(host)
    if meant is None:
        return Finding(
            "unknown-host",
            Certainty.POSSIBLE,
            f"`{quote(host, 60)}` is no Rhythm host. If it is a proxy of yours, check that it forwards the"
            " Authorization header.",
            _own_host(case),
        )
    first = case.segments[0] if case.segments else ""
    served = owners(first)
    if len(served) == 1 and meant not in {service.name for service in served}:
        meant = served[0].name
    right = f"`{base_url(meant, case.settings)}`" if meant else f"`https://<service>{PRODUCTION_SUFFIX}`"
    return Finding(
        "unknown-host",
        Certainty.CERTAIN,
        f"`{quote(host, 60)}` is not a host of the Rhythm API; {right} is meant.",
        f"Correct the host to {right}.",
    )


def _stated(case: Case) -> Iterator[Finding]:
    if "unknown-route" in case.says:
        yield Finding(
            "unknown-route",
            Certainty.CERTAIN,
            f"The gateway's text says that it knows no such path and method{_route(case)}. Misleading as it sounds, it"
            " has not looked at the token.",
            _COMPARE,
            _links(case),
        )


def _route(case: Case) -> str:
    method = case.request.method if case.request else None
    return f" (`{quote(' '.join(part for part in (method, case.path) if part), 80)}`)" if case.path else ""


def _links(case: Case) -> tuple[Link, ...]:
    service = service_named(case.service or "")
    return (Link(f"API reference: {service.title}", service.reference),) if service else ()


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong."""
    if case.service is not None:
        service = service_named(case.service)
        return (
            Outcome.PASSED,
            f"{service.title if service else case.service}: `{quote(case.url.host if case.url else '', 60)}`",
        )
    if case.url is not None:
        return Outcome.INCONCLUSIVE, f"`{quote(case.url.host, 60)}` could not be placed"
    if case.path:
        return Outcome.SKIPPED, "a path without its host"
    return Outcome.SKIPPED, "no URL given"


CHECK = Check("base-url", "Base URL", find, state)
"""The seventh line of the checklist (the guide's step on the service's base URL)."""
