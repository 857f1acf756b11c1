import re
from pathlib import Path

from dotenv import dotenv_values

from bot.settings import SETTINGS, Settings

ENV_EXAMPLE = Path(__file__).parents[1] / ".env.example"
LINE = re.compile(r"(?:# )?(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)")


def shown() -> list[tuple[str, str]]:
    """The settings the file shows, in its order, those that are commented out as well."""
    lines = ENV_EXAMPLE.read_text(encoding="utf-8").splitlines()
    return [(match["name"], match["value"]) for match in map(LINE.fullmatch, lines) if match]


def test_it_shows_every_setting_in_order_with_its_default() -> None:
    assert shown() == [(setting.name, setting.default) for setting in SETTINGS]


def test_a_setting_with_a_default_is_commented_out_so_that_the_default_has_one_home() -> None:
    active = dotenv_values(ENV_EXAMPLE)

    assert active == {setting.name: "" for setting in SETTINGS if not setting.default}


def test_copied_as_it_is_it_configures_what_the_defaults_do() -> None:
    active = {name: value or "" for name, value in dotenv_values(ENV_EXAMPLE).items()}

    assert Settings.from_env(active) == Settings.from_env({})


def test_each_default_it_shows_is_accepted_when_uncommented() -> None:
    parts = tuple({setting.part for setting in SETTINGS})

    assert Settings.from_env(dict(shown()), parts=parts) == Settings.from_env({})


def test_every_group_of_settings_has_a_comment_that_says_what_it_means() -> None:
    groups = ENV_EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]

    for group in groups:
        assert re.match(r"# [A-Z]\S* \S+", group), group
        assert not LINE.fullmatch(group.splitlines()[0]), group
