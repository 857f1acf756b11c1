"""What may be asked about a case. That it is kept to is shown by the prober's tests."""

import pytest

from bot.observation import Question
from bot.question import plain_segment, question
from bot.settings import Settings
from bot.token import UnverifiedJWT
from tests.diagnosing import DEFAULTS, OURS, case_of, curl, mint


def asked(text: str, settings: Settings = DEFAULTS) -> Question:
    found = question(case_of(text, settings))
    assert found is not None
    return found


def test_a_healthy_token_may_be_sent_and_verified() -> None:
    token = mint()

    assert asked(token) == Question(
        token=token,
        unsent="",
        compact=token,
        key_set="https://acme.us.auth0.com/.well-known/jwks.json",
        unverified="",
        algorithm="RS256",
        key_id=asked(token).key_id,
        tenant="acme.org",
        is_machine=False,
        has_contact=True,
    )
    assert asked(mint("m2m")).is_machine
    assert not asked(mint("jwt -contact")).has_contact


@pytest.mark.parametrize("text", ["hello", "Authorization: Bearer {{token}}", curl("Bearer $TOKEN"), "{}"])
def test_without_a_token_there_is_no_question(text: str) -> None:
    assert question(case_of(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        *(mint(f"jwt {change}") for change in ("aud=https://api.example.org", "-aud", "exp=-1", "exp=abs:1", "exp=text:soon")),
        *(mint(f"jwt {change}") for change in ("exp=abs:1773000000000", "nbf=7200", "h.alg=none", "h.alg=HS256", "-tenant")),
        *(mint(kind) for kind in ("id", "jwe", "session", "opaque", "refresh", "code", "secret", "client-id")),
        *(mint(f"jwt {change}") for change in ("cut=-400", "nosig", "ellipsis", "stars", "iss=http://localhost/")),
        f'{{"refresh_token": "{mint()}"}}',
        f'{{"id_token": "{mint()}"}}',
    ],
)  # fmt: skip
def test_these_tokens_are_sent_nowhere(text: str) -> None:
    found = question(case_of(text))

    assert found is None or (found.token == "" and found.unsent)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: {mint()}",
        f"Authorization: Bearer: {mint()}",
        f"X-Auth-Token: {mint()}",
        f"token = '{mint('jwt break=76')}'",
        f"Authorization: Bearer {mint()},",
        curl(f"Bearer {mint()}", "https://events.api.rhythmsoftware.com/contacts/acme.org/search"),
        f"{mint()}\njwt expired",
        f"{mint('jwt -contact')}",
        f"{mint('jwt -customer')}",
        f'{{"access_token": "{mint()}"}}',
    ],
)
def test_what_is_wrong_around_a_token_is_no_matter(text: str) -> None:
    assert asked(text).token


def test_a_token_that_was_valid_then_and_has_expired_since_is_not_sent() -> None:
    text = mint("jwt exp=-1")
    case = case_of(text, at=case_of(text).present - 3000)

    found = question(case)
    assert found is not None
    assert found.unsent == "it has expired"


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "0177.0.0.1", "0x7f.1", "127.1", "[::ffff:a00:1]", "１０.0.0.1", "u@10.0.0.1:8443", "10.0.0.1."],
)
@pytest.mark.parametrize("place", ["iss", "h.jku", "h.x5u"])
def test_a_token_that_names_an_address_is_sent_nowhere(place: str, host: str) -> None:
    found = asked(mint(f"jwt {place}=https://{host}/"))

    assert found.token == ""
    assert found.unsent


def test_an_address_that_the_settings_name_as_an_issuer_forbids_nothing() -> None:
    settings = Settings(rhythm_auth0_domains=("http://127.0.0.1:9001",))

    assert asked(mint("jwt iss=http://127.0.0.1:9001/"), settings).token


def test_letters_that_no_field_takes_are_not_sent() -> None:
    signed = mint().rpartition(".")[0]
    for signature in ("é" * 342, "A\r\nHost: x" + "A" * 332, "A" * 20_000):
        case = case_of(mint())
        assert isinstance(case.token, UnverifiedJWT)
        token = case.token._replace(value=f"{signed}.{signature}", signature=signature)
        found = question(case._replace(token=token))
        assert found is not None
        assert found.token == ""


@pytest.mark.parametrize(
    ("issuer", "settings", "allowed"),
    [
        ("https://acme.us.auth0.com/", DEFAULTS, True),
        ("https://acme.auth0.com/", DEFAULTS, True),
        ("https://acme.us.auth0.com", DEFAULTS, False),
        ("http://acme.us.auth0.com/", DEFAULTS, False),
        ("https://ACME.us.auth0.com/", DEFAULTS, False),
        ("https://acme.us.auth0.com:443/", DEFAULTS, False),
        ("https://x@acme.us.auth0.com/", DEFAULTS, False),
        ("https://acme.us.auth0.com/?a=b", DEFAULTS, False),
        ("https://acme.us.auth0.com/#", DEFAULTS, False),
        ("https://acme.us.auth0.com//", DEFAULTS, False),
        ("https://acme.us.auth0.com.example.org/", DEFAULTS, False),
        ("https://login.example.org/", DEFAULTS, False),
        ("https://127.0.0.1/", DEFAULTS, False),
        ("https://acme.us.auth0.com/", OURS, True),
        ("https://other.us.auth0.com/", OURS, False),
        ("http://127.0.0.1:9001/", Settings(rhythm_auth0_domains=("http://127.0.0.1:9001",)), True),
        ("http://127.0.0.1:9002/", Settings(rhythm_auth0_domains=("http://127.0.0.1:9001",)), False),
    ],
)
def test_whose_key_set_may_be_asked_for(issuer: str, settings: Settings, allowed: bool) -> None:
    found = asked(mint(f"jwt iss={issuer}"), settings)

    assert found.key_set == (f"{issuer}.well-known/jwks.json" if allowed else "")
    assert bool(found.compact) is allowed
    assert bool(found.unverified) is not allowed


def test_the_key_set_is_asked_for_even_where_the_token_is_not_sent() -> None:
    assert asked(mint("jwt exp=-60")).key_set
    assert asked(mint("id")).key_set


@pytest.mark.parametrize("directive", ["jwt h.alg=HS256", "jwt h.alg=hs512", "jwt h.alg=none", "jwt -h.alg"])
def test_no_key_verifies_a_shared_secret(directive: str) -> None:
    assert asked(mint(directive)).key_set == ""


@pytest.mark.parametrize("value", ["acme.org", "a", "A-b_c.9", "...", "a" * 200])
def test_plain_segments(value: str) -> None:
    assert plain_segment(value) == value


@pytest.mark.parametrize(
    "value", ["", ".", "..", "a/b", "a%2fb", "a b", "ä", "a?b", "a#b", "a\n", "a;b", "a" * 201, 7, None, ["a"]]
)
def test_others_are_no_plain_segments(value: object) -> None:
    assert plain_segment(value) == ""


def test_a_question_does_not_show_its_token() -> None:
    assert repr(asked(mint())) == "Question(sends=True, verifies=True)"
