import pytest

from bot.report import Outcome
from bot.settings import Settings
from tests.diagnosing import CERTAIN, LIKELY, curl, found_by, mint, raw, said_by, state_of
from tests.pastes.minting import NOW

LINE = "expiry"
HEALTHY = mint("jwt")


@pytest.mark.parametrize(
    ("directive", "found"),
    [
        ("jwt", {}),
        ("jwt exp=-3600 iat=-90000", {"token-expired": CERTAIN}),
        ("jwt exp=-61", {"token-expired": CERTAIN}),
        ("jwt exp=-60", {}),
        ("jwt exp=abs:0", {"token-expired": CERTAIN}),
        ("jwt exp=abs:-1", {}),
        ("jwt exp=text:1773140000", {}),
        ("jwt exp=abs:1773226800000", {}),
        ("jwt -exp", {}),
        ("jwt nbf=61", {"token-not-yet-valid": CERTAIN}),
        ("jwt nbf=60", {}),
        ("jwt iat=61", {"issued-in-future": LIKELY}),
        ("jwt iat=60", {}),
        (
            "jwt exp=-3600 nbf=3600 iat=3600",
            {"token-expired": CERTAIN, "token-not-yet-valid": CERTAIN, "issued-in-future": LIKELY},
        ),
        ("m2m exp=-3600 iat=-90000", {"token-expired": CERTAIN}),
        ("jwt exp=-3600 cut=-20", {"token-expired": CERTAIN}),
        ("jwt exp=-3600 iat=-90000 claims", {"token-expired": CERTAIN}),
        ("opaque", {}),
    ],
)
def test_times_are_judged_with_the_leeway(directive: str, found: dict[str, object]) -> None:
    assert found_by(LINE, mint(directive)) == found


def test_the_leeway_is_the_operators() -> None:
    token = mint("jwt exp=-300 iat=300 nbf=300")

    assert found_by(LINE, token, Settings(clock_leeway_seconds=300)) == {}
    assert set(found_by(LINE, token, Settings(clock_leeway_seconds=0))) == {
        "token-expired",
        "token-not-yet-valid",
        "issued-in-future",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jwt expired", {"token-expired": LIKELY}),
        ("jwt not active", {"token-not-yet-valid": LIKELY}),
        ("The token is not yet valid (iat)", {"issued-in-future": LIKELY}),
        (f"{HEALTHY}\njwt expired", {"token-expired": LIKELY}),
        (f"{mint('jwt exp=-3600 iat=-90000')}\njwt expired", {"token-expired": CERTAIN}),
        (f"{mint('jwt nbf=3600')}\njwt not active", {"token-not-yet-valid": CERTAIN}),
    ],
)
def test_what_an_error_text_says_is_likely_unless_the_token_shows_it(text: str, found: dict[str, object]) -> None:
    assert found_by(LINE, text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            mint("jwt exp=-3600 iat=-90000"),
            ["2026-03-10 11:00 UTC, 60 min ago", "Request a new token: sign in again"],
        ),
        (mint("m2m exp=-3600 iat=-90000"), ["Cache it until shortly before its `exp`"]),
        (mint("jwt exp=-864000 iat=-950400"), ["10 days ago", "at run time instead of keeping one in code"]),
        (
            f"{raw('Bearer ' + mint('jwt exp=-3600 iat=-90000'))}\nHTTP/1.1 401 X\nDate: Tue, 10 Mar 2026 11:30:00 GMT\n\n",
            ["30 min before the answer's own time"],
        ),
        (f"{HEALTHY}\njwt expired", ["is valid until 2026-03-11 11:00 UTC", "Look at which token the program sends"]),
    ],
)
def test_what_is_said_of_an_expired_token(text: str, words: list[str]) -> None:
    said = said_by(LINE, "token-expired", text)

    assert [word for word in words if word not in said] == []


def test_a_given_time_is_named() -> None:
    assert state_of(LINE, HEALTHY, at=NOW + 3600) == (Outcome.PASSED, "22 h left at the given time")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (HEALTHY, (Outcome.PASSED, "23 h left")),
        (mint("jwt exp=-30"), (Outcome.PASSED, "it ends about now, within the clock's tolerance")),
        (mint("jwt -exp"), (Outcome.SKIPPED, "it cannot be read from this value")),
        (mint("opaque"), (Outcome.SKIPPED, "it cannot be read from this value")),
        (curl("Bearer <access_token>"), (Outcome.SKIPPED, "no token given")),
        ("", (Outcome.SKIPPED, "no token given")),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    assert state_of(LINE, text) == state
