"""Token requests that Auth0's libraries and OAuth clients make, by what they are configured with.

Of a configuration and the calls that override it, the calls count; a configuration counts alone where no call is
shown.
"""

import re
from functools import cache
from itertools import islice

from bot.evidence import Source, TokenRequest
from bot.intake.code.dialects import CSHARP, GO, JAVASCRIPT, PYTHON, Dialect
from bot.intake.code.evaluation import Evaluation, Members
from bot.intake.code.jsx import attributes
from bot.intake.code.lexis import UnreadableError
from bot.intake.code.scope import Scope, is_word
from bot.intake.code.values import Chain, Group, Link, Value
from bot.intake.piece import Piece, unknown

MAX_PLACES = 32
_NOTHING = ("undefined", "null", "None")
_NAMES = {
    "audience": "audience",
    "scope": "scope",
    "scopes": "scope",
    "resource": "resource",
    "clientid": "client_id",
    "clientsecret": "client_secret",
    "responsetype": "response_type",
    "redirecturi": "redirect_uri",
    "callbackurl": "redirect_uri",
    "organization": "organization",
    "connection": "connection",
    "username": "username",
    "realm": "realm",
    "granttype": "grant_type",
}
"""The libraries' names of parameters, in lower case without underscores, and the parameters that they send."""
_INNER = ("authorizationParams", "authorizationParameters", "params", "auth", "options", "EndpointParams")
_CALLS = (
    "getAccessTokenSilently|getTokenSilently|getAccessTokenWithPopup|getTokenWithPopup|loginWithRedirect|loginWithPopup|handleLogin"
    "|checkSession|authorize|getAccessToken"
)


@cache
def _places() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<made>createAuth0Client|Auth0Client|createAuth0|provideAuth0|WebAuth|AuthModule\.forRoot"
        r"|Auth0Strategy|initAuth0|Auth0Lock)[ \t]*+\("
        r"|(?P<react><Auth0Provider)\b|\bnew[ \t]+(?P<native>Auth0)[ \t]*+\("
        r"|(?<![\w.])(?P<express>auth)[ \t]*+\((?=\s{0,20}\{)"
        rf"|(?P<call>(?<![\w])(?:{_CALLS}))[ \t]*+\((?=\s{{0,20}}[\w{{])"
        r"|(?P<grant>\.(?:clientCredentialsGrant|passwordGrant|client_credentials|clientCredentials))[ \t]*+\("
        r"|(?P<session>(?<!\w)fetch_token)[ \t]*+\(|(?P<go>\bclientcredentials\.Config)\{"
        r"|(?P<dotnet>\b(?:ClientCredentialsTokenRequest|ResourceOwnerTokenRequest))\b"
    )


def read(text: str) -> list[Piece]:
    """Every token request that a library makes, in order."""
    return _Auth0(text).read()


class _Auth0:
    """The configurations and calls of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._evaluations: dict[str, Evaluation] = {}
        self._domain = ""
        self._defaults: dict[str, str] = {}
        self._configured: list[Piece] = []
        self._called: list[Piece] = []

    def read(self) -> list[Piece]:
        for match in islice(_places().finditer(self._text), MAX_PLACES):
            try:
                self._place(match)
            except UnreadableError:
                continue
        return self._called or self._configured

    def _evaluation(self, dialect: Dialect) -> Evaluation:
        if dialect.name not in self._evaluations:
            self._evaluations[dialect.name] = Evaluation(Scope(self._text, dialect))
        return self._evaluations[dialect.name]

    def _place(self, match: re.Match[str]) -> None:
        if match["react"]:
            self._react(match)
        elif match["made"] or match["native"] or match["express"]:
            self._made(match)
        elif match["call"]:
            self._call(match)
        elif match["grant"] or match["session"]:
            self._grant(match)
        else:
            self._literal(match)

    def _made(self, match: re.Match[str]) -> None:
        evaluation = self._evaluation(JAVASCRIPT)
        given = evaluation.scope.expressions.group(match.end() - 1)
        if match["made"] == "Auth0Lock":
            self._lock(evaluation, match, given)
            return
        members = evaluation.members(given.item(0), given.end)
        if members is not None and (not match["express"] or members.get("issuerBaseURL")):
            self._configure(evaluation, members, match.start(), given.end)

    def _lock(self, evaluation: Evaluation, match: re.Match[str], given: Group) -> None:
        options = evaluation.members(given.item(2), given.end)
        pairs = (("clientId", given.item(0)), ("domain", given.item(1)), *(options.pairs if options else ()))
        shown = tuple((name, value) for name, value in pairs if value is not None)
        self._configure(
            evaluation, Members(shown, (), options is not None or given.item(2) is None), match.start(), given.end
        )

    def _react(self, match: re.Match[str]) -> None:
        """``<Auth0Provider domain="..." authorizationParams={{ ... }}>``."""
        evaluation = self._evaluation(JAVASCRIPT)
        pairs, whole, end = attributes(evaluation.scope, match.end())
        if pairs:
            self._configure(evaluation, Members(pairs, (), whole), match.start(), end)

    def _configure(self, evaluation: Evaluation, members: Members, start: int, end: int) -> None:
        domain = members.get("domain", "issuerBaseURL")
        self._domain = evaluation.text(domain, end) if domain is not None else self._domain
        self._defaults = self._parameters(evaluation, members, end)
        parameters = {"response_type": "code", **self._defaults}
        self._configured.append(self._piece(start, end, "authorize", parameters))

    def _call(self, match: re.Match[str]) -> None:
        """A call that overrides the configuration. Without an audience it says nothing where none is shown."""
        evaluation = self._evaluation(JAVASCRIPT)
        given = evaluation.scope.expressions.group(match.end() - 1)
        items = [members for item in given.items if (members := evaluation.members(item, given.end)) is not None]
        if not items:
            return
        own = self._parameters(evaluation, items[-1], given.end)
        named = self._names_audience(evaluation, items[-1], given.end)
        if not named and not self._configured:
            return
        defaults = {name: value for name, value in self._defaults.items() if not (named and name == "audience")}
        parameters = {"response_type": "code", **defaults, **own}
        self._called.append(self._piece(match.start(), given.end, "authorize", parameters))

    def _names_audience(self, evaluation: Evaluation, members: Members, at: int) -> bool:
        if members.get("audience") is not None:
            return True
        inner = (evaluation.members(members.get(name), at) for name in _INNER)
        return any(found is not None and found.get("audience") is not None for found in inner)

    def _parameters(self, evaluation: Evaluation, members: Members, at: int) -> dict[str, str]:
        """The parameters that members and the lists in them name; what a list not shown may hold is unknown."""
        parameters: dict[str, str] = {}
        lists, whole = [members], members.whole
        for name in _INNER:
            value = members.get(name)
            if value is None or is_word(value, *_NOTHING):
                continue
            inner = evaluation.members(value, at)
            whole = whole and inner is not None and inner.whole
            lists += [inner] if inner is not None else []
        for found in lists:
            for name, value in found.pairs:
                known = _NAMES.get(name.lower().replace("_", ""))
                if known and not is_word(value, *_NOTHING):
                    parameters[known] = self._text_of(evaluation, value, at)
        named = any(name.lower() == "audience" for found in lists for name, _ in found.pairs)
        if not whole and not named:
            parameters["audience"] = unknown("audience")
        return parameters

    def _text_of(self, evaluation: Evaluation, value: Value, at: int) -> str:
        found = evaluation.resolve(value, at)
        if isinstance(found, Group) and found.items and not found.pairs:
            return " ".join(evaluation.text(item, at) for item in found.items)
        return evaluation.text(value, at)

    def _grant(self, match: re.Match[str]) -> None:
        """A call to the token endpoint: of Auth0's libraries, or ``fetch_token`` of an OAuth session."""
        is_python = match["session"] is not None or "client_credentials" in match[0]
        evaluation = self._evaluation(PYTHON if is_python else JAVASCRIPT)
        given = evaluation.scope.expressions.group(match.end() - 1)
        members = evaluation.members(given.item(0), given.end) if given.items and not given.pairs else None
        pairs = members.pairs if members else given.pairs
        own = self._parameters(evaluation, Members(pairs, (), whole=True), given.end)
        parameters: dict[str, str] = {
            "grant_type": "password" if "password" in match[0] else "client_credentials",
            **own,
        }
        if match["grant"] and given.items and members is None:
            names = ("audience",) if "credentials" in match[0].lower() else ("username",)
            parameters |= {
                name: evaluation.text(item, given.end) for name, item in zip(names, given.items, strict=False)
            }
        if (
            match["session"]
            and not own
            and "://" not in evaluation.text(given.get("token_url") or given.item(0), given.end)
        ):
            return
        url = given.get("token_url") or (given.item(0) if match["session"] else None)
        self._domain = self._made_domain(evaluation, match) or self._domain
        piece = self._piece(match.start() + match[0].startswith("."), given.end, "token", parameters)
        if url is not None and isinstance(piece.value, TokenRequest):
            piece = piece._replace(value=piece.value._replace(url=evaluation.text(url, given.end)))
        self._called.append(piece)

    def _made_domain(self, evaluation: Evaluation, match: re.Match[str]) -> str:
        """The domain that the client was made with."""
        made = re.compile(r"\b(?:GetToken|AuthenticationClient)[ \t]*(?=\()").search(
            self._text, max(0, match.start() - 4_000), match.start()
        )
        if made is None:
            return ""
        given = evaluation.scope.expressions.group(made.end())
        members = evaluation.members(given.item(0), given.end)
        value = members.get("domain") if members else given.get("domain") or given.item(0)
        return evaluation.text(value, given.end)

    def _literal(self, match: re.Match[str]) -> None:
        """Go's ``clientcredentials.Config{...}``, and C#'s ``new ClientCredentialsTokenRequest { ... }``."""
        evaluation = self._evaluation(GO if match["go"] else CSHARP)
        chain = evaluation.scope.expressions.chain(match.start())
        link = chain.links[-1] if chain else Link("")
        if not isinstance(chain, Chain) or link.members is None:
            return
        members = evaluation.members(link.members, chain.end)
        if members is None:
            return
        grant = "password" if match["dotnet"] and match["dotnet"].startswith("Resource") else "client_credentials"
        parameters = {"grant_type": grant, **self._parameters(evaluation, members, chain.end)}
        if match["go"] and (inner := evaluation.texts(members.get("EndpointParams"), chain.end)):
            parameters |= {name: value for name, value in inner if name.replace("_", "") in _NAMES}
        made = re.compile(r"\bAuthenticationApiClient[ \t]*(?=\()").search(self._text)
        if made and not match["go"]:
            self._domain = evaluation.text(evaluation.scope.expressions.group(made.end()).item(0), chain.end)
        piece = self._piece(match.start(), chain.end, "token", parameters)
        url = members.get("TokenURL")
        if url is not None and isinstance(piece.value, TokenRequest):
            piece = piece._replace(value=piece.value._replace(url=evaluation.text(url, chain.end)))
        self._called.append(piece)

    def _piece(self, start: int, end: int, endpoint: str, parameters: dict[str, str]) -> Piece:
        domain = (self._domain or unknown("domain")).removeprefix("https://").removeprefix("http://").strip("/")
        path = "oauth/token" if endpoint == "token" else endpoint
        request = TokenRequest(f"https://{domain}/{path}", endpoint, tuple(parameters.items()), source=Source.CODE)
        return Piece(start, max(end, start + 1), request)
