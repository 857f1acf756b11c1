"""Intake: the text of a paste -> Evidence.

``chat`` undoes what chat did to the text. Then each reader takes the pieces that it knows and leaves the rest to the
next one (``readers``). ``assemble`` pairs requests with answers, ``gather`` collects what holds credentials. Nothing
pasted is executed, expanded or followed.
"""

from bot.evidence import Credential, Evidence, Source
from bot.intake.damage import is_undamaged
from bot.settings import Settings


def read_evidence(text: str, settings: Settings) -> Evidence:
    """Read everything that a paste shows. Never raises for any text; takes time linear in its length."""
    lone = text.strip(" \t\r\n")
    if lone.startswith("eyJ") and is_undamaged(lone):  # what most people paste; nothing else can stand in it
        return Evidence(credentials=(Credential(lone, "", Source.LOOSE, lone),))
    from bot.intake.readers import read_any  # the readers need not be loaded for a lone token

    return read_any(text, settings)
