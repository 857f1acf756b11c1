"""URLs as people paste them: split without ever raising, whatever stands in them (templates, blanks, brackets).

The standard library's ``urlsplit`` raises on stray brackets and drops line breaks silently; here a URL is evidence and
is kept as it was written.
"""

from typing import NamedTuple


class URL(NamedTuple):
    """The parts of a URL as written (RFC 3986 section 3). ``scheme`` and ``host`` are lower case; ``port`` may be None.

    ``path`` is raw, ``query`` and ``fragment`` come without their marks. ``userinfo`` can be a secret and is
    never shown.
    """

    scheme: str
    userinfo: str
    host: str
    port: int | None
    path: str
    query: str
    fragment: str

    def __repr__(self) -> str:
        """Show the scheme and host alone: the rest of a pasted URL can hold secrets."""
        return f"URL({self.scheme}://{self.host}/...)"

    @property
    def segments(self) -> tuple[str, ...]:
        """The path's segments without empty ones."""
        return tuple([part for part in self.path.split("/") if part])

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The query's name and value pairs, percent-decoded, in order."""
        return parameters(self.query)


def read_url(text: str) -> URL | None:
    """Split ``text`` as a URL with an authority; None where it has no ``scheme://host`` beginning."""
    scheme, mark, rest = text.strip().partition("://")
    if not mark or (scheme not in {"https", "http"} and not _is_scheme(scheme)):
        return None
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    userinfo, _, hostport = authority.rpartition("@")
    host, port = _host_and_port(hostport) if ":" in hostport else (hostport.rstrip("."), None)
    if not host:
        return None
    return URL(scheme.lower(), userinfo, host.lower(), port, slash + path, query, fragment)


def _is_scheme(text: str) -> bool:
    return text.isascii() and text.replace("+", "").replace("-", "").isalnum()


def _host_and_port(text: str) -> tuple[str, int | None]:
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        digits = rest.removeprefix(":")
    else:
        host, _, digits = text.rpartition(":")
        if digits and not digits.isdigit():
            return text, None
    is_port = digits.isascii() and digits.isdigit() and len(digits) <= 5
    return host.rstrip("."), int(digits) if is_port else None


def parameters(query: str) -> tuple[tuple[str, str], ...]:
    """Name and value pairs of a query or form text, percent-decoded, in order, at most 200 of them."""
    if not query:
        return ()
    pairs = [pair.partition("=") for pair in query.split("&", 200)[:200] if pair]
    return tuple([(percent_decoded(name, plus=True), percent_decoded(value, plus=True)) for name, _, value in pairs])


def percent_decoded(text: str, *, plus: bool = False) -> str:
    """Decode ``%XX`` once (RFC 3986 section 2.1), leaving what is no valid escape as it stands."""
    if plus:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    head, *parts = text.split("%")
    out = bytearray(head.encode("utf-8", "surrogatepass"))
    for part in parts:
        digits = part[:2]
        if len(digits) == 2 and all(digit in "0123456789abcdefABCDEF" for digit in digits):
            out.append(int(digits, 16))
            out += part[2:].encode("utf-8", "surrogatepass")
        else:
            out += b"%" + part.encode("utf-8", "surrogatepass")
    return out.decode("utf-8", "replace")


def is_loopback(host: str) -> bool:
    """Whether ``host`` names this machine: localhost, 127.0.0.0/8 or ::1, in their usual writing."""
    if host == "localhost" or host.endswith(".localhost") or host == "::1":
        return True
    parts = host.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isdigit() and len(part) <= 3 for part in parts)
