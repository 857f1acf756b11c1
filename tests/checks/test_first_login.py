import pytest

from bot.report import Outcome
from tests.diagnosing import LIKELY, POSSIBLE, curl, found_by, mint, raw, said_by, state_of

LINE = "first-login"
TOKEN = mint("jwt -contact")
HOST = "https://{}.api.rhythmsoftware.com"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (mint("jwt"), {}),
        (mint("m2m"), {}),
        (TOKEN, {"contact-id-missing": LIKELY}),
        (mint('jwt contact=""'), {"contact-id-missing": LIKELY}),
        (mint("jwt contact=null"), {"contact-id-missing": LIKELY}),
        (mint("jwt -contact claims"), {"contact-id-missing": LIKELY}),
        (curl(f"Bearer {TOKEN}", HOST.format("rolodex") + "/contacts/current"), {"contact-id-missing": LIKELY}),
        (curl(f"Bearer {TOKEN}", HOST.format("rolodex") + "/organizations/acme.org"), {"contact-id-missing": LIKELY}),
        (curl(f"Bearer {TOKEN}", HOST.format("membership") + "/memberships/acme.org"), {"contact-id-missing": LIKELY}),
        (curl(f"Bearer {TOKEN}", HOST.format("events") + "/events/acme.org"), {"contact-id-missing": POSSIBLE}),
        (curl(f"Bearer {TOKEN}", "https://proxy.example.org/contacts/current"), {"contact-id-missing": LIKELY}),
        (curl(f"Bearer {TOKEN}", "https://proxy.example.org/anything"), {"contact-id-missing": POSSIBLE}),
        (mint("opaque"), {}),
        ("", {}),
    ],
)
def test_a_users_token_without_a_contact(text: str, found: dict[str, object]) -> None:
    assert found_by(LINE, text) == found


@pytest.mark.parametrize(
    ("subject", "identity"),
    [
        ("google-oauth2|123", "this same login (Google)"),
        ("auth0|123", "this same login (e-mail and password)"),
        ("linkedin|123", "this same login (LinkedIn)"),
        ("samlp|acme|123", "this same login (single sign-on (SAML))"),
        ("someother|123", "this same login.\n"),
        ("no-bar", "this same login.\n"),
        ("5", "this same login.\n"),
    ],
)
def test_the_fix_names_the_identity(subject: str, identity: str) -> None:
    said = said_by(LINE, "contact-id-missing", mint(f"jwt -contact sub={subject}"))

    assert f"Sign in to Rhythm once with {identity}" in said
    assert "Then request a new token: the old one never changes." in said


def test_who_says_that_they_did_sign_in_is_told_why_it_did_not_help() -> None:
    assert "after this token was issued, or with another login" in said_by(
        LINE, "contact-id-missing", f"I logged in yesterday\n{TOKEN}"
    )
    assert "after this token was issued" not in said_by(LINE, "contact-id-missing", TOKEN)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (mint("jwt"), (Outcome.PASSED, "`contact_id` is there: the login is linked to a contact")),
        (mint("m2m"), (Outcome.SKIPPED, "a machine's token; nobody signs in")),
        (mint("jwe"), (Outcome.SKIPPED, "it cannot be read from this value")),
        (raw("Basic aWQ6c2VjcmV0"), (Outcome.SKIPPED, "no token given")),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    assert state_of(LINE, text) == state
