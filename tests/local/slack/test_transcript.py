"""Looking for a secret in everything the bot sent."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from bot.local.slack import Person, Slack
from bot.local.slack.transcript import Transcript, runs

SECRET = "".join(chr(ord("a") + number % 26) + str(number) for number in range(100))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(SECRET[:24], [], id="24-characters"),
        pytest.param(f"x{SECRET[10:35]}y", [SECRET[10:35]], id="25-characters"),
        pytest.param(f"{SECRET[:30]} {SECRET[60:90]}", [SECRET[:30], SECRET[60:90]], id="two-stretches"),
        pytest.param(f"{SECRET[:30]} {SECRET[6:40]}", [SECRET[:30], SECRET[6:40]], id="overlapping"),
        pytest.param(SECRET, [SECRET], id="whole"),
    ],
)
def test_stretches_of_a_secret_are_found(text: str, found: list[str]) -> None:
    assert runs(text, SECRET) == found


def test_a_short_secret_counts_whole_and_an_empty_one_never() -> None:
    assert runs("my s3cret", "s3cret") == ["s3cret"]
    assert runs("my s3cre", "s3cret") == []
    assert runs("anything", "") == []


def test_a_secret_is_found_under_json_and_form_encoding() -> None:
    secret = 'ü"/\\' + SECRET
    for body in (
        json.dumps({"a": [{"b": secret}]}),
        urlencode({"a": json.dumps({secret: 1})}),
        urlencode({"a": secret}),
    ):
        transcript = Transcript()
        transcript.keep("views.open", body.encode(), {})
        assert runs(transcript.text(), secret) == [secret]


def test_headers_count_but_the_bots_own_credentials_do_not() -> None:
    transcript = Transcript()
    transcript.keep("a", b"", {"Authorization": f"Bearer {SECRET}", "X-Note": "kept"})

    assert runs(transcript.text(), SECRET) == []
    assert "X-Note: kept" in transcript.text()


async def test_acknowledgements_calls_and_responses_are_all_searched(
    lenient: Slack, scripted: Any, bob: Person
) -> None:
    scripted.will_say(text=SECRET[:40])
    await bob.command("a")
    assert lenient.holds(SECRET) == [SECRET[:40]]
    async with httpx.AsyncClient() as client:
        await client.post(scripted.heard[0]["response_url"], json={"text": SECRET[50:80]})
        await client.post(f"{lenient.api_url}auth.test?note={SECRET[100:130]}")

    assert lenient.holds(SECRET) == [SECRET[:40], SECRET[50:80], SECRET[100:130]]
    assert [len(lenient.transcript.calls(what)) for what in ("ack", "response_url", "auth.test")] == [1, 1, 1]
