"""HTTP calls in pasted code, read as far as literals show them: nothing is run, and what is computed is unknown.

Each language has its words; its reader is imported when one of them is seen. ``auth0`` reads what Auth0's own
libraries are configured with, ``loose`` the Authorization fields that no shown call sends.
"""

from importlib import import_module
from typing import Protocol, cast

from bot.intake.piece import Piece, blanked

FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "auth0",
        (
            "Auth0Client(",
            "createAuth0(",
            "provideAuth0(",
            "WebAuth(",
            "Auth0Provider",
            "AuthModule.forRoot(",
            "TokenSilently(",
            "Auth0Lock",
            "Auth0Strategy(",
            "Auth0Handler",
            "new Auth0(",
            "initAuth0(",
            "issuerBaseURL",
            "AuthenticationClient(",
            "AuthenticationApiClient(",
            "loginWith",
            "handleLogin(",
            "GetToken(",
            "fetch_token(",
            "clientcredentials.Config",
        ),
    ),
    (
        "python",
        (
            *(
                f"requests.{method}("
                for method in ("get", "post", "put", "patch", "delete", "request", "head", "options")
            ),
            "requests.Session(",
            "requests.session(",
            "httpx.",
            "aiohttp.",
            "urllib.request",
            "urlopen(",
            "http.client",
            "urllib3.",
        ),
    ),
    (
        "java",
        (
            "HttpRequest.newBuilder",
            "Request.Builder",
            "openConnection(",
            ".exchange(",
            "new HttpGet(",
            "new HttpPost(",
            "new HttpPut(",
            "new HttpDelete(",
            "Unirest.",
            ".uri(",
            "getForObject(",
            "getForEntity(",
            "postForEntity(",
            "postForObject(",
            "setEndpoint(",
        ),
    ),
    (
        "dotnet",
        (
            "HttpRequestMessage",
            "RestRequest(",
            "WebRequest.Create",
            "AuthenticationHeaderValue(",
            "DefaultRequestHeaders",
            "Async(",
            "Async<",
            "DownloadString(",
            "WithOAuthBearerToken(",
        ),
    ),
    (
        "php",
        (
            "curl_init(",
            "curl_setopt",
            "Guzzle",
            "->request(",
            "->get(",
            "->post(",
            "Http::",
            "wp_remote_",
            "wp_safe_remote_",
            "stream_context_create",
        ),
    ),
    (
        "ruby",
        (
            "Net::HTTP",
            "Faraday",
            "HTTParty",
            "RestClient.",
            "RestClient::",
            "Excon.",
            "HTTP.auth(",
            "conn.get",
            "conn.post",
        ),
    ),
    ("visual_basic", ("XMLHTTP", "WinHttp", 'setRequestHeader "')),
    ("dumped", ("config: {", "AxiosError", "options: {")),
    ("golang", ("http.NewRequest", "http.Get(", "http.Post", "http.DefaultClient", "http.Request{", ".R()")),
    (
        "dart",
        (
            "http.get(Uri",
            "http.post(Uri",
            "http.put(Uri",
            "http.patch(Uri",
            "http.delete(Uri",
            "package:http",
            "dio.",
            "Dio(",
        ),
    ),
    (
        "javascript",
        (
            "fetch(",
            "axios.",
            "axios(",
            "XMLHttpRequest",
            "setRequestHeader(",
            "$.ajax(",
            "jQuery.ajax(",
            "$.get(",
            "$.post(",
            "$.getJSON(",
            "$http",
            "superagent",
            "got(",
            "got.get(",
            "got.post(",
            "ky(",
            "ky.get(",
            "ky.post(",
            "https.request(",
            "https.get(",
            "http.request(",
            "http.get(",
            "http.post(",
            "request(options",
            "request({",
            "needle(",
            "rp(",
            "api.get(",
            "api.post(",
            "headers: {",
            "headers: new Headers",
        ),
    ),
    (
        "python",
        ("session.get(", "session.post(", "session.request(", "headers=headers", "headers={", "headers = {", "auth=("),
    ),
    (
        "loose",
        ("uthorization", "AUTHORIZATION", "uthenticationHeaderValue", "BearerAuth(", "bearer_auth", "Authentication"),
    ),
)
"""The readers in order, each with words of which one must stand in a text before the reader is imported.

Words that several languages use come last, when the others have taken what is theirs.
"""


class _Family(Protocol):
    def read(self, text: str) -> list[Piece]:
        """The pieces in the text, in order."""
        ...


def has_marks(text: str) -> bool:
    """Whether the text holds a word that only code has: a call, or a list of header fields."""
    return any(word in text for name, words in FAMILIES if name != "loose" for word in words) or _assigns_authorization(
        text
    )


def read(text: str) -> list[Piece]:
    """Every request, token request and Authorization field in code, in order."""
    pieces: list[Piece] = []
    for name, words in FAMILIES:
        if any(word in text for word in words):
            family = cast("_Family", import_module(f"bot.intake.code.{name}"))
            found = family.read(text)
            pieces += found
            text = blanked(text, found)
    return sorted(pieces, key=lambda piece: piece.start)


def _assigns_authorization(text: str) -> bool:
    """Whether an Authorization field is set the way code does it."""
    return any(
        word in text
        for word in (
            'uthorization"]',
            "uthorization']",
            'uthorization",',
            "uthorization',",
            'uthorization" =>',
            "uthorization' =>",
            'uthorization": f',
            "uthorization': f",
            'uthorization": `',
            "uthorization': `",
            "uthorization: `",
            "uthorization =",
            "uthorization: 'Bearer",
            'uthorization: "Bearer',
            "BearerAuth(",
            "bearer_auth(",
            "uthorization': '",
            "uthorization': \"",
            "forHTTPHeaderField",
        )
    )
