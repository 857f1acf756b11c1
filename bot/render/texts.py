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

CHECK_TITLES: Final[Mapping[str, str]] = {
    "authorization-header": "Authorization header",
    "access-token": "Access token",
    "expiry": "Expiry",
    "audience": "Audience",
    "claims": "Claims",
    "first-login": "First login",
    "base-url": "Base URL",
    "token-request": "Token request",
    "response": "Answer",
    "live": "Live check",
}
"""The lines of the checklist by id, for where only their outcomes are known."""

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
CLEAR_WORKS_TITLE: Final = "This token works now: the Rhythm API accepts it"
WORKS_TITLE: Final = "The token works now; nothing explains the refusal that is shown"
CLEAR_FOR_RHYTHM: Final = "It is for the Rhythm API."
CLEAR_FOR_RHYTHM_UNTIL: Final = "For the Rhythm API, valid until"
CLEAR_UNTIL: Final = "Valid until"
CLEAR_SEEN: Final = "Every check that could run has passed."
NOT_CHECKED: Final = "Not checked: {titles}."
NOT_ASKED: Final = "The API itself was not asked."
UNSETTLED: Final = "The live check settled nothing ({why})."
UNDECIDED_TITLE: Final = "Not enough to tell what is wrong"
TOO_LITTLE: Final = "What was given is too little to judge."
COULD_NOT_CHECK: Final = "Could not check {title}: {why}."
COULD_NOT_CHECK_ALONE: Final = "Could not check {title}."
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
    "userinfo": "/userinfo token",
    "mfa": "MFA token",
    "legacy": "Token of a retired flow",
    "foreign": "Another provider's token",
    "self-made": "Self-made token",
    "malformed": "Damaged token",
    "unknown": "Token of an unknown kind",
}
SUBJECTS: Final[Mapping[str, str]] = {"user": "for a user", "machine": "for a machine"}
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
PENDING: Final = "Still checking ⏳ {what}. {where}"
PENDING_WHAT: Final[Mapping[str, str]] = {
    "who-am-i": "whether the API accepts this token",
    "who-am-i-tenant": "whether the API accepts this token",
    "any-contact": "whether the API accepts this token",
    "keys": "whether its signature fits",
}
PENDING_ELSE: Final = "what the API says"
PENDING_WHERE: Final[Mapping[str, str]] = {
    "message": "The result follows in one more message.",
    "dm": "This answer will change when it is known.",
    "modal": "The result appears here, so keep this window open.",
}
LIVE_FAILED: Final = "The live checks did not come to an end: this rests on what you gave."
LIVE_FAILED_TEXT: Final = "The live checks did not come to an end. The answer above stands."
LIVE_RESULT: Final = "With live checks. This answer replaces the one before."
VERDICT_LINE: Final = "Rhythm 401 check: {title}."

CHECK_ANOTHER: Final = "Check another"
DISMISS: Final = "Dismiss"
DISMISS_SPOKEN: Final = "Dismiss this answer"
CHECK_TOKEN: Final = "Check a token"
SHARE: Final = "Share summary"
SHARE_SPOKEN: Final = "Share a summary without the token; you see it first"
COPY: Final = "Copy for support"
COPY_SPOKEN: Final = "Show a text for support to copy, without the token"
RUN_LIVE: Final = "Run live checks"
RUN_LIVE_SPOKEN: Final = "Ask the Rhythm API about this token"
TELL_AUTHOR: Final = "Tell the author"
TELL_AUTHOR_SPOKEN: Final = "Tell the author of the message privately"

# --- sharing and copying

SHARE_PREVIEW: Final = "You alone see this so far. Exactly this will be posted for everybody here:"
SHARE_PREVIEW_THREAD: Final = "You alone see this so far. Exactly this will be posted in the thread of the message:"
SHARE_PREVIEW_CHOSEN: Final = (
    "You alone see this so far. Exactly this will be posted in the conversation that you choose below:"
)
SHARE_PREVIEW_TEXT: Final = "A preview of the summary that you can post."
SHARE_TITLE: Final = "Share summary"
SHARE_POST: Final = "Post it"
SHARE_POST_SPOKEN: Final = "Post this summary for everybody here"
SHARE_CANCEL: Final = "Do not post"
SHARE_WHERE: Final = "Post it where?"
SHARED_LINE: Final = "Shared 401 check: {title}."
SHARED_BY: Final = "Shared by {person} from a private check. It holds no token and nothing of its claims."
SHARED_HOW: Final = "Check your own with `/rhythm-auth`."
SHARE_DONE: Final = "The summary is posted."
SHARE_FAILED: Final = (
    "I could not post the summary there. If I am not in that conversation, add me to it; or copy the text for support and"
    " post that yourself."
)
OUTCOMES_IN_ORDER: Final = (Outcome.FAILED, Outcome.WARNING, Outcome.INCONCLUSIVE, Outcome.PASSED, Outcome.SKIPPED)
COPY_TITLE: Final = "For support"
COPY_INTRO: Final = "Copy this into your request to Rhythm support. It holds no token and nothing of its claims."
COPY_TEXT: Final = "A text for support to copy."

# --- somebody's message

SEEN_TITLE: Final = "Who can see the token"
SEEN_SECRET_TITLE: Final = "Who can see the secret"
SEEN: Final[Mapping[str, str]] = {
    "public": "everybody in this workspace, since it stands in a public channel{people}.",
    "channel": "everybody in this channel; if it is public, everybody in this workspace.",
    "private": "everybody in this private channel{people}.",
    "group": "everybody in this group conversation{people}.",
    "direct": "the two people of this direct message.",
}
SEEN_PEOPLE: Final = " of {number} people"
SEEN_SHARED: Final = "The channel is shared with another organisation, whose people can see it too."
SEEN_DELETE: Final = "Its author can delete the message: More actions (⋯), then Delete message."
SEEN_DELETE_OWN: Final = "It is your message: delete it with More actions (⋯), then Delete message."
TELL_CONFIRM_TITLE: Final = "Tell the author?"
TELL_CONFIRM: Final = (
    "I write a direct message: what is wrong, that the token can be seen there and how to delete it. It says that you asked"
    " me to. It holds no token."
)
TELL_CONFIRM_PLAIN: Final = (
    "I write a direct message: what is wrong and what to do. It says that you asked me to. It holds no token."
)
TELL_YES: Final = "Tell them"
TELL_NO: Final = "Not now"
TOLD: Final = "The author was told, in a direct message."
TOLD_FAILED: Final = "I could not write to the author: Slack did not let me."
TOLD_PERHAPS: Final = "Slack did not answer: perhaps the author was told, perhaps not."
AUTHOR_TEXT: Final = "About your message on a 401 of the Rhythm API."
AUTHOR_INTRO: Final = "asked me to look at"
AUTHOR_MESSAGE: Final = "your message"
AUTHOR_EXPOSED: Final = (
    "It shows a token to everybody who can read it there. That happens to all of us; this makes it harmless:"
)
AUTHOR_EXPOSED_SECRET: Final = (
    "It shows a secret to everybody who can read it there. That happens to all of us; this makes it harmless:"
)
AUTHOR_DELETE: Final = "Delete the message: More actions (⋯), then Delete message."
AUTHOR_LET: Final = "Let the token run out."
AUTHOR_ROTATE: Final = "Rotate the secret: Rhythm Console, Security & Settings, API Keys."
AUTHOR_CAUSE: Final = "Why the API answers 401"
AUTHOR_PRIVATE: Final = "Only you can see this. I looked at the message once and stored nothing of it."
SHORTCUT_FILES: Final = (
    "I looked at the text of the message alone. To have its files read, send them to me in a direct message."
)
LIVE_FORGOTTEN: Final = "I keep a message for five minutes at most. Please use the shortcut again to run live checks."

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
PRIVACY_LIVE: Final = "Live checks send it over https to Rhythm's own service hosts, and nowhere else."
_UNSTORED = "It is not stored, not logged, not put into a button or a form."
_PRIVACY_REST = (
    "A summary that you share holds the cause, the fix and the outcomes of the checks. You see it before anybody else does.",
    "The log keeps a reference id, the verdict, the cause and how long it took.",
    "What you type behind `/rhythm-auth` or into the form is no message in Slack. A direct message is one, until you delete it.",
)
_PRIVACY_SHOWN = (
    "Answers show its first and last 4 characters at most, its length, and a short fingerprint that tells two apart."
)
PRIVACY: Final = (
    f"It is in memory for one diagnosis, then gone; for five minutes at most where I offer you live checks of a message. {_UNSTORED}",
    _PRIVACY_SHOWN,
    PRIVACY_LIVE,
    *_PRIVACY_REST,
)
PRIVACY_OFFLINE: Final = (f"It is in memory for one diagnosis, then gone. {_UNSTORED}", _PRIVACY_SHOWN, *_PRIVACY_REST)
"""The same where live checks are switched off."""
EXPOSED_TITLE: Final = "If others could see it"
EXPOSED: Final = (
    "A token works for whoever holds it until it expires, mostly after 24 hours. Delete the message, and let it expire.",
    "A client secret works until it is replaced: rotate it in Rhythm Console, Security & Settings, API Keys.",
)

STATUS_TITLE: Final = "Status"
STATUS_UP: Final = "I am up, version {version}."
STATUS_LIVE: Final = "Live checks are on: Rhythm's API is asked where that settles the matter."
STATUS_API_ANSWERS: Final = "The Rhythm API answers: a call without a good token gets {status}."
STATUS_API_SILENT: Final = "The Rhythm API gives no answer: {why}."
STATUS_API_SLOW: Final = "The Rhythm API has not answered within 2 seconds."
STATUS_NO_REASON: Final = "the reason is not known"
STATUS_OFFLINE: Final = "Live checks are off: answers rest on what you paste."

GREETING_TEXT: Final = "Hello. I find out why the Rhythm API answers 401."
GREETING_TITLE: Final = "Hello"
GREETING: Final = (
    "I find out why the Rhythm API answers 401. Write me what you have, or use the form: it leaves no message behind."
)
WELCOME: Final = "You are welcome. I am here for the next one."
GREETING_PRIVACY: Final = "I store nothing. A direct message stays in Slack until you delete it."

ERROR: Final = (
    "Something went wrong on my side, not on yours. Please try again; if it happens again, give this reference to the people"
    " who run this app."
)
NOT_OPENED: Final = "The form could not be opened in time. Please try again; a direct message to me works as well."
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
URL_WRONG: Final = "This is no web address. Give the whole URL of the request, or leave this empty."
ANSWER_LABEL: Final = "Answer of the API"
ANSWER_PLACEHOLDER: Final = 'HTTP/2 401 ... {"message": "Unauthorized"}'
ANSWER_HINT: Final = "Status, headers and body, as far as you have them."
URL_LABEL: Final = "Request URL"
URL_PLACEHOLDER: Final = "https://rolodex.api.rhythmsoftware.com/contacts/..."
URL_HINT: Final = "Only where the text above does not show it."
PASTE_PRIVACY: Final = "Only you see the answer. Nothing you paste is stored."

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
