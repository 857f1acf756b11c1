"""A stand-in for the Rhythm API behind its gateway: every service under one address, as ``RHYTHM_API_URL`` may name it.

No live answer of Rhythm's API has been seen. What it says follows the vendor's guide, and where that is silent AWS's
gateway: the route is looked for before the token is.
"""

import ssl
from collections.abc import Callable, Mapping
from typing import Any

import jwt
from aiohttp import web

from bot.local.auth0 import CONTACT_ID, TENANT_ID
from bot.local.loopback import Loopback
from bot.services import service_named, service_names

DENIED = "User is not authorized to access this resource with an explicit deny"
UNKNOWN_ROUTE = "Missing Authentication Token"


class Rhythm(Loopback):
    """The API. `jwks` gives its issuer's key set; `linked` are subjects with a contact that their token does not name.

    Give the bot `api_url`. Kinds of questions: `who-am-i`, `who-am-i-tenant`, `any-contact`, `other`, and `baseline`
    for a who-am-I without a token or with a worthless one.
    """

    def __init__(
        self,
        jwks: Callable[[], Mapping[str, Any]],
        audience: str = "https://api.rhythmsoftware.com",
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        """Makes an API that does not listen yet."""
        super().__init__(certificates)
        self._jwks = jwks
        self._audience = audience
        self.linked: set[str] = set()

    @property
    def api_url(self) -> str:
        """The URL template of its services."""
        return f"{self.url}/{{service}}"

    def kind(self, request: web.Request) -> str:
        """What kind of question a request is."""
        _, segments = _segments(request.path)
        match segments:
            case ["contacts", "current"]:
                sent = request.headers.get("Authorization", "")
                return "who-am-i" if "." in sent else "baseline"
            case ["contacts", _, "current"]:
                return "who-am-i-tenant"
            case ["contacts", _, "emailAddress", _]:
                return "any-contact"
        return "other"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """What the gateway says."""
        service, segments = _segments(request.path)
        if not segments or not _serves(service, segments[0]):
            return _says(403, UNKNOWN_ROUTE)
        claims = self._claims(request.headers.get("Authorization", ""))
        if claims is None:
            return _says(401, "Unauthorized")
        if segments == ["contacts", "current"]:
            return self._contact(claims)
        tenant, *rest = segments[1:] or [""]
        if tenant != claims.get(TENANT_ID):
            return _says(403, DENIED)
        if segments[0] == "contacts" and rest:
            if rest == ["current"]:
                return self._contact(claims)
            if rest[0] == "emailAddress" or rest != [claims.get(CONTACT_ID)]:
                return _says(404, "Not Found")
            return self._contact(claims)
        return web.json_response({"Count": 0, "Items": []})

    def _contact(self, claims: Mapping[str, Any]) -> web.StreamResponse:
        """The caller's contact; by the guide a valid token of a login without one is answered 401."""
        if not claims.get(CONTACT_ID) and claims.get("sub") not in self.linked:
            return _says(401, "Unauthorized")
        return web.json_response({"id": claims.get(CONTACT_ID, "con_linked"), "tenant_id": claims.get(TENANT_ID)})

    def _claims(self, authorization: str) -> Mapping[str, Any] | None:
        scheme, _, token = authorization.partition(" ")
        if scheme != "Bearer":
            return None
        try:
            key = jwt.PyJWKSet.from_dict(dict(self._jwks()))[jwt.get_unverified_header(token)["kid"]]
            claims: Mapping[str, Any] = jwt.decode(token, key, algorithms=["RS256"], audience=self._audience)
        except (jwt.PyJWTError, KeyError):
            return None
        return claims


def _segments(path: str) -> tuple[str, list[str]]:
    service, *segments = [part for part in path.split("/") if part] or [""]
    return service, segments


def _serves(service: str, resource: str) -> bool:
    known = service_named(service)
    return service in service_names() and (known is None or resource in known.resources)


def _says(status: int, message: str) -> web.StreamResponse:
    return web.json_response({"message": message}, status=status)
