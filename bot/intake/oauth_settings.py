"""OAuth settings copied from a tool's window, as of Postman and Insomnia: labels with values behind or below them.

They make one request for a token, at the token endpoint or, where a user logs in, at ``/authorize``. Whoever copies
settings may leave some out, so that what is not among them is missing at most likely.
"""

import json

from bot.evidence import HTTPResponse, Source, TokenRequest
from bot.intake.piece import Piece, unknown

MAX_LINES = 5_000
MAX_SETS = 50
MAX_LABEL = 32
MAX_GAP = 3
"""So many lines in a row may stand among the settings that are none: headings, hints, names of buttons."""
MAX_HINT = 60
"""Characters of such a line."""
_LABELS = {
    "grant type": "grant_type",
    "access token url": "token_url",
    "access token uri": "token_url",
    "token url": "token_url",
    "token endpoint": "token_url",
    "auth url": "auth_url",
    "authorization url": "auth_url",
    "authorization endpoint": "auth_url",
    "client id": "client_id",
    "client secret": "client_secret",
    "scope": "scope",
    "scopes": "scope",
    "audience": "audience",
    "resource": "resource",
    "username": "username",
    "password": "password",
    "callback url": "redirect_uri",
    "redirect url": "redirect_uri",
    "redirect uri": "redirect_uri",
    "token": "access_token",
    "access token": "access_token",
    "current token": "",
    "token name": "",
    "header prefix": "",
    "refresh token url": "",
    "client authentication": "",
    "credentials": "",
    "state": "",
    "code challenge method": "",
    "code verifier": "",
    "code challenge": "",
    "auth type": "",
    "type": "",
    "origin": "",
}
"""What tools call a setting, in lower case, and the parameter that it becomes; empty where it becomes none."""
_GRANTS = {
    "client credentials": "client_credentials",
    "client_credentials": "client_credentials",
    "password credentials": "password",
    "resource owner password credentials": "password",
    "password": "password",
    "authorization code": "code",
    "authorization code (with pkce)": "code",
    "authorization_code": "code",
    "implicit": "token",
}
_EMPTY = frozenset({"", "-", "none", "(none)", "(empty)", "null", "n/a"})
_SENT = ("client_id", "client_secret", "scope", "audience", "resource", "username", "password")


def has_marks(text: str) -> bool:
    """Whether labels of such settings stand in the text."""
    lowered = text.lower()
    return "client id" in lowered and ("grant type" in lowered or "token url" in lowered or "auth url" in lowered)


def read(text: str) -> list[Piece]:
    """Each set of settings as the request that it makes."""
    pieces: list[Piece] = []
    settings = _Settings()
    position, gap = 0, 0
    lines = text.split("\n")[:MAX_LINES]
    is_value = False
    for number, line in enumerate(lines):
        end = position + len(line)
        if is_value:
            is_value = False
            settings.end = end
        elif (found := _setting(line)) is not None:
            name, value = found
            below = lines[number + 1].strip() if number + 1 < len(lines) else ""
            if not value and below and _setting(below) is None:
                value, is_value = below, True
            if name and name in settings.values:
                settings.close(text, pieces)
                settings = _Settings()
            settings.take(name, value, position, end)
            gap = 0
        elif line.strip():
            gap += 1
            if gap > MAX_GAP or len(line) > MAX_HINT or "eyJ" in line:
                settings.close(text, pieces)
                settings = _Settings()
        position = end + 1
    settings.close(text, pieces)
    return pieces


def _setting(line: str) -> tuple[str, str] | None:
    """The parameter that a line's label stands for, and the value behind it; None where the line has no label."""
    bare = line.strip(" \t\r*|-\u2022")
    for mark in ("\t", ":", "|", "="):
        label, found, value = bare.partition(mark)
        name = _LABELS.get(" ".join(label.strip(" *:").lower().split())) if len(label) <= MAX_LABEL else None
        if name is not None:
            return name, value.strip(" \t*|:=`\"'") if found else ""
    return None


class _Settings:
    """The settings of one window, with their place."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.start = self.end = -1

    def take(self, name: str, value: str, start: int, end: int) -> None:
        self.start = start if self.start < 0 else self.start
        self.end = max(self.end, end)
        if name:
            self.values[name] = value

    def close(self, text: str, pieces: list[Piece]) -> None:
        """Add the request that the settings make, if they make one."""
        values = self.values
        if values.get("client_id") and (values.get("grant_type") or values.get("token_url")) and len(pieces) < MAX_SETS:
            pieces.append(Piece(self.start, self.end, self._request(text)))

    def _request(self, text: str) -> TokenRequest:
        values = self.values
        grant = _GRANTS.get(values.get("grant_type", "").lower(), "")
        is_login = grant in {"code", "token"}
        url = values.get("auth_url" if is_login else "token_url", "")
        parameters = {"response_type" if is_login else "grant_type": grant} if grant else {}
        parameters |= {name: values[name] for name in _SENT if values.get(name, "").lower() not in _EMPTY}
        if not _is_auth0s(url, is_login=is_login) or not self._shows_audience(text, parameters.get("audience", "")):
            parameters["audience"] = unknown("audience")
        token = values.get("access_token", "")
        issued = HTTPResponse(None, (), json.dumps({"access_token": token}), Source.LOOSE) if "eyJ" in token else None
        endpoint = "authorize" if is_login else "token"
        return TokenRequest(url or None, endpoint, tuple(parameters.items()), issued)

    def _shows_audience(self, text: str, audience: str) -> bool:
        """Whether the audience is what the settings say: no hint of a window, and none that stands elsewhere."""
        if audience:
            return " " not in audience
        lowered = text.lower()
        return "audience" not in lowered[: self.start] and "audience" not in lowered[self.end :]


def _is_auth0s(url: str, *, is_login: bool) -> bool:
    """Whether the request is one that Auth0 answers, by its path; Rhythm's own hosts hand out no tokens."""
    address = url.partition("?")[0].rstrip("/")
    return address.endswith("/authorize" if is_login else "/oauth/token") and ".rhythmsoftware.com/" not in address
