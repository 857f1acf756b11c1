"""Putting the rooms together: the diagnosis that Slack is given, made of ``read``, ``judge`` and the settings."""

from bot import diagnose
from bot.checks import Case
from bot.settings import Settings
from bot.slack.diagnosis import Diagnosis


def diagnosis(settings: Settings) -> Diagnosis:
    """How a paste becomes a report under these settings."""

    def read(text: str, url: str | None) -> Case:
        return diagnose.read(text, settings, None, url)

    return Diagnosis(read=read, judge=diagnose.judge)
