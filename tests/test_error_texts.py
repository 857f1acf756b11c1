"""Error texts as libraries, gateways and servers print them, each alone: error_texts.tsv has one a line, with its cause."""

from pathlib import Path

import pytest

from tests.diagnosing import report_of

LINES = Path(__file__).with_name("error_texts.tsv").read_text(encoding="utf-8").splitlines()
TEXTS = [(cause, text) for cause, _, text in (line.partition("\t") for line in LINES)]


@pytest.mark.parametrize(("cause", "text"), TEXTS, ids=[text[:60] for _, text in TEXTS])
def test_a_text_alone_names_its_cause(cause: str, text: str) -> None:
    report = report_of(text)

    assert report.root_cause is not None
    assert report.root_cause.cause == cause


PROSE = (
    "Our quota is used up? How many M2M tokens do we have per month?",
    "Please remember that a jwt is missing from the example in your docs.",
    "The token is not valid yet when the clocks differ, I read; is that our problem?",
    "How do I avoid hitting the monthly quota of tokens?",
    "When a user is blocked in Auth0, do existing tokens stay valid?",
    "The client grant for our app was created by support last month, thanks!",
    "Do we need proxy authentication required settings for your firewall?",
    "Authorization: we use OAuth 2.0 with client credentials.",
    "We send the header Authorization: Bearer followed by the token.",
    "Could not resolve the issue yesterday, sorry. Will retry today.",
    "invoice 401 was paid, order 403 is open, item 429 is out of stock",
    "If the JWT has expired, do we get a 401 or a 403 from you?",
    "Our own login page says that no token provided by partners is stored, is this fine?",
    "A JWT must have three parts, I know, so where do I see them?",
    "Error handling: 401 -> refresh, 403 -> give up, 429 -> wait.",
)


@pytest.mark.parametrize("text", PROSE)
def test_sentences_with_the_same_words_name_none(text: str) -> None:
    assert report_of(text).verdict == "nothing-to-check"
