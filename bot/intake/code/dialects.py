"""How the languages of pasted code differ, as far as calls, literals and lists of members go."""

from typing import NamedTuple


class Dialect(NamedTuple):
    """One language's writing.

    ``comments`` begin a comment up to the line's end; ``blocks`` tells that ``/* */`` is one too. ``member`` is the
    pattern between an object and its member, ``joins`` the pattern of the operator that joins texts, ``pairs`` the
    pattern between a name and its value in lists of members or arguments. ``arrows`` begin the body of a function.
    ``adjacent`` literals are joined (Python, Ruby). ``semicolons`` end statements, so that a line's end does not.
    ``casts`` may stand before a value; ``braces`` after a type's name hold its members.
    """

    name: str
    comments: tuple[str, ...] = ("//",)
    blocks: bool = True
    member: str = r"\s*+(?:\?\.|!!?\.|\.)\s*+(?=[A-Za-z_$#])"
    joins: str = r"\+(?![+=])"
    pairs: str = r"[:=](?![:=])"
    arrows: str = ""
    adjacent: bool = False
    semicolons: bool = False
    casts: bool = False
    braces: bool = False


PYTHON = Dialect("python", comments=("#",), blocks=False, adjacent=True)
JAVASCRIPT = Dialect("javascript", arrows="=>", pairs=r":|=(?![=>])")
DART = Dialect("dart", arrows="=>", pairs=r":|=(?![=>])", adjacent=True)
SWIFT = Dialect("swift", pairs=r":(?!:)")
BASIC = Dialect("basic", comments=(), blocks=False, joins=r"&|\+(?!=)", pairs=r":=")
POWER_QUERY = Dialect("basic", joins="&", pairs=r"=(?![=>])", semicolons=True)
CSHARP = Dialect("csharp", semicolons=True, casts=True, braces=True, arrows="=>", pairs=r":(?!:)|=(?![=>])")
JAVA = Dialect("java", semicolons=True, casts=True, arrows="->", pairs=r"=(?!=)")
KOTLIN = Dialect("kotlin", arrows="->", pairs=r"=(?!=)|\bto\b")
PHP = Dialect(
    "php",
    comments=("//", "#"),
    member=r"\s*+(?:\?->|->|::)\s*+(?=[A-Za-z_$])",
    joins=r"\.(?![=\d.])",
    pairs=r"=>|:(?!:)",
    semicolons=True,
    casts=True,
)
RUBY = Dialect(
    "ruby",
    comments=("#",),
    blocks=False,
    member=r"\s*+(?:&\.|\.|::)\s*+(?=[A-Za-z_])",
    pairs=r"=>|:(?!:)",
    adjacent=True,
)
GO = Dialect("go", member=r"\s*+\.\s*+(?=[A-Za-z_(])", pairs=r":(?!=)", braces=True)
R = Dialect(
    "r",
    comments=("#",),
    blocks=False,
    member=r"\s*+(?:\|>|%>%|:::?|\$)(?:\s++|#[^\n]*+)*+(?=[A-Za-z.])",
    joins=r"(?!)",
    pairs=r"=(?!=)",
)
