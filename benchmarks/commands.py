"""Signed slash commands as Slack sends them, ready to be written to a connection."""

import secrets
import time
from urllib.parse import urlencode

from bot.local.slack.signing import signed

SIGNING_SECRET = "benchmark"


def requests(text: str, number: int) -> list[bytes]:
    """Make so many commands with one text; each has its own ``trigger_id``, or it would be taken for a repetition."""
    now = int(time.time())
    made = []
    for _ in range(number):
        form = {
            "token": "deprecated",
            "team_id": "T0BENCH",
            "team_domain": "bench",
            "channel_id": "C0BENCH",
            "channel_name": "general",
            "user_id": "U0ADA",
            "user_name": "ada",
            "command": "/rhythm-auth",
            "text": text,
            "api_app_id": "A0BENCH",
            "is_enterprise_install": "false",
            "response_url": "http://127.0.0.1:9/response",
            "trigger_id": secrets.token_hex(12),
        }
        body = urlencode(form).encode()
        head = {
            "Host": "127.0.0.1",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **signed(SIGNING_SECRET, now, body),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        made.append(f"POST /slack/events HTTP/1.1\r\n{lines}\r\n".encode() + body)
    return made
