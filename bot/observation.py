"""What live probes are asked and what they saw: plain values between the core and ``live``.

No probe's body is kept, and nothing of an answer but its status and words known here.
"""

from typing import NamedTuple

PROBE_NAMES: dict[str, str] = {
    "keys": "the issuer's key set",
    "who-am-i": "who am I, as Rhythm's guide asks it",
    "who-am-i-tenant": "who am I, with the tenant in the path",
    "any-contact": "a call that needs no contact",
    "baseline": "what calls without a good token get",
}
"""The probes' ids, in the order of the public interface, and what each one asks in plain words."""


class Question(NamedTuple):
    """What may be asked about a case.

    ``token`` is sent to Rhythm's hosts; it is empty where the token is sent nowhere, and ``unsent`` says why.
    ``compact`` is the token whose signature is verified with a key of ``key_set``, the key set's URL, which is empty
    where none may be asked for, and ``unverified`` says why. ``algorithm`` and ``key_id`` are the JOSE header's;
    ``key_id`` is None where there is none. ``tenant`` is the tenant id where it is one plain path segment, else
    empty.
    """

    token: str
    unsent: str
    compact: str
    key_set: str
    unverified: str
    algorithm: str
    key_id: str | None
    tenant: str
    is_machine: bool
    has_contact: bool

    def __repr__(self) -> str:
        """Say whether there is something to ask, without a token or claim."""
        return f"Question(sends={bool(self.token)}, verifies={bool(self.key_set)})"


class Observation(NamedTuple):
    """One probe's answer, or the reason why there was none.

    ``probe`` is a key of :data:`PROBE_NAMES`. ``status`` is the HTTP status of an answer that counts, else None; then
    ``failure`` says in a few plain words why nothing could be learnt, or ``skipped`` why nobody was asked.
    ``retry_after`` is in seconds, and goes with a failure. ``facts`` are words of this project, never text of the
    answer:

    ``keys``: ``signature-fits``, ``signature-wrong``, ``key-unknown``, ``weak-key``.
    The others: ``explicit-deny``, ``unknown-route``, ``same-as-no-token``, ``same-as-worthless-token``.
    """

    probe: str
    status: int | None = None
    failure: str = ""
    skipped: str = ""
    facts: frozenset[str] = frozenset()
    retry_after: int | None = None


Observations = tuple[Observation, ...]
"""All observations of one diagnosis, in the order of the probes' ids; empty where live checks did not run."""


class Plan(NamedTuple):
    """Which probes would run for a case, whom they ask (``host`` or ``host:port``), and who of those sees the token."""

    probes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    token_hosts: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What is asked, in plain words."""
        return tuple(PROBE_NAMES[probe] for probe in self.probes)
