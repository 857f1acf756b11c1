"""The language of a piece of code that shows no call, told by its signs."""

import re
from functools import cache

from bot.intake.code.dialects import BASIC, CSHARP, DART, GO, JAVA, JAVASCRIPT, KOTLIN, PHP, PYTHON, RUBY, Dialect

_SIGNS: tuple[tuple[Dialect, str], ...] = (
    (
        KOTLIN,
        r"\$\{(?:var|local|data|module|each)\.|\bHTTP\.(?:request|get|post)\([^\n\[]{1,200}\[\"[\w-]{1,30}\"[ ]?=>",
    ),
    (BASIC, r"\"[ \t]*+&[ \t]*+[A-Za-z]"),
    (
        PHP,
        (
            r"<\?php|(?<![#$])\{\$[A-Za-z_]|\$[A-Za-z_]\w*[ \t]*[,);.]|\$\w+->|\$\w+[ \t]*=[^=]|\$headers"
            r"|=>[ \t]*[\"'][^\"'\n]*[\"'][ \t]*\."
        ),
    ),
    (GO, r":=|\.Header\.(?:Set|Add)\(|fmt\."),
    (RUBY, r"#\{\w|^[ \t]*end[ \t]*$|=>|\brequire[ \t]+['\"]|\.add_field"),
    (DART, r"\bfinal[ \t]+\w+[ \t]*=|\bUri\.(?:parse|https)\(|\b(?:dio|Dio)[.(]|\bRequestOptions\b|['\"]package:"),
    (CSHARP, r"AuthenticationHeaderValue|\.Headers\b|\$\"|\bvar\b[^\n]{0,200};|AddHeader\(|DefaultRequestHeaders"),
    (KOTLIN, r"^[ \t]*def[ \t]+\w+[ \t]*="),
    (
        PYTHON,
        r"\b[fFrRbB]+[\"']|^[ \t]*(?:import|from|def)[ \t]|\bNone\b|\bself\.|\.format\(|^\w+[ \t]*=[ \t]*\{",
    ),
    (KOTLIN, r"^[ \t]*(?:val|fun)[ \t]|\bHttpHeaders\.Authorization\b"),
    (JAVA, r"String[ \t]+\w+[ \t]*=|setRequestProperty|\.addHeader\(|String\.format|HttpHeaders"),
)
"""What tells a language, in the order in which they are asked."""


def language(text: str) -> Dialect:
    """The language that a text looks like; JavaScript where nothing tells."""
    if "`" in text or re.search(r"\b(?:const|let)[ \t]+\w", text):
        return JAVASCRIPT
    found = next((dialect for dialect, signs in _SIGNS if re.search(signs, text, re.MULTILINE)), JAVASCRIPT)
    if found is RUBY and _perls().search(text) and "#{" not in text:
        return PHP
    is_kotlins = found is JAVA or (found is JAVASCRIPT and _kotlins().search(text))
    return KOTLIN if is_kotlins and ";" not in text else found


@cache
def _perls() -> re.Pattern[str]:
    """A variable that Perl and Julia fill into a literal, where Ruby would not."""
    return re.compile(r"=>[ \t]*\"[^\"\n]{0,40}\$[A-Za-z(]")


@cache
def _kotlins() -> re.Pattern[str]:
    """A field as two arguments, the second with what Kotlin, Scala and Gatling fill in."""
    return re.compile(r"\(\"[\w-]{1,40}\",[ \t]*\"[^\"\n]{0,40}\$\{")
