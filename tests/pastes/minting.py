r"""The language in which a paste asks for tokens: ``{{mint WHAT ...}}``.

No token is ever committed: ``{{mint WHAT ...}}`` is replaced when the file is read, always by the same value (the random
generator is seeded with the file's name; signatures are random bytes of the right length). WHAT is one of

    jwt                 a healthy user access token of the issuer https://acme.us.auth0.com/, tenant acme.org, an hour old
    m2m, id             a machine's access token (also `jwt m2m`), an ID token (also `jwt id`)
    jwe, session        an encrypted access token (five parts), an encrypted session cookie
    opaque, refresh, code, secret, client-id, uuid, hex:40, letters:20      random texts of those shapes
    base64:NAME         standard base64 of a kept text; base64 of="$id:$secret" of any text
    text of="..."       that text, for the operations
    U+00A0              one character by its code point (several: U+000D,U+000A)
    NAME                a text kept before with as=NAME

and then, for the three JWTs (words split at blanks; a value that begins with [ { or " or is a number, true, false or null is JSON):

    exp=-3600           exp, iat, nbf, auth_time: seconds from NOW; exp=abs:1773000000000 as it is; exp=text:soon a string
    aud=["a","b"]       any other key sets that claim; -aud removes it. $NAME in a value stands for a kept text
    tenant= customer= contact=, -tenant ...     the three Rhythm claims
    h.alg=HS256, -h.kid     members of the JOSE header; `none` has no signature, HS256, ES256 and the like have their own length
    spaced              the payload is written with blanks, as if somebody had encoded it again

and for any of them, done in the order in which they are written:

    as=NAME             keeps the text as it is at this point        hide            puts nothing into the paste, nor its line
    part=2              that dotted part                             claims, header  the decoded JSON, indented; claims=compact
    cut=-20, cut=3:     without the last 20, the first 3             keep=255        the first 255 characters
    break=76            a line end after every 76                    break=76:U+000D,U+000A  or that
    insert=100:U+200B   after 100 characters (-4: before the last 4) replace=_:      every _ by what follows the colon (replace=-:U+2013)
    upper lower twice   as they say                                  double          base64 again (ZXlK...)
    percent             dots as %2E                                  pad             = after each part; pad=end
    plain               + and / for - and _                          escape          \_ and \- as Markdown writes them
    nosig, nosig=dot    without the third part                       ellipsis        first 12 … last 6; ellipsis=... with dots
    stars               first 10, stars, last 4                      prefix=, suffix=    text before and after (U+ works)

A directive ends at ``}}``; nested JSON needs a blank before it. ``{{x}}`` without ``mint`` is left alone: Postman writes it.
"""

import base64
import json
import random
import re
from collections.abc import Callable

from tests.pastes.alterations import ALTERATIONS, alter, characters, encoded, segment
from tests.pastes.directives import BARE, words_of

NOW = 1773144000
"""2026-03-10T12:00:00Z, the moment at which every paste is judged, in seconds since the epoch."""

AUDIENCE = "https://api.rhythmsoftware.com"
ISSUER = "https://acme.us.auth0.com/"

_ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_BASE64URL = _ALNUM + "-_"
_RHYTHM = {name: f"http://rhythmsoftware.com/{name}_id" for name in ("tenant", "customer", "contact")}
_TIMES = {"exp", "iat", "nbf", "auth_time"}
_DIRECTIVE = re.compile(r"\{\{mint (.*?)\}\}(?!\})(\n?)", re.DOTALL)


class Mint:
    """Replaces the directives of one paste; what it minted is kept in ``secrets``."""

    PUBLIC = frozenset({"client-id", "uuid", "text"})

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing here is to be unpredictable
        self.kept: dict[str, str] = {}
        self.public: set[str] = set()
        self.secrets: list[str] = []

    def text(self, body: str) -> str:
        """The paste with every directive replaced. Raises ValueError or KeyError for a directive that is none."""
        return _DIRECTIVE.sub(self._replace, body)

    def _replace(self, match: re.Match[str]) -> str:
        words = words_of(match[1])
        made = self._make(words)
        return "" if ("hide", BARE) in words else made + match[2]

    def _make(self, words: list[tuple[str, object]]) -> str:
        what, argument = words[0]
        rest = words[1:]
        kind = what.partition(":")[0]
        if kind in {"jwt", "m2m", "id"}:
            text, rest = self._jwt(kind, rest)
        elif kind in self.kept:
            text = self.kept[kind]
        elif code_points := _decoded(what):
            return code_points
        else:
            text, rest = self._plain(what, rest)
        public = kind in self.PUBLIC or kind in self.public
        self._remember(text, public=public)
        for key, value in rest:
            if key in {"claims", "header"}:
                part = segment(text, 1 if key == "claims" else 0)
                text = json.dumps(part, separators=(",", ":")) if value == "compact" else json.dumps(part, indent=2)
                public = True
            elif key == "as":
                self.kept[str(value)] = text
                if public:
                    self.public.add(str(value))
            elif key != "hide":
                text = alter(text, key, "" if value is BARE else str(value))
            self._remember(text, public=public)
        if argument is not BARE:
            raise ValueError(f"no value is expected after {what}")
        return text

    def _remember(self, text: str, *, public: bool) -> None:
        if not public and len(text) >= 25 and text not in self.secrets:
            self.secrets.append(text)

    def _plain(self, what: str, rest: list[tuple[str, object]]) -> tuple[str, list[tuple[str, object]]]:
        kind, _, size = what.partition(":")
        others = [(key, value) for key, value in rest if key != "of"]
        of = self._expanded(dict(rest).get("of", ""))
        if kind == "base64":
            text = str(of) if not size else self.kept[size]
            return base64.b64encode(text.encode()).decode(), others
        if kind == "text":
            return str(of), others
        makers: dict[str, Callable[[], str]] = {
            "jwe": self._jwe,
            "session": self._session,
            "opaque": lambda: (
                self._letters(11, _ALNUM) + "-" + self._letters(8, _ALNUM) + "_" + self._letters(11, _ALNUM)
            ),
            "refresh": lambda: "v1.M" + self._letters(63, _BASE64URL),
            "code": lambda: self._letters(43, _BASE64URL),
            "secret": lambda: self._letters(30, _ALNUM) + "_" + self._letters(32, _BASE64URL) + "x",
            "client-id": self._client_id,
            "uuid": self._uuid,
            "hex": lambda: self._letters(int(size), "0123456789abcdef"),
            "letters": lambda: self._letters(int(size), _ALNUM),
        }
        if kind not in makers:
            raise ValueError(f"nothing like this can be minted: {what}")
        return makers[kind](), others

    def _letters(self, count: int, alphabet: str) -> str:
        return "".join(self.random.choices(alphabet, k=count))

    def _client_id(self) -> str:
        return self._letters(16, _ALNUM) + "7" + self._letters(14, _ALNUM) + "Q"

    def _uuid(self) -> str:
        digits = self._letters(32, "0123456789abcdef")
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

    def _jwe(self) -> str:
        header = {"alg": "dir", "enc": "A256GCM", "iss": ISSUER}
        return ".".join((encoded(header), "", self._bytes(12), self._bytes(180), self._bytes(16)))

    def _session(self) -> str:
        header = {"alg": "dir", "enc": "A256GCM", "iat": NOW - 600, "uat": NOW - 60, "exp": NOW + 86000}
        return ".".join((encoded(header), "", self._bytes(12), self._bytes(900), self._bytes(16)))

    def _bytes(self, count: int) -> str:
        return base64.urlsafe_b64encode(self.random.randbytes(count)).rstrip(b"=").decode()

    def _expanded(self, value: object) -> object:
        if isinstance(value, str):
            return re.sub(r"\$([a-z][a-z0-9]*)", lambda match: self.kept.get(match[1], match[0]), value)
        if isinstance(value, list):
            return [self._expanded(member) for member in value]
        if isinstance(value, dict):
            return {key: self._expanded(member) for key, member in value.items()}
        return value

    def _jwt(self, kind: str, words: list[tuple[str, object]]) -> tuple[str, list[tuple[str, object]]]:
        flags = {key for key, value in words if value is BARE}
        kind = "m2m" if "m2m" in flags else "id" if "id" in flags else kind
        header: dict[str, object] = {"alg": "RS256", "typ": "JWT", "kid": self._letters(21, _BASE64URL)}
        claims = self._claims(kind)
        operations: list[tuple[str, object]] = []
        for key, value in words:
            if key in {"m2m", "id", "spaced"}:
                continue
            if key in ALTERATIONS or key in {"as", "hide", "claims", "header"}:
                operations.append((key, value))
            elif value is BARE and key.startswith("-"):
                target, member = (header, key[3:]) if key.startswith("-h.") else (claims, key[1:])
                del target[_RHYTHM.get(member, member)]
            elif value is BARE:
                raise ValueError(f"not understood: {key}")
            elif key.startswith("h."):
                header[key[2:]] = self._expanded(value)
            else:
                claims[_RHYTHM.get(key, key)] = self._claim(key, value)
        signature = self._signature(str(header.get("alg")))
        return f"{encoded(header)}.{encoded(claims, spaced='spaced' in flags)}.{signature}", operations

    def _claim(self, key: str, value: object) -> object:
        if key not in _TIMES:
            return self._expanded(value)
        if isinstance(value, (int, float)):
            return NOW + value
        word, _, rest = str(value).partition(":")
        if word == "abs":
            return json.loads(rest)
        if word == "text":
            return rest
        return self._expanded(value)

    def _claims(self, kind: str) -> dict[str, object]:
        client = self._client_id()
        rhythm: dict[str, object] = {
            _RHYTHM["tenant"]: "acme.org",
            _RHYTHM["customer"]: self._uuid(),
            _RHYTHM["contact"]: self._uuid(),
        }
        if kind == "m2m":
            del rhythm[_RHYTHM["contact"]]
            return rhythm | {
                "iss": ISSUER,
                "sub": f"{client}@clients",
                "aud": AUDIENCE,
                "iat": NOW - 3600,
                "exp": NOW + 82800,
                "gty": "client-credentials",
                "azp": client,
            }
        subject = "auth0|" + self._letters(24, "0123456789abcdef")
        if kind == "id":
            return rhythm | {
                "nickname": "jordan",
                "name": "Jordan Example",
                "email": "jordan@example.org",
                "email_verified": True,
                "iss": ISSUER,
                "aud": client,
                "sub": subject,
                "iat": NOW - 3600,
                "exp": NOW + 32400,
                "at_hash": self._letters(22, _ALNUM),
                "sid": self._letters(32, _ALNUM),
                "nonce": self._letters(43, _ALNUM),
            }
        return rhythm | {
            "iss": ISSUER,
            "sub": subject,
            "aud": [AUDIENCE, ISSUER + "userinfo"],
            "iat": NOW - 3600,
            "exp": NOW + 82800,
            "scope": "openid profile email",
            "azp": client,
        }

    def _signature(self, algorithm: str) -> str:
        lengths = {"none": 0, "HS256": 32, "HS384": 48, "HS512": 64, "ES256": 64, "EdDSA": 64}
        return self._bytes(lengths.get(algorithm, 256))


def _decoded(text: str) -> str:
    """The characters that a text of nothing but code points (U+00A0,U+0020) names; empty for any other text."""
    return characters(text) if re.fullmatch(r"(?:U\+[0-9A-F]{4,6},?)+", text) else ""
