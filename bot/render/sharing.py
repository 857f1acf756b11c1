"""What others get to see of a report: a summary for a conversation, a text for support, a word to a message's author.

All of it is drawn from a gist, so that nothing of a paste can be in it.
"""

from bot.render import texts
from bot.render.answer import upper
from bot.render.content import tell
from bot.render.elements import (
    DISMISS,
    SHARE_POST,
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    header,
    line,
    link,
    ordered,
    plain_text,
    preformatted,
    rich,
    words,
)
from bot.render.exposure import Exposure, lifetime
from bot.render.gist import Gist, gist
from bot.render.markup import code, iso
from bot.render.pages import said
from bot.report import Report

LINE_MOST = 600


def shared_message(found: Gist, person: str) -> Message:
    """The summary for a conversation; ``person`` is the id of whoever shares it."""
    report, reference = found.report, found.reference
    content = tell(report)
    by = texts.SHARED_BY.format(person=f"<@{person}>")
    return Message(
        texts.SHARED_LINE.format(title=content.title),
        [
            header(content.title),
            upper(content._replace(seen=content.seen if not report.root_cause else ())),
            *([divider(), rich(line(words(_outcomes(report))))] if report.checks else []),
            context(f"{by} {texts.SHARED_HOW} {texts.REFERENCE.format(reference=code(reference, 40))}"),
        ],
    )


def share_preview(found: Gist, person: str, *, thread: bool) -> Message:
    """Shows its reader alone what would be posted, and asks."""
    shown = shared_message(found, person)
    value = gist(found.report, found.reference)
    return Message(
        texts.SHARE_PREVIEW_TEXT,
        [
            context(texts.SHARE_PREVIEW_THREAD if thread else texts.SHARE_PREVIEW),
            *shown.blocks,
            actions(
                button(texts.SHARE_POST, SHARE_POST, style="primary", spoken=texts.SHARE_POST_SPOKEN, value=value),
                button(texts.SHARE_CANCEL, DISMISS),
            ),
        ],
    )


def is_elsewhere(found: Gist) -> bool:
    """Whether a gist comes from a conversation with the bot alone, so that its summary belongs into another one."""
    return found.more.get("where") == "elsewhere"


def share_modal(found: Gist, person: str) -> Block:
    """The same in a modal, where the conversation has to be chosen unless the gist knows it."""
    asked: list[Block] = []
    ask_where = not found.more.get("channel")
    if ask_where:
        chosen: Block = {
            "type": "conversations_select",
            "action_id": "conversation",
            "response_url_enabled": True,
        }
        if is_elsewhere(found):
            chosen["filter"] = {"include": ["public", "private", "mpim", "im"], "exclude_bot_users": True}
        else:
            chosen["default_to_current_conversation"] = True
        label = plain_text(texts.SHARE_WHERE, 2000)
        asked = [{"type": "input", "block_id": "where", "label": label, "element": chosen}]
    intro = texts.SHARE_PREVIEW_CHOSEN if ask_where else texts.SHARE_PREVIEW_THREAD
    return {
        "type": "modal",
        "callback_id": "share",
        "title": plain_text(texts.SHARE_TITLE, 24),
        "submit": plain_text(texts.SHARE_POST, 24),
        "close": plain_text(texts.CANCEL, 24),
        "private_metadata": gist(found.report, found.reference, found.more),
        "blocks": [context(intro), *shared_message(found, person).blocks, *asked],
    }


def support_message(found: Gist) -> Message:
    """The text for support, to be copied."""
    text = support_text(found.report, found.reference)
    return Message(
        texts.COPY_TEXT,
        [
            rich(said(texts.COPY_INTRO), preformatted(text), line(link(texts.SUPPORT.title, texts.SUPPORT.url))),
            context(texts.REFERENCE.format(reference=code(found.reference, 40))),
            actions(button(texts.DISMISS, DISMISS, spoken=texts.DISMISS_SPOKEN)),
        ],
    )


def support_text(report: Report, reference: str) -> str:
    """Ids, certainties, outcomes, times and the fingerprint of a redacted report, one a line."""
    found = [finding for finding in (report.root_cause, *report.next) if finding is not None]
    causes = [f"{finding.cause} ({finding.certainty.value})" for finding in found]
    lines = [
        f"{texts.NAME} {texts.VERSION}, {reference}",
        f"verdict: {report.verdict.value}",
        f"cause: {causes[0] if report.root_cause else 'none'}",
        *(f"next: {following}" for following in causes[bool(report.root_cause) :]),
        *(f"check: {check.id} {check.outcome.value}" for check in report.checks),
        f"judged: {iso(report.judged_at) or texts.NO_REAL_TIME}",
    ]
    token = report.token
    if token is not None:
        lines.append(f"token: {token.kind}")
        if token.fingerprint:
            lines.append(f"fingerprint: {token.fingerprint}")
        for label, moment in (("issued", token.issued_at), ("expires", token.expires_at)):
            if moment is not None:
                lines.append(f"{label}: {iso(moment) or texts.NO_REAL_TIME}")
    return "\n".join(lines)


def author_message(found: Gist, asked_by: str, permalink: str) -> Message:
    """A word to the author of a message that somebody, ``asked_by``, had looked at. ``permalink`` may be empty."""
    report, exposed = found.report, _exposed(found)
    linked = permalink.startswith(("https://", "http://"))
    message = link(texts.AUTHOR_MESSAGE, permalink) if linked else words(texts.AUTHOR_MESSAGE)
    intro: list[Block] = [{"type": "user", "user_id": asked_by}, words(f" {texts.AUTHOR_INTRO} "), message, words(".")]
    parts = [line(*intro)]
    if exposed is not None:
        shows = texts.AUTHOR_EXPOSED_SECRET if exposed.secret else texts.AUTHOR_EXPOSED
        parts = [line(*intro, words(f"\n\n{shows}"))]
        parts.append(ordered([line(words(texts.AUTHOR_DELETE)), *_harmless(exposed)]))
    content = tell(report)
    return Message(
        texts.AUTHOR_TEXT,
        [
            rich(*parts),
            header(content.title),
            upper(content._replace(seen=content.seen if not report.root_cause else ())),
            context(f"{texts.AUTHOR_PRIVATE} {texts.REFERENCE.format(reference=code(found.reference, 40))}"),
        ],
    )


def _exposed(found: Gist) -> Exposure | None:
    kind, token = found.more.get("exposed"), found.report.token
    if not kind:
        return None
    until = token.expires_at if token and kind != "secret" else None
    return Exposure(kind == "secret", until, until is not None and until <= found.report.judged_at)


def _harmless(exposed: Exposure) -> list[Block]:
    if exposed.secret:
        return [line(words(texts.AUTHOR_ROTATE))]
    let = [] if exposed.expired or exposed.expires_at is None else [words(f"{texts.AUTHOR_LET} ")]
    return [line(*let, *lifetime(exposed))]


def _outcomes(report: Report) -> str:
    """The checks by their outcomes, a line each: "Failed ❌ Audience", "Passed ✅ Expiry, Claims"."""
    groups = []
    for outcome in texts.OUTCOMES_IN_ORDER:
        titles = [check.title for check in report.checks if check.outcome is outcome]
        if titles:
            word, emoji = texts.OUTCOMES[outcome]
            groups.append(f"{word} {emoji} {', '.join(titles)}")
    return "\n".join(groups)[:LINE_MOST]
