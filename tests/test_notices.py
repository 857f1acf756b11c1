"""Notices: each id with a text that brings it and one that only looks like it."""

import pytest

from tests.diagnosing import curl, mint, notices_of, raw, report_of
from tests.pastes.minting import NOW

TOKEN = mint("jwt")
SECRET = mint("secret")
EXPIRED = mint("jwt exp=-60 iat=-90000")


@pytest.mark.parametrize(
    "text",
    [
        f"curl -d 'grant_type=client_credentials&client_secret={SECRET}' https://acme.us.auth0.com/oauth/token",
        f"client_secret: {SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"Authorization: Basic {mint('base64 of=id:secretsecretsecret')}",
        f"refresh_token={mint('refresh')}",
        f"{curl(f'Bearer {TOKEN}')} -u id:{SECRET}",
        "curl -d 'grant_type=password&username=a&password=correct-horse' https://acme.us.auth0.com/oauth/token",
        f"curl -u id:{SECRET} -d grant_type=client_credentials https://acme.us.auth0.com/oauth/token",
        f"client_assertion={mint('jwt iss=abc sub=abc')}",
        f"Authorization: Bearer {mint('client-id')}:{SECRET}",
    ],
)
def test_a_secret_that_does_not_expire_by_itself_is_pointed_out(text: str) -> None:
    assert "secret-exposed" in notices_of(report_of(text))


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        curl(f"Bearer {TOKEN}"),
        "Authorization: Basic",
        "client_secret: ***",
        f"client_id={mint('client-id')}",
        "curl -d 'grant_type=client_credentials&client_secret=$SECRET' https://acme.us.auth0.com/oauth/token",
    ],
)
def test_what_is_no_lasting_secret_is_not(text: str) -> None:
    assert "secret-exposed" not in notices_of(report_of(text))


def test_no_notice_shows_the_secret() -> None:
    assert SECRET[:12] not in repr(report_of(f"client_secret: {SECRET}").notices)


class TestSeveral:
    def test_other_tokens_are_named_and_the_judged_one_as_well(self) -> None:
        report = report_of(f"id_token: {mint('id')}\nrefresh_token: {mint('refresh')}\n{curl(f'Bearer {TOKEN}')}")
        text = next(notice.text for notice in report.notices if notice.id == "several-tokens")

        assert "3 different tokens" in text
        assert "the one in the Authorization header was judged" in text
        assert "`id_token`" in text
        assert "`refresh_token`" in text

    def test_two_headers_are_not_told_apart_by_their_name(self) -> None:
        other = mint("jwt aud=https://api.example.org")
        report = report_of(f"Authorization: Bearer {TOKEN}\n\nAuthorization: Bearer {other}")

        assert "the one in the Authorization header was judged, the other not." in report.notices[0].text

    def test_of_two_the_other_is_one(self) -> None:
        report = report_of(f"access_token: {TOKEN}\n{mint('m2m')}")

        assert [notice.text for notice in report.notices] == [
            "The paste holds 2 different tokens; the one called `access_token` was judged, the other not."
        ]

    def test_without_names_the_first_is_judged(self) -> None:
        assert "the first was judged" in report_of(f"{TOKEN}\n\n{mint('m2m')}").notices[0].text

    def test_the_same_token_twice_is_one(self) -> None:
        assert notices_of(report_of(f"{TOKEN}\n\n{TOKEN}")) == []

    def test_other_values_are_no_tokens(self) -> None:
        assert notices_of(report_of(f"client_id: {mint('client-id')}\n{TOKEN}")) == []

    def test_several_requests_are_pointed_out(self) -> None:
        both = f"{curl(f'Bearer {TOKEN}')}\n{curl(f'Bearer {TOKEN}', 'https://events.api.rhythmsoftware.com/events/acme.org')}"

        assert notices_of(report_of(both)) == ["several-exchanges"]
        assert notices_of(report_of(curl(f"Bearer {TOKEN}") + "\n401 Unauthorized")) == []


class TestTokenRedacted:
    @pytest.mark.parametrize("directive", ["jwt ellipsis", "jwt ellipsis=...", "jwt stars"])
    def test_a_token_with_a_gap_is_said_to_have_one(self, directive: str) -> None:
        assert "token-redacted" in notices_of(report_of(mint(directive)))

    def test_a_whole_one_is_not(self) -> None:
        assert "token-redacted" not in notices_of(report_of(TOKEN))


class TestExpiredSince:
    def test_valid_then_and_expired_by_now(self) -> None:
        report = report_of(mint("jwt exp=-3600 iat=-90000"), at=NOW - 7200)

        assert notices_of(report) == ["expired-since"]
        assert "2026-03-10 11:00 UTC, 60 min ago" in report.notices[0].text

    def test_expired_then_is_a_cause_and_no_notice(self) -> None:
        report = report_of(mint("jwt exp=-3600 iat=-90000"), at=NOW - 1800)

        assert notices_of(report) == []

    def test_within_the_leeway_nothing_has_expired(self) -> None:
        assert notices_of(report_of(EXPIRED, at=NOW - 7200)) == []
        assert notices_of(report_of(EXPIRED)) == []


class TestHeaderParameters:
    @pytest.mark.parametrize(
        ("directive", "names"),
        [
            ("jwt h.jku=https://evil.example.org/keys", "`jku`"),
            ('jwt h.x5u=https://evil.example.org/x h.crit=["exp"]', "`x5u`, `crit`"),
            ('jwt h.jwk={"kty":"RSA"}', "`jwk`"),
        ],
    )
    def test_parameters_that_point_elsewhere_are_named_and_not_followed(self, directive: str, names: str) -> None:
        report = report_of(mint(directive))

        assert notices_of(report) == ["header-parameters"]
        assert f"names {names}." in report.notices[0].text
        assert "evil.example.org" not in repr(report)

    def test_others_are_not(self) -> None:
        assert notices_of(report_of(mint("jwt h.x5t=abc"))) == []


class TestAccepted:
    def test_a_success_is_said(self) -> None:
        report = report_of(f"{raw(f'Bearer {TOKEN}')}\nHTTP/1.1 200 OK\n\n")

        assert [notice.text for notice in report.notices] == ["The shown answer is 200: the API accepted this token."]

    def test_with_what_looked_wrong(self) -> None:
        expired = mint("jwt exp=-3600 iat=-90000")
        report = report_of(f"{raw(f'Bearer {expired}')}\nHTTP/1.1 404 Not Found\n\n")

        assert report.notices[0].text.startswith(
            "The shown answer is 404: the API accepted this token, so what looked wrong was no obstacle (It expired on"
        )

    def test_a_possible_fault_is_not_worth_a_word_then(self) -> None:
        report = report_of(f"{raw(f'bearer {TOKEN}')}\nHTTP/1.1 200 OK\n\n")

        assert report.notices[0].text.endswith("the API accepted this token.")


def test_the_sources_disagree_on_customer_id() -> None:
    assert notices_of(report_of(mint("jwt -customer"))) == ["sources-disagree"]
    assert notices_of(report_of(mint("jwt -customer aud=https://api.example.org"))) == []
