"""Whom the probes may ask, and who may see the token: the operator's hosts, and issuers for their key sets alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import httpx

from bot.services import base_url, service_names
from bot.settings import Settings
from bot.token.issuer import is_auth0_shaped, issuer_of
from bot.url import is_loopback

KEY_SET_PATH = b"/.well-known/jwks.json"


class Origin(NamedTuple):
    """Scheme, host and port (RFC 6454 section 4); the host as it stands on the wire, in lower case."""

    scheme: str
    host: str
    port: int


def origin_of(url: httpx.URL) -> Origin:
    """The origin of a URL."""
    return Origin(
        url.scheme, url.raw_host.decode("ascii").lower(), url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
    )


@dataclass(frozen=True)
class Reach:
    """Whom the settings allow to ask. ``services`` may be sent the token; ``issuers`` are asked for key sets alone.

    With no issuers every plain Auth0 domain may be asked for its key set.
    """

    services: frozenset[Origin]
    issuers: frozenset[Origin]

    @classmethod
    def of(cls, settings: Settings) -> "Reach":
        """The reach of these settings."""
        services = (origin_of(httpx.URL(base_url(name, settings))) for name in service_names())
        issuers = (origin_of(httpx.URL(issuer_of(domain))) for domain in settings.rhythm_auth0_domains)
        return cls(frozenset(services), frozenset(issuers))

    @property
    def own(self) -> Iterable[tuple[str, int]]:
        """Host and port of the operator's hosts."""
        return [(origin.host, origin.port) for origin in self.services | self.issuers]

    def refusal(self, request: httpx.Request) -> str:
        """Why a request may not be made; empty where it may."""
        origin = origin_of(request.url)
        if request.method != "GET" or request.url.userinfo:
            return "it is no plain GET"
        if origin.scheme != "https" and not (origin.scheme == "http" and is_loopback(origin.host)):
            return "it is not https"
        if origin in self.services:
            return ""
        if "authorization" in request.headers:
            return "only Rhythm's hosts may see a token"
        if request.url.raw_path != KEY_SET_PATH:
            return "only its key set may be asked for"
        if origin in self.issuers or (not self.issuers and self._is_plausible(origin)):
            return ""
        return "it is no host that may be asked"

    def _is_plausible(self, origin: Origin) -> bool:
        return origin.scheme == "https" and origin.port == 443 and is_auth0_shaped(f"https://{origin.host}/")
