"""What holds for any text: a report that keeps to the interface, no leak, and kinds that do not depend on the words around."""

import ast
import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.causes import CAUSES
from bot.diagnose import judge, read
from bot.intake.chat import undo
from bot.intake.damage import repair
from bot.render.blocks import answer
from bot.render.document import document
from bot.render.terminal import terminal
from bot.report import Report
from bot.services import CLAIM_PREFIX
from bot.settings import Settings
from tests.diagnosing import DEFAULTS, OURS, case_of, mint, report_of
from tests.pastes.corpus import Paste, all_pastes
from tests.pastes.minting import NOW
from tests.schema import problems

BOT = Path(__file__).parents[1] / "bot"
PASTES = all_pastes()
TOKENS = [
    mint(directive)
    for directive in ("jwt", "m2m", "id", "jwe", "session", "opaque", "refresh", "secret", "hex:64", "code")
]
HINTS = (
    *(
        "curl -H 'Authorization: Bearer ",
        "'",
        '"',
        "GET /contacts HTTP/1.1\nHost: x\n",
        "HTTP/1.1 401 Unauthorized\n\n",
    ),
    *(
        '{"message":"',
        '"access_token":"',
        "client_secret=",
        "Cookie: a=",
        "https://rolodex.api.rhythmsoftware.com/",
        "?token=",
    ),
    *(
        "https://acme.us.auth0.com/oauth/token",
        "-d 'grant_type=",
        "Bearer ",
        "\n",
        "\n\n",
        "> ",
        "< ",
        "```",
        "`",
        "&lt;",
        "<",
        ">",
    ),
    *(
        "requests.get(",
        "fetch('",
        "headers={",
        "}",
        ")",
        "#",
        "%2E",
        "\\n",
        "\u200b",
        "…",
        "“",
        "[REDACTED]",
        "jwt expired",
        ".",
    ),
    *(
        "Invoke-RestMethod -Uri ",
        "wget --header=",
        "http GET ",
        "$TOKEN",
        "undefined",
        "<token>",
        "eyJ",
        "ZXlK",
        "*",
        "_",
        "=",
    ),
)


def said(report: Report) -> str:
    """Everything that any renderer says of a report."""
    return "\n".join(
        (
            repr(report),
            json.dumps(document(report), ensure_ascii=False),
            terminal(report, color=False),
            terminal(report, color=True, width=200),
            json.dumps(answer(report, reference="ref-00000000").blocks, ensure_ascii=False),
            answer(report, reference="ref-00000000").text,
        )
    )


def shows(text: str, secret: str, length: int = 25) -> bool:
    return any(secret[at : at + length] in text for at in range(len(secret) - length + 1))


pieces = st.one_of(
    st.sampled_from(HINTS), st.sampled_from(TOKENS), st.text(max_size=12), st.from_regex(r"[ -~]{0,20}", fullmatch=True)
)
texts = st.lists(pieces, max_size=12).map("".join)


@given(st.one_of(st.text(), texts), st.sampled_from([DEFAULTS, OURS]))
def test_any_text_yields_a_report_that_keeps_to_the_interface(text: str, settings: Settings) -> None:
    report = report_of(text, settings)

    assert problems(document(report)) == []
    assert said(report)
    assert json.loads(json.dumps(document(report))) == document(report)


@given(
    texts,
    st.one_of(st.none(), st.floats(allow_nan=False, min_value=-1e15, max_value=1e15)),
    st.one_of(st.none(), st.text(max_size=30)),
)
def test_any_time_and_any_url_do(text: str, at: float | None, url: str | None) -> None:
    assert problems(document(judge(read(text, DEFAULTS, at, url, now=NOW)))) == []


values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
NAMES = (
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "nbf",
    "scope",
    "gty",
    "azp",
    "cnf",
    *(f"{CLAIM_PREFIX}{name}_id" for name in ("tenant", "contact")),
)


@given(
    st.dictionaries(st.sampled_from(NAMES), values, max_size=6),
    st.dictionaries(st.sampled_from(["alg", "kid", "typ", "enc", "jku"]), values, max_size=3),
)
def test_any_claims_and_any_jose_header_do(claims: dict[str, object], header: dict[str, object]) -> None:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)]
    report = report_of(".".join((*parts, "A" * 342)))

    assert problems(document(report)) == []
    assert said(report)


PLACES = (
    "{before}{token}{after}",
    "Authorization: Bearer {token}{after}",
    "curl -H 'Authorization: Bearer {token}' https://rolodex.api.rhythmsoftware.com/contacts/current\n{after}",
    "curl 'https://rolodex.api.rhythmsoftware.com/contacts/{token}/x?access_token={token}&{after}'",
    "curl -b 'session={token}' -d '{{\"jwt\":\"{token}\"}}' https://example.org/{before}",
    "GET /contacts/current HTTP/1.1\nHost: {token}.example.org\nAuthorization: {token}\n\n",
    'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error_description="bad {token}"\n\n{{"message":"token {token} is bad"}}',
    '{{"error":"invalid_grant","error_description":"{token}"}}',
    "https://acme.us.auth0.com/authorize?client_id={token}&audience={token}&state={token}",
    "requests.get('https://example.org', headers={{'Authorization': f'Bearer {token}', 'X': '{token}'}})",
    "status: 401 {token}\nrequests.exceptions.HTTPError: 401 Client Error: {token} for url: https://example.org/{token}",
    "{before}\n> {token}\n> {token}\n{after}",
    "{before}https://rolodex.api.rhythmsoftware.com/contacts/{token}/{token}?{token}=1&{token}",
    "Bearer {token} {token}\ncode={token}\nclient_secret={token}",
)


@given(st.sampled_from(PLACES), st.sampled_from(TOKENS), st.text(max_size=20), st.text(max_size=20))
def test_no_output_holds_25_characters_of_a_planted_token(place: str, token: str, before: str, after: str) -> None:
    text = place.format(token=token, before=before, after=after)

    assert not shows(said(report_of(text)), token)
    assert not shows(repr(case_of(text)), token)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token[:3])
def test_nor_in_any_place_of_the_text(place: str, token: str) -> None:
    assert not shows(said(report_of(place.format(token=token, before="", after=""))), token)


@pytest.mark.parametrize("token", [token for token in TOKENS if len(token) > 40], ids=lambda token: token[:3])
def test_nor_as_a_claim(token: str) -> None:
    text = f'{{"iss":"{token}","aud":["{token}"],"exp":1773226800,"http://rhythmsoftware.com/tenant_id":"{token}"}}'

    assert not shows(said(report_of(text)), token)


words = st.lists(st.from_regex(r"[a-z]{1,8}[,.?!]?", fullmatch=True), max_size=8).map(" ".join)
KINDS = {"jwt": "access", "m2m": "access", "id": "id", "jwe": "encrypted", "session": "session-cookie"}


@given(
    st.sampled_from(sorted(KINDS)),
    words,
    words,
    st.sampled_from([" ", "\n", "\n\n", ": "]),
    st.sampled_from([" ", "\n\n", ".\n"]),
)
def test_words_around_a_token_leave_its_kind(directive: str, before: str, after: str, left: str, right: str) -> None:
    token = mint(directive)
    case = case_of(f"{before}{left}{token}{right}{after}")

    if case.credential is not None and case.credential.label in {"", "token", "access_token"}:
        assert (case.credential.token, case.kind) == (token, KINDS[directive])
    else:
        assert case.credential is not None


@given(st.sampled_from(PASTES), st.data())
def test_undoing_chat_twice_is_undoing_it_once(paste: Paste, data: st.DataObject) -> None:
    first = undo(paste.text[: data.draw(st.integers(0, len(paste.text)))])
    again = undo(first.text)

    # What stood between quote marks twice may be a transcript of curl, whose lines begin with one.
    assert again.text == first.text or again.repairs == ("quote-prefix",)


@given(st.sampled_from(TOKENS), st.text(max_size=8), st.text(max_size=8))
def test_repairing_twice_is_repairing_once(token: str, before: str, after: str) -> None:
    once = repair(f"{before}{token}{after}")

    assert repair(once.value).value == once.value


def judging() -> list[ast.Module]:
    """The syntax trees of everything that makes findings."""
    paths = [*(BOT / "checks").rglob("*.py"), *BOT.glob("weighing*.py"), *BOT.glob("weighing/*.py")]
    return [ast.parse(path.read_text(encoding="utf-8")) for path in paths]


def test_every_cause_is_found_by_some_check() -> None:
    named = {node.value for tree in judging() for node in ast.walk(tree) if isinstance(node, ast.Constant)}

    assert sorted({cause.id for cause in CAUSES} - named) == []


def test_every_finding_that_a_check_writes_out_is_of_a_cause_that_exists() -> None:
    ids = {cause.id for cause in CAUSES}
    written = [
        str(node.args[0].value)
        for tree in judging()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Finding"
        and isinstance(node.args[0], ast.Constant)
    ]

    assert len(written) > 80
    assert sorted(set(written) - ids) == []


def test_every_cause_is_found_in_some_paste() -> None:
    seen: set[str] = set()
    for paste in PASTES:
        report = report_of(paste.text, Settings.from_env(paste.settings), url=paste.url)
        seen |= {finding.cause for finding in ((report.root_cause,) if report.root_cause else ()) + report.next}

    assert sorted({cause.id for cause in CAUSES} - seen) == []
