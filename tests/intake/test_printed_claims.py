"""Claims that programs print without JSON."""

import time

import pytest

from bot.intake.piece import Claims
from bot.intake.printed_claims import has_marks, read

AUDIENCES = ["https://api.rhythmsoftware.com", "https://oaks.us.auth0.com/userinfo"]
FORMS = {
    "java-map": "{iss=https://oaks.us.auth0.com/, aud=[https://api.rhythmsoftware.com, https://oaks.us.auth0.com/userinfo],"
    " scope=openid read:gifts, iat=1773000000, exp=1773086400}",
    "spring": "{aud=[https://api.rhythmsoftware.com, https://oaks.us.auth0.com/userinfo], scope=openid read:gifts,"
    " iss=https://oaks.us.auth0.com/, exp=2026-03-09T20:00:00Z, iat=2026-03-08T20:00:00Z}",
    "go-map": "map[aud:[https://api.rhythmsoftware.com https://oaks.us.auth0.com/userinfo] exp:1.7730864e+09"
    " iat:1.773e+09 iss:https://oaks.us.auth0.com/ scope:openid read:gifts]",
    "ruby-hash": '{"iss"=>"https://oaks.us.auth0.com/", "aud"=>["https://api.rhythmsoftware.com",'
    ' "https://oaks.us.auth0.com/userinfo"], "iat"=>1773000000, "exp"=>1773086400, "scope"=>"openid read:gifts"}',
    "node": "{\n  iss: 'https://oaks.us.auth0.com/',\n  aud: [\n    'https://api.rhythmsoftware.com',\n"
    "    'https://oaks.us.auth0.com/userinfo'\n  ],\n  iat: 1773000000,\n  exp: 1773086400,\n"
    "  scope: 'openid read:gifts'\n}",
    "print_r": "Array\n(\n    [iss] => https://oaks.us.auth0.com/\n    [aud] => Array\n        (\n"
    "            [0] => https://api.rhythmsoftware.com\n            [1] => https://oaks.us.auth0.com/userinfo\n"
    "        )\n\n    [iat] => 1773000000\n    [exp] => 1773086400\n    [scope] => openid read:gifts\n)",
    "var_dump": 'array(5) {\n  ["iss"]=>\n  string(26) "https://oaks.us.auth0.com/"\n  ["aud"]=>\n  array(2) {\n'
    '    [0]=>\n    string(30) "https://api.rhythmsoftware.com"\n    [1]=>\n'
    '    string(34) "https://oaks.us.auth0.com/userinfo"\n  }\n  ["iat"]=>\n  int(1773000000)\n  ["exp"]=>\n'
    '  int(1773086400)\n  ["scope"]=>\n  string(17) "openid read:gifts"\n}',
    "yaml": "iss: https://oaks.us.auth0.com/\naud:\n  - https://api.rhythmsoftware.com\n"
    "  - https://oaks.us.auth0.com/userinfo\niat: 1773000000\nexp: 1773086400 # Monday\nscope: openid read:gifts",
    "lines": "iss: https://oaks.us.auth0.com/\naud: https://api.rhythmsoftware.com\n"
    "aud: https://oaks.us.auth0.com/userinfo\niat: 1773000000\nexp: 1773086400\nscope: openid read:gifts",
    "tabs": "Claim type\tValue\tNotes\niss\thttps://oaks.us.auth0.com/\tthe issuer\n"
    "aud\thttps://api.rhythmsoftware.com, https://oaks.us.auth0.com/userinfo\tthe recipient\niat\t1773000000\tSun\n"
    "exp\t1773086400\tMon\nscope\topenid read:gifts",
    "bars": "| claim | value |\n| iss | https://oaks.us.auth0.com/ |\n"
    "| aud | https://api.rhythmsoftware.com, https://oaks.us.auth0.com/userinfo |\n| iat | 1773000000 |\n"
    "| exp | 1773086400 |\n| scope | openid read:gifts |",
}


def _claims(text: str) -> list[dict[str, object]]:
    return [piece.value.members for piece in read(text) if isinstance(piece.value, Claims)]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_claims(form: str) -> None:
    """A list stays a list, times are seconds, a scope with a colon is one value."""
    assert has_marks(FORMS[form])
    (claims,) = _claims(FORMS[form])
    assert {name: claims[name] for name in ("iss", "aud", "iat", "exp", "scope")} == {
        "iss": "https://oaks.us.auth0.com/",
        "aud": AUDIENCES,
        "iat": 1773000000,
        "exp": 1773086400,
        "scope": "openid read:gifts",
    }


@pytest.mark.parametrize(
    "text",
    [
        "iss https://oaks.us.auth0.com/\naud https://api.rhythmsoftware.com\nexp 1773086400\nsub a",
        "iss=https://oaks.us.auth0.com/;sub=a;aud=https://api.rhythmsoftware.com;exp=1773086400",
        "\u2022 iss: https://oaks.us.auth0.com/\n\u2022 aud: https://api.rhythmsoftware.com\n\u2022 exp: 1773086400\n\u2022 sub: a",
        "*iss*: https://oaks.us.auth0.com/\n*aud*: https://api.rhythmsoftware.com\n*exp*: 1773086400\n*sub*: a",
        '"iss" \u2192 "https://oaks.us.auth0.com/"\n"aud" \u2192 "https://api.rhythmsoftware.com"\n"exp" \u2192 1773086400\n"sub" \u2192 "a"',
        'iss: "https://oaks.us.auth0.com/" (string)\naud: "https://api.rhythmsoftware.com" (string)\nexp: 1773086400\nsub: "a"',
    ],
    ids=["blanks", "semicolons", "bullets", "bold", "arrows", "inspector"],
)
def test_other_marks_between_name_and_value(text: str) -> None:
    """Chats, web pages and browsers have their own."""
    assert _claims(text) == [
        {"iss": "https://oaks.us.auth0.com/", "aud": "https://api.rhythmsoftware.com", "exp": 1773086400, "sub": "a"}
    ]


def test_lines_below_an_audience_are_more_of_it() -> None:
    """Aligned lists name the claim once."""
    text = "iss : https://oaks.us.auth0.com/\naud : https://api.rhythmsoftware.com\n      https://oaks.us.auth0.com/userinfo\n"
    (claims,) = _claims(text + "exp : 1773086400")
    assert claims["aud"] == AUDIENCES


@pytest.mark.parametrize(
    "text",
    [
        "{iss: 'https://oaks.us.auth0.com/', sub: 'a', aud: Array(2), iat: 1773000000, exp: 1773086400, \u2026}",
        'Object { iss: "https://oaks.us.auth0.com/", sub: "a", aud: (2) [\u2026], iat: 1773000000, exp: 1773086400 }',
    ],
    ids=["chrome", "firefox"],
)
def test_of_shortened_claims_only_those_count_that_need_no_others(text: str) -> None:
    """A browser's console leaves claims out, so that none is missing."""
    assert _claims(text) == [{"iss": "https://oaks.us.auth0.com/", "iat": 1773000000, "exp": 1773086400}]


def test_claims_of_rhythm_keep_their_whole_names() -> None:
    """A claim's name is a URL, and its value may follow at once."""
    (claims,) = _claims(
        "map[exp:1773086400 http://rhythmsoftware.com/tenant_id:oaks.org iss:https://oaks.us.auth0.com/ sub:a@clients]"
    )
    assert claims["http://rhythmsoftware.com/tenant_id"] == "oaks.org"
    assert claims["sub"] == "a@clients"


def test_a_header_above_the_claims_is_a_piece_of_its_own() -> None:
    """``none`` is the name of an algorithm there, and no missing value."""
    pieces = read("alg: none\ntyp: JWT\n\niss: https://oaks.us.auth0.com/\nsub: a\nexp: 1773086400\norg_id: null")
    assert [piece.value for piece in pieces] == [
        Claims({"iss": "https://oaks.us.auth0.com/", "sub": "a", "exp": 1773086400, "org_id": None}),
        Claims({"alg": "none", "typ": "JWT"}, is_header=True),
    ]


def test_what_follows_the_last_claim_stays_in_the_text() -> None:
    """A status line behind the claims is for other readers."""
    text = "iss: https://oaks.us.auth0.com/\nsub: a\nexp: 1773086400\nHTTP 401 Unauthorized\n"
    (piece,) = read(text)
    assert text[piece.end :] == "\nHTTP 401 Unauthorized\n"


@pytest.mark.parametrize(
    "text",
    [
        "iss: https://oaks.us.auth0.com/\naud: https://api.rhythmsoftware.com\nexp: 3600\nsub: a",
        "iss: https://oaks.us.auth0.com/\nexp: 1773086400",
        "is exp: 1773086400 right when sub: a and aud: b?",
        "jwt.sign({ iss: 'https://oaks.us.auth0.com/', sub: 'a', exp: now + 3600 }, key)",
        "iss: must be your Auth0 domain\naud: the API's audience\nexp: 1773227400 or later",
    ],
    ids=["lifetime", "two-names", "no-issuer", "computed", "words"],
)
def test_settings_and_sentences_are_no_claims(text: str) -> None:
    """A list names its issuer, a moment at which it ends, and one claim more."""
    assert read(text) == []


@pytest.mark.parametrize("part", [" ", ',"', "name ", "http://a.b/c ", "| ", "iss: x\n", "\t"])
def test_reading_is_linear(part: str) -> None:
    """A megabyte of what may begin a name takes no time worth mentioning."""
    text = "iss exp " + part * (1_000_000 // len(part))
    start = time.perf_counter()
    assert read(text) == []
    assert time.perf_counter() - start < 2
