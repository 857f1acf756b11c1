"""The line "First login": whether the user is linked to a contact (the guide's step on the first login).

The link is made at the first login to the Rhythm portal and is then written into tokens issued from then on.
"""

from collections.abc import Iterator

from bot.checks.base import Case, Check
from bot.checks.claims import has_claims, needs_current_contact
from bot.report import Certainty, Finding, Outcome

_IDENTITIES = {
    "google-oauth2": "Google",
    "linkedin": "LinkedIn",
    "facebook": "Facebook",
    "windowslive": "Microsoft",
    "waad": "Microsoft Entra",
    "apple": "Apple",
    "github": "GitHub",
    "twitter": "X",
    "auth0": "e-mail and password",
    "email": "a code by e-mail",
    "sms": "a code by SMS",
    "samlp": "single sign-on (SAML)",
    "oidc": "single sign-on (OpenID Connect)",
    "okta": "single sign-on (Okta)",
    "adfs": "single sign-on (AD FS)",
    "oauth2": "single sign-on",
}


def find(case: Case) -> Iterator[Finding]:
    """A user's token without a contact."""
    if not has_claims(case) or case.is_machine or case.rhythm_claim("contact_id"):
        return
    identity = identity_of(case)
    this = f"this same login ({identity})" if identity else "this same login"
    seen = "The token has no `contact_id`: when it was issued, this login was not linked to a contact."
    if "logged-in" in case.says:
        seen += " If you did sign in, it was after this token was issued, or with another login of the same person."
    fix = f"Sign in to Rhythm once with {this}.\nThen request a new token: the old one never changes."
    yield Finding("contact-id-missing", _certainty(case), seen, fix)


def _certainty(case: Case) -> Certainty:
    if needs_current_contact(case) or case.service in {"rolodex", "membership"} or (case.url is None and not case.path):
        return Certainty.LIKELY
    return Certainty.POSSIBLE


def identity_of(case: Case) -> str:
    """How the user signed in, by the first part of ``sub`` (Auth0 writes ``<connection>|<id>``).

    Empty where it is not known.
    """
    subject = case.claims.get("sub")
    if not isinstance(subject, str) or "|" not in subject:
        return ""
    return _IDENTITIES.get(subject.partition("|")[0], "")


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong."""
    if case.token is None and not case.claims:
        return Outcome.SKIPPED, "no token given"
    if not has_claims(case):
        return Outcome.SKIPPED, "it cannot be read from this value"
    if case.is_machine:
        return Outcome.SKIPPED, "a machine's token; nobody signs in"
    if not case.rhythm_claim("contact_id"):
        return Outcome.PASSED, "no `contact_id`, and the API accepted the token all the same"
    return Outcome.PASSED, "`contact_id` is there: the login is linked to a contact"


CHECK = Check("first-login", "First login", find, state)
"""The sixth line of the checklist."""
