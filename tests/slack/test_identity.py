import itertools
from collections.abc import AsyncIterator

import pytest

from bot.local.slack import Fault, Slack
from bot.settings import Settings
from bot.slack import identity as module
from bot.slack.identity import Bot, Identity, TokenRefusedError, back_off
from bot.slack.outgoing import Outgoing


@pytest.fixture
async def identity(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Identity]:
    monkeypatch.setattr(module, "FIRST_WAIT", 0.01)
    outgoing = Outgoing(settings)
    outgoing.open()
    yield Identity(outgoing.client)
    await outgoing.close()


async def test_slack_is_asked_until_it_answers(slack: Slack, identity: Identity) -> None:
    slack.faults.add("auth.test", Fault(error="internal_error"), 3)

    await identity.find()

    workspace = slack.workspace
    assert identity.bot == Bot(workspace.bot_id, workspace.bot_user_id, workspace.team_id)
    assert identity.problem == ""
    assert len(slack.transcript.calls("auth.test")) == 4


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_refusal_ends_the_asking(slack: Slack, identity: Identity, code: str) -> None:
    slack.faults.add("auth.test", Fault(error=code))

    with pytest.raises(TokenRefusedError, match=code):
        await identity.find()

    assert code in identity.problem


def test_the_waits_double_up_to_a_minute() -> None:
    assert list(itertools.islice(back_off(), 9)) == [1, 2, 4, 8, 16, 32, 60, 60, 60]
