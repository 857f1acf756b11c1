"""Files of direct messages. The bot token goes into each request for one, so where it goes matters most."""

import httpx
import pytest
from aiohttp import web

from bot.local.slack import Fault, File, Person, Slack
from bot.settings import Settings
from bot.slack.files import MOST_BYTES, Files, UnreadableError, decoded, refuse
from bot.slack.outgoing import Outgoing
from tests.slack.doubles import HEADLINE, Diagnosing, texts

FORMS = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(File("Untitled", b"the token"), id="snippet"),
        pytest.param(File("curl.txt", b"the token", mode="hosted"), id="text file"),
        pytest.param(File("call.har", b"the token", mode="hosted", mimetype="application/octet-stream"), id="HAR"),
        pytest.param(File("out.json", b"the token", mode="hosted", mimetype="application/json"), id="JSON"),
        pytest.param(File("bare.txt", b"the token", bare=True), id="without details"),
        pytest.param(File("ps.txt", "the token".encode("utf-16")), id="UTF-16, as PowerShell writes"),
        pytest.param(File("bom.txt", b"\xef\xbb\xbfthe token"), id="byte order mark"),
    ],
)
async def test_text_is_read(slack: Slack, ada: Person, diagnosing: Diagnosing, file: File) -> None:
    await ada.message("", files=[file])
    (shown,) = await slack.settled()

    assert shown.text == HEADLINE
    assert [case.text for case in diagnosing.seen] == ["the token"]


async def test_text_and_files_are_one_paste(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    await ada.message("we get 401 with", files=[File("a.txt", b"the token"), File("b.txt", b"and its answer")])
    await slack.settled()

    assert [case.text for case in diagnosing.seen] == ["we get 401 with\n\nthe token\n\nand its answer"]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (File("shot.png", b"\x89PNG", mode="hosted", mimetype="image/png"), "cannot read pictures"),
        (File("clip.mp4", b"", mode="hosted", mimetype="video/mp4"), "cannot read pictures"),
        (File("a.pdf", b"%PDF", mode="hosted", mimetype="application/pdf"), "I read text alone"),
        (File("a.txt", b"a\0b"), "I read text alone"),
        (File("a.txt", b"x" * (MOST_BYTES + 1)), "larger than 1 MB"),
        (File("a.txt", b"the token", external_url="https://drive.example/a.txt"), "another service"),
    ],
)
async def test_what_cannot_be_read_is_explained(
    slack: Slack, ada: Person, diagnosing: Diagnosing, file: File, says: str
) -> None:
    await ada.message("", files=[file])
    (shown,) = await slack.settled()

    assert says in shown.text
    assert "ref-" in texts(shown.blocks)
    assert diagnosing.seen == []


async def test_without_the_scope_people_are_told(slack: Slack, ada: Person) -> None:
    slack.scopes.discard("files:read")

    await ada.message("", files=[File("a.txt", b"the token")])
    (shown,) = await slack.settled()

    assert "I may not read files" in shown.text


async def test_a_text_beside_a_picture_is_judged_and_says_so(slack: Slack, ada: Person) -> None:
    await ada.message("the token", files=[File("shot.png", b"", mode="hosted", mimetype="image/png")])
    (shown,) = await slack.settled()

    assert shown.text == HEADLINE
    assert "I judged your text without the file. I cannot read pictures." in texts(shown.blocks)


async def test_a_picture_beside_idle_words_is_explained(slack: Slack, ada: Person) -> None:
    await ada.message("look at this", files=[File("shot.png", b"", mode="hosted", mimetype="image/png")])
    (shown,) = await slack.settled()

    assert "cannot read pictures" in shown.text


async def test_a_file_that_slack_does_not_give_is_explained(slack: Slack, ada: Person) -> None:
    slack.faults.add("files.info", Fault(error="file_not_found"))

    await ada.message("", files=[File("a.txt", b"the token", bare=True)])
    (shown,) = await slack.settled()

    assert "could not fetch that file" in shown.text


@pytest.mark.parametrize(
    ("url", "slacks"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.txt", True),
        ("https://slack.com/files/a.txt", True),
        ("https://acme.enterprise.slack.com/files/a.txt?x=1", True),
        ("http://files.slack.com/a.txt", False),
        ("https://files.slack.com.example.org/a.txt", False),
        ("https://example.org/files.slack.com/a.txt", False),
        ("https://evilslack.com/a.txt", False),
        ("https://files.slack.com@example.org/a.txt", False),
        ("https://example.org\\@files.slack.com/a.txt", False),
        ("https://files.slack.com\\.example.org/a.txt", False),
        ("https://files.slack.com:8443/a.txt", False),
        ("https://files.slack.com", False),
        ("https://files.slack.com/a b", False),
        ("https://FILES.slack.com/a", False),
        ("", False),
        ("http://127.0.0.1:5000/files-pri/F1/a.txt", True),
        ("http://127.0.0.1:50000/files-pri/F1/a.txt", False),
        ("http://127.0.0.1:5000@example.org/a.txt", False),
        ("http://127.0.0.1/a.txt", False),
        ("https://127.0.0.1:5000/a.txt", False),
    ],
)
async def test_the_bot_token_goes_to_slack_alone(url: str, slacks: bool) -> None:
    files = Files(Outgoing(Settings()), "http://127.0.0.1:5000/api/")

    assert files.is_slacks(url) is slacks


def test_without_a_stand_in_no_other_host_is_slacks() -> None:
    files = Files(Outgoing(Settings()), "")

    assert files.is_slacks("https://files.slack.com/a")
    assert not files.is_slacks("/etc/passwd")
    assert not files.is_slacks("http://127.0.0.1:5000/a")


async def test_a_redirect_is_not_followed(slack: Slack, settings: Settings) -> None:
    trapped: list[str | None] = []

    async def trap(request: web.Request) -> web.Response:
        trapped.append(request.headers.get("Authorization"))
        return web.Response(text="the token")

    async def leads_away(_request: web.Request) -> web.Response:
        raise web.HTTPFound(f"http://127.0.0.1:{port}/trap")

    async def padded(_request: web.Request) -> web.Response:
        return web.Response(body=b"x", headers={"Content-Encoding": "br"})

    application = web.Application()
    application.add_routes([web.get("/trap", trap), web.get("/away.txt", leads_away), web.get("/packed.txt", padded)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    outgoing = Outgoing(settings)
    files = Files(outgoing, f"http://127.0.0.1:{port}/api/")
    try:
        described = {"name": "a.txt", "mimetype": "text/plain", "mode": "snippet"}
        away = await files.read([{**described, "url_private": f"http://127.0.0.1:{port}/away.txt"}])
        packed = await files.read([{**described, "url_private": f"http://127.0.0.1:{port}/packed.txt"}])
    finally:
        await outgoing.close()
        await runner.cleanup()

    assert away.texts == packed.texts == ()
    assert trapped == []


@pytest.mark.parametrize(
    "described", [{"mode": "tombstone"}, {"mode": "external"}, {"name": 5}, {"mimetype": "image/x"}]
)
def test_a_description_alone_can_be_enough_to_refuse(described: dict[str, object]) -> None:
    with pytest.raises(UnreadableError):
        refuse(described, MOST_BYTES)


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert decoded(b"a\xffb") == "a�b"


async def test_whatever_stands_for_the_files_is_survived(client: httpx.AsyncClient, ada: Person, slack: Slack) -> None:
    strange: list[object] = ["x", 5, [None, "x"], [{}], {"a": 1}]
    for files in strange:
        event = {"type": "message", "channel": ada.dm_id, "channel_type": "im", "user": ada.user_id, "files": files}
        await ada.event({**event, "text": "", "ts": slack.workspace.new_ts()})
        (shown,) = await slack.settled()
        assert shown.kind == "message"
