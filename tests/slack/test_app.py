import json

import pytest

from bot.slack.app import encoded


@pytest.mark.parametrize("text", ["plain", "ünï", "“quoted”", "half of a pair: \ud83d"])
def test_an_answer_is_written_as_json_whatever_is_in_it(text: str) -> None:
    written = encoded({"text": text})

    assert json.loads(written) == {"text": text}
    assert written.encode()


def test_no_answer_is_an_empty_body() -> None:
    assert encoded(None) == ""
