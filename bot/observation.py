"""What live probes saw: plain values that the live check judges. No probe's body or token is kept."""

from typing import NamedTuple


class Observation(NamedTuple):
    """One probe's answer, or the reason why there was none.

    ``probe`` is a probe id of the interface (``keys``, ``who-am-i``, ...). ``status`` is the HTTP status, or None where no
    answer was had; then ``failure`` says why in a few plain words. ``facts`` are short words the judge understands
    (``explicit-deny``, ``same-as-baseline``, ``signature-fits`` ...), never text of the answer. ``retry_after`` is in seconds.
    """

    probe: str
    status: int | None
    failure: str = ""
    facts: frozenset[str] = frozenset()
    retry_after: int | None = None


Observations = tuple[Observation, ...]
"""All observations of one diagnosis, in the order of the interface's probe ids."""
