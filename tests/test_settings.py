from typing import get_type_hints

import pytest

from bot.settings import DIAGNOSIS, HTTP, LIVE, SERVER, SETTINGS, SLACK, SOCKET, Setting, Settings, SettingsError

EVERY_PART = (DIAGNOSIS, LIVE, SLACK, HTTP, SOCKET, SERVER)


def problems(environ: dict[str, str], **options: tuple[str, ...]) -> tuple[str, ...]:
    options.setdefault("parts", EVERY_PART)
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ, **options)
    return caught.value.problems


def read(name: str, value: str) -> object:
    settings = Settings.from_env({name: value}, parts=EVERY_PART)
    return getattr(settings, name.lower())


def test_without_an_environment_the_defaults_hold() -> None:
    settings = Settings.from_env({}, parts=EVERY_PART)

    assert settings == Settings()
    assert settings.rhythm_audience == "https://api.rhythmsoftware.com"
    assert settings.rhythm_api_url == "https://{service}.api.rhythmsoftware.com"
    assert (settings.port, settings.host) == (3000, "0.0.0.0")
    assert settings.live_checks is True
    assert (settings.live_timeout_seconds, settings.clock_leeway_seconds) == (8.0, 60)
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert settings.allowed_teams == settings.allowed_channels == settings.allowed_user_groups == ()


@pytest.mark.parametrize(
    "setting", [setting for setting in SETTINGS if setting.default], ids=lambda setting: setting.name
)
def test_a_default_written_out_reads_as_the_default(setting: Setting) -> None:
    assert read(setting.name, setting.default) == getattr(Settings(), setting.name.lower())


def test_every_setting_has_a_field_and_every_field_a_setting() -> None:
    assert {setting.name.lower() for setting in SETTINGS} == set(Settings._fields)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-0", "xoxb-0"),
        ("SLACK_APP_TOKEN", "xapp-0", "xapp-0"),
        ("SLACK_SIGNING_SECRET", "abc", "abc"),
        ("SLACK_API_URL", "https://slack.example.org/api", "https://slack.example.org/api/"),
        ("SLACK_API_URL", "http://127.0.0.1:9000/api/", "http://127.0.0.1:9000/api/"),
        ("PORT", "0", 0),
        ("PORT", "65535", 65535),
        ("LIVE_CHECKS", "OFF", False),
        ("LIVE_CHECKS", "on", True),
        ("RHYTHM_API_URL", "http://127.0.0.1:9000/{service}/", "http://127.0.0.1:9000/{service}"),
        (
            "RHYTHM_AUTH0_DOMAINS",
            " acme.us.auth0.com , login.example.org/ ,",
            ("acme.us.auth0.com", "login.example.org"),
        ),
        ("RHYTHM_AUTH0_DOMAINS", "http://127.0.0.1:9001", ("http://127.0.0.1:9001",)),
        ("LIVE_TIMEOUT_SECONDS", "0.5", 0.5),
        ("LIVE_TIMEOUT_SECONDS", "60", 60.0),
        ("CLOCK_LEEWAY_SECONDS", "0", 0),
        ("CLOCK_LEEWAY_SECONDS", "600", 600),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "JSON", "json"),
        ("ALLOWED_TEAMS", "T1, E2", ("T1", "E2")),
        ("ALLOWED_CHANNELS", "C1,G2,D3", ("C1", "G2", "D3")),
        ("ALLOWED_USER_GROUPS", "S1", ("S1",)),
        ("METRICS_TOKEN", " secret ", "secret"),
    ],
)
def test_a_right_value_is_read(name: str, text: str, value: object) -> None:
    assert read(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1", "SLACK_BOT_TOKEN is a user token (xoxp-); the bot token starts with xoxb-."),
        ("SLACK_BOT_TOKEN", "xapp-1", "belongs in SLACK_APP_TOKEN"),
        ("SLACK_BOT_TOKEN", "hello", "SLACK_BOT_TOKEN is not a bot token"),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN is not an app-level token"),
        ("SLACK_API_URL", "http://slack.com/api", "must start with https://"),
        ("SLACK_API_URL", "slack.com", "is not a web address"),
        ("SLACK_API_URL", "ftp://slack.com", "is not a web address"),
        ("SLACK_API_URL", "https://id:pw@slack.com", "is not a web address"),
        ("PORT", "65536", "is not a port number from 0 to 65535"),
        ("PORT", "-1", "is not a port number"),
        ("PORT", "8o", "is not a port number"),
        ("PORT", "٣", "is not a port number"),
        ("LIVE_CHECKS", "yes", "must be on or off"),
        ("RHYTHM_API_URL", "https://api.example.org", "must hold {service}"),
        ("RHYTHM_API_URL", "http://{service}.example.org", "must start with https://"),
        ("RHYTHM_API_URL", "https://{service}.{env}.example.org", "is not a web address"),
        ("RHYTHM_API_URL", "https://{service}.beispiel-ä.org", "in other letters than DNS has"),
        ("RHYTHM_API_URL", "https://{service}.example.org:65536", "ports end at 65535"),
        ("RHYTHM_AUTH0_DOMAINS", "acme<.us.auth0.com", "in other letters than DNS has"),
        (
            "RHYTHM_AUTH0_DOMAINS",
            "acme.us.auth0.com,http://a.example.org",
            "names 'http://a.example.org', which must start",
        ),
        ("RHYTHM_AUTH0_DOMAINS", "a b", "names 'a b', which is not a web address"),
        ("LIVE_TIMEOUT_SECONDS", "0.4", "must be a number of seconds from 0.5 to 60"),
        ("LIVE_TIMEOUT_SECONDS", "nan", "must be a number of seconds"),
        ("LIVE_TIMEOUT_SECONDS", "soon", "must be a number of seconds"),
        ("CLOCK_LEEWAY_SECONDS", "601", "must be a number of seconds from 0 to 600"),
        ("LOG_LEVEL", "TRACE", "must be DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "must be text or json"),
        ("ALLOWED_TEAMS", "T1,C2", "names 'C2', which is no Slack id that starts with T or E"),
        ("ALLOWED_CHANNELS", "general", "names 'general'"),
        ("ALLOWED_CHANNELS", "C1 C2", "names 'C1 C2'"),
        ("ALLOWED_USER_GROUPS", "s1", "names 's1'"),
    ],
)
def test_a_wrong_value_is_one_problem_that_names_the_setting(name: str, text: str, problem: str) -> None:
    found = problems({name: text})

    assert len(found) == 1
    assert found[0].startswith(name)
    assert problem in found[0]
    assert found[0].endswith(".")


def test_every_problem_is_named_at_once() -> None:
    found = problems({"PORT": "x", "LOG_LEVEL": "loud"}, needs=("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"))

    assert [problem.split()[0] for problem in found] == ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "PORT", "LOG_LEVEL"]
    assert found[0] == "SLACK_BOT_TOKEN is missing: bot token of the installed Slack app (xoxb-...)."


def test_an_empty_or_blank_value_counts_as_missing() -> None:
    assert Settings.from_env({"PORT": "", "LOG_LEVEL": "  "}, parts=EVERY_PART) == Settings()
    assert problems({"SLACK_BOT_TOKEN": " "}, needs=("SLACK_BOT_TOKEN",))[0].startswith("SLACK_BOT_TOKEN is missing")


def test_a_wrong_value_of_a_part_that_is_not_used_keeps_its_default() -> None:
    settings = Settings.from_env({"PORT": "x", "SLACK_BOT_TOKEN": "x", "CLOCK_LEEWAY_SECONDS": "5"}, parts=(DIAGNOSIS,))

    assert (settings.port, settings.slack_bot_token, settings.clock_leeway_seconds) == (3000, "", 5)


def test_a_wrong_value_that_is_needed_is_a_problem_whatever_its_part() -> None:
    found = problems({"SLACK_APP_TOKEN": "x"}, parts=(DIAGNOSIS,), needs=("SLACK_APP_TOKEN",))

    assert found == ("SLACK_APP_TOKEN is not an app-level token: those start with xapp-.",)


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_no_problem_shows_a_secret(name: str) -> None:
    assert "do-not-show" not in "".join(problems({name: "xoxp-do-not-show-this"}))


def test_the_representation_shows_no_value() -> None:
    assert repr(Settings(slack_bot_token="xoxb-secret")) == "Settings(...)"


def test_what_is_read_has_the_fields_types() -> None:
    written = {setting.name: setting.default for setting in SETTINGS if setting.default} | {
        "RHYTHM_AUTH0_DOMAINS": "acme.us.auth0.com",
        "ALLOWED_TEAMS": "T1",
        "ALLOWED_CHANNELS": "C1",
        "ALLOWED_USER_GROUPS": "S1",
    }
    settings = Settings.from_env(written, parts=EVERY_PART)
    for name, kind in get_type_hints(Settings).items():
        expected = getattr(kind, "__origin__", kind)
        assert type(getattr(settings, name)) is expected, name
