import json
from typing import Any

import pytest

from bot.local.slack.rules import POST_FIELDS, POSTED_MOST, message_breaches, texts, view_breaches
from bot.render import blocks
from bot.render.elements import Message
from bot.render.gist import Gist, gist
from bot.report import Report
from tests.render.reports import (
    FIRST_LOGIN,
    HEALTHY,
    REPORTS,
    TOO_LITTLE,
    UNEXPLAINED,
    WRONG_AUDIENCE,
    report,
    token,
    worst,
)

REFERENCE = "ref-1a2b3c4d"
SECRETS = ("acme", "api.example.org", "eyJh", "Qw4A", "sha256", "cu-1", "c-1", "AbCdEf", 'auth0.com/"', "Google")


def gist_of(found: Report, **more: str) -> Gist:
    read = blocks.read_gist(gist(found, REFERENCE, more, fingerprint=True))
    assert read is not None
    return read


def read(message: Message) -> str:
    return "".join(texts(message.blocks))


ALL = {**REPORTS, "worst": worst()}
MESSAGES = {
    **{f"shared {name}": blocks.shared_message(gist_of(found), "U1") for name, found in ALL.items()},
    **{f"preview {name}": blocks.share_preview(gist_of(found), "U1", thread=False) for name, found in ALL.items()},
    **{f"support {name}": blocks.support_message(gist_of(found)) for name, found in ALL.items()},
    **{
        f"author {name}": blocks.author_message(
            gist_of(found, exposed="token", author="U2"), "U1", "https://acme.slack.com/archives/C1/p1"
        )
        for name, found in ALL.items()
    },
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_keep_the_rules_of_slack(name: str) -> None:
    message = MESSAGES[name]

    assert list(message_breaches({"text": message.text, "blocks": message.blocks}, POSTED_MOST, POST_FIELDS)) == []
    assert len(json.dumps(message.blocks)) < 7_000


@pytest.mark.parametrize("name", [name for name in MESSAGES if name.startswith(("shared", "author"))])
def test_what_others_see_holds_nothing_of_a_paste(name: str) -> None:
    shown = json.dumps(MESSAGES[name].blocks).replace("https://acme.slack.com/archives/C1/p1", "")

    assert [secret for secret in SECRETS if secret in shown] == []


def test_a_summary_says_what_is_wrong_what_to_do_and_who_says_so() -> None:
    message = blocks.shared_message(gist_of(WRONG_AUDIENCE), "U1")

    assert message.text == "Shared 401 check: The token is for another audience."
    assert [block["type"] for block in message.blocks] == ["header", "rich_text", "divider", "rich_text", "context"]
    shown = read(message)
    assert "Do this: Request a new token with this parameter:audience=https://api.rhythmsoftware.com" in shown
    assert "Next: The token has expired. The new token cures that too." in shown
    assert (
        "Failed ❌ Expiry, Audience\nPassed ✅ Authorization header, Access token\n"
        "Not checked ➖ Claims, First login, Base URL"
    ) in shown
    assert "Shared by <@U1> from a private check. It holds no token and nothing of its claims." in shown
    assert "Reference `ref-1a2b3c4d`" in shown


def test_a_summary_of_a_healthy_token_says_until_when() -> None:
    message = blocks.shared_message(gist_of(HEALTHY), "U1")
    shown: Any = message.blocks[1]

    assert message.text == "Shared 401 check: Nothing wrong with this token."
    assert {"type": "text", "text": "For the Rhythm API, valid until"} in shown["elements"][0]["elements"]
    assert "Still 401?" in read(message)


def test_certainty_is_kept() -> None:
    assert "Possibly: the API refuses a token that looks right" in read(
        blocks.shared_message(gist_of(UNEXPLAINED), "U")
    )


def test_the_preview_shows_exactly_what_will_be_posted_and_asks() -> None:
    found = gist_of(FIRST_LOGIN)
    preview = blocks.share_preview(found, "U1", thread=False)
    row: Any = preview.blocks[-1]

    assert preview.blocks[1:-1] == blocks.shared_message(found, "U1").blocks
    assert [element["action_id"] for element in row["elements"]] == ["share_post", "dismiss"]
    assert blocks.read_gist(row["elements"][0]["value"]) == found._replace(
        report=found.report._replace(token=found.report.token and found.report.token._replace(fingerprint=None))
    )
    assert "for everybody here" in read(preview)
    assert "in the thread" in read(blocks.share_preview(found, "U1", thread=True))


@pytest.mark.parametrize(
    ("more", "ask_where"),
    [({"channel": "C1", "thread_ts": "1.2"}, False), ({}, True), ({"where": "elsewhere"}, True)],
)
def test_the_preview_in_a_modal_asks_where_unless_it_is_known(more: dict[str, str], ask_where: bool) -> None:
    found = gist_of(WRONG_AUDIENCE, **more)
    view = blocks.share_modal(found, "U1")
    shown: Any = view["blocks"]

    assert list(view_breaches(view)) == []
    assert shown[1:6] == blocks.shared_message(found, "U1").blocks
    assert [block["type"] for block in shown[6:]] == (["input"] if ask_where else [])
    kept = blocks.read_gist(str(view["private_metadata"]))
    assert kept is not None
    assert (kept.more, kept.report.verdict) == (more, found.report.verdict)
    assert [secret for secret in SECRETS if secret in json.dumps(view)] == []


def test_out_of_a_conversation_with_the_bot_alone_another_one_is_chosen() -> None:
    def chosen(**more: str) -> Any:
        shown: Any = blocks.share_modal(gist_of(WRONG_AUDIENCE, **more), "U1")["blocks"]
        return shown[-1]["element"]

    assert chosen()["default_to_current_conversation"]
    assert "default_to_current_conversation" not in chosen(where="elsewhere")
    assert chosen(where="elsewhere")["filter"]["exclude_bot_users"]


def test_a_line_that_could_not_be_checked_is_named_even_where_the_reason_stays_private() -> None:
    shown = read(blocks.shared_message(gist_of(TOO_LITTLE), "U1"))

    assert "Could not check Access token." in shown
    assert ": ." not in shown


def test_support_gets_ids_times_and_the_fingerprint_as_plain_text() -> None:
    block: Any = blocks.support_message(gist_of(WRONG_AUDIENCE)).blocks[0]

    assert block["elements"][1]["elements"] == [
        {
            "type": "text",
            "text": (
                "Rhythm Auth 0.1.0, ref-1a2b3c4d\n"
                "verdict: blocked\n"
                "cause: audience-wrong (certain)\n"
                "next: token-expired (certain)\n"
                "check: authorization-header passed\n"
                "check: access-token passed\n"
                "check: expiry failed\n"
                "check: audience failed\n"
                "check: claims skipped\n"
                "check: first-login skipped\n"
                "check: base-url skipped\n"
                "judged: 2026-11-24T16:40:00Z\n"
                "token: access\n"
                "fingerprint: sha256:3f9a1c0b77de\n"
                "issued: 2026-11-20T16:40:00Z\n"
                "expires: 2026-11-21T16:40:00Z"
            ),
        }
    ]


def test_an_author_is_told_kindly_how_to_make_it_harmless() -> None:
    message = blocks.author_message(gist_of(HEALTHY, exposed="token"), "U1", "https://acme.slack.com/archives/C1/p1")
    shown: Any = message.blocks[0]

    assert shown["elements"][0]["elements"][0] == {"type": "user", "user_id": "U1"}
    assert {"type": "link", "url": "https://acme.slack.com/archives/C1/p1", "text": "your message"} in shown[
        "elements"
    ][0]["elements"]
    assert "It shows a token to everybody who can read it there. That happens to all of us" in read(message)
    assert "Delete the message: More actions" in read(message)
    assert "Let the token run out. Whoever holds the token can use it until" in read(message)


def test_a_secret_has_to_be_rotated() -> None:
    found = report(token=token(kind="client-secret", expires_at=None))
    message = blocks.author_message(gist_of(found, exposed="secret"), "U1", "")

    assert "It shows a secret" in read(message)
    assert "Rotate the secret: Rhythm Console, Security & Settings, API Keys." in read(message)


def test_where_nothing_is_exposed_the_author_hears_of_the_cause_alone() -> None:
    shown = read(blocks.author_message(gist_of(WRONG_AUDIENCE), "U1", ""))

    assert "More actions" not in shown
    assert "The token is for another audience" in shown
