import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.causes import known_ids
from bot.local.slack.rules import POST_FIELDS, POSTED_MOST, message_breaches, texts
from bot.render import texts as catalogue
from bot.render.answer import answer
from bot.render.around import Around
from bot.render.elements import BLOCKS_MOST, CHARACTERS_MOST, Message
from bot.render.exposure import Origin
from bot.report import Certainty, CheckResult, Finding, Link, LiveProbe, Notice, Outcome, Report, TokenFacts, Verdict
from tests.render.reports import (
    FIRST_LOGIN,
    HEALTHY,
    ID_TOKEN,
    NOTHING,
    NOW,
    REPORTS,
    TOO_LITTLE,
    UNEXPLAINED,
    WRONG_AUDIENCE,
    report,
    token,
    worst,
)

REFERENCE = "ref-1a2b3c4d"


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


def bold(words: str) -> dict[str, object]:
    return {"type": "text", "text": words, "style": {"bold": True}}


def code(words: str) -> dict[str, object]:
    return {"type": "text", "text": words, "style": {"code": True}}


def line(*pieces: dict[str, object]) -> dict[str, object]:
    return {"type": "rich_text_section", "elements": list(pieces)}


def rich(*parts: dict[str, object]) -> dict[str, object]:
    return {"type": "rich_text", "elements": list(parts)}


def context(*lines: str) -> dict[str, object]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": line} for line in lines]}


def button(label: str, action: str, **more: str) -> dict[str, object]:
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "action_id": action,
        **more,
    }


GUIDE: dict[str, object] = {
    "type": "link",
    "url": "https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401",
    "text": "Troubleshooting 401",
}
GIST = (
    '{"v":1,"ref":"ref-1a2b3c4d","verdict":"blocked","at":1795538400,"root":true,'
    '"causes":[["audience-wrong","certain"],["token-expired","certain"]],"checks":"ppffsss...","live":false,'
    '"token":["access",1795192800,1795279200]}'
)
BUTTONS: dict[str, object] = {
    "type": "actions",
    "elements": [
        button("Check another", "check_another"),
        button(
            "Share summary",
            "share",
            accessibility_label="Share a summary without the token; you see it first",
            value=GIST,
        ),
        button(
            "Copy for support",
            "copy",
            accessibility_label="Show a text for support to copy, without the token",
            value=GIST[:-1] + ',"print":"sha256:3f9a1c0b77de"}',
        ),
        button("Dismiss", "dismiss", accessibility_label="Dismiss this answer"),
    ],
}
SOMEBODYS = Around(
    origin=Origin("private", 240), channel="C1", ts="1.2", thread_ts="1.1", live="ref-1a2b3c4d", author="U2"
)
LONGEST = Around(
    pending=tuple(catalogue.PENDING_WHAT),
    replaces=True,
    permalink="https://acme.slack.com/" + "p" * 200,
    origin=Origin("public", 10**9, shared=True),
    channel="C" * 300,
    thread_ts="1" * 300,
    ts="1" * 300,
    live="ref-1a2b3c4d",
    author="U" * 300,
    notes=("n" * 3000,) * 3,
)
SMALL_PRINT = "Only you can see this. Nothing you pasted is stored. Reference `ref-1a2b3c4d`"


def breaches(message: Message) -> list[object]:
    return list(message_breaches({"text": message.text, "blocks": message.blocks}, POSTED_MOST, POST_FIELDS))


def read(message: Message) -> str:
    """All that a reader sees, without its layout."""
    return "".join(texts(message.blocks))


def test_a_wrong_audience_is_answered_in_the_order_of_the_design() -> None:
    message = answer(WRONG_AUDIENCE, reference=REFERENCE)

    assert message.text == "Rhythm 401 check: The token is for another audience."
    assert message.blocks == [
        {"type": "header", "text": {"type": "plain_text", "text": "The token is for another audience", "emoji": False}},
        rich(
            line(
                text("The token is for "),
                code("https://api.example.org"),
                text("; Rhythm accepts "),
                code("https://api.rhythmsoftware.com"),
                text("."),
                bold("\n\nDo this: "),
                text("Request a new token with this parameter:"),
            ),
            {"type": "rich_text_preformatted", "elements": [text("audience=https://api.rhythmsoftware.com")]},
            line(
                text("Read: "),
                GUIDE,
                text(" · "),
                {
                    "type": "link",
                    "url": "https://auth0.com/docs/secure/tokens/access-tokens/get-access-tokens",
                    "text": "Auth0: get access tokens",
                },
                bold("\n\nNext: "),
                text("The token has expired. The new token cures that too."),
            ),
        ),
        {"type": "divider"},
        rich(
            line(
                text("Passed ✅ Authorization header: "),
                text("one "),
                code("Bearer"),
                text(" token"),
                text("\nPassed ✅ Access token: "),
                text("a signed JWT"),
                bold("\nFailed ❌ Expiry: "),
                text("expired 3 days ago"),
                bold("\nFailed ❌ Audience: "),
                text("for "),
                code("https://api.example.org"),
                text("\nNot checked ➖ Claims: "),
                text("they come with the right audience"),
                text("\nNot checked ➖ First login: "),
                text("it comes with the right audience"),
                text("\nNot checked ➖ Base URL: "),
                text("no URL given"),
            )
        ),
        context(
            "Access token for a user · `eyJh…Qw4A (1,043 characters)` · `sha256:3f9a1c0b77de`",
            "issued <!date^1795192800^{date_short_pretty} {time}|2026-11-20 16:40 UTC>"
            " · expired <!date^1795279200^{date_short_pretty} {time}|2026-11-21 16:40 UTC>"
            " · issuer `https://acme.us.auth0.com/`",
        ),
        context("Undone before judging: Slack's markup, curly quotes.", SMALL_PRINT),
        BUTTONS,
    ]


def test_a_moment_in_a_text_is_seen_in_the_readers_time_zone() -> None:
    root = Finding("token-expired", Certainty.CERTAIN, "It expired on 2026-11-24 16:40 UTC, `2026-11-24 16:40 UTC`.")
    upper: Any = answer(report(root_cause=root), reference=REFERENCE).blocks[1]

    date = {"type": "date", "timestamp": NOW, "format": "{date_short} {time}", "fallback": "2026-11-24 16:40 UTC"}
    pieces = [text("It expired on "), date, text(", "), code("2026-11-24 16:40 UTC"), text(".")]
    assert upper["elements"][0]["elements"][:5] == pieces


def test_steps_are_numbered_and_commands_can_be_copied() -> None:
    upper = answer(FIRST_LOGIN, reference=REFERENCE).blocks[1]

    assert upper == rich(
        line(
            text("The token is valid and for Rhythm, but it has no "),
            code("contact_id"),
            text("."),
            bold("\n\nDo this:"),
        ),
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                line(text("Sign in to the Rhythm portal once, with this same login (Google).")),
                line(text("Request a new token: the old one never changes.")),
                line(text("Call again:")),
            ],
        },
        {
            "type": "rich_text_preformatted",
            "elements": [
                text(
                    'curl -H "Authorization: Bearer $TOKEN"'
                    " https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current"
                )
            ],
        },
        line(
            text("Read: "),
            {
                "type": "link",
                "url": "https://docs.api.rhythmsoftware.com/tutorials/concepts",
                "text": "Users and contacts",
            },
            text(" · "),
            GUIDE,
            bold("\n\nNext: "),
            text("Likely: the scheme is not written Bearer, with a capital B alone. Write "),
            code("Bearer"),
            text(": a capital B, the rest small."),
        ),
    )


def test_numbers_go_on_after_a_command_without_a_list_that_would_have_to_begin_with_2() -> None:
    root = Finding("plain-http", Certainty.CERTAIN, "", fix="One:\n`a`\nTwo.\nThree:\n`b`\n`c`")

    parts: Any = answer(report(root_cause=root), reference=REFERENCE).blocks[1]["elements"]

    assert parts[:5] == [
        line(bold("Do this:"), text("\n1. "), text("One:")),
        {"type": "rich_text_preformatted", "elements": [text("a")]},
        line(text("2. "), text("Two."), text("\n3. "), text("Three:")),
        {"type": "rich_text_preformatted", "elements": [text("b")]},
        {"type": "rich_text_preformatted", "elements": [text("c")]},
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_no_section_follows_a_section_since_some_clients_would_not_begin_a_line_with_it(name: str) -> None:
    message = answer(REPORTS[name], reference=REFERENCE, surface="dm")
    for block in message.blocks:
        if block["type"] == "rich_text":
            parts: Any = block["elements"]
            kinds = [part["type"] for part in parts]
            assert ("rich_text_section", "rich_text_section") not in list(pairwise(kinds))


def test_a_healthy_token_is_said_to_be_healthy_and_until_when() -> None:
    message = answer(HEALTHY, reference=REFERENCE)

    assert message.text == "Rhythm 401 check: Nothing wrong with this token."
    assert message.blocks[1] == rich(
        line(
            text("For the Rhythm API, valid until"),
            text(" "),
            {
                "type": "date",
                "timestamp": 1_795_556_400,
                "format": "{date_short_pretty} {time}",
                "fallback": "2026-11-24 21:40 UTC",
            },
            text("."),
            text(" "),
            text("Not checked: Authorization header, Base URL."),
            text(" "),
            text("The API itself was not asked."),
            bold("\n\nStill 401? "),
            text("Paste the whole curl command and its answer: header and URL can then be checked as well."),
        ),
    )


def test_what_is_not_certain_says_so() -> None:
    assert answer(UNEXPLAINED, reference=REFERENCE).text == (
        "Rhythm 401 check: Possibly: the API refuses a token that looks right."
    )
    assert "Could not check Access token: 31 characters: an opaque token, or a code." in read(
        answer(TOO_LITTLE, reference=REFERENCE)
    )


def test_nothing_to_check_is_answered_without_a_checklist() -> None:
    message = answer(NOTHING, reference=REFERENCE)

    assert [block["type"] for block in message.blocks] == ["header", "rich_text", "context", "actions"]
    assert "Not checked" not in read(message)


def test_notices_stand_below_the_checklist_and_shown_secrets_first() -> None:
    assert answer(ID_TOKEN, reference=REFERENCE).blocks[4] == rich(
        line(
            bold("\nSecurity: "),
            text("A client secret stands in this text: rotate it in Rhythm Console."),
            bold("\nNote: "),
            text("Two tokens stand in this text; the one in the header was judged."),
        )
    )


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.PASSED, "Passed ✅ Expiry: why"),
        (Outcome.FAILED, "Failed ❌ Expiry: why"),
        (Outcome.WARNING, "Warning ⚠️ Expiry: why"),
        (Outcome.SKIPPED, "Not checked ➖ Expiry: why"),
        (Outcome.INCONCLUSIVE, "Could not check ❔ Expiry: why"),
    ],
)
def test_every_outcome_is_a_word_before_it_is_an_emoji(outcome: Outcome, words: str) -> None:
    shown = answer(report(checks=(CheckResult("expiry", "Expiry", outcome, "why"),)), reference=REFERENCE)

    assert words in read(shown)


def test_a_line_without_a_summary_ends_with_its_title() -> None:
    shown = answer(report(checks=(CheckResult("expiry", "Expiry", Outcome.PASSED, ""),)), reference=REFERENCE)

    assert shown.blocks[3] == rich(line(text("Passed ✅ Expiry")))


def test_a_token_of_which_little_is_known_shows_what_is_known() -> None:
    bare = token(kind="opaque", subject="unknown", fingerprint=None, issuer=None, issued_at=None, expires_at=None)

    assert context("Opaque token · `eyJh…Qw4A (1,043 characters)`") in answer(report(token=bare), reference="x").blocks


def test_times_that_are_none_are_said_to_be_none() -> None:
    shown = read(answer(report(token=token(issued_at=-5, expires_at=10**30)), reference=REFERENCE))

    assert "issued at no real time · expires at no real time" in shown


def test_a_direct_message_says_how_to_delete_what_was_sent() -> None:
    link = Around(permalink="https://acme.slack.com/archives/D1/p1")
    message = answer(HEALTHY, reference=REFERENCE, surface="dm", around=link)

    assert message.blocks[4] == rich(
        line(
            bold("\nDelete your message: "),
            text("It still holds the token. "),
            {"type": "link", "url": "https://acme.slack.com/archives/D1/p1", "text": "Open it"},
            text(", then More actions (⋯), then Delete message. I cannot do that for you."),
            text(" "),
            text("Whoever holds the token can use it until "),
            {
                "type": "date",
                "timestamp": 1_795_556_400,
                "format": "{date_short_pretty} {time}",
                "fallback": "2026-11-24 21:40 UTC",
            },
            text("."),
        )
    )
    assert "Only you can see this." not in read(message)
    assert "Delete" not in read(answer(NOTHING, reference=REFERENCE, surface="dm"))


def test_without_a_link_the_way_to_delete_is_said_in_words() -> None:
    shown = read(answer(WRONG_AUDIENCE, reference=REFERENCE, surface="dm"))

    assert "Delete your message: It still holds the token. More actions (⋯), then Delete message." in shown
    assert "The token has expired, so nobody can use it any more." in shown


def pressable(message: Message) -> list[str]:
    row: Any = message.blocks[-1]
    return [element["action_id"] for element in row["elements"]]


@pytest.mark.parametrize(
    ("found", "surface", "buttons"),
    [
        (WRONG_AUDIENCE, "modal", ["check_another", "share", "copy"]),
        (WRONG_AUDIENCE, "dm", ["check_another", "share", "copy", "dismiss"]),
        (WRONG_AUDIENCE, "message", ["check_another", "share", "copy", "dismiss"]),
        (NOTHING, "message", ["check_another", "dismiss"]),
        (NOTHING, "modal", ["check_another"]),
    ],
)
def test_each_surface_has_the_buttons_that_make_sense_there(found: Report, surface: str, buttons: list[str]) -> None:
    assert pressable(answer(found, reference=REFERENCE, surface=surface)) == buttons


def test_under_somebodys_message_live_checks_and_a_word_to_its_author_are_offered() -> None:
    message = answer(HEALTHY, reference=REFERENCE, surface="modal", around=SOMEBODYS)
    row: Any = message.blocks[-1]
    live, tell, _another, share, copy = row["elements"]

    assert pressable(message) == ["run_live", "tell_author", "check_another", "share", "copy"]
    assert (live["value"], live["style"]) == ("ref-1a2b3c4d", "primary")
    assert tell["confirm"]["title"]["text"] == "Tell the author?"
    place = {"channel": "C1", "ts": "1.2", "thread_ts": "1.1"}
    assert json.loads(tell["value"])["more"] == {**place, "author": "U2", "exposed": "token"}
    assert json.loads(share["value"])["more"] == place
    assert "print" not in json.loads(copy["value"])


def test_under_somebodys_message_stands_who_can_see_the_token() -> None:
    message = answer(HEALTHY, reference=REFERENCE, surface="modal", around=SOMEBODYS)

    assert "Who can see the token: everybody in this private channel of 240 people." in read(message)
    assert "Who can see" not in read(answer(HEALTHY, reference=REFERENCE, surface="modal"))


@pytest.mark.parametrize(
    ("origin", "says"),
    [
        (Origin("public"), "everybody in this workspace, since it stands in a public channel."),
        (Origin("public", 1200), "everybody in this workspace, since it stands in a public channel of 1,200 people."),
        (Origin("group", 3), "everybody in this group conversation of 3 people."),
        (Origin("direct"), "the two people of this direct message."),
        (
            Origin("private", shared=True),
            "The channel is shared with another organisation, whose people can see it too.",
        ),
        (Origin("private"), "Its author can delete the message"),
        (Origin("private", own=True), "It is your message: delete it"),
    ],
)
def test_who_can_see_it_depends_on_where_it_stands(origin: Origin, says: str) -> None:
    around = SOMEBODYS._replace(origin=origin)

    assert says in read(answer(HEALTHY, reference=REFERENCE, surface="modal", around=around))


def test_a_token_of_ones_own_keeps_its_fingerprint_for_support() -> None:
    own = SOMEBODYS._replace(origin=Origin("private", own=True))
    row: Any = answer(HEALTHY, reference=REFERENCE, surface="modal", around=own).blocks[-1]

    assert json.loads(row["elements"][-1]["value"])["print"] == "sha256:3f9a1c0b77de"


@pytest.mark.parametrize(
    ("surface", "where"),
    [
        ("message", "The result follows in one more message."),
        ("dm", "This answer will change when it is known."),
        ("modal", "The result appears here, so keep this window open."),
    ],
)
def test_what_is_still_being_checked_is_named(surface: str, where: str) -> None:
    around = Around(pending=("keys", "who-am-i", "who-am-i-tenant", "baseline"))
    message = answer(HEALTHY, reference=REFERENCE, surface=surface, around=around)

    announced = f"Still checking ⏳ whether its signature fits, whether the API accepts this token. {where}"
    assert message.blocks[2] == context(announced)
    assert "was not asked" not in read(message)
    assert "Still checking" not in read(answer(HEALTHY, reference=REFERENCE, surface=surface))


def test_a_probe_without_words_is_announced_too() -> None:
    shown = read(answer(HEALTHY, reference=REFERENCE, around=Around(pending=("baseline",))))

    assert "Still checking ⏳ what the API says." in shown


def test_a_second_answer_says_that_it_replaces_the_first() -> None:
    message = answer(HEALTHY, reference=REFERENCE, around=Around(replaces=True))

    assert message.blocks[0] == context("With live checks. This answer replaces the one before.")


def test_a_note_is_small_print_and_no_markup() -> None:
    shown = read(answer(HEALTHY, reference=REFERENCE, around=Around(notes=("A *note*.",))))

    assert "A ∗note∗." in shown


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("surface", ["message", "dm", "modal"])
def test_answers_keep_the_rules_of_slack(name: str, surface: str) -> None:
    message = answer(REPORTS[name], reference=REFERENCE, surface=surface)

    assert breaches(message) == []
    assert len(json.dumps(message.blocks)) < 6_000


@pytest.mark.parametrize("surface", ["message", "dm", "modal"])
def test_the_longest_of_everything_keeps_inside_every_limit(surface: str) -> None:
    message = answer(worst(), reference="r" * 5_000, surface=surface, around=LONGEST)

    assert breaches(message) == []
    assert len(message.blocks) < BLOCKS_MOST
    assert sum(map(len, texts(message.blocks))) < CHARACTERS_MOST
    assert len(json.dumps(message.blocks, ensure_ascii=False)) < 21_000
    assert len(message.text) < 200


def strings(value: object) -> Iterator[tuple[str, str]]:
    """Every text object of a message as its type and text."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield str(value.get("type")), value["text"]
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_nothing_hostile_is_markup_anywhere() -> None:
    message = answer(worst(), reference="<!here>", surface="dm")

    for kind, shown in strings(message.blocks):
        assert not any(mark in shown for mark in ("<!channel", "<!here", "<@", "<http", "\x1b", "\u202e", "\ud800"))
        if kind == "mrkdwn":
            assert "<" not in shown.replace("<!date^", "")
            assert "&" not in shown.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
        if kind == "plain_text":
            assert "evil" not in shown


TEXTS = st.text(st.characters() | st.sampled_from("`<>&*_~:! \n"), max_size=60) | st.sampled_from(
    ["`" * 9, "<!channel>", "https://a.example/?b=<c>", "`a` " * 9, "\n".join(["x", "`y`"] * 9), "z" * 4000]
)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(known_ids()),
    st.sampled_from(Certainty),
    TEXTS,
    TEXTS,
    st.lists(st.builds(Link, TEXTS, TEXTS | TEXTS.map("https://".__add__)), max_size=3).map(tuple),
)
TIMES = st.none() | st.integers() | st.integers(0, 2**33)
REPORTS_OF_ANYTHING = st.builds(
    Report,
    st.sampled_from(Verdict),
    st.none() | FINDINGS,
    st.lists(FINDINGS, max_size=2).map(tuple),
    st.lists(st.builds(CheckResult, TEXTS, TEXTS, st.sampled_from(Outcome), TEXTS), max_size=12).map(tuple),
    st.none()
    | st.builds(
        TokenFacts,
        st.sampled_from(["access", "id"]) | TEXTS,
        st.none() | TEXTS,
        st.none() | TEXTS,
        TEXTS,
        st.none() | TEXTS,
        st.lists(TEXTS, max_size=2).map(tuple),
        TIMES,
        TIMES,
        st.none(),
        st.none(),
        st.none(),
    ),
    st.none(),
    st.none(),
    st.lists(TEXTS, max_size=3).map(tuple),
    st.lists(st.builds(Notice, st.just("secret-exposed") | TEXTS, TEXTS), max_size=7).map(tuple),
    st.none() | st.lists(st.builds(LiveProbe, TEXTS, st.sampled_from(Outcome), TEXTS), max_size=2).map(tuple),
    st.integers(0, 2**33),
)


@given(REPORTS_OF_ANYTHING, TEXTS, st.sampled_from(["message", "dm", "modal"]))
def test_whatever_a_report_holds_the_answer_is_a_valid_message(found: Report, reference: str, surface: str) -> None:
    message = answer(found, reference=reference, surface=surface)

    assert breaches(message) == []
    assert len(message.blocks) < BLOCKS_MOST
    assert all(shown for _, shown in strings(message.blocks))
