import logging
import re

import pytest

from bot.slack.turn import Turn


def test_references_are_short_and_differ() -> None:
    references = {Turn().reference for _ in range(100)}

    assert len(references) == 100
    assert all(re.fullmatch(r"ref-[0-9a-f]{8}", reference) for reference in references)


def test_what_was_answered_is_logged_with_its_reference(caplog: pytest.LogCaptureFixture) -> None:
    turn = Turn()
    with caplog.at_level(logging.INFO, "bot"):
        turn.answered("help")

    (record,) = caplog.records
    assert (record.getMessage(), record.__dict__["reference"]) == ("answered: help", turn.reference)
