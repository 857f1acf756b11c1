"""Every text that people read, except those of the causes: one catalogue, in English.

Another language is another module with these names. Backticks mark code, line breaks part steps, and ``{name}`` is filled in.
"""

from collections.abc import Mapping
from typing import Final

from bot.report import Certainty, Outcome

NAME: Final = "Rhythm Auth"
COMMAND: Final = "/rhythm-auth"

OUTCOMES: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.PASSED: ("Passed", "✅"),
    Outcome.FAILED: ("Failed", "❌"),
    Outcome.WARNING: ("Warning", "⚠️"),
    Outcome.SKIPPED: ("Not checked", "➖"),
    Outcome.INCONCLUSIVE: ("Could not check", "❔"),
}
"""An outcome in a word, and its emoji. The word comes first: it is what a screen reader should say."""

CERTAINTIES: Final[Mapping[Certainty, str]] = {
    Certainty.CERTAIN: "",
    Certainty.LIKELY: "Likely: ",
    Certainty.POSSIBLE: "Possibly: ",
}
LOWERED: Final = frozenset({"The", "A", "An", "This", "Another", "Part", "Nothing", "Two", "No", "Something", "Quotes"})
"""First words of a problem that are written small after "Likely:"."""

# --- the answer

DO_THIS: Final = "Do this"
NEXT: Final = "Next"
CHECKS: Final = "Checks"
READ: Final = "Read"
NOTE: Final = "Note"
SECURITY: Final = "Security"
STILL_401: Final = "Still 401?"
CURED: Final = "The new token cures that too."

CLEAR_TITLE: Final = "Nothing wrong in what you gave"
CLEAR_TOKEN_TITLE: Final = "Nothing wrong with this token"
CLEAR_FOR_RHYTHM: Final = "It is meant for the Rhythm API."
CLEAR_SEEN: Final = "Every check that could run has passed."
VALID_UNTIL: Final = "Valid until"
NOT_CHECKED: Final = "Not checked: {titles}."
NOT_ASKED: Final = "The API itself was not asked."
UNDECIDED_TITLE: Final = "Could not tell what is wrong"
TOO_LITTLE: Final = "What was given is too little to judge."
COULD_NOT_CHECK: Final = "Could not check {title}: {why}"
NOTHING_TITLE: Final = "Nothing to check in this text"
NOTHING_SEEN: Final = "It holds no token, header, request, answer or error message."
NOTHING_FIX: Final = (
    "Paste an access token, an `Authorization` header, a whole curl command with its answer, or an error message."
)
MORE_REQUEST: Final = "Paste the whole curl command and its answer: header and URL can then be checked as well."
MORE_RESPONSE: Final = "Paste the API's answer too: its status, headers and body."
MORE_SUPPORT: Final = (
    "Send Rhythm support the reference below and the answer's request id: https://support.rhythmsoftware.com"
)

REPAIRED: Final = "Undone before judging: {repairs}."
REPAIRS: Final[Mapping[str, str]] = {
    "slack-markup": "Slack's markup",
    "entities": "HTML entities",
    "code-fence": "code fences",
    "quote-prefix": "quote marks at the line starts",
    "smart-quotes": "curly quotes",
    "dashes": "long dashes",
    "invisible-characters": "invisible characters",
    "joined-lines": "line breaks inside the token",
    "markdown-escapes": "Markdown's backslashes",
    "quotes": "quotes round the value",
    "punctuation": "punctuation after the token",
    "percent-decoding": "percent-encoding",
    "padding": "padding",
    "safelink": "rewritten links",
}

KINDS: Final[Mapping[str, str]] = {
    "access": "Access token",
    "id": "ID token",
    "refresh": "Refresh token",
    "opaque": "Opaque token",
    "encrypted": "Encrypted token",
    "session-cookie": "Session cookie",
    "authorization-code": "Authorization code",
    "client-secret": "Client secret",
    "client-id": "Client id",
    "client-credentials": "Client id and secret",
    "client-assertion": "Client assertion",
    "management-api": "Auth0 Management API token",
    "userinfo": "Token for /userinfo",
    "mfa": "MFA token",
    "legacy": "Token of a retired Auth0 flow",
    "foreign": "Another provider's token",
    "self-made": "Token that Auth0 did not make",
    "malformed": "Damaged token",
    "unknown": "Token of an unknown kind",
}
SUBJECTS: Final[Mapping[str, str]] = {"user": "of a user", "machine": "machine-to-machine"}
ISSUED: Final = "issued {moment}"
EXPIRES: Final = "expires {moment}"
EXPIRED: Final = "expired {moment}"
ISSUER: Final = "issuer {issuer}"

ONLY_YOU: Final = "Only you can see this."
NOT_STORED: Final = "Nothing you pasted is stored."
REFERENCE: Final = "Reference {reference}"
DELETE_MESSAGE: Final = "Your message still holds the token: delete it (*More actions* → *Delete message*)."
LIVE_FOLLOWS: Final = "The API is being asked; the result follows in one more message."
VERDICT_LINE: Final = "Rhythm 401 check: {title}."

CHECK_ANOTHER: Final = "Check another"
DISMISS: Final = "Dismiss"
DISMISS_SPOKEN: Final = "Dismiss this answer"
