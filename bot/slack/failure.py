"""An exception in a log: its type and where in our code it was raised, never its text, which may quote a token."""

import re
from pathlib import Path
from types import TracebackType

from slack_sdk.errors import SlackApiError

_OURS = Path(__file__).parent.parent
_CODE = re.compile(r"[a-z_]{1,60}")


def describe(error: BaseException) -> str:
    """Name the exception's type, the line of our code that led to it, and Slack's own error code if it has one."""
    name = type(error).__name__
    place = _place(error.__traceback__)
    code = slack_code(error)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return (
        name
        + (f" ({code})" if code else "")
        + (f" at {place}" if place else "")
        + (f", after {type(cause).__name__}" if cause is not None else "")
    )


def _place(traceback: TracebackType | None) -> str:
    place = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        path = Path(code.co_filename)
        if path.is_relative_to(_OURS):
            place = f"{path.relative_to(_OURS.parent)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


def slack_code(error: BaseException) -> str:
    """Return Slack's own error code, such as ``channel_not_found``; empty where Slack gave none."""
    if not isinstance(error, SlackApiError):
        return ""
    try:
        code = error.response.get("error", "")
    except (AttributeError, ValueError):  # the answer was no JSON object
        return ""
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""
