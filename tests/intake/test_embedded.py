"""Commands inside strings of other programs, and what variables hold that a token request was read into."""

import pytest

from bot.intake.curl import read
from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN
from bot.intake.substitutions import printed

URL = "https://a.example/x"


def sent(text: str) -> str:
    """The value of the only header field of the only command, with unknown parts in brackets."""
    (piece,) = read(text)
    (header,) = piece.value.headers  # type: ignore[union-attr]  # commands are read as requests
    return header.value.replace(UNKNOWN_OPEN, "[").replace(UNKNOWN_CLOSE, "]")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"""sh -c "curl -H 'Authorization: Bearer $TOKEN' {URL}\"""", "Bearer [TOKEN]"),
        (f"""sh "curl -H 'Authorization: Bearer ${{TOKEN}}' {URL}\"""", "Bearer [TOKEN]"),
        (rf"""ssh host "curl -H \"Authorization: Bearer $TOKEN\" {URL}" """, "Bearer [TOKEN]"),
        (rf""""cmd": "curl -H \"Authorization: Bearer $TOKEN\" {URL}" """, "Bearer [TOKEN]"),
        (f"""os.system(f'curl -H "Authorization: Bearer {{token}}" {URL}')""", "Bearer [token]"),
        (f"""system("curl -H 'Authorization: Bearer #{{token}}' {URL}")""", "Bearer [token]"),
        (f"""os.system("curl -H 'Authorization: Bearer $TOKEN' {URL}")""", "Bearer $TOKEN"),
        (f"""run: curl -H "Authorization: Bearer ${{{{ secrets.TOKEN }}}}" {URL}""", "Bearer [secrets.TOKEN]"),
        (f"""run: curl -H 'Authorization: Bearer ${{{{ secrets.TOKEN }}}}' {URL}""", "Bearer [secrets.TOKEN]"),
        (f"""run: curl -H 'Authorization: Bearer {{{{ token }}}}' {URL}""", "Bearer {{ token }}"),
        (f"""cat t | xargs -I{{}} curl -H "Authorization: Bearer {{}}" {URL}""", "Bearer [xargs]"),
        (f"""xargs -P 4 -I '{{}}' curl -H 'Authorization: Bearer {{}}' {URL} < t""", "Bearer [xargs]"),
        (f"""cat t | xargs -i \\\n  curl -H "Authorization: Bearer {{}}" {URL}""", "Bearer [xargs]"),
        (f"""xargs --replace curl -H "Authorization: Bearer {{}}" {URL}""", "Bearer [xargs]"),
        (f"""xargs -I % sh -c 'curl -H "Authorization: Bearer %" {URL}'""", "Bearer [xargs]"),
        (f"""xargs -I TOKEN curl -H "Authorization: Bearer TOKEN" {URL}""", "Bearer [xargs]"),
        (f"""parallel curl -H "Authorization: Bearer {{}}" {URL} :::: t""", "Bearer [parallel]"),
        (f"""cat t | xargs curl -H "Authorization: Bearer {{}}" {URL}""", "Bearer {}"),
        (f"""xargs -I% curl -H "Authorization: Bearer {{}}" {URL}""", "Bearer {}"),
        (f"""xargs -I{{}} echo {{}}; curl -H "Authorization: Bearer {{}}" {URL}""", "Bearer {}"),
        (f"""xargs -I{{}} echo {{}}\ncurl -H "Authorization: Bearer {{}}" {URL}""", "Bearer {}"),
        (f"""my-xargs -I{{}} curl -H "Authorization: Bearer {{}}" {URL}""", "Bearer {}"),
    ],
)
def test_what_another_program_fills_in_is_unknown(text: str, value: str) -> None:
    assert sent(text) == value


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (
            "$(curl -s https://x.auth0.com/oauth/token -d a=b)",
            '{"access_token":"[access_token]","token_type":"Bearer"}',
        ),
        ('"$(curl -s https://x.auth0.com/oauth/token | jq .access_token)"', '"[access_token]"'),
        ("$(curl -s https://x.auth0.com/oauth/token | jq -r .access_token)", None),
        ("$(curl -s https://x.auth0.com/oauth/token | jq --raw-output .access_token)", None),
        ("$(curl -s https://x.auth0.com/oauth/token | jq -cr .access_token)", None),
        ("$(curl -s https://x.auth0.com/oauth/token | jq .access_token | tr -d '\"')", None),
        ("$(curl -s -o t.json https://x.auth0.com/oauth/token)", None),
        ("$(./get-token https://x.auth0.com/oauth/token)", None),
    ],
)
def test_what_a_token_request_leaves_in_a_variable(word: str, expected: str | None) -> None:
    found = printed(word)

    assert (found and found.replace(UNKNOWN_OPEN, "[").replace(UNKNOWN_CLOSE, "]")) == expected
