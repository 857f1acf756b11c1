"""Slack's signature of a request: `v0`, HMAC-SHA256 over version, timestamp and raw body."""

import hashlib
import hmac


def signed(secret: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The two headers that Slack adds to a request; `timestamp` is in Unix seconds."""
    digest = hmac.new(secret.encode(), b"v0:%d:" % timestamp + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}
