"""The corpus of pastes: what people really paste, and what a right diagnosis says of it. pastes/corpus.py says how they are written."""

import json
import re
from collections import Counter
from datetime import datetime
from functools import cache

import pytest

from bot.causes import CAUSES
from bot.diagnose import judge, read
from bot.render.blocks import answer
from bot.render.document import document
from bot.render.terminal import terminal
from bot.report import Report
from bot.settings import Settings
from tests.pastes.corpus import Expectation, Paste, PasteError, all_pastes, paste_of
from tests.pastes.minting import NOW, Mint
from tests.schema import problems

PASTES = all_pastes()
GROUPS = {"healthy", "combinations", "confusions", "traps", "forms", "nothing"}
CAUSE_IDS = {cause.id for cause in CAUSES}

BY_NAME = {paste.name: paste for paste in PASTES}

pastes = pytest.mark.parametrize("paste", PASTES, ids=[paste.name for paste in PASTES])


def text_of_file(line: str) -> str:
    return f"# a test\nroot: none\nverdict: clear\n---\n{line}\n"


def test_every_paste_stands_in_the_folder_of_its_root_cause() -> None:
    wrong = [
        paste.name
        for paste in PASTES
        if paste.folder not in GROUPS and (paste.folder not in CAUSE_IDS or paste.expected.root != (paste.folder,))
    ]
    assert wrong == []


def test_every_cause_has_pastes_that_show_it_and_pastes_that_only_look_like_it() -> None:
    shown = Counter(paste.folder for paste in PASTES)
    denied = {cause for paste in PASTES for cause in paste.expected.absent}
    assert [cause for cause in sorted(CAUSE_IDS) if shown[cause] < 2] == []
    assert [cause for cause in sorted(CAUSE_IDS) if cause not in denied] == []


def test_every_expected_cause_is_one() -> None:
    for paste in PASTES:
        expected = paste.expected
        named = {*expected.root, *expected.absent, *(cause for list_ in expected.next or () for cause in list_)}
        assert named - CAUSE_IDS - {"none"} == set(), paste.name


def test_a_paste_file_holds_no_whole_token() -> None:
    for paste in PASTES:
        assert not set(paste.secrets) & {""}
        assert all(len(secret) >= 25 for secret in paste.secrets)


def test_a_minted_token_is_the_same_each_time_and_another_in_another_file() -> None:
    first, again, other = (paste_of(name, text_of_file("{{mint jwt}}")).text for name in ("a/b", "a/b", "a/c"))
    assert first == again != other
    assert re.fullmatch(r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{341}[AQgw]", first)


def test_a_kept_token_can_be_repeated_cut_and_decoded() -> None:
    mint = Mint("x")
    text = mint.text(
        "{{mint jwt as=t aud=here exp=-60 -scope -contact h.alg=HS256 -h.kid}} {{mint t cut=-3}} {{mint t claims=compact}}"
    )
    whole, cut, claims = text.split(" ", 2)
    assert cut == whole[:-3]
    assert f'"aud":"here","iat":{NOW - 3600},"exp":{NOW - 60}' in claims
    assert "scope" not in claims
    assert "contact_id" not in claims
    assert len(whole.split(".")[2]) == 43
    assert [whole, cut] == mint.secrets


def test_operations_change_the_text_as_they_say() -> None:
    mint = Mint("x")
    text = mint.text(
        '{{mint text of="ab.cd" as=t hide}}\n{{mint t percent}} {{mint t insert=2:U+200B}} {{mint t twice}} {{mint t break=2}}'
        " {{mint t upper}} {{mint t part=2}} {{mint t replace=b:-}} {{mint base64:t}} {{x}}"
    )
    assert text == "ab%2Ecd ab\u200b.cd ab.cdab.cd ab\n.c\nd AB.CD cd a-.cd YWIuY2Q= {{x}}"


@pytest.mark.parametrize(
    "document",
    [
        "root: none\nverdict: clear\n---\nx",
        "# no verdict\nroot: none\n---\nx",
        "# unknown key\nroot: none\nverdict: clear\nwhy: because\n---\nx",
        text_of_file("{{mint nothing-like-it}}"),
        text_of_file("{{mint jwt wrong}}"),
        text_of_file("{{mint jwt -no_such_claim}}"),
    ],
)
def test_a_paste_file_that_is_none_says_so(document: str) -> None:
    with pytest.raises(PasteError):
        paste_of("a/b", document)


@cache
def diagnosed(name: str) -> Report:
    """The report on a paste, judged offline at NOW or at the paste's own time."""
    paste = BY_NAME[name]
    settings = Settings.from_env(paste.settings)
    at = datetime.fromisoformat(paste.at).timestamp() if paste.at else None
    return judge(read(paste.text, settings, at, paste.url, now=NOW))


def departures(expected: Expectation, report: Report) -> list[str]:
    """Everything in which a report differs from what the paste's head expects."""
    root = report.root_cause
    following = tuple(finding.cause for finding in report.next)
    notices = {notice.id for notice in report.notices}
    outcomes = {check.id: str(check.outcome) for check in report.checks}
    found = [
        f"{what}: got {got}, expected {' or '.join(wanted)}"
        for what, got, wanted in (
            ("root", root.cause if root else "none", expected.root),
            ("certainty", str(root.certainty) if root else "none", expected.certainty),
            ("verdict", str(report.verdict), expected.verdict),
            ("kind", report.token.kind if report.token else "null", expected.kind),
            (
                "service",
                (report.request and report.request.service) or "null",
                expected.service and (expected.service,),
            ),
        )
        if wanted is not None and got not in wanted
    ]
    if expected.next is not None and following not in expected.next:
        found.append(f"next: got {following}, expected {' or '.join(map(str, expected.next))}")
    if alarms := set(expected.absent) & {root.cause if root else "", *following}:
        found.append(f"false alarms: {sorted(alarms)}")
    for what, seen, wanted in (
        ("repairs", set(report.repairs), expected.repairs),
        ("notices", notices, expected.notices),
    ):
        if wanted == () and seen:
            found.append(f"{what}: got {sorted(seen)}, expected none")
        elif wanted and not set(wanted) <= seen:
            found.append(f"{what}: got {sorted(seen)}, expected among them {sorted(wanted)}")
    for check, wanted in expected.checks:
        if outcomes.get(check, "absent") not in wanted:
            found.append(f"check {check}: got {outcomes.get(check)}, expected {' or '.join(wanted)}")
    return found


@pastes
def test_a_paste_is_diagnosed_as_its_head_says(paste: Paste) -> None:
    assert departures(paste.expected, diagnosed(paste.name)) == []


@pastes
def test_the_report_on_a_paste_keeps_to_the_interface(paste: Paste) -> None:
    assert problems(document(diagnosed(paste.name))) == []


@pastes
def test_nothing_said_of_a_paste_gives_its_secrets_away(paste: Paste) -> None:
    report = diagnosed(paste.name)
    said = "\n".join(
        (
            repr(report),
            json.dumps(document(report)),
            terminal(report, color=False),
            repr(answer(report, reference="ref-00000000")),
        )
    )
    shown = [secret[at : at + 25] for secret in paste.secrets for at in range(len(secret) - 24)]
    assert [part for part in shown if part in said] == []
