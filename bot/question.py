"""What live probes may be asked about a case: whether its token may be sent, and which key set verifies it.

The rules are the public interface's, "Live checks": only a JWT is sent whose audience holds the expected one, that
has not expired by now, and in which nothing certain is wrong. What is wrong in the shown request is no matter here.
"""

import re
import unicodedata

from bot.checks import CHECKS, Case
from bot.evidence import Credential, Evidence, Source
from bot.observation import Question
from bot.report import Certainty, Finding
from bot.token import UnverifiedJWT
from bot.token.issuer import is_auth0_shaped, is_known_issuer
from bot.url import read_url

LONGEST = 16_384
"""Characters of a token that is sent: servers take no longer header fields."""
_TOKEN_LINES = frozenset({"access-token", "expiry", "audience", "claims", "first-login"})


def question(case: Case) -> Question | None:
    """What may be asked about a case; None where it holds no token."""
    if case.credential is None or case.token is None:
        return None
    token = case.token if isinstance(case.token, UnverifiedJWT) else None
    unsent = _unsent(case, token)
    key_set, unverified = _key_set(case, token)
    key_id = token.header.get("kid") if token else None
    return Question(
        token=token.value if token and not unsent else "",
        unsent=unsent,
        compact=token.value if token and key_set else "",
        key_set=key_set,
        unverified=unverified,
        algorithm=token.algorithm if token else "",
        key_id=None if key_id is None else str(key_id),
        tenant=plain_segment(case.rhythm_claim("tenant_id")),
        is_machine=case.is_machine,
        has_contact=bool(case.rhythm_claim("contact_id")),
    )


def token_alone(case: Case) -> Case:
    """The case as if the token alone had been pasted just now: no request, no answer, no words, no damage."""
    token = case.token if isinstance(case.token, UnverifiedJWT) else None
    credential = Credential(token.value if token else "", "", Source.LOOSE)
    return case._replace(
        evidence=Evidence(credentials=(credential,)),
        now=case.present,
        time_source="present",
        exchange=None,
        request=None,
        response=None,
        url=None,
        path="",
        service=None,
        segments=(),
        authorizations=(),
        credential=credential,
        others=(),
        says=frozenset(),
        observations=(),
    )


def own_findings(case: Case) -> tuple[Finding, ...]:
    """What is found in the token itself, whatever else the paste shows."""
    alone = token_alone(case)
    return tuple(finding for check in CHECKS if check.id in _TOKEN_LINES for finding in check.find(alone))


def plain_segment(value: object) -> str:
    """A claim's value where it can stand in a path as one plain segment, else an empty text."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9._\-]{1,200}", value) and value not in {".", ".."}:
        return value
    return ""


def _unsent(case: Case, token: UnverifiedJWT | None) -> str:
    """Why the token is sent nowhere; empty where it may be sent."""
    if token is None:
        return "it is no JWT that can be read"
    if case.kind != "access":
        return "it is no access token"
    if not case.has_right_audience:
        return "it is for another audience"
    expires = case.expires
    if expires is None or expires <= case.present:
        return "it has expired"
    if any(finding.certainty is Certainty.CERTAIN for finding in own_findings(case)):
        return "what is wrong in it is certain"
    if any(
        _names_an_address(place, case) for place in (case.claims.get("iss"), *map(token.header.get, ("jku", "x5u")))
    ):
        return "it names an address where Auth0 writes a name"
    if len(token.value) > LONGEST or not re.fullmatch(r"[A-Za-z0-9_\-.]+", token.value):
        return "no server would take it in a header"
    return ""


def _names_an_address(place: object, case: Case) -> bool:
    """Whether a URL's host is an IP address, in whatever notation: one that ends in a number (WHATWG URL, 4.3)."""
    if not isinstance(place, str) or is_known_issuer(place, case.settings):
        return False
    url = read_url(unicodedata.normalize("NFKC", place))
    last = url.host.rpartition(".")[2] if url else ""
    return ":" in last or last[:1].isdigit()


def _key_set(case: Case, token: UnverifiedJWT | None) -> tuple[str, str]:
    """The URL of the key set that verifies the token, as Auth0 publishes it, or why none is asked for."""
    issuer = case.claims.get("iss") if token else None
    if token is None or not isinstance(issuer, str):
        return "", "it is no JWT with an issuer"
    if not is_allowed_issuer(case, issuer):
        return "", "its issuer is not one that may be asked"
    if not token.algorithm or token.algorithm.lower() == "none" or token.algorithm.upper().startswith("HS"):
        return "", "no public key can verify its algorithm"
    return f"{issuer}.well-known/jwks.json", ""


def is_allowed_issuer(case: Case, issuer: str) -> bool:
    """Whether an issuer's key set may be asked for: one of the settings, or with none set an exact Auth0 domain."""
    if case.settings.rhythm_auth0_domains:
        return is_known_issuer(issuer, case.settings)
    url = read_url(issuer)
    return url is not None and issuer == f"https://{url.host}/" and is_auth0_shaped(issuer)
