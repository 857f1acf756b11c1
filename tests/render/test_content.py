import pytest

from bot.causes import CAUSES
from bot.render import texts
from bot.render.content import STEPS_MOST, Step, checklist, fix, headline, links, notices, repairs, steps, tell
from bot.report import (
    Certainty,
    CheckResult,
    Finding,
    Link,
    LiveProbe,
    Notice,
    Outcome,
    RequestFacts,
    ResponseFacts,
    Verdict,
)
from tests.render.reports import HEALTHY, NOTHING, TOO_LITTLE, UNEXPLAINED, WRONG_AUDIENCE, checks, report, token

CERTAIN, LIKELY, POSSIBLE = Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE
GUIDE = "https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401"
GET = RequestFacts("GET", "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/c-1", "rolodex")


def finding(cause: str, certainty: Certainty = CERTAIN, fix: str = "") -> Finding:
    return Finding(cause, certainty, "What was seen.", fix)


@pytest.mark.parametrize(
    ("cause", "certainty", "title"),
    [
        ("token-expired", CERTAIN, "The token has expired"),
        ("token-expired", LIKELY, "Likely: the token has expired"),
        ("token-expired", POSSIBLE, "Possibly: the token has expired"),
        ("client-id-as-token", POSSIBLE, "Possibly: this is a client id, not a token"),
        ("login-refused", LIKELY, "Likely: Auth0 refused the user: wrong e-mail or password, or a blocked user"),
        ("scheme-repeated", LIKELY, "Likely: Bearer, or the header's name, stands twice"),
    ],
)
def test_certainty_is_said_where_it_is_not_certain(cause: str, certainty: Certainty, title: str) -> None:
    assert headline(finding(cause, certainty)) == title


@pytest.mark.parametrize("cause", [row.id for row in CAUSES])
def test_a_likely_headline_fits_and_keeps_its_names(cause: str) -> None:
    title = headline(finding(cause, LIKELY))

    assert len(title) <= 150
    first = title.removeprefix("Likely: ").split()[0].strip(",:")
    assert first.islower() or first in {"Auth0", "Basic", "Bearer"}


def test_a_fitted_fix_replaces_that_of_the_table() -> None:
    assert fix(finding("plain-http")) == "Begin the URL with `https://`."
    assert fix(finding("plain-http", fix="Use `https://rolodex.example`.")) == "Use `https://rolodex.example`."
    assert fix(finding("plain-http", fix=" \x1b\n")) == "Begin the URL with `https://`."


def test_own_links_come_before_those_of_the_table_and_none_comes_twice() -> None:
    own = (Link("Section 2", GUIDE), Link("Contacts", "https://docs.example/contacts"))

    found = links(finding("contact-id-missing")._replace(links=own))

    assert [link.title for link in found] == ["Section 2", "Contacts", "Concepts"]


def test_lines_are_steps_and_lines_of_code_are_commands() -> None:
    text = "\x1b\nDo `a`.\n`curl -i`\n `wget` \n\nThen `b` and `c`\n`d` and `e`"

    assert steps(text) == (Step("Do `a`.", ("curl -i", "wget")), Step("Then `b` and `c`"), Step("`d` and `e`"))
    assert steps("`alone`") == (Step("`alone`"),)
    assert len(steps("x\n" * 100)) == STEPS_MOST


@pytest.mark.parametrize(
    ("line", "step"),
    [
        (
            "Call `https://rolodex.example/contacts/acme.org/c-1`.",
            Step("Call:", ("https://rolodex.example/contacts/acme.org/c-1",)),
        ),
        (
            "With `a`: `audience=https://api.rhythmsoftware.com`",
            Step("With `a`:", ("audience=https://api.rhythmsoftware.com",)),
        ),
        ("Call `https://rolodex.example`.", Step("Call `https://rolodex.example`.")),
        (
            "Add `https://rolodex.example/contacts/acme.org/c-1` to it.",
            Step("Add `https://rolodex.example/contacts/acme.org/c-1` to it."),
        ),
        (
            "An odd ` mark `and a long text that is no code at all`",
            Step("An odd ` mark `and a long text that is no code at all`"),
        ),
    ],
)
def test_long_code_at_the_end_of_a_step_is_its_command(line: str, step: Step) -> None:
    assert steps(line) == (step,)


def test_only_short_https_links_are_shown() -> None:
    bad = (
        "http://a.example",
        "https://" + "a" * 200,
        "https://a b",
        "https://a\n",
        "https://<!here>",
        "javascript:alert(1)",
    )
    root = finding("plain-http")._replace(links=tuple(Link("Bad", url) for url in bad))

    assert [link.url for link in tell(report(root_cause=root)).links] == [GUIDE]


def test_what_comes_next_says_that_the_new_token_cures_it() -> None:
    assert tell(WRONG_AUDIENCE).next == ("The token has expired. The new token cures that too.",)


def test_what_comes_next_says_what_to_do_where_the_first_fix_does_not_cure_it() -> None:
    told = tell(
        report(root_cause=finding("token-expired"), next=(finding("tenant-mismatch"), finding("scheme-missing")))
    )

    assert told.next == (
        "The path names another tenant than the token. Put the token's `tenant_id` into the path, exactly as it is written.",
        (
            "The word Bearer is missing in front of the token. Put `Bearer` and one space in front of the token:"
            " `Authorization: Bearer <access token>`"
        ),
    )


def test_a_fix_of_the_request_cures_no_token() -> None:
    told = tell(report(root_cause=finding("scheme-missing"), next=(finding("token-expired"),)))

    assert told.next == ("The token has expired. Request a new token.",)


def test_a_healthy_token_is_said_to_be_for_rhythm_and_until_when() -> None:
    told = tell(HEALTHY)

    assert told.title == "Nothing wrong with this token"
    assert told.seen == (
        "For the Rhythm API, valid until",
        "Not checked: Authorization header, Base URL.",
        "The API itself was not asked.",
    )
    assert told.valid_until == HEALTHY.token.expires_at if HEALTHY.token else False
    assert told.label == "Still 401?"


def test_a_clear_report_claims_no_more_than_was_checked() -> None:
    unchecked = tuple(check._replace(outcome=Outcome.SKIPPED) for check in HEALTHY.checks)

    assert tell(HEALTHY._replace(checks=unchecked)).seen[0] == "Every check that could run has passed."
    assert tell(HEALTHY._replace(checks=unchecked)).valid_until is None
    assert tell(HEALTHY._replace(token=None)).title == "Nothing wrong in what you gave"
    assert tell(HEALTHY._replace(token=token(expires_at=None))).seen[0] == "It is for the Rhythm API."
    only_time = tuple(
        check._replace(outcome=Outcome.SKIPPED) if check.id == "audience" else check for check in HEALTHY.checks
    )
    assert tell(HEALTHY._replace(checks=only_time)).seen[0] == "Valid until"
    assert "The API itself was not asked." not in tell(HEALTHY._replace(live=())).seen


@pytest.mark.parametrize("probe", ["who-am-i", "who-am-i-tenant", "any-contact"])
def test_a_token_that_the_api_accepts_now_is_said_to_work_in_the_headline(probe: str) -> None:
    live = (LiveProbe("who-am-i", Outcome.WARNING, "401: refused"), LiveProbe(probe, Outcome.PASSED, "200: accepted"))

    assert tell(HEALTHY._replace(live=live)).title == "This token works now: the Rhythm API accepts it"


def test_a_refusal_that_nothing_explains_is_not_the_headline_where_the_token_works_now() -> None:
    live = (LiveProbe("who-am-i", Outcome.PASSED, "200: accepted"),)

    assert tell(UNEXPLAINED).title.startswith("Possibly: ")
    assert tell(UNEXPLAINED._replace(live=live)).title.startswith("The token works now")
    assert tell(WRONG_AUDIENCE._replace(live=live)).title == tell(WRONG_AUDIENCE).title


@pytest.mark.parametrize("probe", ["keys", "baseline"])
def test_no_other_probe_says_that_a_token_works(probe: str) -> None:
    live = (LiveProbe(probe, Outcome.PASSED, ""), LiveProbe("who-am-i", Outcome.INCONCLUSIVE, "429: too many calls"))

    assert tell(HEALTHY._replace(live=live)).title == "Nothing wrong with this token"


def test_a_clear_report_says_what_the_live_check_could_not_learn() -> None:
    line = CheckResult("live", "Live check", Outcome.INCONCLUSIVE, "no whole answer within 4 s")
    told = tell(HEALTHY._replace(live=(), checks=(*HEALTHY.checks, line)))

    assert told.seen[-1] == "The live check settled nothing (no whole answer within 4 s)."


@pytest.mark.parametrize(
    ("request_facts", "response", "beginning"),
    [
        (None, None, "Paste the whole curl command"),
        (GET, None, "Paste the API's answer too"),
        (GET, ResponseFacts(401, None), "Send Rhythm support the reference"),
    ],
)
def test_what_to_give_next_depends_on_what_was_given(
    request_facts: RequestFacts | None, response: ResponseFacts | None, beginning: str
) -> None:
    told = tell(HEALTHY._replace(request=request_facts, response=response))

    assert told.steps[0].text.startswith(beginning)


def test_a_possible_cause_is_told_as_possible() -> None:
    told = tell(UNEXPLAINED)

    assert told.title == "Possibly: the API refuses a token that looks right"
    assert told.seen == ("The API answered 401, and nothing explains it.",)


def test_too_little_evidence_is_told_with_its_reason() -> None:
    told = tell(TOO_LITTLE)

    assert told.title == "Not enough to tell what is wrong"
    assert told.seen == ("Could not check Access token: 31 characters: an opaque token, or a code.",)
    assert tell(report(verdict=Verdict.INCONCLUSIVE)).seen == ("What was given is too little to judge.",)


def test_nothing_to_check_asks_for_something_and_shows_no_checklist() -> None:
    assert tell(NOTHING).title == "Nothing to check in this text"
    assert tell(NOTHING).steps[0].text.startswith("Paste an access token")
    assert checklist(NOTHING) == ()
    assert len(checklist(TOO_LITTLE)) == 7


def test_a_secret_that_was_shown_comes_first_among_the_notices() -> None:
    found = notices(
        report(notices=(Notice("accepted", "The answer is a success."), Notice("secret-exposed", "Rotate it.")))
    )

    assert found == (("Security", "Rotate it."), ("Note", "The answer is a success."))


def test_repairs_are_named_in_words() -> None:
    assert repairs(report()) == ""
    assert repairs(report(repairs=("slack-markup", "joined-lines", "new\none"))) == (
        "Undone before judging: Slack's markup, line breaks inside the token, new one."
    )


def test_with_a_bare_url_the_whole_command_is_asked_for() -> None:
    skipped = checks(*[(Outcome.SKIPPED, "no token given")] * 7)
    request = RequestFacts(None, "https://rolodex.api.rhythmsoftware.com/contacts/current", "rolodex")
    found = report(verdict=Verdict.INCONCLUSIVE, checks=skipped, token=None, request=request)

    assert [step.text for step in tell(found).steps] == [texts.MORE_REQUEST]
