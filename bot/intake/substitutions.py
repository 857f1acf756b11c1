"""What a shell's variable holds where a token request is read into it: ``TOKEN=$(curl ... /oauth/token ... | jq ...)``.

Nothing is run. What such a line prints is known by its form alone: the whole response, or a member with jq's quotes.
"""

import re

from bot.intake.piece import unknown

_WRITES_ELSEWHERE = re.compile(r"[ \t](?:-o|--output|-w|--write-out|-O)\b")


def printed(word: str) -> str | None:
    """What a word prints that is one command substitution; None where its form does not say."""
    command = word.strip("\"'")
    if not (command.startswith("$(") and command.endswith(")") and "/oauth/token" in command):
        return None
    request, pipe, last = command[2:-1].rpartition("|")
    if not pipe:
        is_plain = last.lstrip().startswith("curl") and _WRITES_ELSEWHERE.search(last) is None
        return f'{{"access_token":"{unknown("access_token")}","token_type":"Bearer"}}' if is_plain else None
    if "|" in request or not last.lstrip().startswith("jq ") or "access_token" not in last:
        return None
    is_raw = re.search(r"[ \t](?:-[a-zA-Z]*[rj][a-zA-Z]*|--raw-output0?|--join-output)(?![\w-])", last) is not None
    return None if is_raw else f'"{unknown("access_token")}"'
