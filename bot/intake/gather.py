"""Collecting the evidence from pieces.

Credentials of requests and of the rest of the text, loose headers, statements.
"""

from bot.evidence import (
    AuthorizationHeader,
    Credential,
    Evidence,
    Header,
    HTTPRequest,
    Source,
    TokenRequest,
)
from bot.intake.assemble import Assembled
from bot.intake.authorization import read_authorization
from bot.intake.callbacks import as_login
from bot.intake.chat import Undone
from bot.intake.credentials import LABELS, find
from bot.intake.damage import is_undamaged, repair
from bot.intake.piece import Claims, JSONSerialization, LooseHeader, LooseURL, Piece, is_unknown
from bot.intake.statements import statements
from bot.intake.token_calls import as_token_request, endpoint_of
from bot.settings import Settings
from bot.url import URL, parameters, read_url

SECRET_PARAMETERS = (
    "client_secret",
    "code",
    "refresh_token",
    "client_assertion",
    "mfa_token",
    "password",
    "assertion",
    "id_token_hint",
    "subject_token",
)
_TOKEN_COOKIES = frozenset({"appsession", "session", "accesstoken", "token", "jwt", "idtoken"})


def evidence(pieces: list[Piece], rest: str, undone: Undone, settings: Settings) -> Evidence:
    """Put everything that was read into one value. ``rest`` is the text without what the readers took."""
    assembled = Assembled(settings.rhythm_auth0_domains)
    gathered = _Gathered()
    for piece in (as_login(piece, settings.rhythm_auth0_domains) for piece in pieces):
        assembled.add(piece)
        gathered.add(piece, settings)
    is_blank = rest.isspace()
    loose = [] if is_blank else find(rest)
    if gathered.claims is not None:  # a word without a name beside decoded claims is a signature or an id
        loose = [item for item in loose if item.credential.label or item.credential.token.startswith("eyJ")]
    gathered.credentials += [(item.start, item.credential) for item in loose]
    is_lone = len(loose) == 1 and loose[0].credential.value == rest.strip()
    said = () if is_blank or is_lone else statements(rest, loose=True)
    kept = [credential for _, credential in sorted(gathered.credentials, key=lambda pair: pair[0])]
    return Evidence(
        exchanges=tuple(assembled.exchanges),
        token_requests=tuple(assembled.token_requests),
        headers=tuple(gathered.headers),
        credentials=tuple(kept),
        urls=tuple(gathered.urls),
        claims=gathered.claims,
        jose_header=gathered.jose_header,
        statements=said,
        marks=undone.marks | frozenset(f"says:{statement.says}" for statement in said),
        repairs=undone.repairs,
    )


class _Gathered:
    """What pieces hold besides requests and answers."""

    def __init__(self) -> None:
        self.credentials: list[tuple[int, Credential]] = []
        self.headers: list[AuthorizationHeader] = []
        self.urls: list[str] = []
        self.claims: dict[str, object] | None = None
        self.jose_header: dict[str, object] | None = None

    def add(self, piece: Piece, settings: Settings) -> None:
        value = piece.value
        if isinstance(value, LooseHeader):
            self._add_header(piece.start, value)
        elif isinstance(value, LooseURL):
            self._add_lone_url(piece.start, value)
        elif isinstance(value, Claims):
            if value.is_header:
                self.jose_header = value.members if self.jose_header is None else self.jose_header
            else:
                self.claims = value.members if self.claims is None else self.claims
        elif isinstance(value, JSONSerialization):
            self.credentials.append((piece.start, Credential(value.text, "json-serialization", Source.LOOSE)))
        elif isinstance(value, HTTPRequest):
            self._add_request(piece.start, value, settings)
        elif isinstance(value, TokenRequest):
            self._add_parameters(piece.start, value)
            if value.response:
                self._add_text(piece.start, value.response.body, value.source)
        else:
            self._add_exchange(piece, settings)

    def _add_exchange(self, piece: Piece, settings: Settings) -> None:
        request = getattr(piece.value, "request", None)
        if isinstance(request, HTTPRequest):
            self._add_request(piece.start, request, settings)
        response = getattr(piece.value, "response", piece.value)
        body = getattr(response, "body", "")
        if body:
            self._add_text(piece.end, body, getattr(response, "source", Source.LOOSE))

    def _add_text(self, start: int, text: str, source: Source) -> None:
        for item in find(text, source):
            self.credentials.append((start, item.credential))

    def _add_header(self, start: int, loose: LooseHeader) -> None:
        header = loose.header
        if header.key in {"cookie", "set-cookie"}:
            self._add_cookies(start, header, loose.source)
            return
        authorization = read_authorization(header, loose.source)
        self.headers.append(authorization)
        self._add_authorization(
            start,
            authorization,
            "authorization" if authorization.key in {"authorization", ""} else f"header:{header.key}",
        )

    def _add_authorization(self, start: int, authorization: AuthorizationHeader, label: str) -> None:
        text = authorization.credentials
        if authorization.scheme.lower() in {"basic", "digest", "negotiate", "ntlm"}:
            return
        if text.startswith("eyJ") and is_undamaged(text):
            self.credentials.append((start, Credential(text, label, authorization.source, text)))
            return
        inner = find(text, authorization.source)
        value = inner[0].credential if inner and _is_embedded(text, inner[0].credential.value) else None
        if value is not None:
            self.credentials.append((start, value._replace(label=label)))
            self.credentials += [(start + 1, item.credential) for item in inner[1:]]
        elif text.strip() and not is_unknown(text):
            word = _first_word(text) if authorization.source is Source.LOOSE else text
            repaired = repair(word)
            self.credentials.append(
                (start, Credential(word, label, authorization.source, repaired.value, repaired.damage))
            )

    def _add_cookies(self, start: int, header: Header, source: Source) -> None:
        for pair in header.value.split(";", 200)[:200]:
            name, _, value = pair.strip().partition("=")
            if "eyJ" in value[:8] or name.lower().replace("_", "") in _TOKEN_COOKIES:
                repaired = repair(value)
                self.credentials.append(
                    (start, Credential(value, f"cookie:{name[:60]}", source, repaired.value, repaired.damage))
                )

    def _add_request(self, start: int, request: HTTPRequest, settings: Settings) -> None:
        target = request.target
        endpoint = endpoint_of(request, settings.rhythm_auth0_domains)
        if endpoint:
            self._add_text(start, request.body, request.source)
            self._add_parameters(start, as_token_request(request, None, endpoint))
            self._add_basic(start, request)
            return
        for header in request.headers:
            if header.key == "authorization":
                self._add_authorization(start, read_authorization(header, request.source), "authorization")
            elif header.key == "cookie":
                self._add_cookies(start, header, request.source)
            elif "eyJ" in header.value or header.value[:7].lower() == "bearer ":
                self._add_authorization(start, read_authorization(header, request.source), f"header:{header.key}")
        if target is None and request.url:
            self._add_pairs(start, parameters(request.url.partition("?")[2]), request.source)
        self._add_url(start, target, request.source)
        for item in find(request.body, request.source):
            self.credentials.append((start, item.credential._replace(label=f"body:{item.credential.label}")))

    def _add_basic(self, start: int, request: HTTPRequest) -> None:
        """The client's secret, where a token request carries it in a header (RFC 6749 section 2.3.1)."""
        header = request.header("authorization")
        if header is not None and header.value.lower().startswith("basic ") and not is_unknown(header.value):
            value = header.value[6:].strip()
            self.credentials.append((start, Credential(value, "parameter:client_secret", request.source, value)))

    def _add_lone_url(self, start: int, loose: LooseURL) -> None:
        self.urls.append(loose.url)
        target = read_url(loose.url)
        if loose.code:
            self.credentials.append((start, Credential(loose.code, "code", Source.RAW, loose.code)))
        if target is not None and target.host.endswith(".rhythmsoftware.com"):
            self._add_url(start, target, Source.PROSE)

    def _add_url(self, start: int, target: URL | None, source: Source) -> None:
        if target is not None:
            self._add_pairs(start, target.parameters, source)

    def _add_pairs(self, start: int, pairs: tuple[tuple[str, str], ...], source: Source) -> None:
        for name, written in pairs:
            value = written[7:] if written[:10] == "Bearer eyJ" else written
            known = LABELS.get(name.lower().replace("_", "").replace("-", ""))
            if "eyJ" in value[:8] or (known and len(value) >= 12 and known != "client_id" and not is_unknown(value)):
                repaired = repair(value)
                self.credentials.append(
                    (start, Credential(value, f"query:{name[:60]}", source, repaired.value, repaired.damage))
                )

    def _add_parameters(self, start: int, request: TokenRequest) -> None:
        for name, value in request.parameters:
            if name in SECRET_PARAMETERS and len(value) >= 8 and not is_unknown(value):
                self.credentials.append((start, Credential(value, f"parameter:{name}", request.source, value)))
        target = read_url(request.url) if request.url else None
        self._add_url(start, target, request.source)


def _is_embedded(text: str, value: str) -> bool:
    """Whether a found token is the credential itself, with text around it that is not part of what is sent."""
    return value == text or (
        value in text
        and len(value) >= 20
        and text.strip().startswith((value[:20], '"', "'", "<", "[", "(", "b'", 'b"', "\u201c", '{"', "{'"))
    )


def _first_word(text: str) -> str:
    """What a loose line holds as its credential: up to the first blank, a bracketed or quoted marker as a whole."""
    stripped = text.strip()
    closing = {"<": ">", "[": "]", "{": "}", '"': '"', "'": "'"}.get(stripped[:1])
    if closing and closing in stripped[1:300]:
        end = stripped.index(closing, 1) + 1
        while stripped[end : end + 1] == closing:
            end += 1
        return stripped[:end]
    return stripped.split(" ", 1)[0]
