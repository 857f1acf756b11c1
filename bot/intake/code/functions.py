"""Well-known functions and methods of texts and lists, applied to what is known. No other function is applied."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bot.intake.code import encoding
from bot.intake.code.formatting import formatted
from bot.intake.code.setters import name_of
from bot.intake.code.values import Group, Link, Text, Value

if TYPE_CHECKING:
    from bot.intake.code.evaluation import Evaluation

_TRIMS = frozenset({"strip", "trim", "rstrip", "lstrip", "chomp", "trimend", "trimstart", "trimmed", "rtrim", "ltrim"})
_SAME = frozenset(
    [
        "asis",
        "asstring",
        "body",
        "bytes",
        "freeze",
        "getbytes",
        "string",
        "to_s",
        "to_str",
        "to_string",
        "tochararray",
        "tohttpurl",
        "torequestbody",
        "tostring",
        "touri",
        "touristring",
        "tourl",
        "unwrap",
        "utf8",
        "value",
        "valueof",
    ]
)
_ADDS = frozenset({"set", "append", "add", "put", "merge"})


def method(evaluation: "Evaluation", receiver: Value, link: Link, at: int) -> Value | None:
    """A method of a known text or list; None where it is not known what it gives."""
    name, arguments = link.name.lower(), link.arguments or Group()
    if isinstance(receiver, Text):
        return _of_text(evaluation, receiver, name, arguments, at)
    if not isinstance(receiver, Group):
        return None
    if name in _ADDS and len(arguments.items) == 2:
        return receiver._replace(pairs=(*receiver.pairs, (name_of(arguments.items[0]), arguments.items[1])))
    if name == "join" and len(arguments.items) <= 1:
        separator = evaluation.text(arguments.item(0), at)
        return Text(separator.join(evaluation.text(item, at) for item in receiver.items))
    if name in {"encode", "tostring", "to_query"}:
        return Text(encoding.form(evaluation.texts(receiver, at) or ()))
    return Text(encoding.json_text(evaluation.plain(receiver, at))) if name in {"to_json", "tojson"} else None


def _of_text(evaluation: "Evaluation", receiver: Text, name: str, arguments: Group, at: int) -> Value | None:
    text = receiver.value
    first = evaluation.text(arguments.item(0), at) if arguments.items else ""
    if name in _TRIMS:
        return Text(text.strip(first or None), receiver.is_bytes)
    if name == "encode":
        return Text(text, is_bytes=evaluation.dialect.name == "python")
    if name == "decode":
        return Text(text)
    if name == "tostring" and first in {"base64", "base64url"}:
        return Text(encoding.base64_text(text))
    if name in _SAME:
        return receiver
    if name in {"format", "formatted", "%"}:
        return Text(formatted(evaluation, text, arguments, at))
    if name == "join" and evaluation.dialect.name == "python":
        parts = evaluation.members(arguments.item(0), at)
        return Text(text.join(evaluation.text(item, at) for item in parts.items)) if parts else None
    if name == "replace" and len(arguments.items) == 2:
        return (
            Text(text.replace(first, evaluation.text(arguments.items[1], at)))
            if first and len(text) < 100_000
            else None
        )
    return Text(text + first) if name == "concat" else None


def function(evaluation: "Evaluation", names: list[str], link: Link, at: int) -> Value | None:
    """A function by its name, and the name before it where that tells more; None where it is not known."""
    name, arguments = link.name.lower(), link.arguments or Group()
    if link.members is not None and not arguments.items:
        return link.members
    long = f"{names[-1].lower()}.{name}" if names else name
    known = _FUNCTIONS.get(long) or _FUNCTIONS.get(name) or _FUNCTIONS.get(f"{evaluation.dialect.name}:{name}")
    if known is not None:
        return known(evaluation, arguments, at)
    return link.members


def _first(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    if not arguments.items:
        return None
    found = evaluation.resolve(arguments.items[0], at)
    return found if isinstance(found, Text | Group) else Text(evaluation.text(arguments.items[0], at))


def _url(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    """``new URL(path, base)``, ``new Uri(base, path)``: whichever of the two is a whole URL is the base."""
    texts = [evaluation.text(item, at) for item in arguments.items[:2]]
    if len(texts) < 2 or not texts[1]:
        return _first(evaluation, arguments, at)
    base, path = texts if "://" in texts[0] else reversed(texts)
    return Text(encoding.resolved_url(base, path))


def _json(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    if not arguments.items:
        return None
    found = evaluation.resolve(arguments.items[0], at)
    if isinstance(found, Group):
        return Text(encoding.json_text(evaluation.plain(found, at)))
    return Text(f'"{evaluation.text(arguments.items[0], at)}"')


def _form(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    found = evaluation.texts(arguments.item(0), at)
    if found is not None:
        return Text(encoding.form(found))
    return _percent(evaluation, arguments, at)


def _percent(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    return Text(encoding.percent(evaluation.text(arguments.item(0), at))) if arguments.items else None


def _base64(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    return Text(
        encoding.base64_text(evaluation.text(arguments.item(0), at)), is_bytes=evaluation.dialect.name == "python"
    )


def _basic(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    user, password = (evaluation.text(arguments.item(place), at) for place in (0, 1))
    return Text(encoding.basic(user, password))


def _format(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    if not arguments.items:
        return None
    rest = arguments._replace(items=arguments.items[1:])
    return Text(formatted(evaluation, evaluation.text(arguments.items[0], at), rest, at))


def _members(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    """A map or list that is made of its arguments: of one list, of named ones, or of names and values in turn."""
    if len(arguments.items) == 1 and not arguments.pairs:
        found = evaluation.resolve(arguments.items[0], at)
        return found if isinstance(found, Group) else arguments
    if len(arguments.items) >= 2 and len(arguments.items) % 2 == 0 and not arguments.pairs:
        texts = [evaluation.resolve(item, at) for item in arguments.items[::2]]
        if all(isinstance(text, Text) for text in texts):
            names = [evaluation.text(item, at) for item in arguments.items[::2]]
            return arguments._replace(pairs=tuple(zip(names, arguments.items[1::2], strict=True)), items=(), mark="{")
    return arguments


def _query(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    """``new URLSearchParams(...)``: members that are sent as a form."""
    made = _members(evaluation, arguments, at)
    return made._replace(mark="?") if isinstance(made, Group) else made


def _scheme(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    """``new AuthenticationHeaderValue(scheme, parameter)``: with one argument, that is the whole value."""
    return Text(" ".join(evaluation.text(item, at) for item in arguments.items[:2]))


def _items(_: "Evaluation", arguments: Group, __: int) -> Value | None:
    return arguments


def _either(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    """``a || b``: the first where it is known and not empty, the second where the first is known to be empty."""
    found = evaluation.resolve(arguments.items[0], at)
    if isinstance(found, Text) and not found.value:
        return evaluation.resolve(arguments.items[1], at)
    return found if isinstance(found, Text | Group) else None


def _joined(evaluation: "Evaluation", arguments: Group, at: int) -> Value | None:
    """``implode(separator, list)``."""
    parts = evaluation.members(arguments.item(1), at)
    if parts is None:
        return None
    return Text(evaluation.text(arguments.item(0), at).join(evaluation.text(item, at) for item in parts.items))


def _pasted(evaluation: "Evaluation", arguments: Group, at: int, separator: str = " ") -> Value | None:
    """R's ``paste("Bearer", token)``, which joins by a blank unless ``sep`` is given."""
    between = arguments.get("sep")
    parts = [evaluation.text(item, at) for item in arguments.items]
    return Text((evaluation.text(between, at) if between else separator).join(parts))


_Function = Callable[["Evaluation", Group, int], Value | None]
_TABLE: tuple[tuple[_Function, str], ...] = (
    (_url, "url uri uri.new urljoin uri.join url.new"),
    (
        _first,
        (
            "str string uri.create uri.parse url.parse uri.https encode stringcontent newreader newbuffer"
            " newbufferstring byte bytes ofstring getbytes requestbody.create stringentity buffer.from request.escape"
            " trim rtrim"
        ),
    ),
    (
        _json,
        "stringify dumps json_encode serialize serializeobject marshal generate writevalueasstring wp_json_encode",
    ),
    (_form, "urlencode qs.stringify querystring.stringify http_build_query encode_www_form formurlencodedcontent"),
    (
        _percent,
        (
            "encodeuricomponent quote quote_plus urlencoder.encode encode_www_form_component rawurlencode queryescape"
            " escapedatastring"
        ),
    ),
    (
        _base64,
        "b64encode base64_encode strict_encode64 encode64 urlsafe_encode64 tobase64string encodetostring btoa",
    ),
    (_basic, "credentials.basic basic"),
    (_format, "string.format sprintf format"),
    (
        _members,
        (
            "map map.of mapof hashmapof mutablemapof map.ofentries dictionary headers object.entries hash httpheaders"
            " dict array object.assign"
        ),
    ),
    (_items, "list.of listof arrays.aslist arrayof r:c r:list"),
    (_scheme, "authenticationheadervalue"),
    (_query, "urlsearchparams"),
    (_either, "either"),
    (_joined, "implode"),
    (_pasted, "paste"),
    (partial(_pasted, separator=""), "r:paste0"),
)
_FUNCTIONS = {name: known for known, names in _TABLE for name in names.split()}
