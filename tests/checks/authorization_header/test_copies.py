import pytest

from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, URL, curl, found_by, mint, raw, said_by

LINE = "authorization-header"
TOKEN = mint("jwt")
USER_URL = URL.replace("https://", "https://id:secret@")
BASIC = mint("base64 of=id:secretsecret")


class TestSeveral:
    @pytest.mark.parametrize(
        ("text", "certainty"),
        [
            (f"curl -H 'Authorization: Basic {BASIC}' -H 'Authorization: Bearer {TOKEN}' {URL}", CERTAIN),
            (f"curl -u id:secret -H 'Authorization: Bearer {TOKEN}' {URL}", CERTAIN),
            (raw(f"Bearer {TOKEN}", URL, f"Authorization: Bearer {mint('m2m')}"), CERTAIN),
            (raw(f"Basic {BASIC}, Bearer {TOKEN}"), CERTAIN),
            (f"Authorization: Basic {BASIC}, Bearer {TOKEN}", CERTAIN),
            (curl(f"Bearer {TOKEN}", f"https://id:secret@{URL.removeprefix('https://')}"), POSSIBLE),
            (raw(f"Bearer {TOKEN}", f"https://id:secret@{URL.removeprefix('https://')}"), POSSIBLE),
            (f'requests.get("{USER_URL}", headers={{"Authorization": "Bearer {TOKEN}"}})', CERTAIN),
            (f'axios.get("{USER_URL}", {{ headers: {{ Authorization: "Bearer {TOKEN}" }} }})', CERTAIN),
            (curl(f"Bearer {TOKEN}", f"'{URL}?access_token={TOKEN}'"), LIKELY),
            (curl(f"Bearer {TOKEN}", URL, f"-d access_token={TOKEN}"), LIKELY),
        ],
    )
    def test_two_credentials_in_one_request(self, text: str, certainty: object) -> None:
        assert found_by(LINE, text)["multiple-credentials"] is certainty

    @pytest.mark.parametrize(
        "text",
        [
            curl(f"Bearer {TOKEN}"),
            f"curl -H 'Authorization: Bearer {TOKEN}' -H 'Authorization: Bearer {TOKEN}' {URL}",
            f"Authorization: Bearer {TOKEN}\nAuthorization: Bearer {mint('m2m')}",
            f"{curl(f'Bearer {TOKEN}')}\n{curl('Bearer ' + mint('m2m'))}",
            f"Authorization: Bearer {TOKEN}, is that right?",
            curl(f"Bearer {TOKEN}", f"{URL}/emailAddress/a@example.org"),
        ],
    )
    def test_one_credential_or_two_requests(self, text: str) -> None:
        assert "multiple-credentials" not in found_by(LINE, text)

    def test_the_schemes_are_named(self) -> None:
        two = f"curl -H 'Authorization: Basic {BASIC}' -H 'Authorization: Bearer {TOKEN}' {URL}"
        same = raw(f"Bearer {TOKEN}", URL, f"Authorization: Bearer {mint('m2m')}")

        assert "two Authorization fields: `basic` and `bearer`." in said_by(LINE, "multiple-credentials", two)
        assert "two Authorization fields: two values." in said_by(LINE, "multiple-credentials", same)


class TestSize:
    LARGE = "x" * 10_300

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (raw(f"Bearer {TOKEN}", URL, f"Cookie: a={LARGE}"), "gateways accept 10,240."),
            (f"{raw(f'Bearer {TOKEN}')}\nHTTP/1.1 431 X\n\n", "the headers are too large (431"),
            (
                f"{raw(f'Bearer {TOKEN}')}\nHTTP/1.1 400 X\n\nRequest Header Or Cookie Too Large",
                "or 400 with that text",
            ),
            (mint(f"jwt note={LARGE}"), "The token alone has"),
        ],
    )
    def test_headers_that_no_server_takes(self, text: str, words: str) -> None:
        assert found_by(LINE, text)["header-too-large"] is CERTAIN
        assert words in said_by(LINE, "header-too-large", text)

    @pytest.mark.parametrize(
        "text", [raw(f"Bearer {TOKEN}", URL, f"Cookie: a={'x' * 8_000}"), mint(f"jwt note={'x' * 6_000}")]
    )
    def test_headers_that_fit(self, text: str) -> None:
        assert "header-too-large" not in found_by(LINE, text)
