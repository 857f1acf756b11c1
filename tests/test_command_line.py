"""The command line of the public interface: ``check`` with every option and exit status, and ``causes``."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.__main__ import MAX_BYTES, main
from bot.causes import CAUSES
from tests.diagnosing import curl, mint, raw
from tests.schema import problems

HERE = Path(__file__).parents[1]
AT = ("--at", "2026-03-10T12:00:00Z")
HEALTHY = mint("jwt")
WRONG = mint("jwt aud=https://api.example.org")
LOOSE = f"Authorization: bearer {HEALTHY}"


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        return json.loads(self.out)


class Run:
    """Runs the command line in this process, with a text on standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str, text: str | bytes = "", terminal: bool = False) -> Ran:
        raw_text = text.encode() if isinstance(text, str) else text
        stdin = io.TextIOWrapper(io.BytesIO(raw_text))
        if terminal:
            self._monkeypatch.setattr(stdin, "isatty", lambda: True)
        self._monkeypatch.setattr(sys, "stdin", stdin)
        try:
            status = main(arguments)
        except SystemExit as left:
            status = int(left.code or 0)
        captured = self._capsys.readouterr()
        return Ran(status, captured.out, captured.err)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capsys)


def shows(text: str, secret: str, length: int = 25) -> bool:
    return any(secret[at : at + length] in text for at in range(len(secret) - length + 1))


class TestExitStatus:
    @pytest.mark.parametrize(
        ("text", "verdict", "status"),
        [
            (WRONG, "blocked", 1),
            ("jwt expired", "blocked", 1),
            (HEALTHY, "clear", 0),
            (LOOSE, "inconclusive", 0),
            ("hello", "nothing-to-check", 3),
            ("", "nothing-to-check", 3),
        ],
    )
    def test_it_follows_the_verdict(self, run: Run, text: str, verdict: str, status: int) -> None:
        ran = run("check", "--json", *AT, text=text)

        assert (ran.report["verdict"], ran.status, ran.err) == (verdict, status, "")

    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            ((), "the following arguments are required: COMMAND"),
            (("judge",), "invalid choice: 'judge'"),
            (("check", "--json", "--blocks"), "not allowed with argument"),
            (("check", "--live", "--offline"), "not allowed with argument"),
            (("check", "--at", "yesterday"), "--at is no ISO 8601 time such as 2026-03-10T12:00:00Z"),
            (("check", "--at", ""), "--at is no ISO 8601 time"),
            (("check", "--at", "2026-02-30x"), "--at is no ISO 8601 time"),
            (("check", "--at"), "expected one argument"),
            (("check", "--url", "https://"), "--url is no URL such as https://"),
            (("check", "--url", ""), "--url is no URL"),
            (("check", "--token", "x"), "unrecognized arguments: --token"),
            (("check", "--nonsense"), "unrecognized arguments: --nonsense"),
            (("causes", "no-such-cause"), "there is no cause no-such-cause"),
            (("causes", "token-expird"), "nearest: token-expired"),
        ],
    )
    def test_wrong_usage_is_2_with_one_message_and_no_output(
        self, run: Run, arguments: tuple[str, ...], problem: str
    ) -> None:
        ran = run(*arguments, text=WRONG)

        assert (ran.status, ran.out) == (2, "")
        assert problem in ran.err
        assert "Traceback" not in ran.err

    def test_a_wrong_setting_is_2_and_names_every_problem(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CLOCK_LEEWAY_SECONDS", "soon")
        monkeypatch.setenv("RHYTHM_API_URL", "nowhere")

        ran = run("check", text=WRONG)

        assert (ran.status, ran.out) == (2, "")
        assert ran.err.splitlines()[0] == "The settings are not right:"
        assert [line.split()[1] for line in ran.err.splitlines()[1:]] == ["RHYTHM_API_URL", "CLOCK_LEEWAY_SECONDS"]

    def test_settings_of_slack_do_not_matter_here(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SLACK_BOT_TOKEN", "nonsense")
        monkeypatch.setenv("PORT", "nonsense")

        assert run("check", text=WRONG).status == 1


class TestInput:
    def test_a_file(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "paste.txt").write_text(WRONG)

        assert (
            run("check", "--json", str(tmp_path / "paste.txt"), text=HEALTHY).report["root_cause"]["id"]
            == "audience-wrong"
        )

    @pytest.mark.parametrize("arguments", [(), ("-",)])
    def test_standard_input(self, run: Run, arguments: tuple[str, ...]) -> None:
        assert run("check", "--json", *arguments, text=WRONG).report["root_cause"]["id"] == "audience-wrong"

    def test_at_a_terminal_it_says_how_to_end(self, run: Run) -> None:
        ran = run("check", text=WRONG, terminal=True)

        assert "Ctrl-D" in ran.err
        assert ran.status == 1

    @pytest.mark.parametrize(("name", "reason"), [("missing.txt", "No such file"), (".", "Is a directory")])
    def test_a_file_that_cannot_be_read_is_wrong_usage(self, run: Run, tmp_path: Path, name: str, reason: str) -> None:
        ran = run("check", str(tmp_path / name))

        assert (ran.status, ran.out) == (2, "")
        assert reason in ran.err

    def test_a_mebibyte_is_read_and_more_is_wrong_usage(self, run: Run, tmp_path: Path) -> None:
        most = WRONG + "\n" + " " * (MAX_BYTES - len(WRONG) - 1)
        (tmp_path / "more.txt").write_text(most + " ")

        assert MAX_BYTES == 1024 * 1024
        assert run("check", text=most).status == 1
        for ran in (run("check", text=most + " "), run("check", str(tmp_path / "more.txt"))):
            assert (ran.status, ran.out) == (2, "")
            assert "more than 1 MiB" in ran.err

    @pytest.mark.parametrize(
        "text",
        [
            b"\xff\xfe\x00 caf\xe9 " + WRONG.encode() + b"\n\xc3",
            b"\xef\xbb\xbf" + WRONG.encode(),
            WRONG.encode() + b"\r\n",
        ],
    )
    def test_bytes_that_are_no_plain_utf_8_are_read_as_data(self, run: Run, text: bytes) -> None:
        assert run("check", "--json", text=text).report["root_cause"]["id"] == "audience-wrong"

    def test_no_env_file_is_read(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / ".env").write_text("RHYTHM_AUDIENCE=https://api.example.org\n")
        monkeypatch.chdir(tmp_path)

        assert run("check", text=WRONG).status == 1


class TestOptions:
    def test_json_is_the_report_and_nothing_else(self, run: Run) -> None:
        ran = run("check", "--json", *AT, text=curl(f"Bearer {WRONG}"))

        assert problems(ran.report) == []
        assert ran.report["schema"] == "rhythm-auth/report@1"
        assert ran.report["live"] is None
        assert ran.out.startswith("{\n")
        assert ran.out.endswith("}\n")

    def test_blocks_are_the_slack_message_with_its_plain_text(self, run: Run) -> None:
        message = run("check", "--blocks", *AT, text=WRONG).report

        assert set(message) == {"text", "blocks"}
        assert message["blocks"][0]["type"] == "header"
        assert "another audience" in message["text"]

    def test_without_either_the_checklist_is_for_people(self, run: Run) -> None:
        out = run("check", *AT, text=WRONG).out

        assert out.startswith("The token is for another audience\n")
        for title in (
            "Authorization header",
            "Access token",
            "Expiry",
            "Audience",
            "Claims",
            "First login",
            "Base URL",
        ):
            assert title in out
        assert "audience=https://api.rhythmsoftware.com" in out

    @pytest.mark.parametrize(
        ("time", "verdict"),
        [
            ("2026-03-10T12:00:00Z", "clear"),
            ("2026-03-10T13:00:00+01:00", "clear"),
            ("2026-03-10 12:00", "clear"),
            ("2026-03-10", "inconclusive"),
            ("2026-03-12T12:00:00Z", "blocked"),
        ],
    )
    def test_at_judges_time_as_of_then(self, run: Run, time: str, verdict: str) -> None:
        ran = run("check", "--json", "--at", time, text=HEALTHY)
        if verdict == "inconclusive":
            assert ran.report["root_cause"]["id"] == "issued-in-future"
        else:
            assert ran.report["verdict"] == verdict

    @pytest.mark.parametrize(
        "url",
        [
            "https://events.api.rhythmsoftware.com/contacts/acme.org/x",
            "events.api.rhythmsoftware.com/contacts/acme.org/x",
        ],
    )
    def test_url_is_the_requests_where_the_paste_has_none(self, run: Run, url: str) -> None:
        alone = run("check", "--json", *AT, "--url", url, text=HEALTHY).report
        beside = run("check", "--json", *AT, "--url", url, text=curl(f"Bearer {HEALTHY}")).report

        assert alone["root_cause"]["id"] == "wrong-service-host"
        assert alone["request"]["service"] == "events"
        assert beside["root_cause"] is None

    @pytest.mark.parametrize("arguments", [("--offline",), ()])
    def test_offline_is_the_default_and_wins_over_the_setting(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("LIVE_CHECKS", "on")

        assert run("check", "--json", *arguments, *AT, text=HEALTHY).report["live"] is None

    def test_a_setting_of_the_environment_counts(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RHYTHM_AUDIENCE", "https://api.example.org")

        assert run("check", *AT, text=WRONG).status == 0

    def test_leeway_is_a_setting(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        soon = mint("jwt exp=-300 iat=-90000")
        monkeypatch.setenv("CLOCK_LEEWAY_SECONDS", "600")

        assert run("check", *AT, text=soon).status == 0


class TestColour:
    @pytest.fixture
    def coloured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Standard output takes itself for a terminal that has colours."""
        monkeypatch.setattr(type(sys.stdout), "isatty", lambda _stream: True)
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("NO_COLOR", raising=False)

    @pytest.mark.parametrize("arguments", [("check", *AT), ("causes",), ("causes", "token-expired")])
    def test_a_terminal_has_colours(self, run: Run, coloured: None, arguments: tuple[str, ...]) -> None:
        assert "\x1b[" in run(*arguments, text=WRONG).out

    @pytest.mark.parametrize("arguments", [("check", *AT), ("causes",), ("causes", "token-expired")])
    def test_but_not_with_no_color(self, run: Run, coloured: None, arguments: tuple[str, ...]) -> None:
        assert "\x1b" not in run(*arguments, "--no-color", text=WRONG).out

    @pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
    def test_nor_where_the_environment_says_so(
        self, run: Run, coloured: None, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        monkeypatch.setenv(name, value)

        assert "\x1b" not in run("check", *AT, text=WRONG).out

    def test_an_empty_no_color_says_nothing(self, run: Run, coloured: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "")

        assert "\x1b[" in run("check", *AT, text=WRONG).out

    @pytest.mark.parametrize("shape", [(), ("--json",), ("--blocks",)])
    def test_elsewhere_there_are_none(self, run: Run, shape: tuple[str, ...]) -> None:
        assert "\x1b" not in run("check", *shape, *AT, text=WRONG).out


class TestCauses:
    def test_the_list_names_every_cause_in_order(self, run: Run) -> None:
        ran = run("causes")

        assert ran.status == 0
        assert [line.split()[0] for line in ran.out.splitlines() if line and not line.startswith(" ")][
            : len(CAUSES)
        ] == [cause.id for cause in CAUSES]

    @pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.id)
    def test_each_is_explained(self, run: Run, cause: Any) -> None:
        ran = run("causes", cause.id)

        assert ran.status == 0
        assert cause.problem in ran.out.replace("\n", " ")
        assert "Recognised by" in ran.out
        assert all(link.url in ran.out for link in cause.links)


OPAQUE = mint("opaque")
CORPUS = (
    HEALTHY,
    curl(f"Bearer {HEALTHY}"),
    curl(HEALTHY, f"https://rolodex.api.rhythmsoftware.com/contacts/{HEALTHY}?access_token={HEALTHY}"),
    f'{raw(f"Bearer {HEALTHY}")}\nHTTP/1.1 401 Unauthorized\n\n{{"message":"bad token {HEALTHY}"}}',
    f"{HEALTHY[:200]}\n{HEALTHY[200:]}",
)


class TestSecrets:
    @pytest.mark.parametrize("shape", [(), ("--json",), ("--blocks",)])
    @pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
    def test_no_output_shows_a_token(self, run: Run, text: str, shape: tuple[str, ...]) -> None:
        ran = run("check", *shape, *AT, text=text)

        assert not shows(ran.out + ran.err, HEALTHY)

    @pytest.mark.parametrize("secret", [HEALTHY, OPAQUE, mint("secret")])
    @pytest.mark.parametrize(
        "arguments",
        [
            ("check", "{}"),
            ("check", "paste.txt", "{}"),
            ("check", "--token", "{}"),
            ("check", "--token={}"),
            ("check", "--at", "{}"),
            ("check", "--url", "https://{}@"),
            ("causes", "{}"),
            ("{}",),
            ("{}", "check"),
        ],
    )
    def test_nor_does_an_error_about_the_arguments(self, run: Run, arguments: tuple[str, ...], secret: str) -> None:
        ran = run(*(argument.format(secret) for argument in arguments))

        assert ran.status == 2
        assert not shows(ran.out + ran.err, secret, 12)

    def test_there_is_no_option_for_a_token(self, run: Run) -> None:
        assert "token" not in run("check", "--help").out.lower().replace("a token, a header", "")


def process(*arguments: str, text: str | bytes = "", **environ: str) -> Ran:
    """Run the program itself, without the settings of the person who runs the tests."""
    env = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        check=False,
        timeout=60,
        cwd=HERE,
        env=env | environ,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


class TestProcess:
    def test_the_diagnosis_of_a_wrong_audience(self) -> None:
        ran = process("check", "--json", *AT, text=WRONG)

        assert (ran.status, ran.err) == (1, "")
        assert ran.report["root_cause"]["id"] == "audience-wrong"
        assert not shows(ran.out, WRONG)

    def test_its_output_fits_an_encoding_that_lacks_letters(self) -> None:
        text = process("check", *AT, text=WRONG, PYTHONIOENCODING="ascii")
        report = process("check", "--json", *AT, text=WRONG, PYTHONIOENCODING="ascii")

        assert (text.status, text.err, report.status, report.err) == (1, "", 1, "")
        assert text.out.isascii()
        assert "…" in report.report["token"]["redacted"]

    def test_a_closed_pipe_is_no_error(self) -> None:
        script = f"{sys.executable} -m bot causes | head -1"
        done = subprocess.run(["sh", "-c", script], capture_output=True, check=False, timeout=60, cwd=HERE)

        assert done.returncode == 0
        assert done.stderr == b""

    def test_it_loads_neither_slack_nor_an_http_client_nor_dotenv(self) -> None:
        script = (
            "import sys; from bot.__main__ import main; main(['check']);"
            "heavy = {'jwt', 'cryptography', 'httpx', 'slack_bolt', 'slack_sdk', 'dotenv', 'starlette', 'rich', 'dataclasses'};"
            "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            input=curl(f"Bearer {WRONG}").encode(),
            capture_output=True,
            check=True,
            timeout=60,
            cwd=HERE,
        )

        assert done.stderr.decode().strip() == "[]"
