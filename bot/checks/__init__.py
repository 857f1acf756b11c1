"""The checklist.

Every line in its order. The first seven are in every report; the others where there is evidence for them.
"""

from bot.checks import (
    access_token,
    audience,
    authorization_header,
    base_url,
    claims,
    expiry,
    first_login,
    live,
    response,
    token_request,
)
from bot.checks.base import Case, Check

CHECKS: tuple[Check, ...] = (
    authorization_header.CHECK,
    access_token.CHECK,
    expiry.CHECK,
    audience.CHECK,
    claims.CHECK,
    first_login.CHECK,
    base_url.CHECK,
    token_request.CHECK,
    response.CHECK,
    live.CHECK,
)
"""The lines of the checklist, in the order of the public interface."""

__all__ = ["CHECKS", "Case", "Check", "live"]
