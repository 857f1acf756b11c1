"""The Web API as Slack's own client sees it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.local.slack import BrokenRulesError, Fault, Message, Person, Slack


@pytest.fixture
def slack(lenient: Slack) -> Slack:
    return lenient


@pytest.fixture
async def ada(slack: Slack) -> AsyncIterator[Person]:
    async with httpx.AsyncClient() as client:
        yield slack.person(client)


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as raised:
        await call
    return str(raised.value.response["error"])


MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Paste"}, "blocks": [{"type": "divider"}]}
HOME = {"type": "home", "blocks": [{"type": "divider"}]}


async def test_auth_test_says_who_the_bot_is_and_what_it_may_do(slack: Slack, web: AsyncWebClient) -> None:
    answer = await web.auth_test()

    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0LOCALBOT1", "B0LOCAL0001", "T0LOCAL0001")
    headers = {name.lower(): value for name, value in dict(answer.headers).items()}
    assert headers["x-oauth-scopes"].split(",") == sorted(slack.scopes)


async def test_a_wrong_token_and_no_token_are_refused(slack: Slack) -> None:
    wrong = AsyncWebClient(token=f"{slack.bot_token}0", base_url=slack.api_url)

    assert await refused(wrong.auth_test()) == "invalid_auth"
    assert await refused(AsyncWebClient(base_url=slack.api_url).auth_test()) == "not_authed"


async def test_an_unknown_method_breaks_a_rule(slack: Slack, web: AsyncWebClient) -> None:
    assert await refused(web.api_call("chat.shout")) == "unknown_method"
    assert slack.broken_rules == ["chat.shout: is no method that the bot needs"]


async def test_a_body_that_is_no_json_breaks_a_rule(slack: Slack) -> None:
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{slack.api_url}auth.test", content=b"{", headers=headers)

    assert answer.json() == {"ok": False, "error": "invalid_json"}
    assert slack.broken_rules == ["auth.test: the body is no JSON object"]


async def test_a_scope_that_was_not_granted_is_missed(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    slack.scopes.discard("channels:read")

    assert await refused(web.conversations_info(channel=ada.channel_id)) == "missing_scope"
    assert await refused(web.conversations_open(users=ada.user_id)) == "missing_scope"
    assert await refused(web.users_info(user=ada.user_id)) == "missing_scope"


async def test_a_direct_message_is_posted_updated_linked_and_deleted(
    slack: Slack, web: AsyncWebClient, ada: Person
) -> None:
    posted = await web.chat_postMessage(channel=ada.user_id, text="one")
    place: Any = {"channel": posted["channel"], "ts": posted["ts"]}
    link = await web.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])
    await web.chat_update(**place, text="two")
    await web.chat_delete(**place)

    assert posted["channel"] == ada.dm_id
    assert link["permalink"].startswith(f"https://example-local.slack.com/archives/{ada.dm_id}/p1790000000")
    assert [(shown.kind, shown.text) for shown in slack.screen.shown] == [
        ("message", "one"),
        ("updated", "two"),
        ("deleted", "two"),
    ]
    assert await refused(web.chat_update(**place, text="three")) == "message_not_found"


async def test_an_update_without_blocks_keeps_them(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    posted = await web.chat_postMessage(channel=ada.dm_id, text="one", blocks=[{"type": "divider"}])
    await web.chat_update(channel=ada.dm_id, ts=posted["ts"], text="two")

    assert slack.screen.shown[-1].blocks == ({"type": "divider", "block_id": "b0"},)


async def test_only_the_bots_own_messages_can_be_changed(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    message = Message(ada.dm_id, slack.workspace.new_ts(), "mine", user=ada.user_id)
    slack.workspace.messages[message.channel, message.ts] = message

    place: Any = {"channel": message.channel, "ts": message.ts}
    assert await refused(web.chat_update(**place, text="yours")) == "cant_update_message"
    assert await refused(web.chat_delete(**place)) == "cant_delete_message"


async def test_the_bot_reaches_only_conversations_it_is_in(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    ephemeral: Any = {"channel": ada.channel_id, "user": ada.user_id, "text": "psst"}

    assert await refused(web.chat_postMessage(channel="C0", text="a")) == "channel_not_found"
    assert await refused(web.chat_postMessage(channel=ada.channel_id, text="a")) == "not_in_channel"
    assert await refused(web.chat_postEphemeral(**ephemeral)) == "not_in_channel"
    slack.workspace.channels[ada.channel_id].members.add(slack.workspace.bot_user_id)
    await web.chat_postEphemeral(**ephemeral)
    assert (slack.screen.shown[0].kind, slack.screen.shown[0].text) == ("ephemeral", "psst")
    assert await refused(web.chat_postEphemeral(**ephemeral | {"user": "U0"})) == "user_not_in_channel"


async def test_an_ephemeral_message_cannot_be_found_again(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    posted = await web.chat_postEphemeral(channel=ada.dm_id, user=ada.user_id, text="psst")

    assert await refused(web.chat_update(channel=ada.dm_id, ts=posted["message_ts"], text="b")) == "message_not_found"
    history = await web.conversations_history(channel=ada.dm_id)
    assert history["messages"] == []


async def test_conversations_are_described(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    info = await web.conversations_info(channel=ada.channel_id, include_num_members=True)
    members = await web.conversations_members(channel=ada.channel_id)
    private = slack.workspace.add_channel("board", ada.user_id, private=True)

    assert (info["channel"]["name"], info["channel"]["num_members"]) == ("api-support", 1)
    assert members["members"] == [ada.user_id]
    assert await refused(web.conversations_info(channel=private)) == "channel_not_found"
    assert await refused(web.conversations_info(channel="C0")) == "channel_not_found"
    assert await refused(web.conversations_info(channel=ada.dm_id)) == "missing_scope"


async def test_history_is_newest_first(web: AsyncWebClient, ada: Person) -> None:
    for text in ("one", "two"):
        await web.chat_postMessage(channel=ada.dm_id, text=text)

    history = await web.conversations_history(channel=ada.dm_id)
    assert [message["text"] for message in history["messages"]] == ["two", "one"]


async def test_people_files_and_groups_are_looked_up(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    slack.scopes.update({"users:read", "im:write"})
    slack.workspace.user_groups["S0"] = {ada.user_id}

    user = await web.users_info(user=ada.user_id, include_locale=True)
    opened = await web.conversations_open(users=ada.user_id)
    group = await web.usergroups_users_list(usergroup="S0")
    assert (user["user"]["name"], user["user"]["locale"]) == ("ada", "en-US")
    assert opened["channel"]["id"] == ada.dm_id
    assert group["users"] == [ada.user_id]
    assert await refused(web.users_info(user="U0")) == "user_not_found"
    assert await refused(web.conversations_open(users="U0")) == "user_not_found"
    assert await refused(web.usergroups_users_list(usergroup="S1")) == "no_such_subteam"
    assert await refused(web.files_info(file="F0")) == "file_not_found"


async def test_a_message_that_breaks_a_rule_is_refused_and_kept(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    header = {"type": "header", "text": {"type": "mrkdwn", "text": "a"}}

    assert await refused(web.chat_postMessage(channel=ada.dm_id, text="a", blocks=[header])) == "invalid_blocks"
    assert slack.broken_rules == ["chat.postMessage: /blocks/0/text: 'mrkdwn' is no text that is allowed here"]
    assert slack.screen.shown == []
    with pytest.raises(BrokenRulesError, match="no text that is allowed here"):
        slack.assert_no_broken_rules()


async def test_each_way_to_write_is_judged(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    posted = await web.chat_postMessage(channel=ada.dm_id, text="a")
    alert: Any = {"text": "a", "blocks": [{"type": "alert", "text": {"type": "plain_text", "text": "a"}}]}
    writing = [
        web.chat_update(channel=ada.dm_id, ts=posted["ts"], **alert),
        web.chat_postEphemeral(channel=ada.dm_id, user=ada.user_id, **alert),
        web.views_open(trigger_id="1", view={**MODAL, "blocks": [{"type": "table"}]}),
        web.views_push(trigger_id="1", view={**MODAL, "blocks": [{"type": "table"}]}),
        web.views_update(view_id="V0", view={**MODAL, "blocks": [{"type": "table"}]}),
        web.views_publish(user_id=ada.user_id, view={**HOME, "blocks": [{"type": "alert"}]}),
    ]

    assert [await refused(call) for call in writing] == ["invalid_blocks"] * 2 + ["invalid_arguments"] * 4
    assert len(slack.broken_rules) == 6


async def test_a_message_without_plain_text_is_shown_but_breaks_a_rule(
    slack: Slack, web: AsyncWebClient, ada: Person
) -> None:
    call = {"channel": ada.dm_id, "blocks": [{"type": "divider"}]}
    await web.api_call("chat.postMessage", json=call)

    assert slack.screen.shown[0].kind == "message"
    assert slack.broken_rules == [
        "chat.postMessage: /text: is missing: screen readers and notifications read nothing else"
    ]


async def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: Slack, web: AsyncWebClient, ada: Person, clock: Any
) -> None:
    first, late = slack.workspace.new_trigger(ada.user_id), slack.workspace.new_trigger(ada.user_id)
    clock.now += 3
    await web.views_open(trigger_id=first, view=MODAL)
    assert await refused(web.views_open(trigger_id=first, view=MODAL)) == "exchanged_trigger_id"
    clock.now += 0.1
    assert await refused(web.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"
    assert await refused(web.views_open(trigger_id="1.2.3", view=MODAL)) == "invalid_trigger_id"

    assert [shown.kind for shown in slack.screen.shown] == ["modal"]
    assert slack.broken_rules == [
        "views.open: /trigger_id: exchanged_trigger_id",
        "views.open: /trigger_id: expired_trigger_id",
        "views.open: /trigger_id: invalid_trigger_id",
    ]


async def test_three_views_lie_on_one_another_at_most(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    await web.views_open(trigger_id=slack.workspace.new_trigger(ada.user_id), view=MODAL)
    for _ in range(2):
        await web.views_push(trigger_id=slack.workspace.new_trigger(ada.user_id), view=MODAL)
    too_many = web.views_push(trigger_id=slack.workspace.new_trigger(ada.user_id), view=MODAL)

    assert await refused(too_many) == "push_limit_reached"
    assert slack.broken_rules == ["views.push: at most 3 views lie on one another"]
    assert ada.modal is not None
    assert (ada.modal.previous_id, ada.modal.root_id) == tuple(slack.workspace.stacks[ada.user_id][i] for i in (1, 0))


async def test_a_view_is_updated_by_id_or_external_id_and_the_hash_guards_it(
    slack: Slack, web: AsyncWebClient, ada: Person
) -> None:
    trigger = slack.workspace.new_trigger(ada.user_id)
    opened = await web.views_open(trigger_id=trigger, view={**MODAL, "external_id": "mine"})
    view_id, old = opened["view"]["id"], opened["view"]["hash"]
    await web.views_update(view_id=view_id, hash=old, view={**MODAL, "external_id": "mine"})

    assert await refused(web.views_update(view_id=view_id, hash=old, view=MODAL)) == "hash_conflict"
    await web.views_update(external_id="mine", view=MODAL)
    assert await refused(web.views_update(view_id="V0", view=MODAL)) == "not_found"
    assert [shown.kind for shown in slack.screen.shown] == ["modal", "modal-updated", "modal-updated"]


async def test_an_update_waits_for_the_answer_to_a_submission_that_is_on_its_way(
    slack: Slack, web: AsyncWebClient, ada: Person
) -> None:
    view = slack.workspace.open_view(ada.user_id, {**MODAL})
    over = slack.workspace.submitting[view.id] = asyncio.Event()
    updating = asyncio.create_task(web.views_update(view_id=view.id, view=MODAL))
    while not slack.transcript.calls("views.update"):
        await slack.screen.changed()

    assert [shown.kind for shown in slack.screen.shown] == ["modal"]
    over.set()
    await updating
    assert [shown.kind for shown in slack.screen.shown] == ["modal", "modal-updated"]


async def test_home_is_published(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    first = await web.views_publish(user_id=ada.user_id, view=HOME)
    await web.views_publish(user_id=ada.user_id, view=HOME, hash=first["view"]["hash"])

    assert ada.home is not None
    assert [shown.kind for shown in slack.screen.shown] == ["home", "home"]
    stale = web.views_publish(user_id=ada.user_id, view=HOME, hash=first["view"]["hash"])
    assert await refused(stale) == "hash_conflict"
    assert await refused(web.views_publish(user_id="U0", view=HOME)) == "user_not_found"


async def test_a_modal_is_no_home_and_a_home_no_modal(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    trigger = slack.workspace.new_trigger(ada.user_id)

    assert await refused(web.views_publish(user_id=ada.user_id, view=MODAL)) == "invalid_arguments"
    assert await refused(web.views_open(trigger_id=trigger, view=HOME)) == "invalid_arguments"
    assert slack.broken_rules == ["views.publish: /view: must be a home", "views.open: /view: must be a modal"]


async def test_faults_are_played_as_often_as_asked(slack: Slack, web: AsyncWebClient, ada: Person) -> None:
    slack.faults.add("chat.postMessage", Fault(status=429, retry_after=7), times=2)
    slack.faults.add("chat.postMessage", Fault(error="channel_is_archived"))
    slack.faults.add("chat.postMessage", Fault(status=503))

    for _ in range(2):
        with pytest.raises(SlackApiError) as raised:
            await web.chat_postMessage(channel=ada.dm_id, text="a")
        response: Any = raised.value.response
        assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert await refused(web.chat_postMessage(channel=ada.dm_id, text="a")) == "channel_is_archived"
    with pytest.raises(SlackApiError) as raised:
        await web.chat_postMessage(channel=ada.dm_id, text="a")
    last: Any = raised.value.response
    assert last.status_code == 503
    await web.chat_postMessage(channel=ada.dm_id, text="a")


async def test_a_hanging_method_answers_only_when_slack_ends(slack: Slack) -> None:
    slack.faults.add("auth.test", Fault(hang=True))
    web = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, timeout=0.2)  # type: ignore[arg-type] # seconds

    with pytest.raises(TimeoutError):
        await web.auth_test()


async def test_apps_connections_open_is_not_for_a_bot_token(slack: Slack, web: AsyncWebClient) -> None:
    assert await refused(web.apps_connections_open(app_token=slack.bot_token)) == "not_allowed_token_type"
