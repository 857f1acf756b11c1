import pytest

from bot.report import Outcome
from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, found_by, mint, raw, said_by, state_of

LINE = "response"
TOKEN = mint("jwt")
URL = "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search"
SUPPORT = "the answer's request id"


def answer(status: int, body: str = "", *headers: str, url: str = URL) -> str:
    lines = "".join(f"{header}\n" for header in headers)
    return f"{raw(f'Bearer {TOKEN}', url)}\nHTTP/1.1 {status} X\n{lines}\n{body}"


DENIED = '{"Message":"User is not authorized to access this resource with an explicit deny"}'
IMPLICIT = '{"message":"User is not authorized to access this resource"}'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (answer(200), {}),
        (answer(404), {}),
        (answer(400), {}),
        (answer(401), {"unauthorized-unexplained": POSSIBLE}),
        (answer(401, url="https://proxy.example.org/contacts"), {}),
        (answer(401, url="https://www2.rhythmsoftware.com/contacts"), {"unauthorized-unexplained": POSSIBLE}),
        ("HTTP/1.1 401 Unauthorized\n\n", {"unauthorized-unexplained": POSSIBLE}),
        (answer(401, "", "Age: 30"), {"authorizer-cache": POSSIBLE, "unauthorized-unexplained": POSSIBLE}),
        (answer(401, "", "Age: 0"), {"unauthorized-unexplained": POSSIBLE}),
        (answer(403, DENIED), {"permission-denied": CERTAIN}),
        (answer(403, IMPLICIT), {"permission-denied": LIKELY}),
        (answer(403, '{"message":"Forbidden"}'), {"firewall-blocked": POSSIBLE}),
        (answer(403, "<html><h1>403 Forbidden</h1></html>"), {"firewall-blocked": POSSIBLE}),
        ('{"message":"Forbidden"}', {"firewall-blocked": POSSIBLE}),
        (answer(403, '{"message":"Missing Authentication Token"}'), {}),
        (
            answer(403, "", 'WWW-Authenticate: Bearer error="insufficient_scope", scope="read:contacts"'),
            {"scope-missing": CERTAIN},
        ),
        (answer(429), {"throttled": CERTAIN}),
        (answer(500, '{"message":null}'), {"authorizer-error": CERTAIN}),
        (answer(500, '{"message":"AuthorizerConfigurationException"}'), {"authorizer-error": CERTAIN}),
        (answer(500, '{"message":"Internal Server Error"}'), {"service-outage": LIKELY}),
        (answer(502), {"service-outage": LIKELY}),
        (answer(503), {"service-outage": LIKELY}),
        (answer(504), {"service-outage": LIKELY}),
        (answer(501), {}),
    ],
)
def test_what_a_status_and_its_text_say(text: str, found: dict[str, object]) -> None:
    assert found_by(LINE, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Error: Too Many Requests", {"throttled": CERTAIN}),
        ("Error: Service Unavailable", {"service-outage": LIKELY}),
        ("Error: AuthorizerConfigurationException", {"authorizer-error": CERTAIN}),
        (DENIED, {"permission-denied": CERTAIN}),
        (IMPLICIT, {"permission-denied": LIKELY}),
        ('{"status":500,"data":{"message":null}}', {"authorizer-error": CERTAIN}),
        ('{"statusCode":500,"body":"{\\"message\\":null}"}', {"authorizer-error": CERTAIN}),
        ("403 ERROR\nThe request could not be satisfied.\nRequest blocked.", {"firewall-blocked": POSSIBLE}),
        ('{"error":"insufficient_scope"}', {"scope-missing": CERTAIN}),
        ("curl -d grant_type=client_credentials https://acme.us.auth0.com/oauth/token\nError: Too Many Requests", {}),
        ("", {}),
        (TOKEN, {}),
    ],
)
def test_what_a_text_without_a_status_says(text: str, found: dict[str, object]) -> None:
    assert found_by(LINE, text) == found


def test_words_beside_an_answer_do_not_make_another_fault_of_it() -> None:
    assert found_by(LINE, f"Error: Too Many Requests\n\n{answer(401)}") == {"unauthorized-unexplained": POSSIBLE}


class TestImplicitDeny:
    OTHER = "https://rolodex.api.rhythmsoftware.com/organizations/acme.org"

    def test_it_is_a_cached_decision_where_the_same_token_works_elsewhere(self) -> None:
        text = answer(200, "{}", url=self.OTHER) + "\n\n" + answer(403, IMPLICIT)

        assert found_by(LINE, text) == {"authorizer-cache": LIKELY}
        assert "`/organizations/acme.org`" in said_by(LINE, "authorizer-cache", text)

    def test_but_not_where_another_token_works(self) -> None:
        other = answer(200, "{}", url=self.OTHER).replace(TOKEN, mint("m2m"))

        assert found_by(LINE, other + "\n\n" + answer(403, IMPLICIT)) == {"permission-denied": LIKELY}

    def test_nor_where_the_same_path_worked_or_the_other_was_refused_too(self) -> None:
        assert found_by(LINE, answer(200, "{}") + "\n\n" + answer(403, IMPLICIT)) == {"permission-denied": LIKELY}
        assert found_by(LINE, answer(403, IMPLICIT, url=self.OTHER) + "\n\n" + answer(403, IMPLICIT)) == {
            "permission-denied": LIKELY
        }


@pytest.mark.parametrize(
    ("cause", "text", "words"),
    [
        ("throttled", answer(429, "", "Retry-After: 30"), "Wait 30 s (`Retry-After`), then slow down."),
        (
            "scope-missing",
            answer(403, "", 'WWW-Authenticate: Bearer error="insufficient_scope", scope="read:contacts"'),
            "names the scope `read:contacts`.",
        ),
        ("unauthorized-unexplained", answer(401, "", "x-amzn-RequestId: abc-123"), "the request id `abc-123`"),
        ("unauthorized-unexplained", answer(401, "", "apigw-requestid: abc="), "the request id `abc=`"),
        ("unauthorized-unexplained", answer(401), SUPPORT),
        ("unauthorized-unexplained", "HTTP/1.1 401 Unauthorized\n\n", "Give the whole curl command with its answer"),
        ("authorizer-error", answer(500, '{"message":null}'), SUPPORT),
        ("permission-denied", answer(403, DENIED), "the token's tenant (`acme.org`)"),
        ("firewall-blocked", answer(403, "<html></html>"), "403 with an HTML page"),
        ("firewall-blocked", answer(403, '{"message":"Forbidden"}'), "403 with a bare `Forbidden`"),
        ("service-outage", answer(502), "The answer is 502: the service, not the token."),
        ("service-outage", "Error: Bad Gateway", "The error text is a server's that is down."),
    ],
)
def test_what_is_said_of_it(cause: str, text: str, words: str) -> None:
    assert words in said_by(LINE, cause, text)


@pytest.mark.parametrize("after", ["soon", "٣", "Tue, 10 Mar 2026 12:00:00 GMT", ""])
def test_a_wait_that_is_no_number_is_not_repeated(after: str) -> None:
    assert said_by(LINE, "throttled", answer(429, "", f"Retry-After: {after}")).endswith("\n")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", (Outcome.SKIPPED, "no answer given")),
        (answer(200), (Outcome.PASSED, "200: the token was accepted")),
        (answer(404), (Outcome.PASSED, "404: the token was accepted")),
        (answer(400, '{"message":"bad id"}'), (Outcome.INCONCLUSIVE, "400 `bad id`; it names no cause of its own")),
        ("HTTP/1.1 400\n\n", (Outcome.INCONCLUSIVE, "400; it names no cause of its own")),
        ('{"message":"bad id"}', (Outcome.INCONCLUSIVE, "`bad id`; it names no cause of its own")),
        ('{"message":null}', (Outcome.INCONCLUSIVE, "an answer; it names no cause of its own")),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    assert state_of(LINE, text) == state
