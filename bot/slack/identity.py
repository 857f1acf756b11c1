"""Who the bot is: asked of Slack once with ``auth.test``, again and again until Slack can be reached."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failure import describe, slack_code

REFUSALS = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "no_permission",
        "not_allowed_token_type",
        "org_login_required",
        "access_denied",
        "two_factor_setup_required",
        "team_access_not_granted",
    }
)
"""Errors of Slack after which the same token will not do tomorrow either (methods reference, auth.test)."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds between two tries."""

log = logging.getLogger(__name__)


class TokenRefusedError(Exception):
    """Slack refuses the token in ``setting``; ``code`` is Slack's error code."""

    def __init__(self, setting: str, code: str) -> None:
        self.code = code
        super().__init__(f"Slack refuses {setting}: {code}.")


def refusal(error: BaseException) -> str:
    """Return Slack's error code if it means that the token is no good, else an empty string."""
    code = slack_code(error)
    return code if code in REFUSALS else ""


def back_off() -> Iterator[float]:
    """Yield the seconds to wait before each new try, doubled each time, without end."""
    seconds = FIRST_WAIT
    while True:
        yield seconds
        seconds = min(seconds * 2, LONGEST_WAIT)


@dataclass(frozen=True)
class Bot:
    """What ``auth.test`` says: the ids by which the bot's own messages are known."""

    bot_id: str | None
    user_id: str | None
    team_id: str | None


class Identity(AsyncAuthorize):
    """Authorizes every request with the one bot token, without waiting for Slack.

    ``bot`` is None until Slack answered; then ``problem`` says in plain words why.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self.bot: Bot | None = None
        self.problem = "Slack has not been asked yet"

    async def __call__(  # type: ignore[override]  # Bolt declares names that it never passes
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt's signature
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
    ) -> AuthorizeResult:
        """Give Bolt the bot token, and the bot's own ids as far as they are known."""
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_id=self.bot.bot_id if self.bot else None,
            bot_user_id=self.bot.user_id if self.bot else None,
            bot_token=self._client.token,
        )

    async def doubt(self) -> None:
        """Ask Slack once more, since it told us that the token is gone; ``problem`` says so where it is."""
        try:
            await self._client.auth_test()
        except Exception as error:  # noqa: BLE001 - only a refusal means that the token is gone
            code = refusal(error)
            if code:
                self.bot, self.problem = None, f"Slack refuses the bot token: {code}"
                log.error("Slack refuses the bot token by now: %s", code)

    async def find(self) -> None:
        """Ask Slack until it answers.

        Raises:
            TokenRefusedError: Slack answered that the token is no good.
        """
        for seconds in back_off():
            try:
                answer = await self._client.auth_test()
            except Exception as error:  # noqa: BLE001 - whatever keeps Slack from answering, we ask again
                code = refusal(error)
                if code:
                    self.problem = f"Slack refuses the bot token: {code}"
                    raise TokenRefusedError("SLACK_BOT_TOKEN", code) from None
                self.problem = "Slack cannot be reached"
                log.warning("auth.test failed, trying again in %d s: %s", seconds, describe(error))
                await asyncio.sleep(seconds)
            else:
                self.problem = ""
                self.bot = Bot(answer.get("bot_id"), answer.get("user_id"), answer.get("team_id"))
                break
