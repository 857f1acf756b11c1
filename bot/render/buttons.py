"""The row of buttons below an answer. What a button needs stands in its value, as a gist."""

from bot.render import texts
from bot.render.around import Around
from bot.render.elements import (
    CHECK_ANOTHER,
    COPY,
    DISMISS,
    RUN_LIVE,
    SHARE,
    TELL_AUTHOR,
    Block,
    actions,
    button,
    plain_text,
)
from bot.render.exposure import exposure
from bot.render.gist import basis, completed, gist
from bot.report import Report, Verdict


def buttons(report: Report, reference: str, surface: str, around: Around) -> Block:
    """The buttons that make sense for an answer on its ``surface``."""
    row = []
    place = {"channel": around.channel, "ts": around.ts, "thread_ts": around.thread_ts} if around.channel else {}
    if surface == "dm":  # with the bot alone there is nobody to share with: another conversation is chosen
        place = {"where": "elsewhere"}
    if around.live:
        row.append(button(texts.RUN_LIVE, RUN_LIVE, style="primary", spoken=texts.RUN_LIVE_SPOKEN, value=around.live))
    if around.author:
        row.append(_tell_author(report, reference, {**place, "author": around.author}))
    row.append(button(texts.CHECK_ANOTHER, CHECK_ANOTHER))
    if report.verdict is not Verdict.NOTHING_TO_CHECK:
        common = basis(report, reference)
        value = completed(common, report, place)
        row.append(button(texts.SHARE, SHARE, spoken=texts.SHARE_SPOKEN, value=value))
        value = completed(common, report, fingerprint=not around.origin or around.origin.own)
        row.append(button(texts.COPY, COPY, spoken=texts.COPY_SPOKEN, value=value))
    if surface != "modal":
        row.append(button(texts.DISMISS, DISMISS, spoken=texts.DISMISS_SPOKEN))
    return actions(*row)


def _tell_author(report: Report, reference: str, more: dict[str, str]) -> Block:
    exposed = exposure(report)
    if exposed:
        more = {**more, "exposed": "secret" if exposed.secret else "token"}
    asked = {
        "title": plain_text(texts.TELL_CONFIRM_TITLE, 100),
        "text": plain_text(texts.TELL_CONFIRM if exposed else texts.TELL_CONFIRM_PLAIN, 300),
        "confirm": plain_text(texts.TELL_YES, 30),
        "deny": plain_text(texts.TELL_NO, 30),
    }
    made = button(texts.TELL_AUTHOR, TELL_AUTHOR, spoken=texts.TELL_AUTHOR_SPOKEN, value=gist(report, reference, more))
    return {**made, "confirm": asked}
