import json

import pytest

from bot.checks.authorization_header.presence import is_near_name
from tests.diagnosing import CERTAIN, LIKELY, URL, curl, found_by, mint, raw, said_by

LINE = "authorization-header"
TOKEN = mint("jwt")
COOKIE = f"curl -b 'access_token={TOKEN}' {URL}"


class TestMissing:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            (f"curl {URL}", {"authorization-header-missing": CERTAIN}),
            (f"curl -H 'Accept: x' {URL}", {"authorization-header-missing": CERTAIN}),
            (
                "GET /contacts HTTP/1.1\nHost: rolodex.api.rhythmsoftware.com\n",
                {"authorization-header-missing": CERTAIN},
            ),
            (f"curl {URL} -u id:secret", {"basic-credentials": CERTAIN}),
            (f"curl https://id:secret@{URL.removeprefix('https://')}", {"basic-credentials": CERTAIN}),
            ("No authorization token was found", {"authorization-header-missing": LIKELY}),
            ('{"message":"Missing Authorization header"}', {"authorization-header-missing": LIKELY}),
            (f"No authorization token was found\n{curl(f'Bearer {TOKEN}')}", {}),
            (f"I call {URL}", {}),
            ("", {}),
        ],
    )
    def test_a_header_that_is_not_there(self, text: str, found: dict[str, object]) -> None:
        assert found_by(LINE, text) == found

    def test_a_preflight_needs_none(self) -> None:
        text = f"curl -X OPTIONS {URL}\nHTTP/1.1 401 Unauthorized\n\n"

        assert found_by(LINE, text) == {"cors-preflight-blocked": CERTAIN}
        assert found_by(LINE, f"curl -X OPTIONS {URL}") == {"authorization-header-missing": CERTAIN}

    def test_the_fix_fits_the_tool(self) -> None:
        assert 'Add `-H "Authorization: Bearer <access token>"` to the command.' in said_by(
            LINE, "authorization-header-missing", f"curl {URL}"
        )
        assert "Add the header `Authorization: Bearer <access token>`." in said_by(
            LINE, "authorization-header-missing", "GET /contacts HTTP/1.1\nHost: rolodex.api.rhythmsoftware.com\n"
        )
        assert "sends 1 header, and none" in said_by(LINE, "authorization-header-missing", f"curl -H 'Accept: x' {URL}")


class TestMisnamed:
    @pytest.mark.parametrize(
        "name",
        [
            "Authentication",
            "Authorisation",
            "Authorizaton",
            "Auth",
            "Authorize",
            "Bearer",
            "X-Authorization",
            "X-Auth-Token",
            "X-Api-Key",
            "Token",
            "Access-Token",
            "X-Whatever",
        ],
    )
    def test_a_credential_under_another_name(self, name: str) -> None:
        text = f"curl -H '{name}: Bearer {TOKEN}' {URL}"
        found = found_by(LINE, text)

        assert found["authorization-header-misnamed"] is CERTAIN
        assert f"`{name}`" in said_by(LINE, "authorization-header-misnamed", text)

    @pytest.mark.parametrize("name", ["Authentication", "Authorisation", "X-Auth-Token", "Bearer"])
    def test_in_a_loose_line_too(self, name: str) -> None:
        assert found_by(LINE, f"{name}: Bearer {TOKEN}")["authorization-header-misnamed"] is CERTAIN

    @pytest.mark.parametrize(
        "header",
        [
            "X-Amz-Security-Token: {}",
            "X-Request-Id: {}",
            "Proxy-Authorization: Bearer {}",
            "DPoP: {}",
            "If-None-Match: {}",
            "X-Api-Version: 2026-03-10",
            "Accept: application/json",
        ],
    )
    def test_other_headers_are_in_their_right(self, header: str) -> None:
        beside = f"curl -H 'Authorization: Bearer {TOKEN}' -H '{header.format(TOKEN)}' {URL}"
        alone = f"curl -H '{header.format(TOKEN)}' {URL}"

        assert "authorization-header-misnamed" not in found_by(LINE, beside)
        assert "authorization-header-misnamed" not in found_by(LINE, alone)

    def test_beside_a_right_one_it_does_not_matter(self) -> None:
        text = f"curl -H 'Authorization: Bearer {TOKEN}' -H 'X-Auth-Token: {TOKEN}' {URL}"

        assert "authorization-header-misnamed" not in found_by(LINE, text)

    @pytest.mark.parametrize("text", [f"token: {TOKEN}", f"JWT: {TOKEN}", f"Access Token: {TOKEN}"])
    def test_a_label_before_a_token_is_no_header(self, text: str) -> None:
        assert found_by(LINE, text) == {}

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Authorization", False),
            ("AUTHORIZATION", False),
            ("Authorisation", True),
            ("Autorization", True),
            ("Authentication", True),
            ("Auth", True),
            ("WWW-Authenticate", False),
            ("Accept", False),
            ("X-Authorization", True),
        ],
    )
    def test_near_names(self, name: str, expected: bool) -> None:
        assert is_near_name(name) is expected


class TestOutside:
    @pytest.mark.parametrize(
        ("text", "place"),
        [
            (COOKIE, "cookie `access_token`"),
            (f"curl '{URL}?access_token={TOKEN}'", "query string, as `access_token`"),
            (f"curl '{URL}?jwt={TOKEN}'", "query string, as `jwt`"),
            (f"curl -d 'access_token={TOKEN}' {URL}", "body"),
            (f"POST /contacts HTTP/1.1\nHost: rolodex.api.rhythmsoftware.com\n\naccess_token={TOKEN}", "body"),
        ],
    )
    def test_a_token_that_travels_elsewhere(self, text: str, place: str) -> None:
        found = found_by(LINE, text)

        assert found["token-outside-header"] is CERTAIN
        assert f"The token is in the {place}" in said_by(LINE, "token-outside-header", text)

    def test_in_a_url_it_is_seen_by_others(self) -> None:
        assert "seen by others" in said_by(LINE, "token-outside-header", f"curl '{URL}?access_token={TOKEN}'")
        assert "seen by others" not in said_by(LINE, "token-outside-header", COOKIE)

    def test_in_prose_it_is_likely(self) -> None:
        assert found_by(LINE, f"I open {URL}?access_token={TOKEN}") == {"token-outside-header": LIKELY}

    @pytest.mark.parametrize(
        "text",
        [curl(f"Bearer {TOKEN}", f"{URL}?fields=id"), f"https://app.example.org/callback#access_token={TOKEN}", TOKEN],
    )
    def test_elsewhere_there_is_no_such_fault(self, text: str) -> None:
        assert "token-outside-header" not in found_by(LINE, text)


class TestEmpty:
    @pytest.mark.parametrize(
        "text",
        [
            "Authorization: Bearer",
            "Authorization: Bearer ",
            "Authorization:",
            'Authorization: Bearer ""',
            "Authorization: Bearer <>",
            raw("Bearer"),
            raw("Bearer "),
            f'curl -H "Authorization: Bearer " {URL}',
        ],
    )
    def test_a_header_that_ends_before_its_token(self, text: str) -> None:
        assert found_by(LINE, text) == {"credentials-empty": CERTAIN}

    @pytest.mark.parametrize(
        "text",
        [f'curl -H "Authorization: Bearer $TOKEN" {URL}', f"Authorization: Bearer {TOKEN}", "Authorization: Basic"],
    )
    def test_one_that_does_not(self, text: str) -> None:
        assert "credentials-empty" not in found_by(LINE, text)

    def test_the_fix_fits_the_tool(self) -> None:
        assert 'echo "$TOKEN"' in said_by(LINE, "credentials-empty", f'curl -H "Authorization: Bearer " {URL}')
        assert "stop when it is empty" in said_by(LINE, "credentials-empty", "Authorization: Bearer")


@pytest.mark.parametrize(("creator", "certainty"), [("WebInspector", LIKELY), ("Firefox", CERTAIN)])
def test_a_header_that_an_export_may_leave_out_is_missing_likely_alone(creator: str, certainty: str) -> None:
    entry = {"request": {"method": "GET", "url": URL, "headers": []}, "response": {"status": 401}}
    log = {"creator": {"name": creator}, "entries": [entry]}

    assert found_by(LINE, json.dumps({"log": log})) == {"authorization-header-missing": certainty}
