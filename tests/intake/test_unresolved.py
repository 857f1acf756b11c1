import pytest

from bot.evidence import HTTPRequest
from bot.intake.unresolved import read


def urls(text: str) -> list[str | None]:
    return [piece.value.url for piece in read(text) if isinstance(piece.value, HTTPRequest)]


@pytest.mark.parametrize(
    "text",
    [
        "curl: (6) Could not resolve host: rolodex.api.rythmsoftware.com",
        "wget: unable to resolve host address \u2018rolodex.api.rythmsoftware.com\u2019",
        "Error: getaddrinfo ENOTFOUND rolodex.api.rythmsoftware.com",
        "java.net.UnknownHostException: rolodex.api.rythmsoftware.com: Name or service not known",
        "System.Net.Http.HttpRequestException: No such host is known. (rolodex.api.rythmsoftware.com:443)",
        "The remote name could not be resolved: 'rolodex.api.rythmsoftware.com'",
        'Get "x": dial tcp: lookup rolodex.api.rythmsoftware.com on 10.0.0.2:53: no such host',
        "SocketException: Failed host lookup: 'rolodex.api.rythmsoftware.com' (OS Error: No address associated)",
        'java.net.UnknownHostException: Unable to resolve host "rolodex.api.rythmsoftware.com": No address',
        "** server can't find rolodex.api.rythmsoftware.com: NXDOMAIN",
        "ping: rolodex.api.rythmsoftware.com: Name or service not known",
        "Failed to open TCP connection to rolodex.api.rythmsoftware.com:443 (getaddrinfo: Name or service not known)",
        "php_network_getaddresses: getaddrinfo for rolodex.api.rythmsoftware.com failed: Name or service not known",
        "NameResolutionError: Failed to resolve 'Rolodex.api.rythmsoftware.com' ([Errno -2] Name or service not known)",
    ],
)
def test_the_host_that_a_client_could_not_resolve_is_what_was_called(text: str) -> None:
    assert urls(text) == ["https://rolodex.api.rythmsoftware.com/"]


def test_urllib3_says_the_path_too() -> None:
    text = "HTTPSConnectionPool(host='rolodex.api.rythmsoftware.com', port=443): Max retries exceeded with url: /contacts/acme.org"

    assert urls(text) == ["https://rolodex.api.rythmsoftware.com/contacts/acme.org"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Could not resolve host: db.internal.example",
        "Error: getaddrinfo ENOTFOUND localhost",
        "lookup rhythm",
        "lookup: rhythmsoftware.com",
    ],
)
def test_other_hosts_are_not_asked_about(text: str) -> None:
    assert urls(text) == []


def test_of_many_such_texts_the_first_suffice() -> None:
    assert len(read("ENOTFOUND a.rhythmsoftware.com\n" * 200)) == 50
