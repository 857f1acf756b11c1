import pytest

from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, curl, found_by, mint, raw, said_by

LINE = "access-token"
TOKEN = mint("jwt")
DASHED = next(token for token in (mint("jwt", str(seed)) for seed in range(50)) if "-" in token.split(".")[2])
PLAIN = DASHED.replace("-", "+").replace("_", "/")


def code(token: str) -> str:
    """The token in a literal of Python."""
    return f'requests.get("https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search", headers={{"Authorization": "Bearer {token}"}})'


@pytest.mark.parametrize(
    ("directive", "cause"),
    [
        ("jwt break=76", "token-line-break"),
        ("jwt insert=300:U+0020", "token-whitespace"),
        ("jwt insert=100:U+200B", "token-invisible-character"),
        ("jwt insert=100:U+00A0", "token-invisible-character"),
        ("jwt insert=100:U+00AD", "token-invisible-character"),
    ],
)
def test_how_sure_damage_is_depends_on_where_it_stood(directive: str, cause: str) -> None:
    token = mint(directive)

    assert found_by(LINE, token) == {cause: POSSIBLE}
    assert found_by(LINE, f"Authorization: Bearer {token}") == {cause: POSSIBLE}
    assert found_by(LINE, raw(f"Bearer {token}")) == {cause: LIKELY}
    assert found_by(LINE, curl(f"Bearer {token}")) == {cause: LIKELY}


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        (f"{TOKEN[:100]}\\n{TOKEN[100:]}", "token-line-break"),
        (f"{TOKEN}\\n", "token-line-break"),
        (f"{TOKEN[:100]}\\u200b{TOKEN[100:]}", "token-invisible-character"),
        (f"{TOKEN[:100]} {TOKEN[100:]}", "token-whitespace"),
    ],
)
def test_in_a_literal_of_code_it_is_certain(written: str, cause: str) -> None:
    assert found_by(LINE, code(written)) == {cause: CERTAIN}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (mint("jwt percent"), {"token-percent-encoded": CERTAIN}),
        (mint("jwt double"), {"token-encoded-twice": CERTAIN}),
        (mint("jwt ellipsis"), {"token-redacted": POSSIBLE}),
        (mint("jwt stars"), {"token-redacted": POSSIBLE}),
        (raw(f"Bearer {mint('jwt stars')}"), {"token-redacted": POSSIBLE}),
        (PLAIN, {"token-wrong-base64": LIKELY}),
        (raw(f"Bearer {PLAIN}"), {"token-wrong-base64": LIKELY}),
        (mint("jwt pad=end"), {"token-wrong-base64": POSSIBLE}),
        (TOKEN.replace(".", "=.", 1), {"token-wrong-base64": LIKELY}),
        (DASHED.replace("-", "–"), {"token-markup": POSSIBLE}),
        (raw(f"Bearer {DASHED.replace('-', '—')}"), {"token-markup": LIKELY}),
        (DASHED.replace("-", "\\-"), {"token-markup": POSSIBLE}),
        (f"'{TOKEN}\\r'", {"token-line-break": LIKELY}),
        (f"token: '{TOKEN}\\n'", {"token-line-break": LIKELY}),
        (TOKEN.lower(), {"token-markup": CERTAIN}),
        (
            mint("jwt percent insert=100:U+200B"),
            {"token-percent-encoded": CERTAIN, "token-invisible-character": POSSIBLE},
        ),
        (f"*{TOKEN}*", {}),
        (f'"{TOKEN}"', {}),
        (TOKEN, {}),
    ],
)
def test_each_kind_of_damage(text: str, found: dict[str, object]) -> None:
    assert found_by(LINE, text) == found


@pytest.mark.parametrize(
    ("cause", "text", "words"),
    [
        ("token-line-break", mint("jwt break=76"), "A line break stands inside the token."),
        ("token-line-break", code(f"{TOKEN}\\n"), "A line break stands at the end of the token."),
        ("token-whitespace", mint("jwt insert=300:U+0020"), "A blank stands inside the token."),
        ("token-redacted", mint("jwt ellipsis"), "three dots stand in place of letters."),
        ("token-redacted", f"{TOKEN[:-40]}…", "yet its claims can be read"),
        ("token-redacted", mint("jwt stars"), "a mask stands in place"),
        ("token-wrong-base64", PLAIN, "`+` or `/`"),
        ("token-wrong-base64", mint("jwt pad=end"), "stand at the end of the token"),
        ("token-wrong-base64", TOKEN.replace(".", "=.", 1), "stand inside the token"),
        ("token-markup", DASHED.replace("-", "–"), "A long dash"),
        ("token-markup", DASHED.replace("-", "\\-"), "Backslashes"),
        ("token-markup", TOKEN.lower(), "lower case throughout"),
    ],
)
def test_what_is_said_of_it(cause: str, text: str, words: str) -> None:
    assert words in said_by(LINE, cause, text)
