from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt.async_app import AsyncApp

from bot.server.running import Running
from bot.settings import Settings
from bot.slack.commands import COMMAND
from bot.slack.diagnosis import Diagnosis

MANIFEST = yaml.safe_load((Path(__file__).parents[1] / "manifest.yml").read_text(encoding="utf-8"))
FEATURES, SCOPES, SLACK = MANIFEST["features"], MANIFEST["oauth_config"]["scopes"], MANIFEST["settings"]

Name = tuple[str, str]


def announced(manifest: dict[str, Any]) -> set[Name]:
    """What Slack will send, by a manifest."""
    features, events = manifest["features"], manifest["settings"]["event_subscriptions"]["bot_events"]
    return {
        *(("command", command["command"]) for command in features["slash_commands"]),
        *((f"{shortcut['type']}_shortcut", shortcut["callback_id"]) for shortcut in features["shortcuts"]),
        *(("event", event.partition(".")[0]) for event in events),
    }


def heard(method: str, constraint: Any) -> set[Name]:
    """What a listener hears, by the method of Bolt that registered it and its first argument.

    In a constraint, as in Slack's requests, a message shortcut is a ``message_action`` and a global one a ``shortcut``.
    """
    match method, constraint:
        case "message", _:
            return {("event", "message")}
        case "event", {"type": str(event)}:
            return {("event", event)}
        case "shortcut", {"type": "message_action", "callback_id": str(callback_id)}:
            return {("message_shortcut", callback_id)}
        case "shortcut", {"type": "shortcut", "callback_id": str(callback_id)}:
            return {("global_shortcut", callback_id)}
        case "shortcut", str(callback_id) | {"callback_id": str(callback_id)}:
            return {("message_shortcut", callback_id), ("global_shortcut", callback_id)}
        case "command" | "event" | "global_shortcut" | "message_shortcut", str(name):
            return {(method, name)}
    pytest.fail(f"{method}({constraint!r}) listens to what this test cannot read")


def nothing(*_: object) -> Any:
    pytest.fail("registering listeners diagnoses nothing")


def real_app() -> AsyncApp:
    return Running(Settings(slack_bot_token="xoxb-test"), Diagnosis(read=nothing, judge=nothing)).slack.bolt


def listened_to(monkeypatch: pytest.MonkeyPatch, build: Callable[[], object]) -> set[Name]:
    """What the listeners hear that ``build`` registers."""
    names: set[Name] = set()

    def spied(method: str, register: Callable[..., Any]) -> Callable[..., Any]:
        def spy(app: AsyncApp, constraint: Any = "", *arguments: Any, **options: Any) -> Any:
            names.update(heard(method, constraint))
            return register(app, constraint, *arguments, **options)

        return spy

    with monkeypatch.context() as patch:
        for method in ("command", "event", "global_shortcut", "message", "message_shortcut", "shortcut"):
            patch.setattr(AsyncApp, method, spied(method, getattr(AsyncApp, method)))
        build()
    return names


def test_slack_sends_what_the_app_listens_to_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    answered_before_bolt = {("command", COMMAND)}

    assert announced(MANIFEST) == listened_to(monkeypatch, real_app) | answered_before_bolt


def test_every_way_to_listen_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    def build() -> None:
        app = AsyncApp(signing_secret="", token="xoxb-test", request_verification_enabled=False)
        app.command("/a")
        app.event("app_home_opened")
        app.event({"type": "message", "subtype": "file_share"})
        app.message("hello")
        app.shortcut("b")
        app.shortcut({"type": "message_action", "callback_id": "c"})
        app.shortcut({"type": "shortcut", "callback_id": "d"})
        app.message_shortcut("e")
        app.global_shortcut("f")

    assert listened_to(monkeypatch, build) == {
        ("command", "/a"),
        ("event", "app_home_opened"),
        ("event", "message"),
        ("message_shortcut", "b"),
        ("global_shortcut", "b"),
        ("message_shortcut", "c"),
        ("global_shortcut", "d"),
        ("message_shortcut", "e"),
        ("global_shortcut", "f"),
    }


def test_the_names_are_those_that_people_and_scripts_rely_on() -> None:
    assert announced(MANIFEST) == {
        ("command", "/rhythm-auth"),
        ("message_shortcut", "diagnose_message"),
        ("global_shortcut", "diagnose"),
        ("event", "message"),
        ("event", "app_home_opened"),
        ("event", "app_uninstalled"),
        ("event", "tokens_revoked"),
    }


def test_only_direct_messages_are_read() -> None:
    events = SLACK["event_subscriptions"]["bot_events"]

    assert [event for event in events if event.startswith("message")] == ["message.im"]


def test_it_asks_for_the_scopes_it_needs_and_leaves_four_of_them_to_whoever_installs_it() -> None:
    optional = {"files:read", "channels:read", "groups:read", "usergroups:read"}

    assert set(SCOPES["bot_optional"]) == optional
    assert set(SCOPES["bot"]) - optional == {"commands", "chat:write", "im:history"}
    assert SCOPES.keys() == {"bot", "bot_optional"}


def test_a_token_reaches_the_command_as_it_was_typed() -> None:
    assert [command["should_escape"] for command in FEATURES["slash_commands"]] == [False]


def test_people_can_write_to_it() -> None:
    assert FEATURES["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_slack_sends_everything_to_the_one_route_of_the_web_process() -> None:
    urls = {
        FEATURES["slash_commands"][0]["url"],
        SLACK["event_subscriptions"]["request_url"],
        SLACK["interactivity"]["request_url"],
    }

    assert urls == {"https://YOUR-APP.example.com/slack/events"}
    assert SLACK["interactivity"]["is_enabled"] is True
    assert SLACK["socket_mode_enabled"] is False


def test_its_words_fit_slacks_limits() -> None:
    words = MANIFEST["display_information"]

    assert len(words["name"]) <= 35
    assert len(words["description"]) <= 140
    assert 175 <= len(words["long_description"]) <= 4000
    assert all(len(shortcut["name"]) <= 24 for shortcut in FEATURES["shortcuts"])
    assert all(len(shortcut["description"]) <= 150 for shortcut in FEATURES["shortcuts"])
