"""Reports as the diagnosis would make them, in literals: what the renderers' tests draw."""

from typing import Any

from bot.report import (
    Certainty,
    CheckResult,
    Finding,
    Link,
    LiveProbe,
    Notice,
    Outcome,
    Report,
    RequestFacts,
    ResponseFacts,
    TokenFacts,
    Verdict,
)

NOW = 1_795_538_400  # 2026-11-24 16:40:00 UTC
HOUR = 3600
DAY = 24 * HOUR

PASSED, FAILED, WARNING = Outcome.PASSED, Outcome.FAILED, Outcome.WARNING
SKIPPED, INCONCLUSIVE = Outcome.SKIPPED, Outcome.INCONCLUSIVE

LINES = (
    ("authorization-header", "Authorization header"),
    ("access-token", "Access token"),
    ("expiry", "Expiry"),
    ("audience", "Audience"),
    ("claims", "Claims"),
    ("first-login", "First login"),
    ("base-url", "Base URL"),
    ("token-request", "Token request"),
    ("response", "API answer"),
    ("live", "Live check"),
)


def checks(*results: tuple[Outcome, str]) -> tuple[CheckResult, ...]:
    """The lines of the checklist with these outcomes and summaries, in order."""
    return tuple(CheckResult(*line, *result) for line, result in zip(LINES, results, strict=False))


def token(**changed: Any) -> TokenFacts:
    """A user's access token for Rhythm that ends in 5 hours."""
    usual = TokenFacts(
        kind="access",
        redacted="eyJh…Qw4A (1,043 characters)",
        fingerprint="sha256:3f9a1c0b77de",
        subject="user",
        issuer="https://acme.us.auth0.com/",
        audience=("https://api.rhythmsoftware.com",),
        issued_at=NOW - 19 * HOUR,
        expires_at=NOW + 5 * HOUR,
        tenant_id="acme.org",
        customer_id="cu-1",
        contact_id="c-1",
    )
    return usual._replace(**changed)


def report(**changed: Any) -> Report:
    """A report that holds nothing but a token, changed as a test needs it."""
    usual = Report(
        verdict=Verdict.BLOCKED,
        root_cause=None,
        next=(),
        checks=(),
        token=token(),
        request=None,
        response=None,
        repairs=(),
        notices=(),
        live=None,
        judged_at=NOW,
    )
    return usual._replace(**changed)


WRONG_AUDIENCE = report(
    root_cause=Finding(
        "audience-wrong",
        Certainty.CERTAIN,
        "The token is for `https://api.example.org`; Rhythm accepts `https://api.rhythmsoftware.com`.",
    ),
    next=(Finding("token-expired", Certainty.CERTAIN, "It expired 3 days ago."),),
    checks=checks(
        (PASSED, "one `Bearer` token"),
        (PASSED, "a signed JWT"),
        (FAILED, "expired 3 days ago"),
        (FAILED, "for `https://api.example.org`"),
        (SKIPPED, "they come with the right audience"),
        (SKIPPED, "it comes with the right audience"),
        (SKIPPED, "no URL given"),
    ),
    token=token(audience=("https://api.example.org",), issued_at=NOW - 4 * DAY, expires_at=NOW - 3 * DAY),
    repairs=("slack-markup", "smart-quotes"),
)

ID_TOKEN = report(
    root_cause=Finding("id-token", Certainty.CERTAIN, "Its audience is your client id, and it has no scope."),
    checks=checks(
        (PASSED, "one `Bearer` token"),
        (FAILED, "an ID token"),
        (PASSED, "9 h left"),
        (SKIPPED, "an ID token is for your app"),
        (SKIPPED, "looked for in access tokens"),
        (SKIPPED, "looked for in access tokens"),
        (PASSED, "Rolodex, tenant `acme.org`"),
    ),
    token=token(kind="id", audience=("AbCdEfGhIjKlMnOpQrStUvWxYz012345",), expires_at=NOW + 9 * HOUR),
    request=RequestFacts("GET", "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/c-1", "rolodex"),
    notices=(
        Notice("several-tokens", "Two tokens stand in this text; the one in the header was judged."),
        Notice("secret-exposed", "A client secret stands in this text: rotate it in Rhythm Console."),
    ),
)

FIRST_LOGIN = report(
    root_cause=Finding(
        "contact-id-missing",
        Certainty.LIKELY,
        "The token is valid and for Rhythm, but it has no `contact_id`.",
        fix="Sign in to the Rhythm portal once, with this same login (Google).\n"
        "Request a new token: the old one never changes.\n"
        "Call again:\n"
        '`curl -H "Authorization: Bearer $TOKEN" https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current`',
        links=(Link("Users and contacts", "https://docs.api.rhythmsoftware.com/tutorials/concepts"),),
    ),
    next=(Finding("scheme-case", Certainty.LIKELY, "The scheme is written `bearer`."),),
    checks=checks(
        (PASSED, "one `Bearer` token"),
        (PASSED, "a signed JWT"),
        (PASSED, "5 h left"),
        (PASSED, "`https://api.rhythmsoftware.com`"),
        (WARNING, "`contact_id` is missing: see First login"),
        (FAILED, "this login has no contact"),
        (PASSED, "Rolodex, tenant `acme.org`"),
        (SKIPPED, "not shown"),
        (FAILED, "401 `Unauthorized`"),
        (INCONCLUSIVE, "the API did not answer within 8 s"),
    ),
    token=token(contact_id=None),
    request=RequestFacts("GET", "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current", "rolodex"),
    response=ResponseFacts(401, "Unauthorized"),
    live=(
        LiveProbe("keys", PASSED, "the key is known and the signature fits"),
        LiveProbe("who-am-i", INCONCLUSIVE, "no answer within 8 s"),
    ),
)

HEALTHY = report(
    verdict=Verdict.CLEAR,
    checks=checks(
        (SKIPPED, "no header given"),
        (PASSED, "a signed JWT"),
        (PASSED, "5 h left"),
        (PASSED, "`https://api.rhythmsoftware.com`"),
        (PASSED, "`tenant_id`, `customer_id`, `contact_id`"),
        (PASSED, "linked to a contact"),
        (SKIPPED, "no URL given"),
    ),
)

UNEXPLAINED = report(
    verdict=Verdict.INCONCLUSIVE,
    root_cause=Finding(
        "unauthorized-unexplained", Certainty.POSSIBLE, "The API answered 401, and nothing explains it."
    ),
    checks=HEALTHY.checks,
)

TOO_LITTLE = report(
    verdict=Verdict.INCONCLUSIVE,
    checks=checks(
        (SKIPPED, "no header given"),
        (INCONCLUSIVE, "31 characters: an opaque token, or a code"),
        *[(SKIPPED, "no claims to read")] * 4,
        (SKIPPED, "no URL given"),
    ),
    token=TokenFacts("unknown", "(23 characters)", None, "unknown", None, (), None, None, None, None, None),
)

NOTHING = report(verdict=Verdict.NOTHING_TO_CHECK, checks=checks(*[(SKIPPED, "nothing given")] * 7), token=None)

REPORTS = {
    "wrong-audience": WRONG_AUDIENCE,
    "id-token": ID_TOKEN,
    "first-login": FIRST_LOGIN,
    "healthy": HEALTHY,
    "unexplained": UNEXPLAINED,
    "too-little": TOO_LITTLE,
    "nothing": NOTHING,
}

HOSTILE = "<!channel> <@U012345> <https://evil.example|here> &amp; *bold* _it_ ~no~ `code` :tada: \x1b[31m \u202e \ud800\n> quote "


def worst() -> Report:
    """The longest of everything, in characters that would like to be markup."""
    long = HOSTILE * 100
    finding = Finding(
        "client-secret-as-token",
        Certainty.POSSIBLE,
        long,
        fix="\n".join([long, "`" + "x" * 5000 + "`"] * 40),
        links=tuple(Link(long, f"https://docs.example/{index}/" + "y" * 200) for index in range(40)),
    )
    return Report(
        verdict=Verdict.BLOCKED,
        root_cause=finding,
        next=(finding, finding),
        checks=tuple(
            CheckResult(name, long, outcome, long) for (name, _), outcome in zip(LINES * 4, [*Outcome] * 8, strict=True)
        ),
        token=TokenFacts(long, long, long, long, long, (long,) * 9, 10**30, -(10**30), long, long, long),
        request=RequestFacts(long, long, long),
        response=ResponseFacts(10**9, long),
        repairs=(long,) * 40,
        notices=(Notice("secret-exposed", long),) * 40,
        live=(LiveProbe(long, Outcome.FAILED, long),) * 40,
        judged_at=10**20,
    )
