"""Samples to try the bot with: what people really paste, minted at run time."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.local.auth0 import CONTACT_ID, LIFETIME_SECONDS, TENANT_ID, Issuer

FIRST = ("wrong-audience", "id-token", "healthy")
"""The samples that are played where nobody can type."""


@dataclass(frozen=True)
class Sample:
    """One sample: its name, one line about it, and the text to paste. The text holds a token, and is not shown."""

    name: str
    description: str
    text: str = field(repr=False)


def samples(issuer: Issuer, now: float) -> tuple[Sample, ...]:
    """Every sample, with tokens issued an hour before `now` (Unix seconds) unless it says otherwise."""
    return tuple(Sample(*made) for made in _made(issuer, now))


def _made(issuer: Issuer, now: float) -> Iterator[tuple[str, str, str]]:
    issued = now - 3600
    healthy = issuer.mint(now=issued)
    service = "https://rolodex.api.rhythmsoftware.com"
    call = f"{service}/contacts/{issuer.tenant_id}/{issuer.contact_id}"

    elsewhere = {"aud": "https://api.example.org"}
    yield "wrong-audience", "an access token for another API", issuer.mint(claims=elsewhere, now=issued)
    yield "id-token", "the ID token in place of the access token", issuer.mint("id", now=issued)
    yield "healthy", "an access token with nothing wrong in it", healthy
    yield "expired", "an access token of three days ago", issuer.mint(now=now - 3 * LIFETIME_SECONDS)
    yield (
        "opaque",
        "a token without audience: short and not a JWT",
        f"Authorization: Bearer {issuer.mint('opaque', now=now)}",
    )
    yield "encrypted", "a token without audience: five parts, encrypted", issuer.mint("encrypted", now=now)
    unlinked = issuer.mint(claims={CONTACT_ID: None}, now=issued)
    yield "never-logged-in", "a login that never signed in to Rhythm: no contact_id", unlinked
    machine = issuer.mint("machine", now=issued)
    asking = f'curl {service}/contacts/current -H "Authorization: Bearer {machine}"'
    yield "machine", "a machine-to-machine token that asks for its contact", asking
    yield "no-tenant", "an access token without the tenant_id claim", issuer.mint(claims={TENANT_ID: None}, now=issued)
    yield "no-bearer", "a header that holds the token but not the word Bearer", f"Authorization: {healthy}"
    yield "curl", "a curl command over several lines, with nothing wrong in it", _curl(call, healthy)
    yield (
        "no-header",
        "a curl command without the Authorization header",
        f"curl -i {call} -H 'Accept: application/json'",
    )
    yield "wrong-host", "a call that goes to another service's host", _curl(call.replace("rolodex", "events"), healthy)
    yield (
        "tenant-mismatch",
        "a call that names another tenant",
        _curl(call.replace("/example.org/", "/example.com/"), healthy),
    )
    yield "cut", "a token whose end was not copied", f"Authorization: Bearer {healthy[: healthy.rindex('.') - 40]}"
    yield "placeholder", "a header that still holds the placeholder", "Authorization: Bearer YOUR_ACCESS_TOKEN"
    yield "unsigned", "a token with alg none", issuer.mint("unsigned", now=issued)
    yield "hello", "nothing to check", "hello, is anybody there?"


def _curl(url: str, token: str) -> str:
    return f"curl '{url}' \\\n  -H 'Accept: application/json' \\\n  -H 'Authorization: Bearer {token}'"
