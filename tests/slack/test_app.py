import json

import pytest
from slack_bolt.response import BoltResponse

from bot.slack.app import Encoded, encoded


@pytest.mark.parametrize("text", ["plain", "ünï", "“quoted”", "half of a pair: \ud83d"])
def test_an_answer_is_written_as_json_whatever_is_in_it(text: str) -> None:
    written = encoded({"text": text})

    assert json.loads(written) == {"text": text}
    assert written.decode()


def test_an_encoded_answer_is_sent_as_bolt_would_send_it() -> None:
    answer = {"text": "ünï", "blocks": [{"type": "divider"}]}
    ours, bolts = Encoded(answer), BoltResponse(status=200, body=answer)

    assert json.loads(ours.body) == json.loads(bolts.body)
    assert (ours.status, ours.headers) == (bolts.status, bolts.headers)
