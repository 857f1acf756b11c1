"""R's httr and httr2: requests as they would be sent, and whether all of their headers are shown."""

import pytest

from bot.intake.code import r
from tests.intake.code.readings import fields, line, request, requests, shown

URL = "https://awards.api.rhythmsoftware.com/awards/acme.org"
TOKEN_URL = "https://acme.us.auth0.com/oauth/token"


def test_httr_sends_what_the_call_is_given() -> None:
    found = request(r.read, f'r <- httr::GET("{URL}", add_headers(Authorization = paste("Bearer", token)), verbose())')

    assert line(found) == ("GET", URL, True)
    assert fields(found) == [("Authorization", "Bearer ‹token›")]
    assert found.tool == "httr"


@pytest.mark.parametrize(
    "call",
    [
        f'httr::GET("{URL}")',
        f'httr::GET(url = "{URL}", config = accept("*/*"))',
        f'httr::GET("{URL}", timeout(10), c(verbose(), user_agent("x")))',
        f'httr::RETRY("GET", "{URL}", times = 3)',
        f'url <- "{URL}"\nres <- GET(url)',
        'base <- "https://awards.api.rhythmsoftware.com"\nres <- GET(paste0(base, "/awards/", "acme.org"))',
        'httr::GET("https://awards.api.rhythmsoftware.com", path = "awards/acme.org")',
        f'httr2::request("{URL}") |> req_perform()',
        f'request("{URL}") %>%\n  req_user_agent("x") %>%  # polite\n  req_perform() %>% resp_body_json()',
        'request("https://awards.api.rhythmsoftware.com") |> req_url_path_append("awards", "acme.org") |> req_perform()',
        f'req_perform(request("{URL}"))',
        f'req <- request("{URL}")\nresp <- req_perform(req)\nresp',
        f'req <- request("{URL}")\nresp <- req |> req_perform()',
    ],
)
def test_a_call_without_a_header_is_whole(call: str) -> None:
    found = request(r.read, call)

    assert line(found) == ("GET", URL, True)
    assert not any(header.key == "authorization" for header in found.headers)


@pytest.mark.parametrize(
    "call",
    [
        f'httr::GET("{URL}", config(token = token))',
        f'httr::GET("{URL}", my_headers)',
        f'httr::GET("{URL}", headers = h)',
        f'set_config(add_headers(Authorization = "x"))\nhttr::GET("{URL}")',
        f'with_config(auth, httr::GET("{URL}"))',
        f'request("{URL}") |> add_auth() |> req_perform()',
        f'request("{URL}") |> req_headers(!!!fields) |> req_perform()',
        f'request("{URL}") |> req_options(httpheader = h) |> req_perform()',
        f'req_perform(with_auth(request("{URL}")))',
        f'req <- request("{URL}")\nreq <- add_auth(req)\nreq_perform(req)',
        f'req <- request("{URL}")',
    ],
)
def test_what_may_add_a_header_leaves_the_call_open(call: str) -> None:
    assert line(request(r.read, call)) == ("GET", URL, False)


@pytest.mark.parametrize(
    ("call", "value"),
    [
        (f'httr::GET("{URL}", add_headers("Authorization" = paste0("Bearer ", token)))', "Bearer ‹token›"),
        (f'httr::GET("{URL}", add_headers(Authorization = paste0("Bearer", token)))', "Bearer‹token›"),
        (f'httr::GET("{URL}", add_headers(`Authorization` = sprintf("Bearer %s", token)))', "Bearer ‹token›"),
        (f'h <- add_headers(Authorization = "Bearer abc")\nhttr::GET("{URL}", h)', "Bearer abc"),
        (
            f'h <- c(Authorization = "Bearer abc", Accept = "x")\nhttr::GET("{URL}", add_headers(.headers = h))',
            "Bearer abc",
        ),
        (f'httr::GET("{URL}", httr::authenticate("a", "b"))', "Basic YTpi"),
        (f'request("{URL}") |> req_auth_bearer_token(token) |> req_perform()', "Bearer ‹token›"),
        (
            f'request("{URL}") |> req_headers(Authorization = paste("Bearer", Sys.getenv("T"))) |> req_perform()',
            "Bearer ‹Sys.getenv›",
        ),
        (f'request("{URL}") |> req_auth_basic("a", "b") |> req_perform()', "Basic YTpi"),
        (
            f'request("{URL}") |> req_oauth_client_credentials(client) |> req_perform()',
            "Bearer ‹req_oauth_client_credentials›",
        ),
    ],
)
def test_an_authorization_field_is_read_however_it_is_set(call: str, value: str) -> None:
    assert ("Authorization", value) in fields(request(r.read, call))


def test_token_requests_carry_their_bodies() -> None:
    form, json = requests(
        r.read,
        f"""
POST("{TOKEN_URL}", body = list(grant_type = "client_credentials", client_secret = secret), encode = "form")
request("{TOKEN_URL}") |> req_body_json(list(grant_type = "client_credentials", audience = "x")) |> req_perform()
""",
    )

    assert (form.method, shown(form.body)) == ("POST", "grant_type=client_credentials&client_secret=‹secret›")
    assert (json.method, json.body) == ("POST", '{"grant_type": "client_credentials", "audience": "x"}')


@pytest.mark.parametrize(
    "text", ["httr::GET(", "GET()", "request() |> req_perform()", "# httr::GET(url)", "request(|>" * 900]
)
def test_what_sends_nothing_is_no_request(text: str) -> None:
    assert r.read(text) == []
