"""What error texts say.

The sentences of validators, gateways, authorization servers and clients, each with its meaning.

Compared in lower case. The words on the left are the program's own; the texts are those that libraries and servers
print.
"""

import re
from functools import cache
from itertools import islice

from bot.evidence import Statement

TEXTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "expired",
        (
            "jwt expired",
            "signature has expired",
            "token has expired",
            "token is expired",
            "token expired",
            "tokenexpirederror",
            "expiredsignatureerror",
            "'exp' claim timestamp check failed",
            '"exp" claim timestamp check failed',
            "the incoming token has expired",
            "the token has expired on 20",
            "errorkind::expiredsignature",
            "idx10223",
            "token_expired",
            "expired token",
            "jwt is expired",
            "expiredjwtexception",
            "expiredsignature)",
            "err_jwt_expired",
            '"exp" not satisfied',
            "lifetime validation failed. the token is expired",
            "jwtexpired",
            "expired jwt",
            "jwt has expired",
        ),
    ),
    (
        "audience",
        (
            "jwt audience invalid",
            "not allowed to be used by this audience",
            "oidc: expected audience",
            "audience doesn't match",
            "invalid audience",
            "audience is invalid",
            "unexpected 'aud' value",
            'unexpected "aud" claim value',
            "does not have a valid audience",
            "audience validation failed",
            "idx10214",
            "invalidaudienceerror",
            "the audience is invalid",
            "value doesn't contain the required audience",
            "audiences in jwt are not allowed",
            "expected aud claim to be",
            "invalidaudience)",
            "is not equal to the configured audience",
            "aud claim is not valid",
            "required audience is missing",
            "error_description=\"the audience '",
            "idx10208",
            "invalid claim 'aud'",
            'invalid claim "aud"',
            "claim value mismatch: aud=",
            "value does not contain the required audience",
            "jwt audience rejected",
            "(aud) claim mismatch; expected",
            "jwtnotinaudience",
            "jwt not in audience",
        ),
    ),
    (
        "audience-missing",
        (
            'missing the "aud" claim',
            "missing the 'aud' claim",
            'missing required "aud" claim',
            "jwt missing required audience",
            "(aud) claim must be a string or array",
        ),
    ),
    (
        "issuer",
        (
            "jwt issuer invalid",
            "was not issued by the given issuers",
            "issued by a different provider",
            "invalid issuer",
            "unexpected 'iss' value",
            'unexpected "iss" claim value',
            "issuer validation failed",
            "idx10205",
            "invalidissuererror",
            "iss claim is not valid",
            "issuer is not configured",
            "expected iss claim to be",
            "'iss' value doesn't match the required",
            "error_description=\"the issuer '",
            "invalidissuer)",
            "jwt iss claim has value",
            "invalid claim 'iss'",
            'invalid claim "iss"',
            "claim value mismatch: iss=",
            "(iss) claim mismatch; expected",
            "no credentials found for given 'iss'",
            "jwtnotinissuer",
        ),
    ),
    (
        "signature",
        (
            "invalid signature",
            "signature verification failed",
            "signature validation failed",
            "jwt signature does not match",
            "invalidsignatureerror",
            "signature is invalid",
            "idx10503",
            "idx10511",
            "signature resulted invalid",
            "token signature mismatch",
            "failed to verify id token signature",
            "crypto/rsa: verification error",
            "jwt verification fails",
            "badsignatureerror",
            "signatureverificationexception",
            "invalidsignature)",
            "token signature is invalid",
            "error in cryptographic primitive",
            "jwsinvalidsignature",
            "cannot verify signature",
        ),
    ),
    ("signature-required", ("jwt signature is required",)),
    (
        "algorithm",
        (
            "invalid algorithm",
            "alg value is not allowed",
            "unsupported 'alg' value",
            "invalidalgorithmerror",
            "algorithm not allowed",
            "expected a different algorithm",
            "algorithmmismatchexception",
            "doesn't match the one defined in the jwt's header",
            "algorithm not supported",
            "(algorithm) header parameter value not allowed",
            "unexpected signing method",
            "signing method hs256 is invalid",
            "invalidalgorithm)",
            "jwt header is an invalid jwt algorithm",
            "unexpected signature algorithm",
            "idx10696",
            "signed with unsupported algorithm",
        ),
    ),
    (
        "key-unknown",
        (
            "unable to find a signing key",
            "no applicable key",
            "kid not found",
            "unable to find appropriate key",
            "signing key not found",
            "no matching key",
            "idx10501",
            "signingkeynotfounderror",
            "signature key was not found",
            "signingkeynotfoundexception",
            "unable to lookup correct key",
            "could not find public key for kid",
            "jwks doesn't have key to match",
            "no matching jwk",
            "no matching key(s) found",
            "signaturekeynotfoundexception",
            "idx10500",
            "cannot verify signature: key id",
        ),
    ),
    (
        "not-yet-valid",
        (
            "jwt not active",
            "not yet valid (nbf)",
            "'nbf' claim timestamp check failed",
            '"nbf" claim timestamp check failed',
            "idx10222",
            "token can't be used before",
            "with nbf prior to",
            "nbf has not been reached",
            "jwt must not be accepted before",
            "token is not valid yet",
            "jwt not yet valid",
            "jwt used before",
            "token is not valid before",
            "the token will be active at",
            "jwt before use time",
            "token not valid yet",
            "token cannot be used yet",
        ),
    ),
    (
        "issued-in-future",
        (
            "not yet valid (iat)",
            "issued in the future",
            "token used before issued",
            "token used too early",
            "iat is in the future",
            "cannot handle token prior to",
            "with iat prior to",
            "invalidiaterror",
            '"iat" claim timestamp check failed',
            "'iat' claim timestamp check failed",
        ),
    ),
    (
        "malformed",
        (
            "jwt malformed",
            "not enough segments",
            "invalid compact jws",
            "invalid header padding",
            "invalid payload padding",
            "invalid crypto padding",
            "jws protected header is invalid",
            "token contains an invalid number of segments",
            "idx12741",
            "jwt must have 3 tokens",
            "wrong number of segments",
            "must contain exactly 2 period",
            "was expected to have 3 parts",
            "must have three segments",
            "not enough or too many segments",
            "not in the form of header.payload.signature",
            "jwt string must contain two dots",
            "jwt string must have two dots",
            "missing dot delimiter",
            "missing part delimiters",
            "decode the jwt: malformed token",
            "idx14100",
            "idx12709",
            "jwt is not well formed",
            "invalid token specified: missing part",
            "must have three parts",
            "malformed jwt, expected 3 parts",
            "error decoding token headers",
            "(invalidtoken)",
        ),
    ),
    (
        "header-missing",
        (
            "no authorization token was found",
            "authorization header is missing",
            "authorization header missing",
            "missing authorization header",
            "no authorization token provided",
            "authorization header is expected",
            "no authorization header",
            "no authorization was found in request.headers",
            "jwt is missing",
            "authorization header not found",
            "bearer token is missing",
            "authorization header is required",
            "jwt not present",
            "authorization header not provided",
            "no token provided",
        ),
    ),
    ("bad-format", ("format is authorization: bearer [token]", "credentials_bad_format")),
    ("bad-scheme", ("credentials_bad_scheme", "authorization header must start with bearer", "must start with bearer")),
    (
        "unknown-route",
        (
            "missing authentication token",
            "missingauthenticationtoken",
            "requires 'credential' parameter",
            "authorization header requires",
            "invalid key=value pair",
            "not a valid key=value pair",
            "incompletesignatureexception",
            "incompletesignature",
        ),
    ),
    ("explicit-deny", ("with an explicit deny",)),
    (
        "denied",
        ("user is not authorized to access this resource", "is not authorized to perform", "accessdeniedexception"),
    ),
    (
        "insufficient-scope",
        (
            "insufficient_scope",
            "insufficient scope",
            "requires higher privileges than provided by the access token",
        ),
    ),
    (
        "authorizer-failed",
        (
            "authorizerconfigurationexception",
            "authorizer_configuration_error",
            "authorizer_failure",
            "authorizerfailure",
            "authorizer error",
        ),
    ),
    (
        "throttled",
        (
            "too many requests",
            "limit exceeded",
            "limitexceededexception",
            "toomanyrequestsexception",
            "rate exceeded",
            "throttlingexception",
            "throttled",
        ),
    ),
    (
        "headers-too-large",
        (
            "request header fields too large",
            "request header or cookie too large",
            "header field too long",
            "header too large",
            "headers too large",
            "request header is too large",
            "header overflow",
            "hpe_header_overflow",
        ),
    ),
    (
        "preflight",
        (
            "blocked by cors policy",
            "response to preflight request",
            "preflight request",
            "cors preflight",
            "cors error",
            "cors missing allow",
            "cross-origin request blocked",
            "preflight response",
        ),
    ),
    (
        "browser-hides",
        (
            "failed to fetch",
            "net::err_failed",
            "networkerror when attempting to fetch",
            "load failed",
            "due to access control checks",
        ),
    ),
    (
        "proxy-authentication",
        (
            "proxy authentication required",
            "received http code 407 from proxy",
            "407 proxy",
            "err_tunnel_connection_failed",
            "tunnel connection failed: 407",
            "connect tunnel failed, response 407",
            "err_proxy_auth",
            "to proxy: 407",
            "statuscode=407",
        ),
    ),
    (
        "audience-unknown-to-server",
        (
            "service not found:",
            "service not enabled within domain",
            "bad audience:",
        ),
    ),
    (
        "client-grant",
        (
            'create a "client-grant"',
            "client-grant",
            "client grant",
            "is not authorized to access resource server",
            "client is not authorized to access",
            "client has not been granted scopes",
        ),
    ),
    (
        "grant-type",
        (
            "grant type 'password' not allowed",
            "not allowed for the client",
            "grant type not allowed",
            "unsupported_grant_type",
            "unsupported grant type",
        ),
    ),
    (
        "code-rejected",
        (
            "invalid authorization code",
            "authorization code has expired",
            "code was already redeemed",
            "failed to verify code verifier",
            "redirect_uri does not match",
            "authorization code is invalid",
            "the redirect uri is wrong",
        ),
    ),
    (
        "login-refused",
        (
            "wrong email or password",
            "user is blocked",
            "invalid_user_password",
            "wrong username or password",
            "password_leaked",
            "user account is blocked",
            "blocked_user",
            "too_many_attempts",
            "account has been blocked after multiple",
        ),
    ),
    (
        "refresh-rejected",
        (
            "unknown or invalid refresh token",
            "invalid refresh token",
            "refresh token is expired",
            "refresh token has expired",
            "refresh token was revoked",
            "reused rotated refresh token",
            "the refresh_token was generated for a user",
            "unsuccessful refresh token exchange",
        ),
    ),
    ("grant-refused", ("invalid_grant",)),
    (
        "callback-mismatch",
        (
            "callback url mismatch",
            "invalid_scope",
            "unsupported_response_type",
            "redirect_uri is not registered",
            "redirect_uri mismatch",
            "is not in the list of allowed callback urls",
            "unsupported response type",
            "missing required parameter: response_type",
            "invalid redirect_uri",
        ),
    ),
    (
        "global-client",
        (
            "non-global clients are not allowed access to apiv1",
            "no audience parameter was provided, and no default audience",
        ),
    ),
    (
        "quota",
        (
            "m2m quota",
            "quota exceeded",
            "quota has been exceeded",
            "quota limit",
            "monthly quota",
            "token quota",
            "exceeded the quota",
            "machine-to-machine quota",
            "m2m tokens used up",
            "m2m token limit",
            "quota for machine-to-machine",
            "quota of machine-to-machine",
            "quota is used up",
            "quota used up",
            "quota exhausted",
            "quota has been reached",
            "quota reached",
            "reached the quota",
            "m2m tokens exhausted",
        ),
    ),
    (
        "token-throttled",
        (
            "too_many_requests",
            "global limit has been reached",
            "rate limit of this client",
            "auth0-client-quota-limit",
            "auth0-organization-quota-limit",
        ),
    ),
    (
        "client-wrong",
        (
            "invalid_client",
            "unknown client",
            "access_denied: unauthorized",
            "(access_denied) unauthorized",
            '"access_denied" "unauthorized"',
            "[access_denied] unauthorized",
        ),
    ),
    (
        "outage",
        (
            "service unavailable",
            "bad gateway",
            "gateway timeout",
            "gateway time-out",
            "temporarily unavailable",
            "upstream connect error",
            "endpoint request timed out",
            "no healthy upstream",
        ),
    ),
    (
        "forbidden-page",
        (
            "request blocked",
            "the request could not be satisfied",
            "access denied</title>",
            "<h1>403 forbidden",
            "403 error</h1>",
            "forbiddenexception",
            "wafforbidden",
            "attention required! | cloudflare",
        ),
    ),
    (
        "redirect-stripped",
        (
            "authorization header was stripped",
            "authorization header removed on redirect",
            "stripping authorization header",
        ),
    ),
    (
        "redirected",
        (
            *("<response [301]>]", "<response [302]>]", "<response [303]>]", "<response [307]>]", "<response [308]>]"),
            *("redirected: true", ".redirected\ntrue"),
        ),
    ),
    (
        "header-gone",
        (
            *(f"{name}.request.headers{end}\nfalse" for name in ("r", "res", "resp", "response") for end in ("", ")")),
            *("without authorization header after redirect", "no authorization header after redirect"),
        ),
    ),
    ("stringified", ("json.stringify(", "localstorage.getitem(", "sessionstorage.getitem(")),
    ("netrc", (".netrc", "_netrc", "trust_env", "netrc file")),
    ("basic-shown", ("401 basic ", "'basic ", '"basic ', "authorization: basic ")),
    ("legacy-endpoint", ("/oauth/ro", "/delegation")),
    (
        "kept-old",
        (
            "still sends the old token",
            "sends the old token",
            "still using the old token",
            "keeps sending the old",
            "the old token",
            "the previous token",
            "uses old token",
            "using old token",
            "sends old token",
            "sending old token",
            "current value",
            "initial value",
        ),
    ),
    (
        "logged-in",
        (
            "i logged in",
            "i did log in",
            "i have logged in",
            "i signed in",
            "i've logged in",
            "user logged in",
            "already logged in",
            "did sign in",
            "has signed in",
        ),
    ),
    (
        "header-not-latin",
        (
            "contains non iso-8859-1 code point",
            "request headers must contain only ascii characters",
            "non-latin1 characters",
        ),
    ),
    ("dpop", ("dpop",)),
)


_STEMS = (
    *(
        "basic ",
        "idx1",
        "quota",
        "netrc",
        "gateway",
        "forbidden",
        "unsupported",
        "preflight",
        "block",
        "proxy",
        "wrong",
        "too l",
    ),
    *("redeem", "missing", "mismatch", "match", "segments", "insufficient", "future", "incomplete", "_bad_", "storage"),
    *("logged", "signed", "did ", "unavailable", "unknown", "cors", "deny", "credential", "old", "limit", "exce"),
    *("requests", "fail", "valid", "expire", "allowed", "grant", "ing key", "key", "is not", "value", "not ", "error"),
    *("header", "token", "expected", "jwt", "must ", "access"),
)
"""Parts of the texts, the rarest first: a text is searched for only where the first of these that it holds is seen."""

_CHARACTER_MARKS = ("char", "header", "value of ", "http.client.", "contains ")
_CHARACTER = (
    r"can't encode characters? (?:in position [\d-]+|'\\(?:u(?P<u>[0-9a-f]{4})|x(?P<x>[0-9a-f]{2}))')"
    r"|has a value of (?P<value>\d{2,7})"
    r"|unexpected char 0x(?P<hex>[0-9a-f]{1,6}) at"
    r"|invalid character (?:'\\u\{?(?P<u2>[0-9a-f]{2,6})\}?'|\\u(?P<u3>[0-9a-f]{4}))[^\n]{0,40}header"
    r"|return character\(s\) in header value|new-?line characters? (?:are not allowed|in header)"
    r"|header value must not contain (?:cr|lf|newline)|http\.client\.[^\n]{0,40}newline|header injection"
    r"|contains (?:a )?(?:newline|line feed|carriage return)"
    r"|new-line or nul characters|invalidheadervalue"
    r"|illegal header value|err_invalid_char|invalid character in header content|is an invalid header value"
    r"|invalid header field value|illegal character\(?s?\)? in (?:message )?header|invalid header value"
    r"|header value contains (?:illegal|invalid)|invalid http header|not a legal header value"
    r"|invalid headers? value char"
    r"|header field value cannot include cr|new line detected|failed to parse header value|is not valid header value"
)
_LINE_BREAKS = (
    "return ",
    "new",
    "header field value cannot",
    "header value must",
    "http.client.",
    "header injection",
    "contains ",
)
"""How those of these texts begin that speak of a line break."""


@cache
def _character() -> re.Pattern[str]:
    return re.compile(_CHARACTER)


@cache
def _by_stem() -> dict[str, list[tuple[int, str]]]:
    """The texts by their stem, each with its row; a text without a stem is its own."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row, (_, phrases) in enumerate(TEXTS):
        for phrase in phrases:
            stem = next((stem for stem in _STEMS if stem in phrase), phrase)
            found.setdefault(stem, []).append((row, phrase))
    return found


WORDS_OF_PEOPLE = frozenset(
    [
        "authorization code has expired",
        "authorization code is invalid",
        "proxy authentication required",
        "token has expired",
        "token is expired",
        "token expired",
        "expired token",
        "signature has expired",
        "invalid audience",
        "audience is invalid",
        "the audience is invalid",
        "invalid issuer",
        "invalid signature",
        "signature is invalid",
        "signature verification failed",
        "signature validation failed",
        "invalid algorithm",
        "algorithm not allowed",
        "issued in the future",
        "too many requests",
        "limit exceeded",
        "rate exceeded",
        "throttled",
        "service unavailable",
        "bad gateway",
        "gateway timeout",
        "gateway time-out",
        "temporarily unavailable",
        "client-grant",
        "client grant",
        "quota limit",
        "monthly quota",
        "token quota",
        "m2m quota",
        "quota exceeded",
        "insufficient scope",
        "header too large",
        "headers too large",
        "authorizer error",
        "invalid refresh token",
        "refresh token is expired",
        "refresh token has expired",
        "refresh token was revoked",
        "user is blocked",
        "authorization header is missing",
        "missing authorization header",
        "authorization header missing",
        "no authorization header",
        "kid not found",
        "signing key not found",
        "no matching key",
        "unknown client",
        "missing authentication token",
        "preflight request",
        "cors error",
        "unsupported grant type",
        "audience validation failed",
        "issuer validation failed",
        "jwt is expired",
        "aud claim is not valid",
        "iss claim is not valid",
        "algorithm not supported",
        "token is not valid yet",
        "jwt not yet valid",
        "token is not valid before",
        "jwt is missing",
        "authorization header not found",
        "bearer token is missing",
        "authorization header is required",
        "request header is too large",
        "invalid redirect_uri",
        "m2m token limit",
        "quota for machine-to-machine",
        "quota of machine-to-machine",
        "quota is used up",
        "quota used up",
        "quota exhausted",
        "quota has been reached",
        "quota reached",
        "reached the quota",
        "m2m tokens exhausted",
        "token signature is invalid",
        "preflight response",
        "expired jwt",
        "jwt has expired",
        "jwt not in audience",
        "cannot verify signature",
        "token not valid yet",
        "token cannot be used yet",
        "jwt is not well formed",
        "must have three parts",
        "jwt not present",
        "authorization header not provided",
        "no token provided",
    ]
)
"""Phrases that people also write in sentences of their own: they count only where their line reads like an error."""


NO_ERRORS = frozenset(
    {
        "redirected",
        "header-gone",
        "stringified",
        "netrc",
        "basic-shown",
        "legacy-endpoint",
        "kept-old",
        "logged-in",
        "dpop",
    }
)
"""Statements that are no error's: what they say counts wherever it stands."""
LISTED = 3
"""So many different errors in one list are a list of errors, none that happened."""


def statements(text: str, *, loose: bool = False) -> tuple[Statement, ...]:
    """Everything that a text says, each once, in the order of the table; what a client says of a character comes first.

    In ``loose`` text, which people write themselves, a phrase counts only where its line reads like an error.
    """
    lowered = text.lower()
    if loose:  # the lines that other readers took are blank
        lowered = "\n".join(line for line in lowered.split("\n") if not line.isspace())
    rows: set[int] = set()
    listed: set[int] = set()
    for stem, phrases in _by_stem().items():
        if stem not in lowered:
            continue
        for row, phrase in phrases:
            if phrase in lowered:
                said = _said(lowered, row, phrase) if loose else "stated"
                (rows if said == "stated" else listed if said == "listed" else set()).add(row)
    if len(listed) < LISTED:
        rows |= listed
    found = _characters(lowered) + [Statement(TEXTS[row][0]) for row in sorted(rows)]
    if loose and Statement("grant-refused") in found and "refresh" in lowered:
        found.append(Statement("refresh-asked"))
    return tuple(dict.fromkeys(found))


def _said(lowered: str, row: int, phrase: str) -> str:
    """How a text that people write says a phrase: ``stated`` in an error or a report, ``listed``, or not at all."""
    if TEXTS[row][0] in NO_ERRORS:
        return "stated"
    from bot.intake import stated

    said = ""
    at, places = lowered.find(phrase), 0
    while at >= 0 and places < stated.MAX_PLACES:
        counts = phrase not in WORDS_OF_PEOPLE or _in_error_line(lowered, at, phrase)
        if counts and stated.is_stated(lowered, at, phrase):
            if not stated.is_listed(lowered, at, phrase):
                return "stated"
            said = "listed"
        at, places = lowered.find(phrase, at + 1), places + 1
    return said


def _in_error_line(lowered: str, at: int, phrase: str) -> bool:
    """Whether the line around a phrase is an error text rather than a sentence about one."""
    start = lowered.rfind("\n", 0, at) + 1
    end = lowered.find("\n", at)
    line = lowered[start : end if end >= 0 else len(lowered)].strip()
    if len(line) <= len(phrase) + 24 and "?" not in line:
        return True
    before = re.sub(r"(?<=[a-z])'(?=[a-z])", "", lowered[max(start, at - 160) : at])
    if "?" in line and not any(mark in line for mark in ('"', "{", "error:", "exception")):
        return False
    return any(
        mark in before
        for mark in ('"', "'", "`", "{", ":", "=", "(", ">", "error", "exception", "says", "401", "403", "\u2019")
    ) or any(mark in line for mark in ('"message"', "error:", "exception", "error_description", "traceback"))


def _characters(lowered: str) -> list[Statement]:
    """What clients say of a character that they refuse in a header; of many such texts the first suffice."""
    if not any(mark in lowered for mark in _CHARACTER_MARKS):
        return []
    return [Statement("header-character", _code_point(match)) for match in islice(_character().finditer(lowered), 8)]


def _code_point(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if match[0].startswith(_LINE_BREAKS):
        return 10
    for name in ("u", "x", "hex", "u2", "u3"):
        if groups[name]:
            return int(groups[name], 16)
    return int(groups["value"]) if groups["value"] else None
