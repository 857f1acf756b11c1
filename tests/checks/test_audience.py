import pytest

from bot.report import Outcome
from bot.settings import Settings
from tests.diagnosing import CERTAIN, LIKELY, found_by, mint, said_by, state_of

LINE = "audience"
RIGHT = "https://api.rhythmsoftware.com"


@pytest.mark.parametrize(
    ("directive", "found"),
    [
        ("jwt", {}),
        (f"jwt aud={RIGHT}", {}),
        (f'jwt aud=["https://other.example","{RIGHT}","x"]', {}),
        ("jwt aud=https://api.example.org", {"audience-wrong": CERTAIN}),
        (f"jwt aud={RIGHT}/", {"audience-wrong": CERTAIN}),
        ('jwt aud=["a","b"]', {"audience-wrong": CERTAIN}),
        ("jwt -aud", {"audience-missing": CERTAIN}),
        ("jwt aud=[]", {"audience-missing": CERTAIN}),
        ('jwt aud=""', {"audience-missing": CERTAIN}),
        ("jwt aud=5", {"audience-missing": CERTAIN}),
        ("jwt aud=https://api.example.org cut=-20", {"audience-wrong": CERTAIN}),
        ("jwt aud=https://api.example.org claims", {"audience-wrong": CERTAIN}),
        ("jwt -aud claims", {"audience-missing": CERTAIN}),
        ("opaque", {}),
        ("jwe", {}),
    ],
)
def test_an_audience_is_right_if_it_holds_the_apis(directive: str, found: dict[str, object]) -> None:
    assert found_by(LINE, mint(directive)) == found


def test_the_audience_is_the_operators() -> None:
    other = Settings(rhythm_audience="https://api.example.org")

    assert found_by(LINE, mint("jwt aud=https://api.example.org"), other) == {}
    assert found_by(LINE, mint("jwt"), other) == {"audience-wrong": CERTAIN}


def test_of_few_decoded_claims_nothing_is_missing() -> None:
    assert found_by(LINE, '{"iss": "https://acme.us.auth0.com/", "exp": 1773226800}') == {}


def test_of_a_payload_that_was_cut_only_what_is_there_counts() -> None:
    whole = mint("jwt aud=https://api.example.org")
    header, payload, _ = whole.split(".")

    assert found_by(LINE, f"{header}.{payload[:120]}") == {}
    assert found_by(LINE, f"{header}.{payload[:-60]}") == {"audience-wrong": CERTAIN}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jwt audience invalid. expected: x", {"audience-wrong": LIKELY}),
        ('Token is missing the "aud" claim', {"audience-missing": LIKELY}),
        (f"{mint('jwt')}\njwt audience invalid", {}),
    ],
)
def test_what_an_error_text_says_is_likely_where_no_claims_can_be_read(text: str, found: dict[str, object]) -> None:
    assert found_by(LINE, text) == found


@pytest.mark.parametrize(
    ("audience", "hint"),
    [
        (f"{RIGHT}/", "The slash at its end makes it another one."),
        ("http://api.rhythmsoftware.com", "`http` in place of `https` makes it another one."),
        (f"<{RIGHT}>", "Quotes, brackets or blanks around it are part of it."),
        (f"{RIGHT} ", "Quotes, brackets or blanks around it are part of it."),
        ("https://API.rhythmsoftware.com", "Capital letters make it another one."),
        ("https://rolodex.api.rhythmsoftware.com", "A service's address is no audience"),
        ("https://api.rythmsoftware.com", "It is misspelt."),
        ("ExampleClient0000000000000000000", "That is a client id."),
    ],
)
def test_a_near_miss_is_explained(audience: str, hint: str) -> None:
    said = said_by(LINE, "audience-wrong", mint(f'jwt aud=["{audience}"]'))

    assert hint in said
    assert f"exactly this parameter:\n`audience={RIGHT}`" in said


def test_another_apis_audience_needs_no_hint() -> None:
    assert said_by(LINE, "audience-wrong", mint("jwt aud=https://api.example.org")).startswith(
        f"The token is for `https://api.example.org`; Rhythm accepts `{RIGHT}`.\n"
    )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (mint("m2m"), (Outcome.PASSED, f"for `{RIGHT}`")),
        (mint("jwt"), (Outcome.PASSED, f"for `{RIGHT}` and 1 more")),
        (mint("opaque"), (Outcome.SKIPPED, "it cannot be read from this value")),
        ("", (Outcome.SKIPPED, "no token given")),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    assert state_of(LINE, text) == state
