import hashlib

import pytest

from bot.report import RequestFacts, ResponseFacts, TokenFacts
from tests.diagnosing import curl, mint, raw, report_of
from tests.pastes.minting import NOW

TOKEN = mint("jwt tenant=acme.org customer=cus-1 contact=con-1")


def facts(text: str) -> TokenFacts:
    token = report_of(text).token
    assert token is not None
    return token


def test_the_facts_of_a_users_access_token() -> None:
    assert facts(TOKEN) == TokenFacts(
        kind="access",
        redacted=f"{TOKEN[:4]}…{TOKEN[-4:]} ({len(TOKEN):,} characters)",
        fingerprint="sha256:" + hashlib.sha256(TOKEN.encode()).hexdigest()[:12],
        subject="user",
        issuer="https://acme.us.auth0.com/",
        audience=("https://api.rhythmsoftware.com", "https://acme.us.auth0.com/userinfo"),
        issued_at=NOW - 3600,
        expires_at=NOW + 82800,
        tenant_id="acme.org",
        customer_id="cus-1",
        contact_id="con-1",
    )


def test_a_machine_is_a_machine() -> None:
    machine = facts(mint("m2m"))

    assert (machine.subject, machine.audience, machine.contact_id) == (
        "machine",
        ("https://api.rhythmsoftware.com",),
        None,
    )


def test_the_fingerprint_is_of_the_token_as_repaired() -> None:
    whole = facts(TOKEN).fingerprint

    assert facts(f'Authorization: Bearer "{TOKEN}",').fingerprint == whole
    assert facts(f"{TOKEN[:100]}\u200b{TOKEN[100:]}").fingerprint == whole


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Authorization: Bearer abc12345", "(8 characters)"),
        (f"Authorization: Bearer {'a1' * 12}", "a1a1…a1a1 (24 characters)"),
        (f"Authorization: Bearer {'a1' * 15}x", "a1a1…1a1x (31 characters)"),
    ],
)
def test_short_values_have_no_fingerprint(text: str, redacted: str) -> None:
    token = facts(text)

    assert (token.redacted, token.fingerprint) == (redacted, None)


@pytest.mark.parametrize(
    "text", [f"client_secret: {mint('secret')}", f"Authorization: Bearer {mint('client-id')}:{mint('secret')}"]
)
def test_client_secrets_have_none_either(text: str) -> None:
    token = facts(text)

    assert token.kind in {"client-secret", "client-credentials"}
    assert token.fingerprint is None


def test_of_decoded_claims_there_is_neither() -> None:
    token = facts(mint("jwt claims"))

    assert (token.kind, token.redacted, token.fingerprint, token.subject) == ("access", None, None, "user")
    assert token.tenant_id == "acme.org"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Authorization: Bearer <access_token>",
        "401 Unauthorized",
        f"Authorization: Basic {mint('base64 of=id:secretsecretsecret')}",
    ],
)
def test_without_a_credential_there_are_no_facts(text: str) -> None:
    assert report_of(text).token is None


def test_what_cannot_be_read_is_null_and_the_audience_an_empty_list() -> None:
    token = facts(mint("opaque"))

    assert token[3:] == ("unknown", None, (), None, None, None, None, None)


@pytest.mark.parametrize(
    ("directive", "field", "value"),
    [
        ("jwt -aud", "audience", ()),
        ("jwt aud=5", "audience", ()),
        ("jwt exp=text:soon", "expires_at", None),
        ("jwt exp=abs:1773226800000", "expires_at", None),
        ("jwt exp=abs:-5", "expires_at", None),
        ("jwt exp=abs:1773226800.7", "expires_at", 1773226800),
        ("jwt iat=abs:true", "issued_at", None),
        ("jwt iss=5", "issuer", None),
        ('jwt iss=""', "issuer", None),
        ('jwt iss="a\\nb"', "issuer", "a b"),
        ("jwt tenant=5", "tenant_id", "5"),
        ("jwt tenant=true", "tenant_id", None),
        ('jwt tenant=["a"]', "tenant_id", None),
        ('jwt tenant="  "', "tenant_id", None),
        ("jwt contact=undefined", "contact_id", None),
        ("jwt sub=5", "subject", "user"),
        ("jwt -sub", "subject", "unknown"),
    ],
)
def test_odd_claims_become_facts_of_the_right_shape(directive: str, field: str, value: object) -> None:
    assert getattr(facts(mint(directive)), field) == value


def test_long_values_are_cut() -> None:
    token = facts(mint(f"jwt iss=https://{'a-' * 200}.example.org/ tenant={'t-' * 100}"))

    assert token.issuer is not None
    assert len(token.issuer) == 200
    assert token.tenant_id is not None
    assert len(token.tenant_id) == 120


def request(text: str, url: str | None = None) -> RequestFacts | None:
    return report_of(text, url=url).request


def test_the_judged_request() -> None:
    assert request(
        curl(f"Bearer {TOKEN}", "https://rolodex.api.rhythmsoftware.com/contacts/current", "-X PUT")
    ) == RequestFacts("PUT", "https://rolodex.api.rhythmsoftware.com/contacts/current", "rolodex")
    assert request(TOKEN) is None
    assert request(TOKEN, "https://example.org/x") == RequestFacts(None, "https://example.org/x", None)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://id:password@rolodex.api.rhythmsoftware.com/a", "https://rolodex.api.rhythmsoftware.com/a"),
        ("https://rolodex.api.rhythmsoftware.com/a#access_token=secret", "https://rolodex.api.rhythmsoftware.com/a"),
        (
            "https://rolodex.api.rhythmsoftware.com/a?token=secret&fields=id%2Cname&x=1",
            "https://rolodex.api.rhythmsoftware.com/a?token=…&fields=id,name&x=…",
        ),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org", "https://example.org"),
    ],
)
def test_a_url_shows_no_secret(url: str, shown: str) -> None:
    facts = request(TOKEN, url)

    assert facts is not None
    assert facts.url == shown


def test_a_path_without_a_host_is_shown_as_it_is() -> None:
    assert request(f"GET /contacts/current HTTP/1.1\nAuthorization: Bearer {TOKEN}\n") == RequestFacts(
        "GET", "/contacts/current", None
    )


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        (
            'HTTP/1.1 401 Unauthorized\n\n{"message":"The incoming token has expired"}',
            (401, "The incoming token has expired"),
        ),
        ("HTTP/1.1 401 Unauthorized\n\n", (401, "Unauthorized")),
        ('{"error":"invalid_token","error_description":"jwt expired"}', (None, "jwt expired")),
        ("HTTP/1.1 500\n\n" + "x-" * 200, (500, "x-" * 79 + "x…")),
    ],
)
def test_the_shown_answer(answer: str, facts: tuple[int | None, str]) -> None:
    assert report_of(answer).response == ResponseFacts(*facts)


def test_without_an_answer_there_is_none() -> None:
    assert report_of(raw(f"Bearer {TOKEN}")).response is None
