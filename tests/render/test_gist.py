import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import CHECKS
from bot.render import texts
from bot.render.content import tell
from bot.render.gist import VALUE_MOST, Gist, gist, read_gist, redacted
from bot.report import Certainty, LiveProbe, Outcome, Verdict
from tests.render.reports import FIRST_LOGIN, HEALTHY, REPORTS, WRONG_AUDIENCE, worst

REFERENCE = "ref-1a2b3c4d"


def read(value: str) -> Gist:
    found = read_gist(value)
    assert found is not None
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_a_gist_tells_of_ids_outcomes_and_times(name: str) -> None:
    whole = REPORTS[name]
    found = read(gist(whole, REFERENCE, {"channel": "C1"}, fingerprint=True))

    assert (found.reference, found.more) == (REFERENCE, {"channel": "C1"})
    report = found.report
    assert (report.verdict, report.judged_at) == (whole.verdict, whole.judged_at)
    for told, known in zip((report.root_cause, *report.next), (whole.root_cause, *whole.next), strict=True):
        assert (told and (told.cause, told.certainty)) == (known and (known.cause, known.certainty))
    assert [(check.id, check.outcome) for check in report.checks] == [
        (check.id, check.outcome) for check in whole.checks
    ]
    assert (report.live is None) == (whole.live is None)
    if whole.token is not None:
        assert report.token is not None
        assert report.token.expires_at == whole.token.expires_at
        assert report.token.fingerprint == whole.token.fingerprint


@pytest.mark.parametrize("name", REPORTS)
def test_a_gist_holds_nothing_of_a_paste(name: str) -> None:
    whole = REPORTS[name]
    value = gist(whole, REFERENCE)

    assert len(value) < 500
    for text in ("acme", "api.example.org", "eyJh", "Qw4A", "sha256", "con_", "cu-1", "c-1", "AbCdEf", "Google"):
        assert text not in value
    assert all(check.summary == "" for check in redacted(whole).checks)


def test_the_fingerprint_is_for_its_owner_alone() -> None:
    assert "sha256:3f9a1c0b77de" in gist(HEALTHY, REFERENCE, fingerprint=True)
    assert "sha256" not in gist(HEALTHY, REFERENCE)


def test_the_longest_of_everything_fits_into_a_button() -> None:
    more = dict.fromkeys(("channel", "ts", "thread_ts", "author", "exposed"), "x" * 9999)
    value = gist(worst(), "r" * 9999, more, fingerprint=True)

    assert len(value) < VALUE_MOST / 2
    assert read(value).report.verdict is Verdict.BLOCKED


def test_a_reference_cannot_be_markup() -> None:
    assert read(gist(HEALTHY, "<!channel> `x`")).reference == "channelx"


def changed(**values: Any) -> str:
    return json.dumps({**json.loads(gist(WRONG_AUDIENCE, REFERENCE)), **values})


@pytest.mark.parametrize(
    "value",
    [
        "",
        "null",
        "[]",
        "{}",
        "5",
        "ref-1a2b3c4d",
        "[" * 5000,
        changed(v=2),
        changed(verdict="guilty"),
        changed(causes=[["no-such-cause", "certain"]]),
        changed(causes=[["audience-wrong", "sure"]]),
        changed(causes=[]),
        changed(causes=5),
        changed(checks="pp"),
        changed(checks="xxxxxxxxxx"),
        changed(token=["access"]),
        changed(at="now"),
        changed(more=5),
    ],
)
def test_what_is_no_gist_of_ours_is_none(value: str) -> None:
    assert read_gist(value) is None


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_breaks_it(value: str) -> None:
    read_gist(value)


def test_titles_are_those_of_the_checklist_and_letters_differ() -> None:
    assert {check.id: check.title for check in CHECKS} == dict(texts.CHECK_TITLES)
    assert len({outcome.value[0] for outcome in Outcome}) == len(Outcome)


def test_certainty_is_kept() -> None:
    root = redacted(FIRST_LOGIN).root_cause
    assert root is not None
    assert root.certainty is Certainty.LIKELY


@pytest.mark.parametrize(("outcome", "works"), [(Outcome.PASSED, True), (Outcome.WARNING, False)])
def test_a_gist_tells_whether_the_api_accepted_the_token(outcome: Outcome, works: bool) -> None:
    whole = HEALTHY._replace(live=(LiveProbe("who-am-i", outcome, "200: accepted"),))
    told = tell(read(gist(whole, REFERENCE)).report)

    assert (told.title == texts.CLEAR_WORKS_TITLE) is works
