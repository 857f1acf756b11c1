"""docs/OPERATING.md names what there is: settings, scopes, metrics, routes, commands."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.report import Verdict
from bot.server.logs import FIELDS
from bot.server.metrics import Metrics
from bot.server.tasks import Tasks
from bot.settings import SETTINGS

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "OPERATING.md").read_text(encoding="utf-8")
MANIFEST = (ROOT / "manifest.yml").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading, up to the next one of its level."""
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> set[str]:
    """What stands as code in the first column of tables."""
    return {
        name for row in re.findall(r"^\| (`.*?) \|", text, flags=re.MULTILINE) for name in re.findall(r"`(.+?)`", row)
    }


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_it_names_every_setting_and_no_other() -> None:
    assert first_cells(section("Settings")) == {setting.name for setting in SETTINGS}


def test_it_explains_every_scope_and_no_other() -> None:
    assert first_cells(section("Scopes")) == set(yaml.safe_load(MANIFEST)["oauth_config"]["scopes"]["bot"])


def test_it_names_every_metric_with_its_labels_and_no_other() -> None:
    metrics = Metrics()
    metrics.watch(Tasks(), lambda: True)
    shown = set(re.findall(r"^# TYPE (rhythm_auth_\w+)", metrics.shown().decode(), flags=re.MULTILINE))

    assert first_cells(section("Metrics")) - {"process_..."} == shown


def test_alerts_speak_of_metrics_there_are() -> None:
    named = {
        re.sub(r"_(bucket|count)$", "", name) for name in re.findall(r"rhythm_auth_\w+", section("What to alert on"))
    }

    assert named <= first_cells(section("Metrics"))


def test_it_explains_every_field_of_the_log() -> None:
    table = section("The log")

    assert first_cells(table) == set(FIELDS)
    assert all(f"`{verdict.value}`" in table for verdict in Verdict)


def test_links_within_it_lead_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", TEXT, flags=re.MULTILINE)
    }

    assert set(re.findall(r"\]\(#([\w-]+)\)", TEXT)) <= headings
    assert all((ROOT / "docs" / path).exists() for path in re.findall(r"\]\((\.\./[\w./]+)\)", TEXT))


def test_every_make_target_it_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert {"manifest", "audit"} <= set(re.findall(r"(?:`|\$ )make ([a-z]+)", TEXT)) <= targets


@pytest.mark.parametrize("url", ["https://your-app.example.com", "https://your-app.example.com/", "https://a.b:8443"])
def test_the_manifest_is_printed_with_the_address(url: str) -> None:
    printed = make("manifest", f"URL={url}")

    assert printed.returncode == 0
    assert printed.stdout.count(f"{url.rstrip('/')}/slack/events") == 3
    assert "YOUR-APP.example.com/slack" not in printed.stdout
    assert yaml.safe_load(printed.stdout)["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize(
    "arguments",
    [(), ("URL=http://your-app.example.com",), ("URL=https://a.b/slack/events",), ("URL=https://a.b'; id",)],
)
def test_a_manifest_without_a_good_address_is_not_printed(arguments: tuple[str, ...]) -> None:
    printed = make("manifest", *arguments)

    assert printed.returncode != 0
    assert printed.stdout == ""
    assert "https://" in printed.stderr


def test_for_socket_mode_one_line_of_the_manifest_differs() -> None:
    before, after = MANIFEST.splitlines(), make("manifest", "SOCKET=1").stdout.splitlines()
    changed = [(old.split("#")[0].strip(), new) for old, new in zip(before, after, strict=True) if old != new]

    assert changed == [("socket_mode_enabled: false", "  socket_mode_enabled: true")]
    assert before[-1].strip().startswith("socket_mode_enabled")
