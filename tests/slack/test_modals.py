import re

import pytest

from bot.local.slack import Person, Slack
from bot.local.slack.screen import View
from tests.slack.doubles import Case, Diagnosing, texts


async def opened(slack: Slack, ada: Person) -> View:
    await ada.command("")
    await slack.settled()
    assert ada.modal is not None
    return ada.modal


async def test_the_result_takes_the_place_of_the_form(slack: Slack, ada: Person) -> None:
    answer = await ada.submit(await opened(slack, ada), {"paste": "token"})

    assert [shown.kind for shown in answer.shown] == ["modal-updated"]
    assert ada.modal is not None
    assert ada.modal.callback_id == "result"
    assert "another audience" in texts(ada.modal.blocks)
    assert "private_metadata" not in ada.modal.content


async def test_text_and_url_are_read(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    await ada.submit(await opened(slack, ada), {"paste": "token\nnext", "url": "https://example.org/"})

    assert diagnosing.seen == [Case("token\nnext", "https://example.org/")]


async def test_no_url_is_none(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    await ada.submit(await opened(slack, ada), {"paste": "token"})

    assert diagnosing.seen == [Case("token", None)]


@pytest.mark.parametrize("text", ["   \n", "good morning"])
async def test_a_text_with_nothing_to_check_is_refused_beside_its_field(slack: Slack, ada: Person, text: str) -> None:
    answer = await ada.submit(await opened(slack, ada), {"paste": text})

    assert [shown.kind for shown in answer.shown] == ["modal-errors"]
    ((field, said),) = answer.shown[0].errors
    assert field == "paste"
    assert "aste" in said


async def test_a_failure_is_said_beside_the_field(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    view = await opened(slack, ada)
    diagnosing.fails = "judge"

    answer = await ada.submit(view, {"paste": "token"})

    assert [shown.kind for shown in answer.shown] == ["modal-errors"]
    assert re.search(r"ref-[0-9a-f]{8}", answer.shown[0].errors[0][1])


async def test_check_another_in_a_result_brings_the_form_back(slack: Slack, ada: Person) -> None:
    await ada.submit(await opened(slack, ada), {"paste": "token"})
    assert ada.modal is not None

    await ada.click(ada.modal, "check_another")
    await slack.settled()

    assert ada.modal is not None
    assert ada.modal.callback_id == "paste"


async def test_the_answer_of_the_api_is_read_with_the_text(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    await ada.submit(await opened(slack, ada), {"paste": "token", "answer": "HTTP/2 401"})

    assert diagnosing.seen == [Case("token\n\nHTTP/2 401", None)]


@pytest.mark.parametrize(
    "url", ["rolodex", "see above", "ftp://example.org/x", "https://", "http://[::1", "{{baseUrl}}/x"]
)
async def test_what_is_no_url_is_said_beside_its_field(slack: Slack, ada: Person, url: str) -> None:
    answer = await ada.submit(await opened(slack, ada), {"paste": "token", "url": url})

    ((field, said),) = answer.only.errors
    assert field == "url"
    assert said.startswith("This is no web address.")


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1", "rolodex.api.rhythmsoftware.com/contacts", "http://localhost:3000"]
)
async def test_a_url_is_taken_with_and_without_its_scheme(
    slack: Slack, ada: Person, diagnosing: Diagnosing, url: str
) -> None:
    await ada.submit(await opened(slack, ada), {"paste": "token", "url": f" {url} "})

    assert diagnosing.seen == [Case("token", url)]


async def test_every_field_that_is_wrong_is_named_at_once(slack: Slack, ada: Person) -> None:
    answer = await ada.submit(await opened(slack, ada), {"paste": "  ", "url": "above"})

    assert [field for field, _ in answer.only.errors] == ["paste", "url"]


async def test_field_errors_have_no_markup_and_a_reference(slack: Slack, ada: Person) -> None:
    answer = await ada.submit(await opened(slack, ada), {"paste": "good morning", "url": "above"})

    for _, said in (await ada.submit(await opened(slack, ada), {"paste": "good morning"})).only.errors:
        assert "`" not in said
        assert re.search(r"\(ref-[0-9a-f]{8}\)$", said)
    assert len(answer.only.errors) == 1


async def test_nothing_that_was_pasted_is_kept_in_a_view(slack: Slack, ada: Person) -> None:
    await ada.submit(await opened(slack, ada), {"paste": "token abc", "url": "https://a.example/def", "answer": "ghi"})

    assert ada.modal is not None
    assert not {"private_metadata", "initial_value"} & set(ada.modal.content)
    assert "https://a.example/def" not in texts(ada.modal.content)
