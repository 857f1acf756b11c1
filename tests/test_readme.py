"""The README says what is true: its generated parts are current, what it links to is there."""

import re
from pathlib import Path

from docs.readme import README, filled

ROOT = README.parent


def test_the_generated_parts_are_current() -> None:
    page = README.read_text(encoding="utf-8")
    assert page == filled(page), "run `make readme`"


def test_every_file_that_the_page_links_to_is_there() -> None:
    page = README.read_text(encoding="utf-8")
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", page) if "://" not in target]
    assert linked
    assert [target for target in linked if not Path(ROOT, target).is_file()] == []


def test_a_stale_part_is_seen() -> None:
    page = README.read_text(encoding="utf-8")
    stale = page.replace("| `audience-wrong` | ", "| `audience-wrong` | Long ago: ")
    assert stale != page
    assert filled(stale) == filled(page)
