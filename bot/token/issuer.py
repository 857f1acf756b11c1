"""What an issuer's text says (RFC 7519 section 4.1.1): a domain of the operator's, an Auth0 domain, a public host."""

import re
from functools import cache

from bot.settings import Settings
from bot.url import is_loopback, read_url


def is_auth0_shaped(issuer: str) -> bool:
    """Whether an issuer is a plain Auth0 domain (``<name>[.<region>].auth0.com``), slash or not."""
    if is_auth0_issuer(issuer):
        return True
    url = read_url(issuer.strip() if "://" in issuer else f"https://{issuer.strip()}")
    return url is not None and is_auth0_issuer(f"https://{url.host}/")


def is_auth0_issuer(issuer: str) -> bool:
    """Whether an issuer is a plain Auth0 domain as Auth0 writes it: https, in lower case, with one slash at its end."""
    return _auth0_issuer().fullmatch(issuer) is not None


@cache
def _auth0_issuer() -> re.Pattern[str]:
    return re.compile(r"https://[a-z0-9][a-z0-9-]*(?:\.[a-z]{2}(?:-\d)?)?\.auth0\.com/")


def is_known_issuer(issuer: str, settings: Settings) -> bool:
    """Whether an issuer is one of the operator's domains, written as Auth0 writes it.

    With its scheme and a slash at the end.
    """
    return any(issuer == issuer_of(domain) for domain in settings.rhythm_auth0_domains)


def issuer_of(domain: str) -> str:
    """The ``iss`` of tokens from a domain of the settings."""
    return f"{domain if '://' in domain else f'https://{domain}'}/"


def has_public_host(issuer: object) -> bool:
    """Whether an issuer names a host of the public net, however the rest of it is written."""
    if not isinstance(issuer, str):
        return False
    plain = issuer.strip(" \t\r\n<>\"'")
    url = read_url(plain if "://" in plain else f"https://{plain}")
    return (
        url is not None
        and "." in url.host
        and not is_loopback(url.host)
        and not url.host.endswith((".local", ".internal", ".test", ".localdomain"))
    )
