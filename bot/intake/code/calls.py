"""A request while it is put together from what the code says, and how it becomes a piece."""

import re

from bot.evidence import Header, HTTPRequest, Source
from bot.intake.code import encoding, functions
from bot.intake.code.evaluation import Evaluation, Members
from bot.intake.code.scope import is_word
from bot.intake.code.setters import name_of, set_by
from bot.intake.code.values import Chain, Group, Link, Text, Value, bare_name, named
from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN, Piece, is_unknown

MAX_CALLS = 64
"""How many calls of one text and language are read."""
_HEADER_LINKS = frozenset(
    {"header", "addheader", "setheader", "withheader", "set", "defaultheader", "setrequestproperty"}
)
_HEADERS_LINKS = frozenset({"headers", "withheaders", "setheaders", "replaceheaders"})
_BEARER_LINKS = frozenset(
    {"withtoken", "setauthtoken", "withoauthbearertoken", "bearerauth", "setbearerauth", "auth_bearer"}
)
_BASIC_LINKS = frozenset({"withbasicauth", "setbasicauth", "basicauth", "basic_auth"})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


class Call:
    """A request that code sends. ``whole`` stays true as long as nothing else can add a header."""

    def __init__(self, evaluation: Evaluation, start: int, end: int, tool: str) -> None:
        self.evaluation = evaluation
        self.start = start
        self.end = end
        self.tool = tool
        self.method: str | None = None
        self.url: str = ""
        self.headers: list[Header] = []
        self.body = ""
        self.whole = True
        self.flags: set[str] = set()

    def text(self, value: Value | None) -> str:
        """A value as text, as it is at the call."""
        return self.evaluation.text(value, self.end)

    def take_url(self, value: Value | None, base: str = "", *, resolves: bool = False) -> None:
        """The URL, below a base where the client has one; ``resolves`` as references are resolved."""
        text = self.text(value).strip() if value is not None else ""
        join = encoding.resolved_url if resolves else encoding.joined_url
        self.url = join(base, text) if base else text

    def take_method(self, value: Value | None) -> None:
        """The method, from a text or from a constant such as ``HttpMethod.Get``."""
        if value is None:
            return
        found = self.evaluation.known(value, self.end)
        if found is None and isinstance(value, Chain) and value.links:
            found = value.links[-1].name.removeprefix("Method")
        word = (found or "").upper()
        self.method = word if word in METHODS else self.method

    def take_headers(self, value: Value | None) -> None:
        """Header fields from a map, from lines ``Name: value`` or from pairs; not whole where they are not known."""
        if value is None or is_word(value, "None", "null", "undefined", "nil", "NULL"):
            return
        members = self.evaluation.members(value, self.end)
        if members is None:
            self.whole = False
            return
        self.take_members(members)

    def take_members(self, members: Members) -> None:
        """Header fields from members that were read."""
        self.whole = self.whole and members.whole
        for name, value in members.pairs:
            if is_word(self.evaluation.resolve(value, self.end), *self._dropped()):
                continue
            self.put(name, self.evaluation.first(value, self.end))
        for item in members.items:
            self._take_item(self.evaluation.resolve(item, self.end))

    def take_defaults(self, members: Members | None) -> None:
        """Header fields that a client adds where the request has none of that name."""
        if members is None:
            return
        own = {header.key for header in self.headers}
        before = self.headers
        self.headers = []
        self.take_members(members)
        self.headers = before + [header for header in self.headers if header.key not in own]

    def take_changes(self, name: str, since: int, before: int | None = None) -> None:
        """Header fields that are set on a request, or on its headers, after it was made."""
        for owner in (name, f"{name}.headers", f"{name}.Headers", f"{name}.Header", f"{name}.Content.Headers"):
            for change, value in self.evaluation.scope.later(owner, since):
                if value is None or (before is not None and change.start >= before):
                    continue
                if change.method and isinstance(value, Group):
                    pairs = set_by(change.method, value)
                    self.take_members(Members(pairs or (), (), pairs is not None))
                    self.end = max(self.end, value.end)
                elif owner == name and change.key.lower() in {"header", "headers"}:
                    self.take_headers(value)
                    self.end = max(self.end, change.value)
                elif change.key and (owner != name or change.is_index):
                    self.put(change.key, self.evaluation.first(value, change.start))
                    self.end = max(self.end, change.value)

    def put(self, name: str, value: str) -> None:
        """One header field. A name that the code keeps in a constant is looked up, or told by its value."""
        self.headers.append(Header(self._field_name(name, value) if is_unknown(name) else name, value))

    def take_line(self, line: str) -> None:
        """A header field as a line; one without a colon is not sent."""
        name, colon, value = line.partition(":")
        if colon:
            self.headers.append(Header(name, value.lstrip(" ")))
        elif line.strip():
            self.flags.add("broken-header-option")

    def take_basic(self, user: Value | None, password: Value | None) -> None:
        """User and password that the client sends as Basic credentials."""
        self.put("Authorization", encoding.basic(self.text(user), self.text(password)))
        self.flags.add("user-option")

    def take_query(self, value: Value | None) -> None:
        """Parameters that the client puts into the query."""
        pairs = self.evaluation.texts(value, self.end) if value is not None else None
        if pairs:
            self.url = encoding.with_query(self.url, encoding.form(pairs))
        elif value is not None and pairs is None and (known := self.evaluation.known(value, self.end)):
            self.url = encoding.with_query(self.url, known.lstrip("?"))

    def take_form(self, value: Value | None) -> None:
        """A body: a map is sent as a form, a text as it is."""
        if value is None or is_word(value, "None", "null", "undefined", "nil", "NULL"):
            return
        pairs = self.evaluation.texts(value, self.end)
        self.body = encoding.form(pairs) if pairs is not None else self.text(value)

    def take_json(self, value: Value | None) -> None:
        """A body: a map is sent as JSON, one that is made for a form as that, a text as it is."""
        if value is None or is_word(value, "None", "null", "undefined", "nil", "NULL"):
            return
        found = self.evaluation.resolve(value, self.end)
        if isinstance(found, Group) and found.mark == "?":
            self.take_form(value)
            return
        self.body = (
            encoding.json_text(self.evaluation.plain(found, self.end)) if isinstance(found, Group) else self.text(value)
        )

    def take_link(self, link: Link) -> None:
        """What a link of a chain that builds a request sets, as most such libraries name it."""
        given, name = link.arguments or Group(), link.name.lower()
        first = given.item(0)
        if name in _HEADER_LINKS and len(given.items) == 2:
            self.put(name_of(given.items[0]), self.text(given.items[1]))
        elif name in _HEADERS_LINKS and first is not None:
            made = functions.function(self.evaluation, [], Link("Map", Group(items=given.items)), self.end)
            self.take_headers(made if len(given.items) > 1 else first)
        elif name in _BEARER_LINKS and first is not None:
            scheme = self.text(given.item(1)) or "Bearer"
            self.put("Authorization", f"{scheme} {self.text(first)}")
        elif name in _BASIC_LINKS and len(given.items) >= 2:
            self.take_basic(first, given.items[1])
        elif name in {"url", "uri"} and first is not None:
            self.take_url(first)
        elif name == "method":
            self.take_method(first)
            self.take_json(given.item(1))
        elif link.name.upper() in METHODS and link.arguments is not None:
            self.method = link.name.upper()
        elif name in {"query", "queryparam", "setqueryparam", "withqueryparameters", "setqueryparams"}:
            self.take_query(
                first if len(given.items) < 2 else Group(pairs=((name_of(given.items[0]), given.items[1]),))
            )

    def piece(self, behind: int) -> Piece | None:
        """The request as a piece, from the definitions it uses on, not before ``behind``; None if nothing is known."""
        url = self.url if _without_unknown(self.url).strip("/?&= ") else ""
        is_address = "://" in url or url.startswith(("/", UNKNOWN_OPEN)) or "." in url.partition("/")[0]
        if not (url and is_address) and not self.headers:
            return None
        starts = [place for place in self.evaluation.scope.used if behind <= place < self.start]
        request = HTTPRequest(
            self.method,
            url or None,
            tuple(self.headers[:200]),
            self.body[:65_536],
            Source.CODE,
            self.whole and bool(url),
            self.tool,
            frozenset(self.flags),
        )
        return Piece(min([self.start, *starts]), max(self.end, self.start + 1), request)

    def _take_item(self, item: Value) -> None:
        if isinstance(item, Text):
            self.take_line(item.value)
        elif isinstance(item, Group) and len(item.items) == 2 and not item.pairs:
            self.put(self.text(item.items[0]), self.text(item.items[1]))
        elif (
            isinstance(item, Group)
            and item.pairs
            and item.get("name", "key") is not None
            and item.get("value") is not None
        ):
            self.put(self.text(item.get("name", "key")), self.text(item.get("value")))
        else:
            self.whole = False

    def _field_name(self, name: str, value: str) -> str:
        word = bare_name(name)
        known = self.evaluation.known(named(word), self.end)
        holds_credentials = value[:7].lower() in {"bearer", "bearer "} or value[:6].lower() == "basic "
        return known or ("Authorization" if holds_credentials or "authorization" in word.lower() else word)

    def _dropped(self) -> tuple[str, ...]:
        """Words that, as a header's value, make the client leave the field out."""
        return ("None",) if self.evaluation.dialect.name == "python" else ()


def _without_unknown(text: str) -> str:
    return re.sub(f"{UNKNOWN_OPEN}[^{UNKNOWN_CLOSE}]*{UNKNOWN_CLOSE}", "", text)
