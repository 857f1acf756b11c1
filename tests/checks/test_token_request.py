import pytest

from bot.report import Outcome
from bot.settings import Settings
from tests.diagnosing import CERTAIN, LIKELY, curl, found_by, mint, said_by, state_of

LINE = "token-request"
TOKEN_URL = "https://acme.us.auth0.com/oauth/token"
AUTHORIZE = "https://acme.us.auth0.com/authorize"
RIGHT = "https://api.rhythmsoftware.com"


def call(body: str, answer: str = "") -> str:
    return f"curl -d '{body}' {TOKEN_URL}\n{answer}"


def error(
    code: str,
    description: str = "",
    status: int | None = None,
    body: str = "grant_type=client_credentials&audience=" + RIGHT,
) -> str:
    """A token request with the right audience and that error as its answer."""
    head = f"HTTP/1.1 {status} X\n\n" if status else ""
    return call(body, f'{head}{{"error":"{code}","error_description":"{description}"}}')


class TestAudience:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            (call(f"grant_type=client_credentials&audience={RIGHT}"), {}),
            (call("grant_type=client_credentials"), {"token-request-audience-missing": LIKELY}),
            (call("grant_type=client_credentials&audience="), {"token-request-audience-missing": LIKELY}),
            (call("grant_type=password&username=a"), {"token-request-audience-missing": LIKELY}),
            (call(f"grant_type=client_credentials&resource={RIGHT}"), {"token-request-audience-missing": CERTAIN}),
            (call(f"grant_type=client_credentials&aud={RIGHT}"), {"token-request-audience-missing": CERTAIN}),
            (call(f"grant_type=client_credentials&scope=openid {RIGHT}"), {"token-request-audience-missing": CERTAIN}),
            (call("grant_type=authorization_code&code=abcdefgh"), {}),
            (call("grant_type=refresh_token&refresh_token=abcdefgh"), {}),
            (call("grant_type=refresh_token&audience=https://x.example"), {"token-request-audience-wrong": CERTAIN}),
            (call(f"grant_type=client_credentials&audience={RIGHT}/"), {"token-request-audience-wrong": CERTAIN}),
            (
                call("grant_type=client_credentials&audience=https://rolodex.api.rhythmsoftware.com"),
                {"token-request-audience-wrong": CERTAIN},
            ),
            (f'curl -d "grant_type=client_credentials&audience=$AUDIENCE" {TOKEN_URL}', {}),
            (f"{AUTHORIZE}?response_type=code&client_id=abc", {"token-request-audience-missing": LIKELY}),
            (f"{AUTHORIZE}?response_type=code&client_id=abc&audience={RIGHT}", {}),
            (f"{AUTHORIZE}?response_type=code&client_id=abc&audience=x", {"token-request-audience-wrong": CERTAIN}),
            ('{"grant_type":"client_credentials","client_id":"abc"}', {"token-request-audience-missing": LIKELY}),
            (f"curl {TOKEN_URL}", {}),
            ("curl https://acme.us.auth0.com/.well-known/openid-configuration", {}),
            ("curl -d 'grant_type=password' https://acme.us.auth0.com/oauth/ro", {}),
        ],
    )
    def test_the_parameter(self, text: str, found: dict[str, object]) -> None:
        assert found_by(LINE, text) == found

    def test_the_audience_is_the_operators(self) -> None:
        other = Settings(rhythm_audience="https://api.example.org")

        assert found_by(LINE, call("grant_type=client_credentials&audience=https://api.example.org"), other) == {}
        assert found_by(LINE, call(f"grant_type=client_credentials&audience={RIGHT}"), other) == {
            "token-request-audience-wrong": CERTAIN
        }

    @pytest.mark.parametrize(
        ("answer", "found"),
        [
            (mint("jwt"), {}),
            (mint("opaque"), {"token-request-audience-missing": CERTAIN}),
            (mint("jwe"), {"token-request-audience-missing": CERTAIN}),
            (mint("jwt aud=https://x.example"), {"token-request-audience-missing": LIKELY}),
            ("...", {"token-request-audience-missing": LIKELY}),
        ],
    )
    def test_the_token_that_came_back_tells(self, answer: str, found: dict[str, object]) -> None:
        text = call("grant_type=client_credentials", f'{{"access_token":"{answer}","token_type":"Bearer"}}')

        assert found_by(LINE, text) == found

    def test_a_default_audience_is_as_good(self) -> None:
        assert found_by(LINE, f"{call('grant_type=client_credentials')}\n{mint('m2m')}") == {}

    def test_the_fix_is_the_exact_parameter(self) -> None:
        missing = said_by(LINE, "token-request-audience-missing", call("grant_type=client_credentials"))
        wrong = said_by(LINE, "token-request-audience-wrong", call(f"grant_type=client_credentials&audience={RIGHT}/"))
        other = said_by(LINE, "token-request-audience-missing", call(f"grant_type=client_credentials&resource={RIGHT}"))

        assert f"Send `audience={RIGHT}` in the `/oauth/token` request" in missing
        assert "The slash at its end makes it another one." in wrong
        assert f"Send exactly `audience={RIGHT}`" in wrong
        assert "what stands in `resource` is not read as one" in other
        assert "`/authorize` request names no" in said_by(
            LINE, "token-request-audience-missing", f"{AUTHORIZE}?client_id=abc"
        )


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            (error("access_denied", "Unauthorized"), "client-credentials-wrong"),
            (error("invalid_client"), "client-credentials-wrong"),
            (error("something", "", 401), "client-credentials-wrong"),
            (error("access_denied", f"Service not found: {RIGHT}/"), "token-request-audience-wrong"),
            (
                error("access_denied", "Non-global clients are not allowed access to APIv1"),
                "token-request-audience-missing",
            ),
            (error("access_denied", "Client is not authorized to access resource server"), "client-grant-missing"),
            (
                error("unauthorized_client", "Grant type 'password' not allowed for the client."),
                "grant-type-not-enabled",
            ),
            (error("unsupported_grant_type"), "grant-type-not-enabled"),
            (error("unauthorized_client"), "grant-type-not-enabled"),
            (error("unauthorized_client", "third party not allowed"), "client-grant-missing"),
            (
                error("unauthorized_client", "", body="grant_type=authorization_code&client_id=tpc_abc"),
                "client-grant-missing",
            ),
            (error("invalid_grant", "Unknown or invalid refresh token."), "refresh-token-rejected"),
            (error("invalid_grant", "", body="grant_type=refresh_token"), "refresh-token-rejected"),
            (error("invalid_grant", "Wrong email or password."), "login-refused"),
            (error("invalid_grant", "", body=f"grant_type=password&audience={RIGHT}"), "login-refused"),
            (error("invalid_grant", "Invalid authorization code"), "authorization-code-rejected"),
            (error("invalid_grant", "", body="grant_type=authorization_code"), "authorization-code-rejected"),
            (error("invalid_scope"), "login-request-rejected"),
            (error("too_many_requests"), "token-endpoint-throttled"),
            (error("access_denied", "", 429), "token-endpoint-throttled"),
            (error("access_denied", "The monthly quota of tokens: quota exceeded"), "m2m-quota-exhausted"),
        ],
    )
    def test_what_an_authorization_server_says_is_certain(self, text: str, cause: str) -> None:
        assert found_by(LINE, text) == {cause: CERTAIN}

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ("https://app.example.org/callback?error=access_denied&error_description=no", "login-refused"),
            (
                "https://app.example.org/callback?error=unauthorized_client&error_description=Callback%20URL%20mismatch",
                "login-request-rejected",
            ),
            ("https://app.example.org/callback#error=invalid_request", "login-request-rejected"),
        ],
    )
    def test_a_redirect_with_an_error_is_an_answer_too(self, text: str, cause: str) -> None:
        assert found_by(LINE, text) == {cause: CERTAIN}

    @pytest.mark.parametrize(
        ("text", "cause", "certainty"),
        [
            ("Error: Grant type 'password' not allowed for the client.", "grant-type-not-enabled", CERTAIN),
            (f"access_denied: Service not found: {RIGHT}/", "token-request-audience-wrong", CERTAIN),
            ("Error: Unknown or invalid refresh token.", "refresh-token-rejected", CERTAIN),
            ("Error: Callback URL mismatch.", "login-request-rejected", CERTAIN),
            ("Error: Wrong email or password.", "login-refused", CERTAIN),
            ("Error: Invalid authorization code", "authorization-code-rejected", CERTAIN),
            ("Error: invalid_client", "client-credentials-wrong", CERTAIN),
            ("Error: M2M quota exceeded", "m2m-quota-exhausted", LIKELY),
            ("invalid_grant", "authorization-code-rejected", LIKELY),
            ("Error: invalid_grant", "authorization-code-rejected", LIKELY),
            ("invalid_grant: Invalid authorization code", "authorization-code-rejected", CERTAIN),
            ("invalid_grant: Wrong email or password.", "login-refused", CERTAIN),
            ("invalid_grant: Unknown or invalid refresh token.", "refresh-token-rejected", CERTAIN),
            ("refreshing the token fails: invalid_grant", "refresh-token-rejected", LIKELY),
            (f"{call('grant_type=refresh_token&refresh_token=$T')}\ninvalid_grant", "refresh-token-rejected", LIKELY),
            (f"{call(f'grant_type=password&audience={RIGHT}')}\ninvalid_grant", "login-refused", LIKELY),
            ("HTTP/1.1 429 X\nAuth0-Client-Quota-Limit: b=per_hour;r=0\n\n", "token-endpoint-throttled", CERTAIN),
            ("auth0-client-quota-limit: b=per_hour;r=0", "token-endpoint-throttled", CERTAIN),
            ("error: too_many_requests from Auth0", "token-endpoint-throttled", CERTAIN),
        ],
    )
    def test_its_words_alone_tell_as_well(self, text: str, cause: str, certainty: object) -> None:
        assert found_by(LINE, text) == {cause: certainty}

    def test_a_success_is_no_error_whatever_it_says(self) -> None:
        answer = 'HTTP/1.1 200 OK\n\n{"error":"invalid_client"}'

        assert found_by(LINE, call(f"grant_type=client_credentials&audience={RIGHT}", answer)) == {}

    def test_an_answer_without_a_known_error_names_no_cause(self) -> None:
        assert found_by(LINE, error("server_error", "try later")) == {}

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (
                error("access_denied", "Unauthorized"),
                ["Auth0 answered `Unauthorized`", "Security & Settings, API Keys"],
            ),
            (error("invalid_client"), ["Auth0 answered `invalid_client`"]),
            (call("grant_type=x", "HTTP/1.1 401 X\n\n"), ["Auth0 answered `X`"]),
        ],
    )
    def test_it_quotes_what_auth0_said(self, text: str, words: list[str]) -> None:
        said = said_by(LINE, "client-credentials-wrong", text)

        assert [word for word in words if word not in said] == []

    def test_fixes_fit_the_case(self) -> None:
        password = error("unauthorized_client", "Grant type 'password' not allowed for the client.")

        assert "off by default" in said_by(LINE, "grant-type-not-enabled", password)
        assert "compares the audience letter by letter" in said_by(
            LINE, "token-request-audience-wrong", error("access_denied", "Service not found: x")
        )
        assert "when a client credentials request names no audience" in said_by(
            LINE,
            "token-request-audience-missing",
            error("access_denied", "Non-global clients are not allowed access to APIv1"),
        )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", (Outcome.SKIPPED, "no token request given")),
        (call(f"grant_type=client_credentials&audience={RIGHT}"), (Outcome.PASSED, "it names the right audience")),
        (f"curl {TOKEN_URL}", (Outcome.INCONCLUSIVE, "its answer is not shown")),
        (call("grant_type=x", "HTTP/1.1 200 OK\n\n"), (Outcome.PASSED, "nothing wrong in what is shown")),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    assert state_of(LINE, text) == state


def test_an_ordinary_call_has_none() -> None:
    assert found_by(LINE, curl(f"Bearer {mint('jwt')}")) == {}
