"""A stand-in for an Auth0 tenant's server: it publishes the key set of its issuer, and rotates keys."""

import dataclasses
import ssl
from typing import Self

from aiohttp import web

from bot.local.auth0 import Issuer
from bot.local.loopback import Loopback

KEY_SET_PATH = "/.well-known/jwks.json"


class AuthorizationServer(Loopback):
    """Publishes an issuer's keys. Without an issuer it makes one whose domain is its own address.

    `issuer` mints with the key of now; `published` are the issuers whose keys are in the set.
    """

    def __init__(self, issuer: Issuer | None = None, certificates: ssl.SSLContext | None = None) -> None:
        """Makes a server that does not listen yet."""
        super().__init__(certificates)
        self._given = issuer
        self.issuer = issuer or Issuer()
        self.published: list[Issuer] = [self.issuer]

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        if self._given is None:
            self.publish(dataclasses.replace(self.issuer, domain=self.url))
        return self

    def publish(self, *issuers: Issuer) -> None:
        """Publishes the keys of these issuers and no others; the first one mints from now on."""
        self.issuer = issuers[0]
        self.published = list(issuers)

    def rotate(self, *, keep: bool = False) -> Issuer:
        """Makes a new key, by which tokens are signed from now on; with `keep` the old one stays in the set."""
        self.publish(dataclasses.replace(self.issuer), *(self.published if keep else []))
        return self.issuer

    def kind(self, request: web.Request) -> str:
        """`keys`, or `other`."""
        return "keys" if request.path == KEY_SET_PATH else "other"

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The JWK Set as published now."""
        return {"keys": [key for issuer in self.published for key in issuer.jwks()["keys"]]}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The key set at its path; nothing anywhere else."""
        if request.path != KEY_SET_PATH:
            return web.json_response({"statusCode": 404, "error": "Not Found"}, status=404)
        return web.json_response(self.jwks())
