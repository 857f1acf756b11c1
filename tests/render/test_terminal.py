import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.terminal import Paint, terminal
from bot.report import CheckResult, Outcome
from tests.render.reports import FIRST_LOGIN, HEALTHY, ID_TOKEN, NOTHING, REPORTS, WRONG_AUDIENCE, report, token, worst

ANSI = re.compile(r"\x1b\[\d+m")


def test_a_wrong_audience_reads_in_the_order_of_the_design() -> None:
    assert (
        terminal(WRONG_AUDIENCE, color=False)
        == """\
The token is for another audience

The token is for `https://api.example.org`; Rhythm accepts
`https://api.rhythmsoftware.com`.

Do this
  Request a new token with this parameter:
    audience=https://api.rhythmsoftware.com
  Troubleshooting 401: https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401
  Auth0: get access tokens: https://auth0.com/docs/secure/tokens/access-tokens/get-access-tokens

Next
  The token has expired. The new token cures that too.

Checks
  Passed       Authorization header  one `Bearer` token
  Passed       Access token          a signed JWT
  Failed       Expiry                expired 3 days ago
  Failed       Audience              for `https://api.example.org`
  Not checked  Claims                they come with the right audience
  Not checked  First login           it comes with the right audience
  Not checked  Base URL              no URL given

Access token for a user · eyJh…Qw4A (1,043 characters) · sha256:3f9a1c0b77de
issued 2026-11-20 16:40 UTC · expired 2026-11-21 16:40 UTC
issuer `https://acme.us.auth0.com/`

Undone before judging: Slack's markup, curly quotes.
"""
    )


def test_steps_are_numbered_and_commands_stay_on_one_line() -> None:
    assert (
        terminal(FIRST_LOGIN, color=False, width=60)
        == """\
Likely: this login has never signed in to Rhythm

The token is valid and for Rhythm, but it has no
`contact_id`.

Do this
  1. Sign in to the Rhythm portal once, with this same login
     (Google).
  2. Request a new token: the old one never changes.
  3. Call again:
       curl -H "Authorization: Bearer $TOKEN" https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current
  Users and contacts: https://docs.api.rhythmsoftware.com/tutorials/concepts
  Troubleshooting 401: https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401

Next
  Likely: the scheme is not written Bearer, with a capital B
  alone. Write `Bearer`: a capital B, the rest small.

Checks
  Passed           Authorization header  one `Bearer` token
  Passed           Access token          a signed JWT
  Passed           Expiry                5 h left
  Passed           Audience              `https://api.rhythmsoftware.com`
  Warning          Claims                `contact_id` is
                                         missing: see First
                                         login
  Failed           First login           this login has no
                                         contact
  Passed           Base URL              Rolodex, tenant
                                         `acme.org`
  Not checked      Token request         not shown
  Failed           API answer            401 `Unauthorized`
  Could not check  Live check            the API did not
                                         answer within 8 s

Access token for a user · eyJh…Qw4A (1,043 characters) ·
sha256:3f9a1c0b77de
issued 2026-11-23 21:40 UTC · expires 2026-11-24 21:40 UTC
issuer `https://acme.us.auth0.com/`
"""
    )


def test_a_healthy_token_reads_as_healthy() -> None:
    upper = terminal(HEALTHY, color=False).partition("\nChecks")[0]

    assert (
        upper
        == """\
Nothing wrong with this token

For the Rhythm API, valid until 2026-11-24 21:40 UTC. Not checked: Authorization
header, Base URL. The API itself was not asked.

Still 401?
  Paste the whole curl command and its answer: header and URL can then be
  checked as well.
"""
    )


def test_nothing_to_check_needs_no_checklist() -> None:
    assert (
        terminal(NOTHING, color=False)
        == """\
Nothing to check in this text

It holds no token, header, request, answer or error message.

Do this
  Paste an access token, an `Authorization` header, a whole curl command with
  its answer, or an error message.
"""
    )


def test_notices_stand_below_the_checks() -> None:
    shown = terminal(ID_TOKEN, color=False)

    assert (
        "\n\nSecurity: A client secret stands in this text: rotate it in Rhythm Console.\n\nNote: Two tokens" in shown
    )


def test_colours_add_nothing_to_the_words() -> None:
    painted = terminal(WRONG_AUDIENCE, color=True)

    assert ANSI.sub("", painted).splitlines()[0] == "The token is for another audience"
    assert "\x1b[1mThe token is for another audience\x1b[0m" in painted
    assert "  \x1b[31mFailed\x1b[0m       Audience              for \x1b[36mhttps://api.example.org\x1b[0m\n" in painted
    assert "    \x1b[36maudience=https://api.rhythmsoftware.com\x1b[0m\n" in painted


@pytest.mark.parametrize("name", REPORTS)
def test_without_colours_there_is_no_escape(name: str) -> None:
    assert "\x1b" not in terminal(REPORTS[name], color=False)


@pytest.mark.parametrize(
    ("outcome", "painted"),
    [
        (Outcome.PASSED, "\x1b[32mPassed\x1b[0m"),
        (Outcome.FAILED, "\x1b[31mFailed\x1b[0m"),
        (Outcome.WARNING, "\x1b[33mWarning\x1b[0m"),
        (Outcome.SKIPPED, "\x1b[2mNot checked\x1b[0m"),
        (Outcome.INCONCLUSIVE, "\x1b[33mCould not check\x1b[0m"),
    ],
)
def test_every_outcome_has_its_word_and_its_colour(outcome: Outcome, painted: str) -> None:
    shown = report(checks=(CheckResult("expiry", "Expiry", outcome, "why"),))

    assert f"\n  {painted}  Expiry  why\n" in terminal(shown, color=True)


def test_absurd_times_are_no_error() -> None:
    shown = terminal(report(token=token(issued_at=-(10**30), expires_at=10**30)), color=False)

    assert "issued at no real time · expires at no real time\n" in shown


def test_nothing_hostile_reaches_the_terminal() -> None:
    shown = terminal(worst(), color=False)

    assert len(shown) < 50_000
    assert all(letter.isprintable() or letter == "\n" for letter in shown)


@pytest.mark.parametrize("width", [0, 40, 80, 200])
def test_lines_keep_to_the_width_where_words_allow_it(width: int) -> None:
    words = "word " * 60 + "`code that stays whole` " * 4

    lines = Paint(width=width, color=False).wrapped(words, "  ")

    assert max(map(len, lines)) <= max(width, 40)
    assert "".join(lines).count("`code that stays whole`") == 4
    assert lines[1].startswith("  ")


def test_marks_stay_with_the_code_that_they_touch() -> None:
    assert Paint(width=40, color=False).wrapped("(`a`, `b`); `c`: `d`.") == ["(`a`, `b`); `c`: `d`."]
    assert Paint(width=40, color=True).wrapped("x `a b`.") == ["x \x1b[36ma b\x1b[0m."]


@given(st.text(st.characters() | st.sampled_from("` \n"), max_size=300), st.integers(0, 120))
def test_whatever_is_wrapped_stays_printable_and_loses_no_word(text: str, width: int) -> None:
    lines = Paint(width=width, color=False).wrapped(text)

    assert all(line.isprintable() for line in lines)
    kept = "".join("".join(lines).split())
    for word in re.findall(r"[a-z]{4,}", text):
        assert word in kept
