"""The command line.

``check``, ``causes``, ``chat``, ``serve``, ``socket``. With the settings the only reader of the environment.

What a command needs is imported when it runs: ``check`` stays fast because it loads neither Slack nor an HTTP client.
"""

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from bot.observation import Observations
from bot.settings import DIAGNOSIS, HTTP, LIVE, SERVER, SLACK, SOCKET, Settings, SettingsError

MAX_BYTES = 1_048_576
"""Bytes of text that ``check`` reads; more is wrong usage."""
USAGE, BLOCKED, NOTHING_TO_CHECK = 2, 1, 3
"""Exit statuses of ``check`` besides 0."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status of the process."""
    options = parsers()[0].parse_args(arguments)
    try:
        return int(options.run(options))
    except SettingsError as error:
        print(
            "The settings are not right:", *(f"  - {problem}" for problem in error.problems), sep="\n", file=sys.stderr
        )
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


class _Parser(argparse.ArgumentParser):
    """A parser whose error texts hold no secret: people put a token where a command or a file belongs."""

    def error(self, message: str) -> NoReturn:
        from bot.redact import scrub

        super().error(scrub(message))


def parsers(width: int | None = None) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """The command line as a whole, and its ``check``. ``width``, in columns, is for help that no terminal shows."""

    def formatter(prog: str) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(prog, width=width or _width() - 2)  # without one it loads shutil: 3 ms

    whole = _Parser(
        prog="rhythm-auth",
        description="Tells why the Rhythm API answers 401 Unauthorized, from whatever you have.",
        formatter_class=formatter,
    )
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND", prog=whole.prog)
    check = commands.add_parser(
        "check",
        help="diagnose one paste: a token, a header, a curl command, an error",
        description=(
            "Diagnoses one paste from a file or from standard input, and prints the checklist. Exit status: 1 blocked,"
            " 3 nothing to check, 0 clear or inconclusive, 2 wrong usage."
        ),
        formatter_class=formatter,
    )
    check.add_argument("file", nargs="?", default="-", metavar="FILE", help="the paste; - or nothing: standard input")
    shape = check.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the report as JSON and nothing else")
    shape.add_argument("--blocks", action="store_true", help="print the Slack message as JSON")
    network = check.add_mutually_exclusive_group()
    network.add_argument("--live", action="store_true", help="also ask the API and the authorization server")
    network.add_argument("--offline", action="store_true", help="use no network (the default)")
    check.add_argument(
        "--at", metavar="TIME", help="judge time as of this ISO 8601 time, for example 2026-03-10T12:00:00Z"
    )
    check.add_argument("--url", metavar="URL", help="the request's URL, where the paste has none")
    check.add_argument("--no-color", action="store_true", help="print without colours")
    check.set_defaults(run=_check)
    causes = commands.add_parser("causes", help="list every cause, or explain one", formatter_class=formatter)
    causes.add_argument("id", nargs="?", metavar="ID", help="the cause to explain")
    causes.add_argument("--no-color", action="store_true", help="print without colours")
    causes.set_defaults(run=_causes)
    for name, run, text in (
        ("chat", _chat, "a local console with a stand-in for Slack: no account, no network"),
        ("serve", _serve, "the web process: Slack over HTTP on $PORT"),
        ("socket", _socket, "the worker process: Slack over Socket Mode"),
    ):
        commands.add_parser(name, help=text, description=text, formatter_class=formatter).set_defaults(run=run)
    return whole, check


def _check(options: argparse.Namespace) -> int:
    gc.set_threshold(100_000)  # one paste, and the process ends: garbage would take longer to find than to keep
    from bot.intake.answers import iso_time
    from bot.url import read_url

    settings = Settings.from_env(os.environ, parts=(DIAGNOSIS, LIVE) if options.live else (DIAGNOSIS,))
    at = iso_time(options.at) if options.at is not None else None
    if options.at is not None and at is None:
        return _wrong_usage("--at is no ISO 8601 time such as 2026-03-10T12:00:00Z")
    if options.url is not None and read_url(options.url if "://" in options.url else f"https://{options.url}") is None:
        return _wrong_usage("--url is no URL such as https://rolodex.api.rhythmsoftware.com/contacts/current")
    text = _text(options.file)
    if isinstance(text, int):
        return text
    from bot.diagnose import judge, read

    case = read(text, settings, at, options.url)
    observations: Observations = ()
    if options.live:
        from bot.asking import ask

        observations = ask(case, settings, sys.stderr, moves=os.environ.get("TERM") != "dumb")
    report = judge(case, observations)
    if options.json:
        from bot.output import write_json
        from bot.render.document import document

        write_json(document(report))
    elif options.blocks:
        from bot.output import write_json
        from bot.render.blocks import answer

        message = answer(report, reference=_reference(text))
        write_json({"text": message.text, "blocks": message.blocks})
    else:
        from bot.output import write_text
        from bot.render.terminal import terminal

        write_text(terminal(report, color=_color(options), width=_width()))
    return {"blocked": BLOCKED, "nothing-to-check": NOTHING_TO_CHECK}.get(report.verdict, 0)


def _reference(text: str) -> str:
    """A reference id for a message that nobody sends.

    It says nothing of the paste and is the same for the same paste.
    """
    import zlib

    return f"ref-{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def _text(file: str) -> str | int:
    """The paste, or the exit status where it cannot be read.

    Bytes that are no UTF-8 are replaced: they are data, too.
    """
    try:
        if file == "-":
            if sys.stdin.isatty():
                print("Paste what you have, then press Ctrl-D on a line of its own.", file=sys.stderr)
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(file, "rb") as stream:  # noqa: PTH123 - pathlib costs 5 ms of start-up
                raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        from bot.output import harmless

        return _wrong_usage(f"{harmless(file)} cannot be read: {error.strerror}")
    if len(raw) > MAX_BYTES:
        return _wrong_usage("the text has more than 1 MiB; give the part with the request and its answer")
    return raw.decode("utf-8", "replace").removeprefix("\ufeff")


def _wrong_usage(problem: str) -> int:
    print(f"rhythm-auth check: {problem}", file=sys.stderr)
    return USAGE


def _color(options: argparse.Namespace) -> bool:
    return (
        sys.stdout.isatty()
        and not options.no_color
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def _width() -> int:
    try:
        return min(max(os.get_terminal_size(sys.stdout.fileno()).columns, 40), 100)
    except (OSError, ValueError):
        return 80


def _causes(options: argparse.Namespace) -> int:
    from bot.causes import known_ids
    from bot.output import harmless, write_text
    from bot.render.causes_text import explain, list_causes

    if options.id is None:
        write_text(list_causes(color=_color(options)))
        return 0
    if options.id not in known_ids():
        import difflib

        near = difflib.get_close_matches(options.id, known_ids(), n=3, cutoff=0.5)
        hint = f"; nearest: {', '.join(near)}" if near else ""
        print(f"rhythm-auth causes: there is no cause {harmless(options.id)}{hint}", file=sys.stderr)
        return USAGE
    write_text(explain(options.id, color=_color(options), width=_width()))
    return 0


def _environment() -> Mapping[str, str]:
    """The environment over the ``.env`` file of the current directory; an empty value counts as missing."""
    from dotenv import dotenv_values

    from_file = {name: value for name, value in dotenv_values(".env").items() if value}
    return from_file | {name: value for name, value in os.environ.items() if value}


def _chat(_options: argparse.Namespace) -> int:
    from bot.composition import diagnosis
    from bot.local.console import run

    settings = Settings.from_env(_environment(), parts=(DIAGNOSIS, LIVE))
    return run(settings, diagnosis(settings._replace(live_checks=False)))


def _serve(_options: argparse.Namespace) -> int:
    from bot.composition import diagnosis
    from bot.server.web import serve

    settings = Settings.from_env(
        _environment(),
        parts=(DIAGNOSIS, LIVE, SLACK, HTTP, SERVER),
        needs=("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"),
    )
    return serve(settings, diagnosis(settings))


def _socket(_options: argparse.Namespace) -> int:
    from bot.composition import diagnosis
    from bot.server.worker import run

    settings = Settings.from_env(
        _environment(), parts=(DIAGNOSIS, LIVE, SLACK, SOCKET, SERVER), needs=("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    )
    return run(settings, diagnosis(settings))


if __name__ == "__main__":
    sys.exit(main())
