import pytest

from bot.url import URL, is_loopback, parameters, percent_decoded, read_url


def test_a_url_is_split_into_its_parts_as_written() -> None:
    assert read_url("HTTPS://User:pw@Api.Example.ORG:8443/A/b%20c?x=1&y=%2F#frag?") == URL(
        "https", "User:pw", "api.example.org", 8443, "/A/b%20c", "x=1&y=%2F", "frag?"
    )


def test_what_is_not_there_is_empty() -> None:
    assert read_url("https://example.org") == URL("https", "", "example.org", None, "", "", "")


@pytest.mark.parametrize(
    "text", ["", "example.org/a", "/a/b", "://x", "https://", "https:///a", "a b://c", "ht%tp://x"]
)
def test_a_text_without_scheme_and_host_is_no_url(text: str) -> None:
    assert read_url(text) is None


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("https://[::1]:9000/x", "::1", 9000),
        ("https://[::1", "::1", None),
        ("https://example.org.:443/", "example.org", 443),
        ("https://example.org:/", "example.org", None),
        ("https://{{host}}/x", "{{host}}", None),
        ("https://a:b:c/x", "a:b:c", None),
        ("https://example.org:123456/x", "example.org", None),
        ("https://example.org:٣/x", "example.org", None),
    ],
)
def test_hosts_are_read_whatever_they_hold(text: str, host: str, port: int | None) -> None:
    url = read_url(text)

    assert url is not None
    assert (url.host, url.port) == (host, port)


def test_an_at_sign_in_the_password_still_leaves_the_host() -> None:
    url = read_url("https://id:p@ss@example.org/")

    assert url is not None
    assert (url.userinfo, url.host) == ("id:p@ss", "example.org")


def test_the_representation_shows_scheme_and_host_alone() -> None:
    assert repr(read_url("https://id:secret@example.org/path?code=secret#secret")) == "URL(https://example.org/...)"


def test_segments_leave_out_empty_ones() -> None:
    url = read_url("https://example.org//contacts//current/")

    assert url is not None
    assert url.segments == ("contacts", "current")


def test_parameters_are_decoded_in_order_with_repetitions() -> None:
    url = read_url("https://example.org/?a=1&b=%2Bx+y&a=2&c&=d&")

    assert url is not None
    assert url.parameters == (("a", "1"), ("b", "+x y"), ("a", "2"), ("c", ""), ("", "d"))


def test_at_most_200_parameters_are_read() -> None:
    assert len(parameters("&".join(f"p{number}=1" for number in range(500)))) == 200


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("a%20b", "a b"),
        ("%C3%A9", "é"),
        ("100%", "100%"),
        ("%zz%2", "%zz%2"),
        ("%252E", "%2E"),
        ("a+b", "a+b"),
        ("%ff", "�"),
        ("\ud800%41", "���A"),
        ("%4G1", "%4G1"),
    ],
)
def test_percent_escapes_are_decoded_once_and_others_left(text: str, decoded: str) -> None:
    assert percent_decoded(text) == decoded


def test_a_plus_is_a_blank_in_a_form_alone() -> None:
    assert percent_decoded("a+b%2B", plus=True) == "a b+"


@pytest.mark.parametrize("host", ["localhost", "app.localhost", "127.0.0.1", "127.255.255.254", "::1"])
def test_loopback_hosts(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "localhost.example.org", "notlocalhost", "128.0.0.1", "127.0.0", "127.0.0.1.nip.io", "127.a.b.c", "::2"],
)
def test_hosts_that_only_look_like_loopback(host: str) -> None:
    assert not is_loopback(host)
