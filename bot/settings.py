"""Settings: what an operator may configure, read from the environment, every problem named at once."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.url import is_loopback, read_url

DIAGNOSIS = "diagnosis"
"""The part of the settings that judging a paste needs.

The other parts are Slack over HTTP, Socket Mode and the server.
"""
LIVE, SLACK, HTTP, SOCKET, SERVER = "live", "slack", "http", "socket", "server"


class Setting(NamedTuple):
    """One setting.

    Its environment name, what it means, its default as text, and the part of the program that uses it.
    """

    name: str
    meaning: str
    default: str
    part: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("SLACK_BOT_TOKEN", "Bot token of the installed Slack app (xoxb-...)", "", SLACK, secret=True),
    Setting("SLACK_SIGNING_SECRET", "Signing secret of the Slack app; needed by serve", "", HTTP, secret=True),
    Setting("SLACK_APP_TOKEN", "App-level token for Socket Mode (xapp-...); needed by socket", "", SOCKET, secret=True),
    Setting("SLACK_API_URL", "Web API base URL, for a stand-in; empty: Slack's own", "", SLACK),
    Setting("PORT", "Port that serve listens on", "3000", SERVER),
    Setting("HOST", "Address that serve listens on", "0.0.0.0", SERVER),  # noqa: S104 - a dyno is reached from outside
    Setting("LIVE_CHECKS", "Whether the API and the authorization server are asked: on or off", "on", LIVE),
    Setting("RHYTHM_AUDIENCE", "Audience that the Rhythm API expects", "https://api.rhythmsoftware.com", DIAGNOSIS),
    Setting("RHYTHM_API_URL", "URL template of a service", "https://{service}.api.rhythmsoftware.com", DIAGNOSIS),
    Setting(
        "RHYTHM_AUTH0_DOMAINS",
        "Auth0 domains that may issue tokens, comma-separated; empty: any Auth0-shaped domain is plausible",
        "",
        DIAGNOSIS,
    ),
    Setting("LIVE_TIMEOUT_SECONDS", "Budget of all live checks of one diagnosis, in seconds", "8", LIVE),
    Setting("CLOCK_LEEWAY_SECONDS", "Tolerance for exp, nbf and iat, in seconds", "60", DIAGNOSIS),
    Setting("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO", SERVER),
    Setting("LOG_FORMAT", "text or json", "text", SERVER),
    Setting("ALLOWED_TEAMS", "Slack workspace ids that may use the bot, comma-separated; empty: all", "", SLACK),
    Setting("ALLOWED_CHANNELS", "Slack channel ids where it may be used, comma-separated; empty: all", "", SLACK),
    Setting("ALLOWED_USER_GROUPS", "Slack user group ids that may use it, comma-separated; empty: all", "", SLACK),
    Setting("METRICS_TOKEN", "Bearer token that opens GET /metrics; empty: no such route", "", SERVER, secret=True),
)


class SettingsError(Exception):
    """Every problem of the settings at once. ``problems`` are sentences without any secret value."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Settings(NamedTuple):
    """The validated settings. Durations are in seconds. Secrets never show in its representation."""

    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_api_url: str = ""
    port: int = 3000
    host: str = "0.0.0.0"  # noqa: S104 - a dyno is reached from outside its container
    live_checks: bool = True
    rhythm_audience: str = "https://api.rhythmsoftware.com"
    rhythm_api_url: str = "https://{service}.api.rhythmsoftware.com"
    rhythm_auth0_domains: tuple[str, ...] = ()
    live_timeout_seconds: float = 8.0
    clock_leeway_seconds: int = 60
    log_level: str = "INFO"
    log_format: str = "text"
    allowed_teams: tuple[str, ...] = ()
    allowed_channels: tuple[str, ...] = ()
    allowed_user_groups: tuple[str, ...] = ()
    metrics_token: str = ""

    def __repr__(self) -> str:
        """Name the settings without any value: some are secrets, and nobody needs the others in a traceback."""
        return "Settings(...)"

    @classmethod
    def from_env(
        cls, environ: Mapping[str, str], *, parts: tuple[str, ...] = (DIAGNOSIS,), needs: tuple[str, ...] = ()
    ) -> "Settings":
        """Read and validate the settings that ``parts`` of the program use; ``needs`` are names that must have a value.

        An empty value counts as missing. Settings of other parts keep their defaults when they are wrong.

        Raises:
            SettingsError: with every problem at once.
        """
        reader = _Reader(environ)
        problems: list[str] = []
        values: dict[str, object] = {}
        for setting in SETTINGS:
            text = environ.get(setting.name, "").strip()
            if not text:
                if setting.name in needs:
                    problems.append(f"{setting.name} is missing: {setting.meaning[0].lower()}{setting.meaning[1:]}.")
                continue
            try:
                values[setting.name.lower()] = reader.value(setting, text)
            except ValueError as problem:
                if setting.part in parts or setting.name in needs:
                    problems.append(f"{setting.name} {problem}.")
        if problems:
            raise SettingsError(tuple(problems))
        return cls(**values)  # type: ignore[arg-type]  # the reader returns each field's type; a test holds it to that


class _Reader:
    """Turns one setting's text into its value, or raises ValueError with a problem that follows the setting's name."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def value(self, setting: Setting, text: str) -> object:
        name = setting.name
        if name.startswith("ALLOWED_"):
            return self._slack_ids(name, text)
        method = getattr(self, f"_{name.lower()}", None)
        return method(text) if method else text

    def _slack_bot_token(self, text: str) -> str:
        if text.startswith("xoxp-"):
            raise ValueError("is a user token (xoxp-); the bot token starts with xoxb-")
        if text.startswith("xapp-"):
            raise ValueError(
                "is an app-level token (xapp-), which belongs in SLACK_APP_TOKEN; the bot token starts with xoxb-"
            )
        if not text.startswith("xoxb-"):
            raise ValueError("is not a bot token: those start with xoxb-")
        return text

    def _slack_app_token(self, text: str) -> str:
        if not text.startswith("xapp-"):
            raise ValueError("is not an app-level token: those start with xapp-")
        return text

    def _slack_api_url(self, text: str) -> str:
        _web_address(text)
        return text.rstrip("/") + "/"

    def _port(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and 0 <= int(text) <= 65535):
            raise ValueError("is not a port number from 0 to 65535")
        return int(text)

    def _live_checks(self, text: str) -> bool:
        if text.lower() not in {"on", "off"}:
            raise ValueError("must be on or off")
        return text.lower() == "on"

    def _rhythm_api_url(self, text: str) -> str:
        if "{service}" not in text:
            raise ValueError("must hold {service}, the place of the service's name")
        _web_address(text.replace("{service}", "rolodex"))
        return text.rstrip("/")

    def _rhythm_auth0_domains(self, text: str) -> tuple[str, ...]:
        domains = tuple(item.strip().rstrip("/") for item in text.split(",") if item.strip())
        for domain in domains:
            try:
                _web_address(domain if "://" in domain else f"https://{domain}")
            except ValueError as problem:
                raise ValueError(f"names {domain!r}, which {problem}") from None
        return domains

    def _live_timeout_seconds(self, text: str) -> float:
        return _number(text, low=0.5, high=60)

    def _clock_leeway_seconds(self, text: str) -> int:
        return int(_number(text, low=0, high=600))

    def _log_level(self, text: str) -> str:
        if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return text.upper()

    def _log_format(self, text: str) -> str:
        if text.lower() not in {"text", "json"}:
            raise ValueError("must be text or json")
        return text.lower()

    def _slack_ids(self, name: str, text: str) -> tuple[str, ...]:
        first = {"ALLOWED_TEAMS": "TE", "ALLOWED_CHANNELS": "CGD", "ALLOWED_USER_GROUPS": "S"}[name]
        ids = tuple(item.strip() for item in text.split(",") if item.strip())
        for item in ids:
            if item[0] not in first or not (item.isascii() and item.isalnum() and item.isupper()):
                raise ValueError(f"names {item!r}, which is no Slack id that starts with {' or '.join(first)}")
        return ids


def _web_address(text: str) -> None:
    """Accept an https address, or plain http for a loopback host; raise ValueError with what is wrong."""
    url = read_url(text)
    if url is None or not url.host or url.userinfo or "{" in text or " " in text:
        raise ValueError("is not a web address")
    if not all(letter.isascii() and (letter.isalnum() or letter in ".-_:") for letter in url.host):
        raise ValueError("is not a web address: its host is written in other letters than DNS has")
    if (url.port or 0) > 65535:
        raise ValueError("is not a web address: ports end at 65535")
    if url.scheme == "http" and not is_loopback(url.host):
        raise ValueError("must start with https:// (plain http is for loopback addresses alone)")
    if url.scheme not in {"http", "https"}:
        raise ValueError("is not a web address")


def _number(text: str, *, low: float, high: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise ValueError(f"must be a number of seconds from {low:g} to {high:g}")
    return number
