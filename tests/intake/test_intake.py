"""A paste that is one whole token is read without the readers, and as they would read it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake import read_evidence
from bot.intake.readers import read_any
from tests.diagnosing import DEFAULTS, mint

TOKENS = [
    mint(directive)
    for directive in (
        *("jwt", "m2m", "id", "jwe", "session", "jwt nosig", "jwt nosig=dot", "jwt part=2", "jwt cut=-200"),
        *("jwt cut=3:", "jwt upper", "jwt percent", "jwt pad", "jwt plain", "jwt ellipsis", "jwt stars", "jwt twice"),
        *("jwt replace=_:", "jwt double", "jwt header", "jwt h.alg=none nosig=dot", "opaque", "refresh", "secret"),
    )
]
AROUND = ["", " ", "\n", "\t", "\r\n", ".", "_", "eyJ", "*", "`", "Bearer ", "\u200b", "\u00a0", "xxxxx", "REDACTED"]


@pytest.mark.parametrize("token", TOKENS, ids=[token[:4] + str(len(token)) for token in TOKENS])
def test_a_lone_token_is_read_as_the_readers_read_it(token: str) -> None:
    for before, after in product(AROUND, AROUND):
        text = before + token + after
        assert read_evidence(text, DEFAULTS) == read_any(text, DEFAULTS), (before, after)


@given(st.text("eyJhbGci._-AZ09+/=x \n", max_size=60).map("eyJ".__add__))
def test_a_text_that_begins_like_a_token_is_read_as_the_readers_read_it(text: str) -> None:
    assert read_evidence(text, DEFAULTS) == read_any(text, DEFAULTS)
