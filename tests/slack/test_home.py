from bot.local.slack import Person, Slack
from tests.slack.doubles import texts


async def test_home_is_published_when_it_is_opened(slack: Slack, ada: Person) -> None:
    await ada.open_home()
    (shown,) = await slack.settled()

    assert shown.kind == "home"
    assert "https://rolodex.api.rhythmsoftware.com" in texts(shown.blocks)


async def test_its_button_opens_the_form(slack: Slack, ada: Person) -> None:
    await ada.open_home()
    (home,) = await slack.settled()

    await ada.click(home, "check_another")
    (shown,) = await slack.settled()

    assert shown.kind == "modal"


async def test_whoever_has_not_written_yet_is_greeted_once(slack: Slack, ada: Person) -> None:
    await ada.open_home(tab="messages")
    (shown,) = await slack.settled()
    await ada.open_home(tab="messages")
    later = await slack.settled(at_least=0)

    assert "Hello" in shown.text
    assert later == ()


async def test_being_removed_is_acknowledged(ada: Person) -> None:
    assert (await ada.event({"type": "app_uninstalled"})).status == 200
    assert (await ada.event({"type": "tokens_revoked", "tokens": {"bot": ["U0"]}})).status == 200


async def test_an_event_nobody_listens_to_is_acknowledged(ada: Person) -> None:
    assert (await ada.event({"type": "reaction_added", "user": ada.user_id})).status == 200
