"""One test for each sentence of the public interface, "Which evidence counts"."""

import json

import pytest

from bot.diagnose import judge
from bot.evidence import Credential, Evidence, Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.selection import judged_exchange, select
from tests.diagnosing import (
    CERTAIN,
    DEFAULTS,
    LIKELY,
    POSSIBLE,
    URL,
    case_of,
    causes_of,
    curl,
    found_by,
    mint,
    notices_of,
    outcome_of,
    raw,
    report_of,
)
from tests.pastes.minting import NOW

TOKEN = mint("jwt")
OTHER = mint("jwt", "another")
EXPIRED = mint("jwt exp=-3600 iat=-90000")
OPAQUE = mint("opaque")
AUTH0 = "https://acme.us.auth0.com"


class TestTokenRequest:
    @pytest.mark.parametrize(
        ("url", "endpoint"),
        [
            (f"{AUTH0}/oauth/token", "token"),
            (f"{AUTH0}/authorize?client_id=abc&audience=https%3A%2F%2Fapi.rhythmsoftware.com", "authorize"),
            (f"{AUTH0}/oauth/ro", "ro"),
            (f"{AUTH0}/delegation", "delegation"),
            (f"{AUTH0}/.well-known/openid-configuration", "well-known"),
        ],
    )
    def test_a_call_to_an_authorization_server_is_a_token_request(self, url: str, endpoint: str) -> None:
        case = case_of(f"curl {url}")

        assert [request.endpoint for request in case.evidence.token_requests] == [endpoint]

    def test_it_is_never_the_request(self) -> None:
        case = case_of(f"curl -d grant_type=client_credentials {AUTH0}/oauth/token")

        assert (case.request, case.url, case.exchange) == (None, None, None)

    def test_it_is_judged_by_token_request_and_access_token_alone(self) -> None:
        report = report_of(f"curl -d 'grant_type=client_credentials&client_id=abc' {AUTH0}/oauth/token")

        assert causes_of(report) == ["token-request-audience-missing"]
        assert outcome_of(report, "authorization-header") == outcome_of(report, "base-url") == "skipped"

    def test_a_service_host_has_no_token_requests(self) -> None:
        case = case_of("curl -d x=1 https://rolodex.api.rhythmsoftware.com/oauth/token")

        assert case.evidence.token_requests == ()
        assert case.request is not None

    @pytest.mark.parametrize(
        ("body", "is_judged"),
        [
            ("grant_type=client_credentials", True),
            ("grant_type=password", True),
            ("grant_type=http://auth0.com/oauth/grant-type/password-realm", True),
            ("grant_type=authorization_code", False),
            ("grant_type=refresh_token", False),
        ],
    )
    def test_a_missing_audience_is_judged_for_some_grants(self, body: str, is_judged: bool) -> None:
        found = found_by("token-request", f"curl -d '{body}&client_id=abc' {AUTH0}/oauth/token")

        assert ("token-request-audience-missing" in found) is is_judged

    def test_a_missing_audience_is_judged_for_authorize(self) -> None:
        found = found_by("token-request", f"{AUTH0}/authorize?response_type=code&client_id=abc")

        assert found == {"token-request-audience-missing": LIKELY}


def answered(path: str, status: int, value: str = TOKEN) -> str:
    return f"{raw(f'Bearer {value}', f'https://rolodex.api.rhythmsoftware.com{path}')}\nHTTP/1.1 {status} X\n\n"


class TestRequest:
    def test_of_several_exchanges_the_last_refused_one_counts(self) -> None:
        case = case_of(answered("/contacts/a/1", 401) + answered("/contacts/a/2", 403) + answered("/contacts/a/3", 200))

        assert (case.path, case.response and case.response.status) == ("/contacts/a/2", 403)

    def test_else_the_last_one(self) -> None:
        case = case_of(answered("/contacts/a/1", 200) + answered("/contacts/a/2", 404))

        assert case.path == "/contacts/a/2"

    def test_a_redirect_chain_is_one_request(self) -> None:
        case = case_of(
            f"> GET /contacts/current HTTP/1.1\n> Host: rhythm.example.org\n> Authorization: Bearer {TOKEN}\n>\n"
            "< HTTP/1.1 301 Moved Permanently\n< Location: https://rolodex.api.rhythmsoftware.com/contacts/current\n<\n"
            "> GET /contacts/current HTTP/1.1\n> Host: rolodex.api.rhythmsoftware.com\n>\n"
            '< HTTP/1.1 401 Unauthorized\n<\n{"message":"Unauthorized"}'
        )

        assert case.exchange is not None
        assert len(case.exchange.hops) == 1
        assert case.url is not None
        assert case.url.host == "rhythm.example.org"
        assert case.authorization is not None
        assert (case.response and case.response.status) == 401

    @pytest.mark.parametrize("text", [curl(f"Bearer {TOKEN}"), raw(f"Bearer {TOKEN}")])
    def test_its_url_is_what_a_command_or_a_raw_request_sends_to(self, text: str) -> None:
        case = case_of(text, url="https://events.api.rhythmsoftware.com/events/acme.org")

        assert case.url is not None
        assert (case.url.host, case.path) == ("rolodex.api.rhythmsoftware.com", "/contacts/acme.org/search")

    def test_a_path_alone_is_meant_below_the_one_address_of_a_service_in_the_text(self) -> None:
        text = f"GET /events/acme.org HTTP/1.1\nAuthorization: Bearer {TOKEN}\n\nBase: https://events.api.rhythmsoftware.com/"
        case = case_of(text)
        several = case_of(f"{text}\nOther base: https://rolodex.api.rhythmsoftware.com")

        assert case.url is not None
        assert (case.url.host, case.path) == ("events.api.rhythmsoftware.com", "/events/acme.org")
        assert (several.url, several.path) == (None, "/events/acme.org")

    def test_neither_the_audience_nor_the_documentation_is_such_an_address(self) -> None:
        case = case_of(
            f"GET /events/acme.org HTTP/1.1\nAuthorization: Bearer {TOKEN}\n\n"
            "audience https://api.rhythmsoftware.com, docs https://docs.api.rhythmsoftware.com"
        )

        assert case.url is None

    def test_else_the_given_one(self) -> None:
        case = case_of(
            f"{TOKEN} https://rolodex.api.rhythmsoftware.com/contacts/current",
            url="https://events.api.rhythmsoftware.com/events/acme.org",
        )

        assert case.service == "events"

    @pytest.mark.parametrize(
        "url", ["events.api.rhythmsoftware.com/events/acme.org", "  https://events.api.rhythmsoftware.com/events "]
    )
    def test_a_given_url_may_leave_out_the_scheme(self, url: str) -> None:
        assert case_of(TOKEN, url=url.strip()).service == "events"

    def test_a_given_url_completes_a_request_that_shows_its_path_alone(self) -> None:
        text = f"GET /contacts/current HTTP/1.1\nAuthorization: Bearer {TOKEN}\n"
        case = case_of(text, url="https://rolodex.api.rhythmsoftware.com/")

        assert (case.service, case.path) == ("rolodex", "/contacts/current")

    @pytest.mark.parametrize(
        ("url", "service"),
        [
            ("https://rolodex.api.rhythmsoftware.com/contacts/current", "rolodex"),
            ("rolodex.api.rhythmsoftware.com/contacts/current", "rolodex"),
            ("https://docs.api.rhythmsoftware.com/_mock/apis/rolodex/rolodex-v1/contacts/current", None),
            ("https://api.rhythmsoftware.com/rolodex-v1/contacts/current", None),
            ("https://rolodex.api.rythmsoftware.com/contacts/current", None),
        ],
    )
    def test_else_a_lone_url_of_a_rhythm_or_documentation_host_in_prose(self, url: str, service: str | None) -> None:
        case = case_of(f"I call {url} with {TOKEN}")

        assert case.url is not None
        assert case.service == service

    @pytest.mark.parametrize(
        "text",
        [
            "the redirect is https://app.example.org/callback?code={code}&state=x",
            "Referer: https://app.example.org/contacts",
            "https://jwt.io/#debugger-io?token={token}",
            "see https://github.com/example/project/issues/12",
            "https://support.rhythmsoftware.com/hc/en-us/articles/1",
            "https://console.rhythmsoftware.com/settings/api",
            "https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401",
            "the audience is https://api.rhythmsoftware.com",
            "https://www.rhythmsoftware.com/contacts",
            "https://www.rythmsoftware.com/contacts/current",
            "https://api.example.org/contacts/current",
        ],
    )
    def test_callback_referrer_debugger_and_other_urls_are_none(self, text: str) -> None:
        case = case_of(f"{text.replace('{token}', TOKEN).replace('{code}', mint('code'))} {TOKEN}")

        assert (case.url, case.path) == (None, "")

    @pytest.mark.parametrize(
        "url",
        [
            "<https://rolodex.api.rhythmsoftware.com/contacts/current|rolodex>",
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Frolodex.api.rhythmsoftware.com%2Fcontacts%2Fcurrent&data=x",
            "https://slack-redir.net/link?url=https%3A%2F%2Frolodex.api.rhythmsoftware.com%2Fcontacts%2Fcurrent",
        ],
    )
    def test_a_rewritten_link_is_unwrapped_first(self, url: str) -> None:
        case = case_of(f"I call {url} with {TOKEN}")

        assert (case.service, case.path) == ("rolodex", "/contacts/current")

    def test_an_answer_alone_joins_a_request_without_one(self) -> None:
        case = case_of(
            f'{curl(f"Bearer {TOKEN}")}\n\nand the answer was\n\nHTTP/1.1 401 Unauthorized\n\n{{"message":"x"}}'
        )

        assert case.request is not None
        assert (case.response and case.response.status) == 401


REFUSED = HTTPResponse(401, (), "", Source.LOOSE)
OPEN = HTTPRequest("GET", "https://rolodex.api.rhythmsoftware.com/a", (), "", Source.COMMAND, whole=True)


class TestPairing:
    def test_without_exchanges_none_is_judged(self) -> None:
        assert judged_exchange(Evidence()) is None

    def test_a_refusal_alone_belongs_to_the_last_request_without_an_answer(self) -> None:
        first, second = OPEN._replace(url="https://a.example/"), OPEN._replace(url="https://b.example/")
        evidence = Evidence((Exchange(first, None), Exchange(second, None), Exchange(None, REFUSED)))

        assert judged_exchange(evidence) == Exchange(second, REFUSED)

    def test_an_answer_before_the_only_request_belongs_to_it_too(self) -> None:
        assert judged_exchange(Evidence((Exchange(None, REFUSED), Exchange(OPEN, None)))) == Exchange(OPEN, REFUSED)

    def test_an_answer_without_a_status_does_not_push_a_request_aside(self) -> None:
        body = HTTPResponse(None, (), '{"message":"x"}', Source.LOOSE)
        accepted = HTTPResponse(200, (), "", Source.TRACE)

        assert judged_exchange(Evidence((Exchange(OPEN, accepted), Exchange(None, body)))) == Exchange(OPEN, accepted)

    def test_a_request_does_not_take_an_answer_that_another_already_has(self) -> None:
        other = Exchange(OPEN._replace(url="https://a.example/"), HTTPResponse(200, (), "", Source.TRACE))
        loose = Exchange(None, HTTPResponse(None, (), "{}", Source.LOOSE))
        last = Exchange(OPEN, None)

        assert judged_exchange(Evidence((other, loose, last))) == last


def har(*headers: tuple[str, str], status: int = 401) -> str:
    """A HAR of one entry, sent at half past ten."""
    request = {"method": "GET", "url": URL, "headers": [{"name": name, "value": value} for name, value in headers]}
    response: dict[str, object] = {"status": status, "headers": [], "content": {}}
    entry = {"startedDateTime": "2026-03-10T10:30:00.000Z", "request": request, "response": response}
    return json.dumps({"log": {"entries": [entry]}})


POSTMAN = {
    "info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
    "item": [
        {"name": "a", "request": {"method": "GET", "url": {"raw": URL}, "header": [{"key": "Accept", "value": "x"}]}}
    ],
}


class TestWholeRequest:
    @pytest.mark.parametrize(
        "text",
        [
            "curl https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search",
            "GET /contacts/acme.org/search HTTP/1.1\nHost: rolodex.api.rhythmsoftware.com\nAccept: */*\n",
            har(("Accept", "x")),
            json.dumps(POSTMAN),
            f'requests.get("{URL}", headers={{"Accept": "x"}})',
            f"fetch('{URL}', {{headers: {{'Accept': 'x'}}}})",
        ],
    )
    def test_in_a_whole_request_a_missing_header_is_certain(self, text: str) -> None:
        assert case_of(text).is_whole_request
        assert found_by("authorization-header", text) == {"authorization-header-missing": CERTAIN}

    @pytest.mark.parametrize(
        "text",
        [
            "I call https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search and get nothing",
            "GET https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search 401 (Unauthorized)",
            '10.0.0.1 - - "GET /contacts/acme.org/search HTTP/1.1" 401 26',
            "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://rolodex.api.rhythmsoftware.com/contacts",
            "Request URL: https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search\nStatus Code: 401",
            f'requests.get("{URL}", headers=headers)',
            f"fetch('{URL}', {{headers}})",
        ],
    )
    def test_a_url_in_prose_a_console_line_a_part_of_a_list_or_a_headers_variable_shows_no_headers(
        self, text: str
    ) -> None:
        assert not case_of(text).is_whole_request
        assert "authorization-header-missing" not in found_by("authorization-header", text)


def judged(text: str) -> str:
    credential = case_of(text).credential
    return credential.token if credential else ""


class TestToken:
    def test_the_one_in_the_judged_requests_authorization_header_counts(self) -> None:
        text = f'{{"access_token":"{OTHER}","token_type":"Bearer"}}\n{curl(f"Bearer {TOKEN}")}'

        assert judged(text) == TOKEN
        assert "several-tokens" in notices_of(report_of(text))

    def test_else_the_value_labelled_access_token(self) -> None:
        assert judged(f'token {OTHER}\n"id_token": "{mint("id")}"\n"access_token": "{TOKEN}"') == TOKEN
        assert judged(f"first {TOKEN}\naccess_token={OPAQUE}") == OPAQUE

    def test_else_the_first_jwt_that_is_not_labelled_id_or_refresh_token(self) -> None:
        assert judged(f"id_token: {OTHER}\nrefresh_token: {mint('id')}\nthen {TOKEN}\nand {mint('m2m')}") == TOKEN

    def test_else_the_first(self) -> None:
        assert judged(f"id_token: {OTHER}\nrefresh_token: {mint('refresh')}") == OTHER
        assert judged(mint("refresh")) == mint("refresh")

    def test_of_loose_authorization_lines_the_first_with_a_real_credential_counts(self) -> None:
        text = f"Authorization: Bearer <access_token>\nAuthorization: Bearer {TOKEN}\nAuthorization: Bearer {OTHER}"

        assert judged(text) == TOKEN
        assert "placeholder-credentials" not in found_by("authorization-header", text)

    def test_a_placeholder_counts_only_where_there_is_no_credential(self) -> None:
        text = "Authorization: Bearer undefined"

        assert found_by("authorization-header", text) == {"placeholder-credentials": CERTAIN}
        assert judged(text) == ""

    def test_the_others_are_a_notice(self) -> None:
        report = report_of(f"{TOKEN}\n\n{OTHER}")

        assert notices_of(report) == ["several-tokens"]
        assert causes_of(report) == []

    def test_a_token_that_stands_twice_is_one_token(self) -> None:
        assert notices_of(report_of(f"{TOKEN}\n\nAuthorization: Bearer {TOKEN}")) == []

    def test_the_label_decides_the_kind(self) -> None:
        assert case_of(f"code={mint('secret')}").kind == "authorization-code"

    def test_then_equality_with_another_value_of_the_paste(self) -> None:
        client = mint("client-id")
        text = f"client_id={client}\nAuthorization: Bearer {client}"

        assert case_of(text).kind == "client-id"

    @pytest.mark.parametrize(("directive", "kind"), [("secret", "client-secret"), ("client-id", "opaque")])
    def test_then_its_shape(self, directive: str, kind: str) -> None:
        assert case_of(f"Authorization: Bearer {mint(directive)}").kind == kind

    def test_basic_credentials_are_no_token(self) -> None:
        report = report_of(f"Authorization: Basic {mint('base64 of=id:secretsecretsecret')}")

        assert report.token is None
        assert causes_of(report) == ["basic-credentials"]

    def test_nor_are_they_beside_a_loose_header(self) -> None:
        assert judged(f"Authorization: Basic {mint('base64 of=id:secretsecretsecret')}\n\nwhat is wrong with it?") == ""

    def test_the_parameters_of_a_token_request_are_no_token(self) -> None:
        text = f"curl -d 'grant_type=client_credentials&client_id={mint('client-id')}&client_secret={mint('secret')}' {AUTH0}/oauth/token"

        assert judged(text) == ""
        assert report_of(text).token is None


def traced(date: str, url: str = URL, token: str = EXPIRED) -> str:
    return f"{raw(f'Bearer {token}', url)}\nHTTP/1.1 401 Unauthorized\nDate: {date}\n\n"


class TestTime:
    BEFORE = "Tue, 10 Mar 2026 10:30:00 GMT"
    AFTER = "Tue, 10 Mar 2026 11:30:00 GMT"

    def test_the_given_time_counts_first(self) -> None:
        case = case_of(traced(self.AFTER), at=NOW - 7200)

        assert (case.now, case.time_source, case.present) == (NOW - 7200, "given", NOW)
        assert causes_of(judge(case)) == ["unauthorized-unexplained"]

    def test_else_the_date_of_the_judged_answer(self) -> None:
        assert case_of(traced(self.AFTER)).time_source == "answer"
        assert causes_of(report_of(traced(self.AFTER))) == ["token-expired"]

    def test_valid_then_and_expired_since_is_a_notice_and_no_cause(self) -> None:
        report = report_of(traced(self.BEFORE))

        assert causes_of(report) == ["unauthorized-unexplained"]
        assert notices_of(report) == ["expired-since"]
        assert outcome_of(report, "expiry") == "passed"

    def test_a_date_that_cannot_be_read_does_not_count(self) -> None:
        case = case_of(traced("yesterday"))

        assert (case.now, case.time_source) == (NOW, "present")

    def test_a_date_counts_only_if_it_belongs_to_the_exchange_that_holds_the_token(self) -> None:
        first = f"Authorization: Bearer {EXPIRED}\n\nlater I saw in a log\n\n"
        case = case_of(f'{first}"GET /contacts/acme.org HTTP/1.1" 401\nDate: {self.BEFORE}')

        assert case.time_source == "present"

    def test_else_the_time_of_the_export(self) -> None:
        header = Header("Authorization", f"Bearer {EXPIRED}")
        request = HTTPRequest("GET", URL, (header,), "", Source.EXPORT, whole=True, at=NOW - 5400.0)
        evidence = Evidence(
            (Exchange(request, HTTPResponse(401, (), "", Source.EXPORT)),),
            credentials=(Credential(EXPIRED, "authorization", Source.EXPORT, EXPIRED),),
        )
        case = select(evidence, DEFAULTS, None, None, NOW)

        assert (case.now, case.time_source) == (NOW - 5400, "export")
        assert notices_of(judge(case)) == ["expired-since"]

    def test_so_does_a_hars(self) -> None:
        case = case_of(har(("Authorization", f"Bearer {EXPIRED}")))

        assert (case.now, case.time_source) == (NOW - 5400, "export")
        assert notices_of(judge(case)) == ["expired-since"]

    def test_else_now(self) -> None:
        assert case_of(EXPIRED).now == NOW
        assert causes_of(report_of(EXPIRED)) == ["token-expired"]

    @pytest.mark.parametrize(
        "text",
        [
            f"From: A\nDate: {BEFORE}\nSubject: 401\n\nmy token is {EXPIRED}",
            f"Jordan Example  10:30 AM\nmy token is {EXPIRED}",
            f"On Tue, 10 Mar 2026 10:30:00 GMT Jordan wrote:\n> {EXPIRED}",
        ],
    )
    def test_the_date_of_an_e_mail_or_chat_message_does_not_count(self, text: str) -> None:
        assert case_of(text).time_source == "present"
        assert causes_of(report_of(text)) == ["token-expired"]


class TestAnswer:
    @pytest.mark.parametrize("status", [200, 201, 204])
    def test_a_success_is_accepted_and_what_looked_wrong_becomes_a_notice(self, status: int) -> None:
        report = report_of(f"{raw(f'Bearer {EXPIRED}')}\nHTTP/1.1 {status} OK\n\n")

        assert (report.verdict, causes_of(report), notices_of(report)) == ("clear", [], ["accepted"])
        assert "expired" in report.notices[0].text

    @pytest.mark.parametrize("status", ["HTTP/1.1 200 OK\n\n", "status: 200\n", "200 OK   312 ms\n"])
    def test_a_success_that_hands_out_a_token_did_not_take_it(self, status: str) -> None:
        quoted = report_of(f'{status}{{"access_token":"{EXPIRED}","token_type":"Bearer"}}')
        printed = report_of(f"{status}{{ access_token: '{EXPIRED}', token_type: 'Bearer' }}")

        assert causes_of(quoted) == causes_of(printed) == ["token-expired"]

    def test_a_success_behind_a_loose_header_took_it(self) -> None:
        assert report_of(f"Authorization: Bearer {EXPIRED}\n200 OK").verdict == "clear"

    def test_a_404_of_a_service_host_says_that_the_token_was_accepted(self) -> None:
        assert report_of(f"{raw(f'Bearer {TOKEN}')}\nHTTP/1.1 404 Not Found\n\n").verdict == "clear"

    def test_a_404_of_another_host_says_nothing(self) -> None:
        text = f"{raw(f'Bearer {EXPIRED}', 'https://proxy.example.org/contacts')}\nHTTP/1.1 404 Not Found\n\n"

        assert "token-expired" in causes_of(report_of(text))

    @pytest.mark.parametrize(
        "text",
        [
            "HTTP/1.1 401 Unauthorized",
            "401 Unauthorized",
            "Request failed with status code 401",
            '"GET /contacts/acme.org HTTP/1.1" 401 26',
            '{"statusCode":401,"message":"Unauthorized"}',
            "Request URL: https://rolodex.api.rhythmsoftware.com/contacts/acme.org\nStatus Code: 401",
        ],
    )
    def test_a_status_line_a_log_an_export_or_a_body_shows_an_answer(self, text: str) -> None:
        response = case_of(text).response

        assert response is not None
        assert response.status == 401

    @pytest.mark.parametrize(
        "text",
        [
            "we get 401 all the time",
            "why do I get a 401?",
            "It returns 401 for everybody",
            "since Monday: 401s everywhere",
        ],
    )
    def test_words_about_a_401_show_none(self, text: str) -> None:
        assert case_of(f"{text}\n{TOKEN}").response is None

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ("jwt expired", "token-expired"),
            ("jwt audience invalid. expected: https://api.rhythmsoftware.com", "audience-wrong"),
            ('WWW-Authenticate: Bearer error="invalid_token", error_description="invalid issuer"', "issuer-unknown"),
            ('{"error":"invalid_token","error_description":"invalid signature"}', "signature-invalid"),
        ],
    )
    def test_a_stated_reason_makes_that_cause_likely_even_alone(self, text: str, cause: str) -> None:
        report = report_of(text)

        assert report.root_cause is not None
        assert (report.root_cause.cause, report.root_cause.certainty) == (cause, LIKELY)


class TestDamage:
    ZERO_WIDTH = mint("jwt insert=100:U+200B")

    def test_it_is_certain_in_a_literal_of_code(self) -> None:
        written = f"{TOKEN[:100]}\\u200b{TOKEN[100:]}"
        text = f'requests.get("{URL}", headers={{"Authorization": "Bearer {written}"}})'

        assert found_by("access-token", text) == {"token-invisible-character": CERTAIN}

    def test_it_is_certain_where_a_clients_error_names_it(self) -> None:
        text = "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u200b' in position 107: ordinal not in range(256)"

        assert found_by("access-token", text) == {"token-invisible-character": CERTAIN}

    @pytest.mark.parametrize(
        "text",
        [
            raw(f"Bearer {ZERO_WIDTH}"),
            f"> GET / HTTP/1.1\n> Host: rolodex.api.rhythmsoftware.com\n> Authorization: Bearer {ZERO_WIDTH}\n>\n",
        ],
    )
    def test_it_is_likely_in_a_raw_dump_or_a_trace(self, text: str) -> None:
        assert found_by("access-token", text) == {"token-invisible-character": LIKELY}

    @pytest.mark.parametrize("text", [f"Authorization: Bearer {ZERO_WIDTH}", ZERO_WIDTH])
    def test_it_is_possible_in_a_loose_header_or_a_bare_token(self, text: str) -> None:
        assert found_by("access-token", text) == {"token-invisible-character": POSSIBLE}

    def test_what_is_damaged_is_judged_repaired(self) -> None:
        case = case_of(self.ZERO_WIDTH)

        assert case.credential is not None
        assert case.credential.token == TOKEN
        assert case.kind == "access"
