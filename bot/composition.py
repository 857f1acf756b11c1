"""Putting the rooms together: the diagnosis that Slack is given: how it reads, judges and asks under these settings."""

from bot import diagnose
from bot.checks import Case
from bot.question import question
from bot.settings import Settings
from bot.slack.diagnosis import Diagnosis, Prober


def diagnosis(settings: Settings) -> Diagnosis:
    """How a paste becomes a report under these settings; where they switch live checks off, nobody is asked."""

    def read(text: str, url: str | None) -> Case:
        return diagnose.read(text, settings, None, url)

    return Diagnosis(read=read, judge=diagnose.judging, prober=_prober(settings) if settings.live_checks else None)


def _prober(settings: Settings) -> Prober:
    from bot import live

    prober: live.Prober[Case] = live.Prober(settings, question)
    return prober
