"""Logins that libraries of other makers, or of other languages, start with Auth0: what they ask for, as far as shown.

Auth.js, Authlib, OmniAuth, Auth0's own for Swift, Android, Flutter and ASP.NET. They differ in where an audience is
given, so only two things are looked for: that the login stands there, and whether the text names an audience at all.
"""

import re
from functools import cache

from bot.evidence import Source, TokenRequest
from bot.intake.code.reader import token_piece
from bot.intake.piece import Piece, unknown

REACH = 2_000
"""How far behind a login, in characters, its audience may stand."""


@cache
def _logins() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.<])Auth0Provider[ \t]*\(\s{0,40}\{|(?<![\w.])Auth0\(\{|\bAddAuth0WebAppAuthentication\("
        r"|\bAuth0\s{0,40}\.webAuth\(|\bWebAuthProvider\s{0,40}\.login\(|\.webAuthentication\([^()\n]{0,200}\)\s{0,40}\.login\("
        r"|\bprovider[ (]{1,2}:auth0\b"
    )


@cache
def _registered() -> re.Pattern[str]:
    """Authlib's registry, which serves every provider."""
    return re.compile(r"\boauth\.register\((?=[^()]{0,1500}auth0)", re.IGNORECASE)


@cache
def _audience() -> re.Pattern[str]:
    return re.compile(r"(?i)\baudience[\"']?\s{0,8}(?:=>|[:=(,])\s{0,8}[\"'](?P<value>[^\"'\n]{1,300})[\"']")


@cache
def _domain() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.-])(?:[a-z0-9-]{1,60}\.){1,3}auth0\.com(?![\w.-])")


def read(text: str) -> list[Piece]:
    """The first login of the text, with its audience: as it is written, unknown, or none where no word names one."""
    match = _logins().search(text) or _registered().search(text)
    if match is None:
        return []
    parameters = {"response_type": "code"}
    end = match.end()
    if "audience" in text.lower():
        written = _audience().search(text)
        parameters["audience"] = written["value"] if written else unknown("audience")
        end = written.end() if written and end <= written.end() < end + REACH else end  # no URL of a request
    domain = _domain().search(text)
    url = f"https://{domain[0] if domain else unknown('domain')}/authorize"
    request = TokenRequest(url, "authorize", tuple(parameters.items()), source=Source.CODE)
    return [token_piece(match.start(), end, request)]
