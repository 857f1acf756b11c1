"""Placeholders: what stands where a credential, a host or a path segment should be, and was never filled in."""

import re
from functools import cache

_SOURCES = (
    ("missing-value", r"(?i)(?:undefined|null|none|nil|nan|false|true|\(null\)|<null>|<nil>|%!s\(<nil>\)|empty|n/a)"),
    (
        "object",
        (
            r"(?i)\[object \w+\]|\[?class \w+\]?|<[a-z_.]+ object at 0x[0-9a-f]+>|Promise \{.*\}?|function\s*\(.*"
            r"|\(\)\s*=>.*|async .*|\[(?:async)?function\b.*|<[a-z_][\w.]* (?:\[\d|at 0x).*>"
            r"|#<[a-z][\w:]*:0x[0-9a-f]+.*|(?:hash|array|code|scalar|ref)\(0x[0-9a-f]+\)|map\[.*|&\{.*|%!\w\(.*|"
            r"instance(?: of .*)?|StatusCode:.*|(?-i:Array)"
        ),
    ),
    (
        "task",
        (
            r"(?i)System\.[a-z][\w.`+]*(?:\[.*)?|<(?:coroutine|function|bound method|generator|task|future)[ ].*>?"
            r"|[a-z]\w*(?:\.[\w$/]+)+@[0-9a-f]{4,16}(?:\[.*)?|\w+Coroutine\{\w+\}@[0-9a-f]+|(?-i:Mono[A-Z])[a-z]+"
        ),
    ),
    (
        "low-code",
        r"(?s)=\{\{.*|.*\$json\b.*|.*\$credentials\..*|.*\$node\b.*|.*\$\(['\"].*|@\{.*\}|@?\{?body\(.*|.*\bsteps\.[A-Za-z_].*|=\$.*",
    ),
    ("template", r"(?is).*\{\{.*\}\}.*|.*%7B%7B.*%7D%7D.*|<%.*%>|\{%.*%\}"),
    (
        "variable",
        (
            r"(?s)\$\{?[A-Za-z_][A-Za-z0-9_.:-]*\}?|([%!])[A-Za-z_][A-Za-z0-9_]*\1|\$env:[A-Za-z_]\w*|\$\(.*\)"
            r"|@[A-Za-z_]\w{0,60}"
        ),
    ),
    (
        "expression",
        (
            r"(?s)\$\{.*\}|#\{.*\}|\{[A-Za-z_][A-Za-z0-9_.()\[\]\"']*\}|['\"]?[ ]*[+.][ ]*[A-Za-z_$][\w.()$]*|f['\"].*"
            r"|%s|%\([a-z_]+\)s|\{\d*\}|\{0\}|:[a-z_]+"
        ),
    ),
    (
        "marker",
        (
            r"<[^\W\d_][\w ./'-]{0,60}>|\[[^\W\d_][^\W\d]*(?:[ -][^\W\d]+){0,8}\]"
            r"|(?:YOUR|MY|INSERT|PASTE|ENTER|PUT|REPLACE|THE|SOME|ADD)[ _-][A-Z_\- ]*[A-Z](?:_HERE)?"
            r"|[A-Z][A-Z0-9_ -]*[_ -]HERE|(?:ACCESS|JWT|BEARER|API|AUTH|ID)[ _-]?(?:TOKEN|KEY|JWT)|TOKEN|JWT|xxx+"
            r"|YOUR[A-Z_]*"
        ),
    ),
    (
        "marker",
        (
            r"(?i)(?:your|my|insert|paste|enter|put|replace|the|some)[ _-][a-z_\- ]*"
            r"(?:token|jwt|key|secret|credentials?)(?:[ _-]?here)?(?:[ _-][a-z]+)?"
            r"|(?:access|jwt|bearer|api|auth|id)?[ _-]?(?:token|jwt)(?:[_-]?(?:here|value|string|goes[_-]here))?"
            r"|(?:access|auth|bearer|api|id|your|my)(?:Access)?(?:Token|Jwt|JWT|Key)(?:Here)?|yourToken|myToken|tokenHere"
            r"|abc|xyz|foo|bar|test|secret|changeme|placeholder|token123|abc123|mytoken|yourtoken"
        ),
    ),
    (
        "marker",  # in any language: capital words, or words of which one says token, joined by _ or -
        (
            r"[A-Z]{2,20}(?:_[A-Z]{2,20}){1,5}"
            r"|(?=[A-Za-z_ -]{0,80}?(?i:token|jeton|jwt|gettone)(?![a-z]))[A-Za-z]{1,20}(?:[_ -][A-Za-z]{1,20}){1,5}"
        ),
    ),
)
"""Kinds of placeholders with what the whole value looks like, in the order in which they are tried."""
_MASK = (
    r"(?i)[\[<(]?(?:\*{2,}|[xX]{3,}|\u2022{2,}|\u2588+|\u2026|\.{3,}|#{3,}|_{4,}|-{4,}"
    r"|redacted|removed|masked|hidden|snip|secret)[\]>)]?"
)
_REDACTION_WORDS = (
    *("redacted", "removed", "masked", "hidden", "filtered", "scrubbed", "omitted", "sanitized", "sanitised"),
    *("censored", "stripped", "snip"),
)
_COMMAND = r"(?s)`[a-z]{1,20} .*`"
MAX_LENGTH = 400
MAX_BRACKETS = 5
"""How many brackets of the text around a placeholder are taken off its end."""


@cache
def _pattern(source: str) -> re.Pattern[str]:
    # Compiled one by one when they are first tried: together they would take milliseconds.
    return re.compile(source)


SAMPLES = ("eyJ...MoQ", "eyJz93a...k4laUWw", "eyJ…MoQ", "eyJz93a…k4laUWw", "YOUR_API_KEY_HERE")
"""Strings that documentation prints for a token."""


def placeholder(text: str) -> str | None:
    """The kind of placeholder that a credential is.

    ``missing-value``, ``object``, ``task``, ``template``, ``low-code``, ``variable``, ``expression``, ``marker``,
    ``sample`` or ``mask`` (stars, dots, REDACTED); None for anything that may be a credential.
    """
    kind = None
    for _ in range(MAX_BRACKETS):
        kind, text = _kind_of(text)
        if kind or not text:
            break
    return kind


def _kind_of(text: str) -> tuple[str | None, str]:
    """The kind, or None and the text without a bracket at its end that it does not open."""
    value = text.strip()
    if value.startswith("`") and len(value) <= MAX_LENGTH and _pattern(_COMMAND).fullmatch(value):
        return "variable", ""
    value = value.strip("\"'`").strip()
    if not value or len(value) > MAX_LENGTH:
        return None, ""
    if value in SAMPLES:
        return "sample", ""
    if _pattern(_MASK).fullmatch(value) or _is_redaction(value):
        return "mask", ""
    if "eyJ" in value and not value.startswith(("<", "{{", "${")):
        return None, ""
    found = next((kind for kind, source in _SOURCES if _pattern(source).fullmatch(value)), None)
    if found is None and value[-1] in ")]}" and {")": "(", "]": "[", "}": "{"}[value[-1]] not in value:
        return None, value[:-1]
    return found, ""


def _is_redaction(value: str) -> bool:
    """Whether a bracketed remark says that a scrubber, or a careful person, took the value out."""
    if value[0] not in "[<(*" or value[-1] not in "]>)*" or len(value) > 80 or "eyJ" in value:
        return False
    lowered = value.lower()
    return any(word in lowered for word in _REDACTION_WORDS)


_PATH_SOURCES = (
    ("missing-value", r"(?i)%5Bobject%20\w+%5D|\[object[ %20]*\w+\]"),
    ("template", r"(?is).*(?:\{\{|%7B%7B|\$\{|#\{|%24%7B).*"),
    ("template", r"[^{}]*(?:\{[^{}/]{1,60}\}|%7B[^/]{1,60}%7D|%7b[^/]{1,60}%7d)[^{}]*"),
    (
        "template",
        (
            r":[A-Za-z_][A-Za-z0-9_]*|<[^<>/]{1,60}>|%3C[^/]{1,60}%3E|\[[A-Za-z][A-Za-z_ -]{1,40}\]|\$[A-Za-z_]\w*"
            r"|([%!])[A-Za-z_]\w*\1"
        ),
    ),
)
_PLAIN_SEGMENT = r"[A-Za-z0-9_.@-]*"
_PATH_MARKER = (
    r"(?:YOUR|MY|INSERT)[_-][A-Z_-]+|[A-Z_]+_HERE|(?:your|my)[_-]?(?:[Tt]enant|[Cc]ontact|[Ii]d|[Oo]rg)[A-Za-z_-]*"
    r"|(?:tenant|contact)[_-]?[iI][dD]|TENANT(?:_ID)?|CONTACT_ID"
)


def path_placeholder(segment: str) -> str | None:
    """The kind of placeholder that a path segment or a host label is; None for a plain one."""
    lowered = segment.lower()
    if lowered in {"undefined", "null", "none", "nil", "nan"}:
        return "missing-value"
    if not _pattern(_PLAIN_SEGMENT).fullmatch(segment):
        for kind, source in _PATH_SOURCES:
            if _pattern(source).fullmatch(segment):
                return kind
    may_be_marker = lowered.startswith(("your", "my", "insert")) or lowered.endswith(("_here", "id", "tenant"))
    return "marker" if may_be_marker and _pattern(_PATH_MARKER).fullmatch(segment) else None
