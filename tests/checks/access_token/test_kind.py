import pytest

from bot.report import Outcome
from tests.diagnosing import CERTAIN, LIKELY, OURS, POSSIBLE, case_of, curl, found_by, mint, said_by, state_of

LINE = "access-token"
CLIENT = mint("client-id")
SECRET = mint("secret")
ISSUER = "https://acme.us.auth0.com/"
CURL = "curl -d 'grant_type=client_credentials' https://acme.us.auth0.com/oauth/token"


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        (mint("jwt"), {}, "access"),
        (mint("m2m"), {}, "access"),
        (mint("jwt claims"), {}, "access"),
        (mint("opaque"), {"opaque-token": LIKELY}, "opaque"),
        (f"access_token: {mint('opaque')}", {"opaque-token": LIKELY}, "opaque"),
        (mint("jwe"), {"encrypted-token": CERTAIN}, "encrypted"),
        (mint("session"), {"session-cookie": CERTAIN}, "session-cookie"),
        (mint("id"), {"id-token": CERTAIN}, "id"),
        (f"id_token: {mint('jwt')}", {"id-token": CERTAIN}, "id"),
        (mint("id claims"), {"id-token": CERTAIN}, "id"),
        (mint("refresh"), {"refresh-token": LIKELY}, "refresh"),
        (f"refresh_token: {mint('opaque')}", {"refresh-token": LIKELY}, "refresh"),
        (f"code={mint('code')}", {"authorization-code": LIKELY}, "authorization-code"),
        (SECRET, {"client-secret-as-token": LIKELY}, "client-secret"),
        (f"client_secret: {mint('opaque')}", {"client-secret-as-token": LIKELY}, "client-secret"),
        (f"client_id={CLIENT}\nAuthorization: Bearer {CLIENT}", {"client-id-as-token": POSSIBLE}, "client-id"),
        (f"Authorization: Bearer {CLIENT}:{SECRET}", {"client-credentials-as-token": CERTAIN}, "client-credentials"),
        (mint(f"jwt iss={CLIENT} sub={CLIENT}"), {"client-assertion": CERTAIN}, "client-assertion"),
        (mint(f"jwt aud={ISSUER}api/v2/"), {"management-api-token": CERTAIN}, "management-api"),
        (mint(f"jwt aud={ISSUER}userinfo"), {"userinfo-token": CERTAIN}, "userinfo"),
        (mint(f"jwt aud={ISSUER}mfa/"), {"mfa-token": CERTAIN}, "mfa"),
        (f"mfa_token: {mint('opaque')}", {"mfa-token": CERTAIN}, "mfa"),
        (f"POST /oauth/ro\n{mint('id -nonce -at_hash')}", {"legacy-token": LIKELY}, "legacy"),
        (mint("jwt iss=https://accounts.google.com"), {"foreign-token": CERTAIN}, "foreign"),
        ("Authorization: Bearer ghp_0123456789abcdefghij", {"foreign-token": CERTAIN}, "foreign"),
        (mint("jwt iss=http://localhost:3000/"), {"self-made-token": CERTAIN}, "self-made"),
        (mint("jwt exp=abs:1773226800000"), {"self-made-token": CERTAIN}, "self-made"),
        (mint("jwt -exp"), {"self-made-token": CERTAIN}, "self-made"),
        (mint("jwt -iss"), {"self-made-token": CERTAIN}, "self-made"),
        ("Authorization: Bearer hello", {"token-malformed": CERTAIN}, "unknown"),
        ("", {}, None),
    ],
)
def test_each_kind_has_its_finding(text: str, found: dict[str, object], kind: str | None) -> None:
    assert found_by(LINE, text) == found
    assert case_of(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        f"{CURL}\n" + curl(f"Bearer {mint('jwt')}"),
        f"curl -d 'grant_type=refresh_token&refresh_token={mint('refresh')}' https://acme.us.auth0.com/oauth/token",
        f"curl -d 'grant_type=authorization_code&code={mint('code')}' https://acme.us.auth0.com/oauth/token",
        f"https://app.example.org/callback?code={mint('code')}&state=x\n{CURL}",
        f"{curl('Bearer ' + mint('jwt'))} -b 'appSession={mint('session')}'",
        f"curl -d 'client_secret={SECRET}&grant_type=client_credentials' https://acme.us.auth0.com/oauth/token",
    ],
)
def test_a_value_in_its_place_is_no_fault(text: str) -> None:
    assert found_by(LINE, text) == {}


@pytest.mark.parametrize(
    ("cause", "text", "words"),
    [
        ("opaque-token", mint("opaque"), "32 characters and no dots"),
        ("opaque-token", mint("opaque"), "`audience=https://api.rhythmsoftware.com`"),
        ("encrypted-token", mint("jwe"), "`enc` is `A256GCM`"),
        ("session-cookie", mint("session"), "`getAccessToken()`"),
        (
            "id-token",
            mint("id aud=ExampleClient0000000000000000000"),
            "Its audience is `ExampleClient0000000000000000000`, a client id",
        ),
        ("id-token", f"id_token: {mint('jwt')}", "The paste calls it `id_token`"),
        ("refresh-token", mint("refresh"), "(`v1.`)"),
        ("refresh-token", f"refresh_token: {mint('opaque')}", "The paste calls it `refresh_token`."),
        ("client-secret-as-token", SECRET, "64 characters and no dots"),
        ("client-secret-as-token", f"client_secret: {SECRET}", "The paste calls it a client secret."),
        ("management-api-token", mint(f"jwt aud={ISSUER}api/v2/"), f"`{ISSUER}api/v2/`"),
        ("userinfo-token", mint(f"jwt aud={ISSUER}userinfo"), f"`{ISSUER}userinfo`"),
        ("mfa-token", mint(f"jwt aud={ISSUER}mfa/"), f"Its audience is `{ISSUER}mfa/`"),
        ("mfa-token", f"mfa_token: {mint('opaque')}", "The paste calls it `mfa_token`"),
        (
            "foreign-token",
            mint("jwt iss=https://accounts.google.com"),
            "a token of Google: its issuer is `https://accounts.google.com`",
        ),
        (
            "foreign-token",
            "Authorization: Bearer ghp_0123456789abcdefghij",
            "a token of GitHub: its first letters say so",
        ),
        (
            "self-made-token",
            mint("jwt iss=http://localhost:3000/"),
            "Its issuer is `http://localhost:3000/`, which is no Auth0 domain.",
        ),
        (
            "self-made-token",
            mint("jwt iss=https://login.example.org/ h.alg=HS256"),
            "`https://login.example.org/`, which is no Auth0 domain, and it is signed with a shared secret (`HS256`).",
        ),
        ("self-made-token", mint("jwt -iss"), "It names no issuer."),
        ("self-made-token", mint("jwt -exp"), "Its `exp` is missing"),
        ("self-made-token", mint("jwt exp=abs:1773226800000"), "Its `exp` is not written in whole seconds"),
    ],
)
def test_what_is_said_of_it(cause: str, text: str, words: str) -> None:
    assert words in said_by(LINE, cause, text)


class TestBound:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (mint('jwt cnf={"jkt":"abc"}'), "a DPoP key (RFC 7800)"),
            (mint('jwt cnf={"x5t#S256":"abc"}'), "a client certificate (RFC 7800)"),
            (
                f'{CURL}\n{{"access_token":"{mint("jwt")}","token_type":"DPoP"}}\n' + curl(f"Bearer {mint('jwt')}"),
                "the token is bound to a key (RFC 9449)",
            ),
            (
                curl(f"Bearer {mint('jwt')}") + '\nHTTP/1.1 401 X\nWWW-Authenticate: DPoP error="invalid_token"\n\n',
                "the token is bound to a key (RFC 9449)",
            ),
        ],
    )
    def test_a_token_bound_to_a_key_is_no_bearer_token(self, text: str, words: str) -> None:
        assert found_by(LINE, text)["sender-constrained-token"] is CERTAIN
        assert words in said_by(LINE, "sender-constrained-token", text)

    @pytest.mark.parametrize(
        "text",
        [
            mint("jwt cnf=abc"),
            mint('jwt cnf={"kid":"abc"}'),
            curl(f"DPoP {mint('jwt')}") + "\nHTTP/1.1 401 X\nWWW-Authenticate: DPoP\n\n",
            f'{CURL}\n{{"access_token":"{mint("jwt")}","token_type":"Bearer"}}\n' + curl(f"Bearer {mint('jwt')}"),
        ],
    )
    def test_others_are(self, text: str) -> None:
        assert "sender-constrained-token" not in found_by(LINE, text)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (mint("jwt"), (Outcome.PASSED, "a JWT for a user, RS256; its signature is not verified here")),
        (mint("m2m h.alg=PS256"), (Outcome.PASSED, "a JWT for a machine, PS256; its signature is not verified here")),
        (mint("jwt -h.alg"), (Outcome.PASSED, "a JWT for a user, no alg; its signature is not verified here")),
        (mint("jwt claims"), (Outcome.INCONCLUSIVE, "decoded claims alone: the signature cannot be judged")),
        (mint("opaque"), (Outcome.INCONCLUSIVE, "it could not be read")),
        ("", (Outcome.SKIPPED, "no token given")),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    outcome, summary = state_of(LINE, text, OURS)

    assert (outcome, summary) == state
