"""The line "Live check": what the probes' observations come to, by the public interface's table.

What a probe could not learn is no cause of anything. 429, faults of the server and the like are told, and never judged.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bot.checks import first_login
from bot.checks.base import Case, Check
from bot.observation import Observation
from bot.report import Certainty, Finding, LiveProbe, Outcome
from bot.spans import wait

FORMS = ("who-am-i", "who-am-i-tenant")
PATHS = {
    "who-am-i": "/contacts/current",
    "who-am-i-tenant": "/contacts/<tenant_id>/current",
    "any-contact": "/contacts/<tenant_id>/emailAddress/…",
}
"""The paths that the probes ask for, as people may be shown them."""


class Live(NamedTuple):
    """What the observations of a case come to.

    ``best`` is the best answer of the who-am-I forms, or of the contact-free call for a machine; None where no answer
    of them counts. ``linked`` says that the API knows the token's contact, ``accepted`` that it accepts the token.
    """

    seen: dict[str, Observation]
    best: Observation | None
    linked: bool
    accepted: bool

    def says(self, probe: str, fact: str) -> bool:
        """Whether a probe's observation holds a fact."""
        return probe in self.seen and fact in self.seen[probe].facts


def live(case: Case) -> Live:
    """What the observations of a case come to."""
    seen = {observation.probe: observation for observation in case.observations}
    worthless = seen["baseline"].status if "baseline" in seen else None
    asked = ("any-contact",) if case.is_machine else FORMS
    answers = [seen[probe] for probe in asked if probe in seen and _rank(seen[probe]) is not None]
    best = min(answers, key=lambda answer: _rank(answer) or 0, default=None)
    # An API that takes a worthless token proves nothing by taking this one; nor does a 404 that it gets as well.
    linked = any(probe in seen and seen[probe].status == 200 for probe in FORMS) and worthless != 200
    takes = {200, 404} - ({worthless} if worthless in {200, 404} else set())
    accepted = linked or (worthless != 200 and "any-contact" in seen and seen["any-contact"].status in takes)
    return Live(seen, best, linked, accepted)


def _rank(answer: Observation) -> int | None:
    """How good an answer is, the best first; None where it says nothing of the token."""
    if answer.status == 403:
        if "unknown-route" in answer.facts:
            return None
        return 2 if "explicit-deny" in answer.facts else 3
    return {200: 0, 404: 1, 401: 4}.get(answer.status or 0)


def is_refused(answer: Observation) -> bool:
    """Whether an answer refuses the token or its bearer."""
    return answer.status in {401, 403} and "unknown-route" not in answer.facts


def find(case: Case) -> Iterator[Finding]:
    """Findings of the live checks alone."""
    if not case.observations:
        return
    seen = live(case)
    if not seen.accepted:
        yield from _keys(seen)
        yield from _refused(seen)
    elif not seen.linked and seen.best is not None and is_refused(seen.best):
        yield from _unlinked(case, seen.best)


def _keys(seen: Live) -> Iterator[Finding]:
    if seen.says("keys", "signature-wrong"):
        yield Finding(
            "signature-invalid",
            Certainty.CERTAIN,
            "Its signature does not verify with the issuer's own key, read just now. The token's text was changed"
            " after it was signed.",
        )
    elif seen.says("keys", "key-unknown"):
        yield Finding(
            "signing-key-unknown",
            Certainty.LIKELY,
            "The issuer's key set, read just now, holds no key that verifies it.",
        )


def _refused(seen: Live) -> Iterator[Finding]:
    best = seen.best
    if best is None:
        return
    if best.status == 403:
        explicit = "explicit-deny" in best.facts
        how = " with an explicit deny" if explicit else ""
        who = _like(best)
        like = f" {who[0].upper()}{who[1:]} gets the same answer." if who else ""
        yield Finding(
            "permission-denied",
            Certainty.CERTAIN if explicit else Certainty.LIKELY,
            f"The API answers 403 to `{PATHS[best.probe]}`{how}, asked just now.{like}",
        )
    elif best.status == 401:
        yield Finding(
            "unauthorized-unexplained",
            Certainty.POSSIBLE,
            f"The API, asked just now, answers 401 to this token at `{PATHS[best.probe]}`{_compared(best)}.",
        )


def _like(best: Observation) -> str:
    """What else gets the same answer, by the baselines: then the layer that answered knows nothing of this token."""
    if "same-as-no-token" in best.facts:
        return "a call without a token"
    return "a worthless token" if "same-as-worthless-token" in best.facts else ""


def _compared(best: Observation) -> str:
    """What the comparison with the baselines says of a 401: which layer answered."""
    if "same-as-worthless-token" in best.facts:
        return ", the same answer as to a worthless token: to the API it is none of its tokens"
    if "same-as-no-token" in best.facts:
        return ", the same answer as to a call without a token"
    return ""


def _unlinked(case: Case, best: Observation) -> Iterator[Finding]:
    """The token is taken where nobody's contact is needed, and refused where the bearer's own is."""
    if case.is_machine or case.rhythm_claim("contact_id"):
        return
    for finding in first_login.find(case):
        yield finding._replace(
            certainty=Certainty.CERTAIN,
            detail=f"The API accepts this token and knows no contact for it: it answers {best.status} to"
            f" `{PATHS[best.probe]}`, asked just now.",
        )


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says: it has no causes of its own, since what is found belongs to the lines it is about."""
    seen = live(case)
    found = {finding.cause: finding.certainty for finding in find(case)}
    if "contact-id-missing" in found:
        return Outcome.FAILED, "the API accepts this token and knows no contact for it"
    if seen.linked:
        return Outcome.PASSED, "works now: the API accepts this token and knows its contact"
    if seen.accepted:
        return Outcome.PASSED, "works now: the API accepts this token"
    if "signature-invalid" in found:
        return Outcome.FAILED, "the signature does not verify with the issuer's key"
    if "permission-denied" in found:
        certain = found["permission-denied"] is Certainty.CERTAIN
        call = "who am I" if seen.best is not None and seen.best.probe in FORMS else "a look-up of contacts"
        return (Outcome.FAILED if certain else Outcome.WARNING), f"403: the API denies {call}"
    if "signing-key-unknown" in found:
        return Outcome.WARNING, "the issuer's key set holds no key that verifies this token"
    if "unauthorized-unexplained" in found:
        return Outcome.WARNING, "401: the API refuses this token"
    return _undecided(seen)


def _undecided(seen: Live) -> tuple[Outcome, str]:
    """What the line says when nothing was found and the API took nothing."""
    fits = "the signature fits" if seen.says("keys", "signature-fits") else ""
    told = [probe for name, probe in seen.seen.items() if name not in {"keys", "baseline"}]
    if fits and all(probe.skipped for probe in told):
        return Outcome.PASSED, "; ".join([fits, *(probe.skipped for probe in told[:1])])
    open_ones = [probe for probe in (*told, *seen.seen.values()) if not probe.skipped and probe.probe != "baseline"]
    if not open_ones:
        return Outcome.SKIPPED, next((probe.skipped for probe in told), "nobody was asked")
    first = seen.best or next((probe for probe in open_ones if probe.failure), open_ones[0])
    return Outcome.INCONCLUSIVE, "; ".join(part for part in (fits, _summary(first, seen)) if part)


def probes(case: Case) -> tuple[LiveProbe, ...]:
    """Each probe and what it came to, as the report tells it."""
    seen = live(case)
    return tuple(LiveProbe(probe.probe, _outcome(probe, seen), _summary(probe, seen)) for probe in seen.seen.values())


def _outcome(probe: Observation, seen: Live) -> Outcome:
    if probe.skipped:
        return Outcome.SKIPPED
    if probe.failure:
        return Outcome.INCONCLUSIVE
    if probe.probe == "keys":
        if "signature-fits" in probe.facts:
            return Outcome.PASSED
        determinate = "signature-wrong" in probe.facts and not seen.accepted
        return Outcome.FAILED if determinate else Outcome.WARNING
    if probe.probe == "baseline":
        return Outcome.PASSED if probe.status in {401, 403} else Outcome.WARNING
    if probe.status == 200 or (probe.probe == "any-contact" and probe.status == 404):
        return Outcome.PASSED if seen.accepted else Outcome.INCONCLUSIVE
    if is_refused(probe):
        determinate = "explicit-deny" in probe.facts and probe is seen.best and not seen.accepted
        return Outcome.FAILED if determinate else Outcome.WARNING
    return Outcome.INCONCLUSIVE


def _summary(probe: Observation, seen: Live) -> str:
    if probe.skipped:
        return probe.skipped
    if probe.failure:
        again = f"; try again in {wait(probe.retry_after)}" if probe.retry_after else ""
        return f"{probe.failure}{again}"
    if probe.probe == "keys":
        return _keys_summary(probe, seen)
    return f"{probe.status}: {_meaning(probe, seen)}"


def _keys_summary(probe: Observation, seen: Live) -> str:
    weak = "; the key is weak" if "weak-key" in probe.facts else ""
    if "signature-fits" in probe.facts:
        return f"the key is known and the signature fits{weak}"
    accepted = ", and the API accepts the token all the same" if seen.accepted else ""
    if "signature-wrong" in probe.facts:
        return f"the key is known and the signature does not fit{accepted}"
    return f"no key of the set verifies the token{accepted}"


def _meaning(probe: Observation, seen: Live) -> str:
    if probe.probe == "baseline":
        return "what the API answers to a worthless token"
    worthless = seen.seen["baseline"].status if "baseline" in seen.seen else None
    if probe.status in {200, 404} and not seen.accepted and probe.status == worthless:
        return "the same as for a worthless token, so it says nothing"
    if probe.status == 200:
        return "accepted, and its contact is known" if probe.probe in FORMS else "accepted"
    if probe.status == 404:
        return "accepted" if probe.probe == "any-contact" else "accepted, or the path is unknown there"
    if "unknown-route" in probe.facts:
        return "the gateway knows no such path"
    same = "; so is a worthless token" if "same-as-worthless-token" in probe.facts else ""
    if probe.status == 403:
        return f"denied{' explicitly' if 'explicit-deny' in probe.facts else ''}{same}"
    return f"refused{same}" if probe.status == 401 else "it says nothing of the token"


CHECK = Check("live", "Live check", find, state)
"""The line for the live checks, there where they ran."""
