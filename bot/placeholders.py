"""Placeholders: what stands where a credential, a host or a path segment should be, and was never filled in."""

import re
from functools import cache


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        (
            "missing-value",
            re.compile(
                r"(?:undefined|null|none|nil|nan|false|true|\(null\)|<null>|<nil>|%!s\(<nil>\)|empty|n/a)",
                re.IGNORECASE,
            ),
        ),
        (
            "object",
            re.compile(
                r"\[object \w+\]|\[?class \w+\]?|<[a-z_.]+ object at 0x[0-9a-f]+>|Promise"
                r" \{.*\}?|function\s*\(.*|\(\)\s*=>.*|async .*",
                re.IGNORECASE,
            ),
        ),
        (
            "task",
            re.compile(
                r"System\.[A-Za-z.`\d]+(?:\[.*\])?|<(?:coroutine|function|bound method|generator)["
                r" ].*>?|[a-z]+(?:\.[A-Za-z_]+)+@[0-9a-f]{4,}",
                re.IGNORECASE,
            ),
        ),
        ("template", re.compile(r".*\{\{.*\}\}.*|.*%7B%7B.*%7D%7D.*", re.IGNORECASE | re.DOTALL)),
        (
            "low-code",
            re.compile(
                r"=?\{\{.*|.*\$json\..*|.*\$credentials\..*|@\{.*\}|@?\{?body\(.*|.*\bsteps\.[A-Za-z_].*|=\$.*",
                re.DOTALL,
            ),
        ),
        (
            "variable",
            re.compile(
                r"\$\{?[A-Za-z_][A-Za-z0-9_.:-]*\}?|%[A-Za-z_][A-Za-z0-9_]*%|\$env:[A-Za-z_]\w*|\$\(.*\)",
                re.DOTALL,
            ),
        ),
        (
            "expression",
            re.compile(
                r"\$\{.*\}|#\{.*\}|\{[A-Za-z_][A-Za-z0-9_.()\[\]\"']*\}|['\"]?[ ]*[+.]["
                r" ]*[A-Za-z_$][\w.()$]*|f['\"].*|%s|%\([a-z_]+\)s|\{\d*\}|\{0\}|:[a-z_]+",
                re.DOTALL,
            ),
        ),
        (
            "marker",
            re.compile(
                r"<[A-Za-z][A-Za-z0-9 _./'-]{0,60}>|\[[A-Za-z][A-Za-z"
                r" _-]{2,40}\]|(?:YOUR|MY|INSERT|PASTE|ENTER|PUT|REPLACE|THE|SOME|ADD)[ _-][A-Z_\- ]*[A-Z](?:_HERE)?"
                r"|[A-Z][A-Z0-9_ -]*[_ -]HERE|(?:ACCESS|JWT|BEARER|API|AUTH|ID)["
                r" _-]?(?:TOKEN|KEY|JWT)|TOKEN|JWT|xxx+|YOUR[A-Z_]*"
            ),
        ),
        (
            "marker",
            re.compile(
                r"(?:your|my|insert|paste|enter|put|replace|the|some)[ _-][a-z_\- ]*(?:token|jwt|key|credentials?)(?:["
                r" _-]?here)?(?:[ _-][a-z]+)?|(?:access|jwt|bearer|api|auth|id)?["
                r" _-]?(?:token|jwt)(?:[_-]?(?:here|value|string|goes[_-]here))?"
                r"|(?:access|auth|bearer|api|id|your|my)(?:Access)?(?:Token|Jwt|JWT|Key)(?:Here)?|yourToken|myToken|tokenHere|abc|xyz|foo|bar|test|secret|changeme|placeholder|token123|abc123|mytoken|yourtoken",
                re.IGNORECASE,
            ),
        ),
    )


SAMPLES = ("eyJ...MoQ", "eyJz93a...k4laUWw", "eyJ…MoQ", "eyJz93a…k4laUWw", "YOUR_API_KEY_HERE")
"""Strings that documentation prints for a token."""


@cache
def _mask() -> re.Pattern[str]:
    return re.compile(
        r"[\[<(]?(?:\*{2,}|[xX]{3,}|\u2022{2,}|\u2588+|\u2026|\.{3,}|#{3,}|_{4,}|-{4,}"
        r"|redacted|removed|masked|hidden|snip|secret)[\]>)]?",
        re.IGNORECASE,
    )


def placeholder(text: str) -> str | None:
    """The kind of placeholder that a credential is.

    ``missing-value``, ``object``, ``task``, ``template``, ``low-code``, ``variable``, ``expression``, ``marker``,
    ``sample`` or ``mask`` (stars, dots, REDACTED); None for anything that may be a credential.
    """
    value = text.strip()
    if len(value) <= 400 and re.fullmatch(r"`[a-z]{1,20} .*`", value, re.DOTALL):
        return "variable"
    value = value.strip("\"'`").strip()
    if not value or len(value) > 400:
        return None
    if value in SAMPLES:
        return "sample"
    if _mask().fullmatch(value):
        return "mask"
    if "eyJ" in value and not value.startswith(("<", "{{", "${")):
        return None
    found = next((kind for kind, pattern in _patterns() if pattern.fullmatch(value)), None)
    if found is None and value[-1] in ")]}" and {")": "(", "]": "[", "}": "{"}[value[-1]] not in value:
        return placeholder(value[:-1])
    return found


def path_placeholder(segment: str) -> str | None:
    """The kind of placeholder that a path segment or a host label is; None for a plain one."""
    if re.fullmatch(r"undefined|null|None|nil|NaN|%5Bobject%20\w+%5D|\[object[ %20]*\w+\]", segment, re.IGNORECASE):
        return "missing-value"
    if re.search(r"\{\{|%7B%7B|\$\{|#\{|%24%7B", segment, re.IGNORECASE):
        return "template"
    if re.fullmatch(r"[^{}]*(?:\{[^{}/]{1,60}\}|%7B[^/]{1,60}%7D|%7b[^/]{1,60}%7d)[^{}]*", segment):
        return "template"
    if re.fullmatch(
        r":[A-Za-z_][A-Za-z0-9_]*|<[^<>/]{1,60}>|%3C[^/]{1,60}%3E|\[[A-Za-z][A-Za-z_"
        r" -]{1,40}\]|\$[A-Za-z_]\w*|%[A-Za-z_]\w*%",
        segment,
    ):
        return "template"
    if re.fullmatch(
        r"(?:YOUR|MY|INSERT)[_-][A-Z_-]+|[A-Z_]+_HERE|(?:your|my)[_-]?(?:[Tt]enant|[Cc]ontact|[Ii]d|[Oo]rg)[A-Za-z_-]*|(?:tenant|contact)[_-]?[iI][dD]|TENANT(?:_ID)?|CONTACT_ID",
        segment,
    ):
        return "marker"
    return None
