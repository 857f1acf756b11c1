"""The table "Live checks" of the interface, row by row, on observations as values."""

import pytest

from bot.checks.live import find, live, probes, state
from bot.observation import Observation
from bot.report import Outcome
from tests.diagnosing import case_of, mint

DENY = frozenset({"explicit-deny"})
FITS = Observation("keys", 200, facts=frozenset({"signature-fits"}))
WRONG = Observation("keys", 200, facts=frozenset({"signature-wrong"}))
GONE = Observation("keys", 200, facts=frozenset({"key-unknown"}))
BASELINE = Observation("baseline", 401)
LATE = "no whole answer within 4 s"


def who(status: int | None, *facts: str, tenant: bool = False) -> Observation:
    probe = "who-am-i-tenant" if tenant else "who-am-i"
    return Observation(probe, status, failure="" if status else LATE, facts=frozenset(facts))


def form(status: int | None, *facts: str) -> Observation:
    return who(status, *facts, tenant=True)


def anybody(status: int | None, *facts: str) -> Observation:
    return Observation("any-contact", status, failure="" if status else LATE, facts=frozenset(facts))


USER, UNLINKED, MACHINE = "jwt", "jwt -contact", "m2m"


def judged(directive: str, *observations: Observation) -> tuple[dict[str, str], tuple[Outcome, str]]:
    """What is found, by cause, and what the line says."""
    case = case_of(mint(directive))._replace(observations=observations)
    return {finding.cause: str(finding.certainty) for finding in find(case)}, state(case)


@pytest.mark.parametrize(
    "observations", [(who(200), form(401)), (who(401), form(200)), (form(200),), (who(200), form(None))]
)
@pytest.mark.parametrize("keys", [FITS, WRONG, GONE, Observation("keys", failure=LATE)])
def test_a_200_in_either_form_settles_the_token(observations: tuple[Observation, ...], keys: Observation) -> None:
    found, line = judged(USER, keys, *observations, BASELINE)

    assert found == {}
    assert line == (Outcome.PASSED, "works now: the API accepts this token and knows its contact")


@pytest.mark.parametrize("status", [200, 404])
def test_a_machines_token_that_is_taken(status: int) -> None:
    assert judged(MACHINE, FITS, anybody(status), BASELINE) == (
        {},
        (Outcome.PASSED, "works now: the API accepts this token"),
    )


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize("refused", [(who(401), form(401)), (who(403, *DENY), form(401)), (who(403), form(None))])
def test_a_user_whose_token_is_taken_where_no_contact_is_needed(status: int, refused: tuple[Observation, ...]) -> None:
    found, line = judged(UNLINKED, FITS, *refused, anybody(status), BASELINE)

    assert found == {"contact-id-missing": "certain"}
    assert line == (Outcome.FAILED, "the API accepts this token and knows no contact for it")


@pytest.mark.parametrize("unsettled", [(who(None), form(None)), (who(404), form(401)), (who(400), form(400))])
def test_a_contact_is_not_missing_where_who_am_i_was_not_refused(unsettled: tuple[Observation, ...]) -> None:
    found, line = judged(UNLINKED, FITS, *unsettled, anybody(200), BASELINE)

    assert found == {}
    assert line == (Outcome.PASSED, "works now: the API accepts this token")


@pytest.mark.parametrize(
    ("answers", "cause", "certainty"),
    [
        ((who(401), form(401)), "unauthorized-unexplained", "possible"),
        ((who(401), form(None)), "unauthorized-unexplained", "possible"),
        ((who(403), form(401)), "permission-denied", "likely"),
        ((who(403), form(403, *DENY)), "permission-denied", "certain"),
        ((who(401), form(403, *DENY)), "permission-denied", "certain"),
        ((who(404), form(403, *DENY)), "", ""),
        ((who(404), form(401)), "", ""),
        ((who(403, "unknown-route"), form(401)), "unauthorized-unexplained", "possible"),
        ((who(403, "unknown-route"), form(None)), "", ""),
        ((who(400), form(418)), "", ""),
    ],
)
def test_the_best_answer_of_the_forms_counts(answers: tuple[Observation, ...], cause: str, certainty: str) -> None:
    found, _ = judged(USER, FITS, *answers, BASELINE)

    assert found == ({cause: certainty} if cause else {})


def test_a_machines_refusal_is_judged_by_its_own_probe() -> None:
    assert judged(MACHINE, FITS, anybody(401), BASELINE)[0] == {"unauthorized-unexplained": "possible"}
    assert judged(MACHINE, FITS, anybody(403, *DENY), BASELINE)[0] == {"permission-denied": "certain"}


def test_a_signature_that_does_not_fit_is_certain_and_an_unknown_key_likely() -> None:
    refused = (who(401), form(401), BASELINE)
    fits, changed = {"unauthorized-unexplained": "possible"}, {"signature-invalid": "certain"}

    assert judged(USER, FITS, *refused)[0] == fits
    assert judged(USER, WRONG, *refused)[0] == fits | changed
    assert judged(USER, GONE, *refused)[0] == fits | {"signing-key-unknown": "likely"}
    assert judged("jwt exp=-600", WRONG)[0] == changed


@pytest.mark.parametrize(
    ("worthless", "answers", "accepted"),
    [
        (401, (anybody(404),), True),
        (200, (anybody(404), who(200)), False),
        (404, (anybody(404),), False),
        (404, (anybody(200),), True),
        (404, (who(200),), True),
        (None, (who(200),), True),
    ],
)
def test_a_success_counts_only_where_a_worthless_token_has_none(
    worthless: int | None, answers: tuple[Observation, ...], accepted: bool
) -> None:
    baseline = Observation("baseline", worthless, failure="" if worthless else LATE)
    case = case_of(mint(UNLINKED))._replace(observations=(*answers, baseline))

    assert live(case).accepted is accepted


@pytest.mark.parametrize(
    ("directive", "observations", "outcome", "summary"),
    [
        (USER, (FITS, who(None), form(None)), "inconclusive", f"the signature fits; {LATE}"),
        (USER, (FITS, who(404), form(404)), "inconclusive", "the signature fits; 404: accepted, or the path is unknown there"),
        (USER, (Observation("keys", failure="x"), who(None)), "inconclusive", LATE),
        (USER, (Observation("keys", failure="x"), Observation("who-am-i", skipped="y")), "inconclusive", "x"),
        (USER, (Observation("keys", skipped="x"), Observation("who-am-i", skipped="y")), "skipped", "y"),
        (USER, (FITS, Observation("who-am-i", skipped="y")), "passed", "the signature fits; y"),
        (USER, (WRONG, Observation("who-am-i", skipped="y")), "failed", "the signature does not verify with the issuer's key"),
        (USER, (GONE,), "warning", "the issuer's key set holds no key that verifies this token"),
        (USER, (FITS, who(401)), "warning", "401: the API refuses this token"),
        (USER, (FITS, who(403)), "warning", "403: the API denies who am I"),
        (USER, (FITS, who(403, *DENY)), "failed", "403: the API denies who am I"),
        (MACHINE, (FITS, anybody(403)), "warning", "403: the API denies a look-up of contacts"),
        (USER, (FITS, Observation("who-am-i", failure="429: too many calls", retry_after=9)), "inconclusive", "the signature fits; 429: too many calls; try again in 9 s"),
    ],
)  # fmt: skip
def test_what_the_line_says(directive: str, observations: tuple[Observation, ...], outcome: str, summary: str) -> None:
    _, line = judged(directive, *observations)

    assert (str(line[0]), line[1]) == (outcome, summary)


@pytest.mark.parametrize(
    ("probe", "others", "outcome", "summary"),
    [
        (FITS, (), "passed", "the key is known and the signature fits"),
        (Observation("keys", 200, facts=frozenset({"signature-fits", "weak-key"})), (), "passed", "the key is known and the signature fits; the key is weak"),
        (WRONG, (), "failed", "the key is known and the signature does not fit"),
        (WRONG, (who(200),), "warning", "the key is known and the signature does not fit, and the API accepts the token all the same"),
        (GONE, (), "warning", "no key of the set verifies the token"),
        (who(200), (), "passed", "200: accepted, and its contact is known"),
        (anybody(404), (), "passed", "404: accepted"),
        (who(404), (), "inconclusive", "404: accepted, or the path is unknown there"),
        (who(401), (), "warning", "401: refused"),
        (who(401, "same-as-worthless-token"), (), "warning", "401: refused; so is a worthless token"),
        (who(403), (), "warning", "403: denied"),
        (who(403, *DENY), (), "failed", "403: denied explicitly"),
        (who(403, *DENY), (form(200),), "warning", "403: denied explicitly"),
        (who(403, "unknown-route"), (), "inconclusive", "403: the gateway knows no such path"),
        (who(418), (), "inconclusive", "418: it says nothing of the token"),
        (who(200), (Observation("baseline", 200),), "inconclusive", "200: the same as for a worthless token, so it says nothing"),
        (BASELINE, (), "passed", "401: what the API answers to a worthless token"),
        (Observation("baseline", 200), (), "warning", "200: what the API answers to a worthless token"),
        (Observation("who-am-i", skipped="no tenant"), (), "skipped", "no tenant"),
        (Observation("who-am-i", failure="429: too many calls", retry_after=9), (), "inconclusive", "429: too many calls; try again in 9 s"),
    ],
)  # fmt: skip
def test_what_each_probe_came_to(
    probe: Observation, others: tuple[Observation, ...], outcome: str, summary: str
) -> None:
    case = case_of(mint(USER))._replace(observations=(probe, *others))
    told = probes(case)[0]

    assert (told.id, str(told.outcome), told.summary) == (probe.probe, outcome, summary)


def test_the_comparison_with_the_baselines_is_said_in_the_detail() -> None:
    def detail(answer: Observation) -> str:
        case = case_of(mint(USER))._replace(observations=(answer, BASELINE))
        return next(find(case)).detail

    assert "the same answer as to a worthless token" in detail(who(401, "same-as-worthless-token"))
    assert "the same answer as to a call without a token" in detail(who(401, "same-as-no-token"))
    assert detail(who(401)) == "The API, asked just now, answers 401 to this token at `/contacts/current`."
    assert "A call without a token gets the same answer." in detail(who(403, "same-as-no-token"))
    assert "A worthless token gets the same answer." in detail(who(403, *DENY, "same-as-worthless-token"))


def test_without_observations_there_is_nothing_to_find() -> None:
    assert list(find(case_of(mint(USER)))) == []
