"""What counts as one whole token and nothing else; that judging it quickly changes no report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.diagnose import judge, read
from bot.settings import Settings
from tests.diagnosing import CERTAIN, DEFAULTS, OURS, URL, case_of, curl, found_by, mint, raw
from tests.pastes.corpus import all_pastes
from tests.pastes.minting import NOW

TOKEN = mint("jwt")
PLAIN = {
    "a token": TOKEN,
    "a named token": f'{{"access_token": "{TOKEN}"}}',
    "a field": f"Authorization: Bearer {TOKEN}",
    "a command": curl(f"Bearer {TOKEN}"),
    "a command with other fields": curl(f"Bearer {TOKEN}", URL, "-H 'Accept: application/json'"),
    "a request": raw(f"Bearer {TOKEN}"),
    "an expired token": mint("jwt exp=-60"),
    "a token for another audience": curl(f"Bearer {mint('jwt aud=other')}"),
    "an ID token": mint("id"),
}
OTHERS = {
    "an answer": raw(f"Bearer {TOKEN}") + "\nHTTP/1.1 401 Unauthorized\n\n",
    "words of an error": f"{TOKEN}\njwt audience invalid",
    "another token": f"{TOKEN}\n{mint('id')}",
    "a user in the URL": curl(f"Bearer {TOKEN}", URL.replace("https://", "https://id:secret@")),
    "damage": curl(f"Bearer {TOKEN[:40]} {TOKEN[40:]}"),
    "another scheme": curl(f"bearer {TOKEN}"),
    "two blanks": curl(f"Bearer  {TOKEN}"),
    "another name": f"curl -H 'Authorisation: Bearer {TOKEN}' {URL}",
    "a name in small letters": f"curl -H 'authorization: Bearer {TOKEN}' {URL}",
    "two fields": curl(f"Bearer {TOKEN}", URL, "-H 'Authorization: Basic abc'"),
    "a password beside it": f"curl -H 'Authorization: Bearer {TOKEN}' https://a:b@rolodex.api.rhythmsoftware.com/contacts",
    "a redirect that is followed": f"curl -L -H 'Authorization: Bearer {TOKEN}' {URL}",
    "headers that are too large": curl(f"Bearer {TOKEN}", URL, f"-H 'X-A: {'a ' * 5_000}'"),
    "a token that is too long": mint(f"jwt big={'a' * 9_000}"),
    "a signature that was cut": TOKEN[:-2],
    "a signature that ends in no letter of its own": TOKEN[:-1] + "B",
    "another signature": mint("jwt h.alg=HS256"),
    "another algorithm": mint("jwt h.alg=PS256"),
    "a command without it": f"curl {URL}\n\n{TOKEN}",
    "two commands": f"{curl(f'Bearer {TOKEN}')}\n{curl(f'Bearer {TOKEN}')}",
    "no signature": mint("jwt nosig"),
    "a refresh token": mint("refresh"),
    "a token called an ID token": f'{{"id_token": "{TOKEN}"}}',
    "a cookie": f"Cookie: session={TOKEN}",
    "a query": f"curl '{URL}?access_token={TOKEN}'",
    "a variable": curl("Bearer $TOKEN"),
    "nothing": "hello",
}
DIRECTIVES = (
    *(
        "jwt",
        "m2m",
        "id",
        "jwt exp=-9000",
        "jwt aud=x",
        "jwt -aud",
        "jwt tenant=other.org",
        "jwt -tenant",
        "jwt -contact",
    ),
    *(
        "jwt iss=https://accounts.google.com",
        "jwt iss=http://acme.us.auth0.com/",
        "jwt nbf=900",
        "jwt -h.kid",
        "jwt spaced",
    ),
    *(
        'jwt cnf={"jkt": "a"}',
        "jwt h.alg=ES256",
        "jwt h.jku=https://a.example/",
        "jwt cut=-20",
        "jwt replace=_:",
        "jwt pad",
    ),
)


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_a_whole_token_alone_or_sent_rightly_is_plain(text: str) -> None:
    assert case_of(text).is_plain


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_whatever_else_is_shown_is_looked_at(text: str) -> None:
    assert not case_of(text).is_plain


def test_what_is_wrong_with_the_header_of_a_plain_looking_request_is_still_found() -> None:
    assert found_by("authorization-header", OTHERS["two fields"])["multiple-credentials"] is CERTAIN
    assert found_by("authorization-header", OTHERS["headers that are too large"]) == {"header-too-large": CERTAIN}


def test_no_report_on_a_paste_of_the_corpus_changes_when_nothing_is_taken_for_plain() -> None:
    cases = [read(paste.text, Settings.from_env(paste.settings), None, paste.url, now=NOW) for paste in all_pastes()]
    plain = [case for case in cases if case.is_plain]

    assert len(plain) > 100
    assert [case for case in plain if judge(case) != judge(case._replace(is_plain=False))] == []


@given(
    st.sampled_from(DIRECTIVES),
    st.sampled_from(
        ["{}", "Authorization: Bearer {}", "curl -H 'Authorization: Bearer {}' {url}", "{url}\n{}", "{} {url}"]
    ),
    st.sampled_from(
        [URL, "https://collect.api.rhythmsoftware.com/contacts/current", "http://localhost:8080/contacts", ""]
    ),
    st.sampled_from(
        ["", " ", " -v", " -X OPTIONS", " -H 'Accept: */*'", " -d a=b", " --http2", "\n\nplease help", "\n401"]
    ),
    st.sampled_from([DEFAULTS, OURS]),
)
def test_no_report_changes_when_nothing_is_taken_for_plain(
    directive: str, form: str, url: str, behind: str, settings: Settings
) -> None:
    case = case_of(form.replace("{url}", url).replace("{}", mint(directive)) + behind, settings, url=url or None)

    assert judge(case) == judge(case._replace(is_plain=False))
