"""Too much of it: two credentials in one request, or headers larger than servers accept."""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import AuthorizationHeader, HTTPRequest, Source
from bot.intake.piece import is_unknown
from bot.redact import quote
from bot.report import Certainty, Finding

MAX_HEADER_BYTES = 10_240
"""Bytes of all header values together that AWS API Gateway accepts."""


def find(case: Case) -> Iterator[Finding]:
    """Findings about a second credential and about size."""
    yield from _too_large(case)
    yield from _several(case)


def _several(case: Case) -> Iterator[Finding]:
    request = case.request
    if request is None and len(case.authorizations) < 2:
        header = case.authorization
        if header is not None and header.other:
            yield _two_in_one(header)
        return
    own = case.authorizations if request is None or case.authorizations else ()
    fields = [header for header in own if header.source is not Source.LOOSE]
    if request is None or not request.headers:  # a variable in code, and the print of what it holds, are one field
        fields = [header for header in fields if not is_unknown(header.credentials)]
    schemes = [header.scheme.lower() or "none" for header in fields]
    values = {header.value.strip() for header in fields}
    if own and own[0].other:
        yield _two_in_one(own[0])
    elif len(schemes) > 1 and len(values) > 1:
        seen = (
            " and ".join(f"`{quote(scheme, 20)}`" for scheme in dict.fromkeys(schemes))
            if len(set(schemes)) > 1
            else "two values"
        )
        yield Finding(
            "multiple-credentials",
            Certainty.CERTAIN,
            f"The request carries two Authorization fields: {seen}. Servers read one of them, or refuse.",
        )
    elif request is not None and own and carries_userinfo(request):
        yield _two_places(request)
    elif request is not None and own and _also_outside(case):
        yield Finding(
            "multiple-credentials",
            Certainty.LIKELY,
            "A token stands in the query string or the body as well as in the header; strict servers refuse that (RFC"
            " 6750 section 2).",
        )


def _two_in_one(header: AuthorizationHeader) -> Finding:
    return Finding(
        "multiple-credentials",
        Certainty.CERTAIN,
        f"One Authorization field holds two credentials: `{quote(header.scheme, 20)}` and `{quote(header.other, 20)}`.",
    )


def carries_userinfo(request: HTTPRequest) -> bool:
    """Whether the URL carries ``user:password@`` (RFC 3986 section 3.2.1), which clients send as Basic credentials."""
    return "userinfo" in request.flags or ("@" in (request.url or "") and _has_userinfo(request))


def _has_userinfo(request: HTTPRequest) -> bool:
    return request.target is not None and bool(request.target.userinfo)


_REPLACES_FIELD = frozenset({"requests", "axios"})
"""Clients that put Basic from such a URL in place of the field that is set."""


def _two_places(request: HTTPRequest) -> Finding:
    replaced = request.tool in _REPLACES_FIELD
    sent = f", and {request.tool} sends them as `Basic` in its place" if replaced else ""
    return Finding(
        "multiple-credentials",
        Certainty.CERTAIN if replaced else Certainty.POSSIBLE,
        f"The URL carries `user:password@` beside the Authorization header{sent}.",
        "Remove `user:password@` from the URL.",
    )


def _also_outside(case: Case) -> bool:
    return any(item.label in {"query:access_token", "body:access_token"} for item in case.evidence.credentials)


def _too_large(case: Case) -> Iterator[Finding]:
    request = case.request
    size = sum(len(header.value) + len(header.name) for header in request.headers) if request else 0
    status = case.response.status if case.response else None
    refused = status == 431 or "headers-too-large" in (case.says if status is None else case.response_says)
    if size > MAX_HEADER_BYTES:
        yield Finding(
            "header-too-large",
            Certainty.CERTAIN,
            f"The request's headers have {size:,} bytes; gateways accept {MAX_HEADER_BYTES:,}.",
        )
    elif refused:
        yield Finding(
            "header-too-large",
            Certainty.CERTAIN,
            "The answer says that the headers are too large (431, or 400 with that text).",
        )
    elif case.credential is not None and len(case.credential.token) > MAX_HEADER_BYTES:
        yield Finding(
            "header-too-large",
            Certainty.CERTAIN,
            f"The token alone has {len(case.credential.token):,} characters; gateways accept headers of"
            f" {MAX_HEADER_BYTES:,} bytes in all.",
        )
