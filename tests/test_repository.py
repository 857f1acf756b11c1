import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import SETTINGS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

NOT_TRACKED = {
    "a token": re.compile(r"eyJ[\w-]{16,}\.[\w-]{16,}|xox[abeprs]-\d{9,}-[\w-]{16,}|xapp-\d-\w{9,}-[\w-]{16,}"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a path of one machine": re.compile(r"(?<![\w.-])/(?:tmp|work|root)/"),
    "the address of a package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org"
    ),
}
SUPPRESSION = re.compile(
    r"#\s*(?:noqa\b(?:: [A-Z0-9, ]*[0-9])?|type: ignore\b(?:\[[\w, -]+\])?|pragma: no cover)(?P<reason>.*)"
)
REASON = re.compile(r"\s+(?:-|#)\s+\w.*\w{3,}")


def tracked() -> Iterator[tuple[str, str]]:
    """The text files that git tracks or would, with their text; the name stands below the project's folder."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and b"\0" not in (content := path.read_bytes()):
            yield name, content.decode(errors="replace")


def found(pattern: re.Pattern[str], files: Iterator[tuple[str, str]]) -> list[str]:
    """Where a pattern occurs: file and line, without what it found, which may be a secret."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
        for name, text in files
        for match in pattern.finditer(text)
    ]


@pytest.mark.parametrize("what", NOT_TRACKED)
def test_no_tracked_file_holds(what: str) -> None:
    assert found(NOT_TRACKED[what], tracked()) == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a token", "eyJ" + "a" * 20 + "." + "b" * 20 + "." + "c" * 40),
        ("a token", "eyJ" + "a" * 20 + "." + "b" * 20),
        ("a token", "xoxb-" + "1" * 12 + "-" + "a" * 24),
        ("a token", "xapp-" + "1-A1234567890-" + "a" * 24),
        ("a private key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
        ("a path of one machine", 'open("/' + "tmp" + '/x")'),
        ("the address of a package registry", "--index-url https://pypi" + ".org/simple"),
    ],
)
def test_such_a_file_would_be_found(what: str, text: str) -> None:
    assert found(NOT_TRACKED[what], iter([("a.py", f"\n{text}\n")])) == ["a.py:2"]


def test_it_looks_at_the_files_there_are() -> None:
    assert {"pyproject.toml", "Makefile", "bot/__init__.py", "tests/test_repository.py"} <= {
        name for name, _ in tracked()
    }


def unexplained(files: Iterator[tuple[str, str]]) -> list[str]:
    return [
        f"{name}:{number}"
        for name, text in files
        if name.endswith(".py")
        for number, line in enumerate(text.splitlines(), 1)
        if (match := SUPPRESSION.search(line)) and not REASON.match(match["reason"])
    ]


def test_every_suppression_carries_its_reason() -> None:
    assert unexplained(tracked()) == []


def test_a_suppression_without_a_reason_would_be_found() -> None:
    lines = [
        "x = 1  # no" + "qa",
        "x = 1  # no" + "qa: E501",
        "x = 1  # type:" + " ignore[arg-type]",
        "x = 1  # no" + "qa: E501, S104 - the default of",
        "x = 1  # type:" + " ignore[arg-type]  # the reader returns each field's type",
    ]

    assert unexplained(iter([("a.py", "\n".join(lines))])) == ["a.py:1", "a.py:2", "a.py:3"]


# What a platform reads


def processes() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines())


def app_env() -> dict[str, dict[str, str | bool]]:
    env: dict[str, dict[str, str | bool]] = json.loads((ROOT / "app.json").read_text(encoding="utf-8"))["env"]
    return env


def test_the_platform_starts_the_web_process_and_may_start_the_worker() -> None:
    assert processes() == {"web": "python -m bot serve", "worker": "python -m bot socket"}


@pytest.mark.parametrize(
    ("process", "missing"),
    [("web", {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"}), ("worker", {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"})],
)
def test_a_process_without_settings_says_which_are_missing(process: str, missing: set[str], tmp_path: Path) -> None:
    _, *arguments = processes()[process].split()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 2
    assert {setting.name for setting in SETTINGS if setting.name in done.stderr} == missing


def test_the_deploy_button_asks_for_what_the_web_process_needs() -> None:
    assert {name for name, entry in app_env().items() if entry["required"]} == {
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
    }


def test_the_deploy_button_asks_for_settings_in_their_order_with_their_defaults() -> None:
    shown = [(name, entry.get("value", "")) for name, entry in app_env().items()]

    assert shown == [(setting.name, setting.default) for setting in SETTINGS if setting.name in app_env()]


def test_one_python_version_is_meant_everywhere() -> None:
    version = (ROOT / ".python-version").read_text(encoding="utf-8").strip()

    assert re.fullmatch(r"3\.\d+", version)
    assert PROJECT["project"]["requires-python"] == f">={version}"
    assert PROJECT["tool"]["mypy"]["python_version"] == version
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + version.replace(".", "")


# What is installed


def pins(name: str) -> dict[str, str]:
    """Project -> version of a requirements file. Whatever is no pin with its hashes fails."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = {}
    for entry in text.replace("\\\n", " ").splitlines():
        match = re.fullmatch(r"([a-z0-9-]+)==([\w.]+)( ; [^#\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry.rstrip())
        assert match, f"{name}: no pin with hashes: {entry[:80]}"
        found[match[1]] = match[2]
    return found


def projects(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=;~ ]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


def test_requirements_are_pinned_and_hashed_and_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-audit.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
        assert len(pins(name)) > 10


def test_everything_the_project_asks_for_is_pinned() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    assert projects(PROJECT["project"]["dependencies"]) <= pins("requirements.txt").keys()
    assert projects(extras["dev"]) <= pins("requirements-dev.txt").keys()
    assert projects(extras["audit"]) <= pins("requirements-audit.txt").keys()
    assert extras.keys() == {"dev", "audit"}


def without_reason(pyproject: str) -> list[str]:
    """The requirements of a ``pyproject.toml`` that no comment on their line explains."""
    lines = re.findall(r'^    ("[\w.\[\]-]+[<>=~][^"]*",)(.*)$', pyproject, flags=re.MULTILINE)
    return [requirement for requirement, rest in lines if not re.fullmatch(r"\s+# \S+ .*\S{3,}.*", rest)]


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = sum(map(len, [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]))

    assert without_reason(text) == []
    assert len(re.findall(r'^    "[\w.\[\]-]+[<>=~]', text, flags=re.MULTILINE)) == asked


def test_a_dependency_without_reason_would_be_found() -> None:
    assert without_reason('    "a>=1,<2",\n    "b[c]>=1",  # why b is here\n    "d>=1",  # x\n') == [
        '"a>=1,<2",',
        '"d>=1",',
    ]


def test_development_installs_what_production_does_and_production_no_development_tool() -> None:
    production, development = pins("requirements.txt"), pins("requirements-dev.txt")

    assert production.items() <= development.items()
    assert {"ruff", "mypy", "pytest", "hypothesis"}.isdisjoint(production)
