"""The four rules of "Which cause comes first", each with an invented table, then the real table and the worked combinations."""

from itertools import permutations

import pytest

from bot import precedence
from bot.causes import CAUSES, Cause, cause, rank
from bot.precedence import Ranked, rank_findings
from bot.report import Certainty, Finding
from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE

TABLE = {
    "hider": "victim chain",
    "chain": "last",
    "last": "",
    "victim": "",
    "left": "right",
    "right": "left",
    "expired": "",
    "damaged": "",
    "other-sort": "",
    "another-sort": "",
    "plain": "",
}
CURES = {"expired": "new-token", "damaged": "new-token", "other-sort": "new-sort", "another-sort": "new-sort"}


@pytest.fixture
def _invented(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {
        name: Cause(name, "check", CERTAIN, "", "", "", (), hides, CURES.get(name, "")) for name, hides in TABLE.items()
    }
    monkeypatch.setattr(precedence, "cause", rows.__getitem__)
    monkeypatch.setattr(precedence, "rank", list(TABLE).index)


invented = pytest.mark.usefixtures("_invented")


def ranked(**certainties: Certainty) -> Ranked:
    """The ranking of findings given by name with ``_`` for ``-``, the same in whatever order they are found."""
    findings = [Finding(name.replace("_", "-"), certainty, "") for name, certainty in certainties.items()]
    results = {tuple(shown(rank_findings(order))) for order in permutations(findings)}
    assert len(results) == 1, results
    return rank_findings(findings)


def shown(result: Ranked) -> list[str]:
    return [finding.cause for finding in result.shown]


def test_nothing_found_has_no_root_and_nothing_next() -> None:
    result = rank_findings([])

    assert (result.root, result.next, result.shown, result.hidden) == (None, (), (), {})


@invented
class TestRule1Hiding:
    def test_a_found_cause_drops_those_it_hides(self) -> None:
        result = ranked(hider=CERTAIN, victim=CERTAIN, plain=CERTAIN)

        assert shown(result) == ["hider", "plain"]
        assert result.hidden == {"victim": "hider"}

    def test_and_what_they_hide(self) -> None:
        result = ranked(hider=CERTAIN, chain=CERTAIN, last=CERTAIN)

        assert shown(result) == ["hider"]
        assert result.hidden == {"chain": "hider", "last": "hider"}

    def test_but_not_what_a_cause_hides_that_was_not_found(self) -> None:
        assert shown(ranked(hider=CERTAIN, last=CERTAIN)) == ["hider", "last"]

    def test_a_likely_cause_hides_a_certain_one(self) -> None:
        assert shown(ranked(hider=LIKELY, victim=CERTAIN)) == ["hider"]

    def test_a_possible_cause_hides_a_possible_one(self) -> None:
        assert shown(ranked(hider=POSSIBLE, victim=POSSIBLE)) == ["hider"]

    @pytest.mark.parametrize("certainty", [CERTAIN, LIKELY])
    def test_a_possible_cause_hides_no_surer_one(self, certainty: Certainty) -> None:
        assert shown(ranked(hider=POSSIBLE, victim=certainty)) == ["victim", "hider"]

    def test_nor_does_a_possible_one_that_is_hidden_itself(self) -> None:
        assert shown(ranked(hider=CERTAIN, chain=POSSIBLE, last=CERTAIN)) == ["hider", "last"]
        assert shown(ranked(hider=CERTAIN, chain=POSSIBLE, last=POSSIBLE)) == ["hider"]

    def test_a_hidden_cause_still_hides(self) -> None:
        assert shown(ranked(chain=CERTAIN, hider=LIKELY, last=CERTAIN)) == ["hider"]

    def test_of_two_that_hide_each_other_the_surer_stays_then_the_earlier(self) -> None:
        assert shown(ranked(left=LIKELY, right=CERTAIN)) == ["right"]
        assert shown(ranked(left=CERTAIN, right=CERTAIN)) == ["left"]


@invented
class TestRule2Certainty:
    def test_certain_comes_before_likely_before_possible(self) -> None:
        assert shown(ranked(last=POSSIBLE, victim=LIKELY, plain=CERTAIN)) == ["plain", "victim", "last"]

    def test_within_one_certainty_the_files_order_counts(self) -> None:
        assert shown(ranked(plain=LIKELY, victim=LIKELY, last=LIKELY)) == ["last", "victim", "plain"]


@invented
class TestRule3Cure:
    def test_a_cause_that_another_sort_cures_moves_before_the_first_that_any_new_token_cures(self) -> None:
        assert shown(ranked(expired=CERTAIN, other_sort=CERTAIN)) == ["other-sort", "expired"]

    def test_even_where_it_is_merely_likely(self) -> None:
        assert shown(ranked(expired=CERTAIN, damaged=CERTAIN, other_sort=LIKELY)) == [
            "other-sort",
            "expired",
            "damaged",
        ]

    def test_a_possible_one_does_not_move(self) -> None:
        assert shown(ranked(expired=CERTAIN, other_sort=POSSIBLE)) == ["expired", "other-sort"]

    def test_it_passes_nothing_that_no_token_cures(self) -> None:
        assert shown(ranked(victim=CERTAIN, expired=CERTAIN, other_sort=CERTAIN)) == ["victim", "other-sort", "expired"]

    def test_several_move_in_their_order(self) -> None:
        assert shown(ranked(expired=CERTAIN, another_sort=CERTAIN, other_sort=LIKELY, plain=CERTAIN)) == [
            "another-sort",
            "other-sort",
            "expired",
            "plain",
        ]

    def test_without_a_cure_by_any_new_token_nothing_moves(self) -> None:
        assert shown(ranked(plain=CERTAIN, other_sort=LIKELY)) == ["plain", "other-sort"]


@invented
class TestRule4Root:
    def test_the_first_is_the_root_and_the_first_two_others_that_are_sure_come_next(self) -> None:
        result = ranked(last=CERTAIN, victim=CERTAIN, plain=LIKELY, left=LIKELY)

        assert result.root == Finding("last", CERTAIN, "")
        assert [finding.cause for finding in result.next] == ["victim", "left"]

    def test_a_possible_one_is_never_next(self) -> None:
        result = ranked(last=CERTAIN, victim=POSSIBLE)

        assert result.next == ()
        assert shown(result) == ["last", "victim"]

    def test_a_possible_root_has_nothing_next(self) -> None:
        result = ranked(last=POSSIBLE, victim=POSSIBLE)

        assert result.root == Finding("last", POSSIBLE, "")
        assert result.next == ()


@invented
def test_no_cause_stands_twice_and_the_surest_finding_of_it_counts() -> None:
    findings = [
        Finding("plain", POSSIBLE, "a"),
        Finding("plain", CERTAIN, "b"),
        Finding("plain", CERTAIN, "c"),
        Finding("plain", LIKELY, "d"),
    ]

    assert rank_findings(findings).shown == (Finding("plain", CERTAIN, "b"),)


HIDES = [(row.id, name) for row in CAUSES for name in row.hides.split()]


@pytest.mark.parametrize(("hider", "target"), HIDES)
def test_what_the_table_says_a_cause_hides_is_hidden(hider: str, target: str) -> None:
    back = hider in cause(target).hides.split()
    both = rank_findings([Finding(target, CERTAIN, ""), Finding(hider, CERTAIN, "")])
    unsure = rank_findings([Finding(target, LIKELY, ""), Finding(hider, POSSIBLE, "")])

    if not back or rank(hider) < rank(target):
        assert shown(both) == [hider]
    assert target in shown(unsure)


@pytest.mark.parametrize(
    ("found", "order"),
    [
        ({"token-expired": CERTAIN, "audience-wrong": CERTAIN}, ["audience-wrong", "token-expired"]),
        ({"token-expired": CERTAIN, "id-token": CERTAIN, "audience-wrong": CERTAIN}, ["id-token", "token-expired"]),
        ({"token-expired": CERTAIN, "issuer-unknown": CERTAIN}, ["issuer-unknown", "token-expired"]),
        ({"token-expired": CERTAIN, "tenant-mismatch": CERTAIN}, ["token-expired", "tenant-mismatch"]),
        (
            {"token-expired": CERTAIN, "m2m-token-without-contact": CERTAIN},
            ["m2m-token-without-contact", "token-expired"],
        ),
        ({"token-expired": CERTAIN, "scheme-case": POSSIBLE}, ["token-expired", "scheme-case"]),
        ({"token-expired": CERTAIN, "scheme-missing": CERTAIN}, ["scheme-missing", "token-expired"]),
        (
            {"audience-wrong": CERTAIN, "tenant-id-missing": CERTAIN, "customer-id-missing": POSSIBLE},
            ["audience-wrong"],
        ),
        ({"audience-wrong": CERTAIN, "issuer-malformed": CERTAIN}, ["issuer-malformed", "audience-wrong"]),
        ({"token-truncated": LIKELY, "audience-wrong": CERTAIN}, ["audience-wrong", "token-truncated"]),
        ({"m2m-quota-exhausted": LIKELY, "token-expired": CERTAIN}, ["m2m-quota-exhausted"]),
        ({"docs-mock-host": CERTAIN, "tenant-mismatch": CERTAIN, "path-placeholder": CERTAIN}, ["docs-mock-host"]),
        ({"throttled": CERTAIN, "unauthorized-unexplained": POSSIBLE}, ["throttled"]),
    ],
)
def test_worked_combinations(found: dict[str, Certainty], order: list[str]) -> None:
    result = rank_findings(Finding(name, certainty, "") for name, certainty in found.items())

    assert shown(result) == order
