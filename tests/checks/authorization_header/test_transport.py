import pytest

from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, URL, curl, found_by, mint, raw, said_by

LINE = "authorization-header"
TOKEN = mint("jwt")
PROXY = "https://proxy.example.org/contacts/current"


def hop(url: str, *lines: str) -> str:
    """A request of a trace."""
    host, _, path = url.partition("://")[2].partition("/")
    return "\n".join((f"> GET /{path} HTTP/1.1", f"> Host: {host}", *(f"> {line}" for line in lines), ">", ""))


def answered(status: int, *lines: str, body: str = "") -> str:
    return "\n".join((f"< HTTP/1.1 {status} X", *(f"< {line}" for line in lines), "<", body, ""))


AUTH = f"Authorization: Bearer {TOKEN}"
MOVED = answered(301, f"Location: {URL}")


class TestRedirect:
    def test_a_redirect_that_nobody_followed(self) -> None:
        text = hop(PROXY, AUTH) + MOVED

        assert found_by(LINE, text) == {"redirect-not-followed": CERTAIN}
        said = said_by(LINE, "redirect-not-followed", text)
        assert "a redirect to `https://rolodex.api.rhythmsoftware.com`" in said
        assert f"Call the new address directly: `{URL}`" in said

    def test_one_without_a_place_to_go(self) -> None:
        assert said_by(LINE, "redirect-not-followed", hop(PROXY, AUTH) + answered(302)).startswith(
            "The answer is 302, a redirect: nothing"
        )

    @pytest.mark.parametrize(
        ("last", "certainty"),
        [
            (hop(URL), CERTAIN),
            (hop(URL, "Accept: */*"), CERTAIN),
            ("", LIKELY),
        ],
    )
    def test_a_header_that_was_dropped_on_the_way(self, last: str, certainty: object) -> None:
        text = hop(PROXY, AUTH) + MOVED + last + answered(401)

        assert found_by(LINE, text)["authorization-dropped-on-redirect"] is certainty

    def test_within_one_host_it_is_merely_possible(self) -> None:
        text = hop(URL, AUTH) + answered(301, f"Location: {URL}/") + answered(401)

        assert found_by(LINE, text) == {"authorization-dropped-on-redirect": POSSIBLE}

    @pytest.mark.parametrize(
        "text",
        [
            hop(PROXY, AUTH) + MOVED + hop(URL, AUTH) + answered(401),
            hop(PROXY, AUTH) + MOVED + hop(URL) + answered(200),
            hop(PROXY, AUTH) + answered(401),
            hop(PROXY) + MOVED + hop(URL) + answered(401),
        ],
    )
    def test_or_was_not(self, text: str) -> None:
        assert "authorization-dropped-on-redirect" not in found_by(LINE, text)

    @pytest.mark.parametrize(
        ("url", "more", "certainty"),
        [
            (PROXY, "", LIKELY),
            (URL, "", POSSIBLE),
            (PROXY, '"Authorization" in r.request.headers\nFalse', CERTAIN),
        ],
    )
    def test_a_history_tells_of_it(self, url: str, more: str, certainty: object) -> None:
        call = f'r = requests.get("{url}", headers={{"Authorization": "Bearer " + token}})\n'
        history = "r.history\n[<Response [302]>]\n"

        assert found_by(LINE, f"{call}{history}{more}")["authorization-dropped-on-redirect"] is certainty
        assert "authorization-dropped-on-redirect" not in found_by(LINE, call + more)

    def test_a_client_that_says_so(self) -> None:
        assert found_by(LINE, "warning: stripping Authorization header") == {
            "authorization-dropped-on-redirect": LIKELY
        }


class TestProxy:
    @pytest.mark.parametrize(
        "text",
        [
            hop(URL, AUTH) + answered(407, "Proxy-Authenticate: Basic"),
            "curl: (56) Received HTTP code 407 from proxy after CONNECT",
            "Error: tunnel connection failed: 407 Proxy Authentication Required",
        ],
    )
    def test_a_proxy_that_wants_credentials(self, text: str) -> None:
        assert found_by(LINE, text)["proxy-authentication-required"] is CERTAIN

    def test_both_legs_show_that_it_took_the_header_off(self) -> None:
        text = (
            raw(f"Bearer {TOKEN}", PROXY)
            + "\nand the proxy sends\n\n"
            + "GET /contacts/current HTTP/1.1\nHost: rolodex.api.rhythmsoftware.com\n"
        )
        found = found_by(LINE, text)

        assert found["proxy-stripped-authorization"] is CERTAIN
        said = said_by(LINE, "proxy-stripped-authorization", text)
        assert "`proxy.example.org`" in said
        assert "`rolodex.api.rhythmsoftware.com`" in said

    @pytest.mark.parametrize("line", ["Via: 1.1 x", "Server: nginx/1.25", "X-Cache: Miss", "X-Amz-Cf-Id: abc"])
    def test_a_refusal_behind_a_front_of_ones_own_is_possible(self, line: str) -> None:
        assert found_by(LINE, hop(PROXY, AUTH) + answered(401, line)) == {"proxy-stripped-authorization": POSSIBLE}

    @pytest.mark.parametrize(
        "text",
        [
            hop(PROXY, AUTH) + answered(401),
            hop(URL, AUTH) + answered(401, "Via: 1.1 x"),
            hop(PROXY, AUTH) + answered(200, "Via: 1.1 x"),
            raw(f"Bearer {TOKEN}", PROXY) + "\n" + raw(f"Bearer {TOKEN}", URL),
        ],
    )
    def test_elsewhere_there_is_none(self, text: str) -> None:
        assert "proxy-stripped-authorization" not in found_by(LINE, text)


class TestBrowser:
    @pytest.mark.parametrize(
        ("text", "certainty"),
        [
            (
                "OPTIONS /contacts/current HTTP/1.1\nHost: rolodex.api.rhythmsoftware.com\nOrigin: x\n\nHTTP/1.1 401 X\n\n",
                CERTAIN,
            ),
            (
                "Access to fetch at 'https://x' has been blocked by CORS policy: Response to preflight request doesn't pass",
                LIKELY,
            ),
            ("TypeError: Failed to fetch", LIKELY),
            ("NetworkError when attempting to fetch resource.", LIKELY),
        ],
    )
    def test_what_a_browser_does_first(self, text: str, certainty: object) -> None:
        assert found_by(LINE, text)["cors-preflight-blocked"] is certainty

    def test_the_fix_says_where_to_look(self) -> None:
        assert "Repeat the call with curl" in said_by(LINE, "cors-preflight-blocked", "TypeError: Failed to fetch")
        assert "Call the API from your server" in said_by(LINE, "cors-preflight-blocked", "TypeError: Failed to fetch")


class TestNetrc:
    def test_named_beside_basic_credentials_it_is_certain(self) -> None:
        text = f"I have a .netrc\n{raw('Basic aWQ6c2VjcmV0c2VjcmV0')}"

        assert found_by(LINE, text)["netrc-override"] is CERTAIN
        assert found_by(LINE, "I have a .netrc\nAuthorization: Basic aWQ6c2VjcmV0c2VjcmV0")["netrc-override"] is CERTAIN

    def test_named_alone_it_is_possible(self) -> None:
        assert found_by(LINE, f"I have a .netrc\n{curl(f'Bearer {TOKEN}')}") == {"netrc-override": POSSIBLE}

    def test_unnamed_it_is_none(self) -> None:
        assert "netrc-override" not in found_by(LINE, raw("Basic aWQ6c2VjcmV0c2VjcmV0"))


class TestOldToken:
    OLD = mint("jwt iat=-90000 exp=-3600")
    NEW = mint("jwt iat=-60 exp=86340")

    def test_the_new_one_beside_the_old_one_being_sent(self) -> None:
        text = f'{{"access_token":"{self.NEW}","token_type":"Bearer"}}\n\n{curl(f"Bearer {self.OLD}")}'

        assert found_by(LINE, text)["client-kept-old-token"] is CERTAIN

    @pytest.mark.parametrize(
        "text",
        [
            f"{OLD}\n\n{curl(f'Bearer {NEW}')}",
            f"{NEW}\n\n{OLD}",
            f"id_token: {NEW}\n\n{curl(f'Bearer {OLD}')}",
            f"{mint('jwt iat=-60 exp=86340 iss=https://other.us.auth0.com/')}\n\n{curl(f'Bearer {OLD}')}",
            f"{mint('m2m iat=-60 exp=86340')}\n\n{curl(f'Bearer {OLD}')}",
            f"{mint('jwt iat=-60 exp=86340 aud=https://x.example')}\n\n{curl(f'Bearer {OLD}')}",
            f"{mint('jwt iat=-80000 exp=-1000')}\n\n{curl(f'Bearer {OLD}')}",
            f"access_token: {mint('opaque')}\n\n{curl(f'Bearer {OLD}')}",
            f"{NEW}\n\n{curl('Bearer ' + mint('jwt -iat exp=-3600'))}",
            curl(f"Bearer {OLD}"),
        ],
    )
    def test_no_other_pair_of_tokens_shows_that(self, text: str) -> None:
        assert "client-kept-old-token" not in found_by(LINE, text)

    def test_words_about_it_are_possible(self) -> None:
        assert found_by(LINE, f"it still sends the old token\n{curl(f'Bearer {TOKEN}')}") == {
            "client-kept-old-token": POSSIBLE
        }
