"""Every text that people read, except those of the causes: one catalogue, in English.

Another language is another module with these names. Backticks mark code, line breaks part steps, and ``{name}`` is filled in.
"""

from collections.abc import Mapping
from typing import Final

from bot.report import Certainty, Link, Outcome

NAME: Final = "Rhythm Auth"
VERSION: Final = "0.1.0"
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
NAMES: Final = frozenset({"Auth0", "Basic", "Bearer"})
"""First words of a problem that keep their capital after "Likely:"."""

# --- the answer

DO_THIS: Final = "Do this"
NEXT: Final = "Next"
CHECKS: Final = "Checks"
READ: Final = "Read"
NOTE: Final = "Note"
SECRET_EXPOSED: Final = "secret-exposed"
NOTICE_LABELS: Final[Mapping[str, str]] = {SECRET_EXPOSED: "Security"}
STILL_401: Final = "Still 401?"
CURED: Final = "The new token cures that too."

CLEAR_TITLE: Final = "Nothing wrong in what you gave"
CLEAR_TOKEN_TITLE: Final = "Nothing wrong with this token"
CLEAR_FOR_RHYTHM: Final = "It is for the Rhythm API."
CLEAR_FOR_RHYTHM_UNTIL: Final = "For the Rhythm API, valid until"
CLEAR_UNTIL: Final = "Valid until"
CLEAR_SEEN: Final = "Every check that could run has passed."
NOT_CHECKED: Final = "Not checked: {titles}."
NOT_ASKED: Final = "The API itself was not asked."
UNDECIDED_TITLE: Final = "Not enough to tell what is wrong"
TOO_LITTLE: Final = "What was given is too little to judge."
COULD_NOT_CHECK: Final = "Could not check {title}: {why}."
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
SUBJECTS: Final[Mapping[str, str]] = {"user": "of a user", "machine": "of a machine"}
NO_REAL_TIME: Final = "at no real time"
ISSUED: Final = "issued {moment}"
EXPIRES: Final = "expires {moment}"
EXPIRED: Final = "expired {moment}"
ISSUER: Final = "issuer {issuer}"

ONLY_YOU: Final = "Only you can see this."
NOT_STORED: Final = "Nothing you pasted is stored."
REFERENCE: Final = "Reference {reference}"
DELETE_LABEL: Final = "Delete your message"
DELETE_TOKEN: Final = "It still holds the token."
DELETE_SECRET: Final = "It still holds the secret."
DELETE_OPEN: Final = "Open it"
DELETE_STEPS: Final = "then More actions (⋯), then Delete message. I cannot do that for you."
DELETE_STEPS_ALONE: Final = "More actions (⋯), then Delete message. I cannot do that for you."
LIVES_UNTIL: Final = "Whoever holds the token can use it until"
LIVES: Final = "Whoever holds it can use it until it expires: let it run out, and do not pass it on."
LIVES_NO_MORE: Final = "The token has expired, so nobody can use it any more."
ANSWER_LOST: Final = (
    "You changed a message that I no longer remember, since I was restarted. This is a new answer; an earlier one stays as"
    " it is."
)
LIVE_FOLLOWS: Final = "The API is being asked; the result follows in one more message."
VERDICT_LINE: Final = "Rhythm 401 check: {title}."

CHECK_ANOTHER: Final = "Check another"
DISMISS: Final = "Dismiss"
DISMISS_SPOKEN: Final = "Dismiss this answer"
CHECK_TOKEN: Final = "Check a token"

# --- the causes, explained

RECOGNISED: Final = "Recognised by"
USUAL_CERTAINTY: Final = "Usually {certainty}; a line of the check {check}."
HIDES: Final = "Where it is found, its consequences are not reported: {ids}."

# --- pages

GUIDE: Final = Link("Troubleshooting 401", "https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401")
AUTHENTICATION: Final = Link("Authentication", "https://docs.api.rhythmsoftware.com/tutorials/authentication")
CONCEPTS: Final = Link("Concepts", "https://docs.api.rhythmsoftware.com/tutorials/concepts")
REFERENCE_PAGE: Final = Link("API reference", "https://docs.api.rhythmsoftware.com/apis")
SUPPORT: Final = Link("Rhythm support", "https://support.rhythmsoftware.com")
PAGES: Final = (GUIDE, AUTHENTICATION, CONCEPTS, REFERENCE_PAGE, SUPPORT)

HELP_TEXT: Final = "How to find out why the Rhythm API answers 401."
HELP_TITLE: Final = "Why does the Rhythm API answer 401?"
HELP_INTRO: Final = "Give me what you have: I name the one root cause, and the fix. The answer is for you alone."
HELP_WAYS_TITLE: Final = "Ways to ask"
HELP_WAYS: Final = (
    "`/rhythm-auth` opens a private form to paste into: the safest way.",
    "`/rhythm-auth` with your text behind it answers here, for you alone.",
    "A direct message to me gets one answer. Delete it afterwards: I cannot delete your messages.",
    "On somebody's message: More actions, then Diagnose Rhythm 401. You alone see the result.",
    "`/rhythm-auth privacy` says what happens to a token, `/rhythm-auth status` what works right now.",
)
HELP_GIVE_TITLE: Final = "What to give"
HELP_GIVE: Final = (
    "Best: the whole curl command or code of the call, together with the API's answer.",
    "Or an access token, an `Authorization` header, a token response, an export of the browser's network tab.",
    "Or only the error message.",
)
HELP_GUESTS: Final = (
    "In a channel shared with another organisation, its people cannot use me: somebody from here can, with the shortcut on"
    " their message."
)
HELP_WORDS: Final = (
    "`/rhythm-auth` opens a private form.",
    "`/rhythm-auth` with a token, a header, a curl command or an error behind it diagnoses that.",
    "`/rhythm-auth help`, `/rhythm-auth privacy`, `/rhythm-auth status`",
)
NOT_UNDERSTOOD_TEXT: Final = "I do not know that word."
NOT_UNDERSTOOD: Final = "I do not know `{word}`, and it is nothing to check."
DID_YOU_MEAN: Final = "Did you mean `{command}`?"

PRIVACY_TEXT: Final = "What happens to a token that you give me."
PRIVACY_TITLE: Final = "What happens to your token"
PRIVACY: Final = (
    "It is in memory for one diagnosis, then gone. It is not stored, not logged, not put into a button or a form.",
    "Answers show its first and last 4 characters at most, its length, and a short fingerprint that tells two apart.",
    "Live checks send it over https to Rhythm's own service hosts, and nowhere else.",
    "The log keeps a reference id, the verdict, the cause and how long it took.",
    "What you type behind `/rhythm-auth` or into the form is no message in Slack. A direct message is one, until you delete it.",
)
EXPOSED_TITLE: Final = "If others could see it"
EXPOSED: Final = (
    "A token works for whoever holds it until it expires, mostly 24 hours. Delete the message, and log out or let it expire.",
    "A client secret works until it is replaced: rotate it in Rhythm Console, Security & Settings, API Keys.",
)

STATUS_TITLE: Final = "Status"
STATUS_UP: Final = "I am up, version {version}."
STATUS_LIVE: Final = "Live checks are on: Rhythm's API is asked where that settles the matter."
STATUS_OFFLINE: Final = "Live checks are off: answers rest on what you paste."

GREETING_TEXT: Final = "Hello. I find out why the Rhythm API answers 401."
GREETING_TITLE: Final = "Hello"
GREETING: Final = (
    "I find out why the Rhythm API answers 401. Write me what you have, or use the form: it leaves no message behind."
)
GREETING_PRIVACY: Final = "I store nothing. A direct message stays in Slack until you delete it."

ERROR: Final = "Something went wrong on my side, and your text was not judged. Please try again; if it happens again, tell us the reference."
BUSY: Final = "Too many checks are running right now. Please try again in a minute."
RESTARTING: Final = "I am restarting. Please run it again in a moment."
FILE_PICTURE: Final = (
    "I cannot read pictures. Please paste the text itself: the command, the token or the error message."
)
FILE_TOO_LARGE: Final = "That file is larger than 1 MB. Please send the part with the request and its answer."
FILE_NOT_TEXT: Final = (
    "I read text alone: a snippet, or a small file such as .txt, .log, .json or .har. Please paste the text itself."
)
FILE_ELSEWHERE: Final = (
    "That file lies with another service, and I fetch files from Slack alone. Please paste its text."
)
FILE_NOT_ALLOWED: Final = (
    "In this workspace I may not read files. Please paste the text itself, as a message or into the form."
)
FILE_FAILED: Final = "I could not fetch that file from Slack. Please send it again, or paste its text."
TEXT_ALONE: Final = "I judged your text without the file. {why}"
NOT_ALLOWED: Final = "You cannot use me here. Ask the people who run this app in your workspace."
OLD_BUTTON: Final = "This button is from before an update and no longer works. Please run `/rhythm-auth` again."

# --- modals and Home

SUBMIT: Final = "Check"
CANCEL: Final = "Cancel"
CLOSE: Final = "Close"
PASTE_LABEL: Final = "Token, header, curl command or error"
PASTE_PLACEHOLDER: Final = "Best: the whole curl command together with the API's answer"
PASTE_HINT: Final = "Up to 3,000 characters. For more, send me a direct message with a text snippet."
PASTE_EMPTY: Final = "Paste a token, a header, a curl command or an error message."
URL_LABEL: Final = "Request URL"
URL_PLACEHOLDER: Final = "https://rolodex.api.rhythmsoftware.com/contacts/..."
URL_HINT: Final = "Only where the text above does not show it."
PASTE_PRIVACY: Final = "Only you see the answer. Nothing you paste is stored."
CHECKING: Final = "Checking …"
CHECKING_STAY: Final = "This takes a few seconds. Keep this window open: the result appears here."

HOME_TITLE: Final = "Why does the Rhythm API answer 401?"
CHECKS_TITLE: Final = "What is checked"
CHECKLIST: Final = (
    ("Authorization header", "is there one, named so, with `Bearer`, one space and the token?", GUIDE),
    ("Access token", "is it an access token of Rhythm's authorization server, whole and signed?", AUTHENTICATION),
    ("Expiry", "is it valid now? A token lives 24 hours.", CONCEPTS),
    ("Audience", "is it for `https://api.rhythmsoftware.com`?", GUIDE),
    ("Claims", "does it name the tenant?", GUIDE),
    ("First login", "has this login signed in to Rhythm once, so that it has a contact?", CONCEPTS),
    ("Base URL", "does the request go to the service that owns the path?", REFERENCE_PAGE),
)
HOSTS_TITLE: Final = "Where the API is"
HOSTS_INTRO: Final = "Each service has its own host. The audience `https://api.rhythmsoftware.com` is the same for all, and no host to call."
