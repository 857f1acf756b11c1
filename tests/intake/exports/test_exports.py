"""Exports of tools become the requests that they show, with their answers."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import Exchange, HTTPRequest, Source, TokenRequest
from bot.intake import exports
from bot.intake.piece import LooseHeader
from tests.intake.code.readings import fields, minted

TOKEN = minted()
URL = "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current"
AUDIENCE = "https://api.rhythmsoftware.com"


def read(document: object) -> list[object]:
    """What is read from a document that stands amid prose."""
    text = f"here it is:\n{document if isinstance(document, str) else json.dumps(document, indent=2)}\nand then 401"
    return [piece.value for piece in exports.read(text)]


def only(document: object) -> HTTPRequest:
    """The only request in a document, which must be seen to have marks."""
    (found,) = read(document)
    assert exports.has_marks(document if isinstance(document, str) else json.dumps(document))
    assert isinstance(found, HTTPRequest)
    assert found.source is Source.EXPORT
    return found


def entry(
    url: str = URL,
    status: int = 401,
    headers: dict[str, str] | None = None,
    answer: dict[str, str] | None = None,
    **response: object,
) -> dict[str, object]:
    """An entry of a HAR log."""
    return {
        "startedDateTime": "2026-03-10T11:37:22.418Z",
        "request": {
            "method": "GET",
            "url": url,
            "httpVersion": "HTTP/2",
            "headers": _list(headers or {}),
            "queryString": [],
        },
        "response": {
            "status": status,
            "statusText": "",
            "headers": _list(answer or {}),
            "content": {"text": '{"message":"Unauthorized"}'},
            **response,
        },
    }


def _list(headers: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]


def log(*entries: dict[str, object], creator: str = "Firefox") -> dict[str, object]:
    """A HAR log."""
    return {"log": {"version": "1.2", "creator": {"name": creator, "version": "1"}, "entries": list(entries)}}


def exchange(document: object) -> Exchange:
    """The only exchange in a document."""
    (found,) = read(document)
    assert isinstance(found, Exchange)
    return found


def test_a_har_log_with_its_times() -> None:
    found = exchange(
        log(entry(headers={"authorization": f"Bearer {TOKEN}"}, answer={"Date": "Tue, 10 Mar 2026 11:37:23 GMT"}))
    )

    assert found.request is not None
    assert found.response is not None
    assert (found.request.method, found.request.url, found.request.whole) == ("GET", URL, True)
    assert fields(found.request) == [("authorization", f"Bearer {TOKEN}")]
    assert found.request.at == 1_773_142_642
    assert (found.response.status, found.response.message, found.response.date) == (401, "Unauthorized", 1_773_142_643)


def test_a_single_har_entry_and_a_log_that_is_cut_off() -> None:
    cut = json.dumps(log(entry(), entry(url=f"{URL}/2")))[:-100]

    assert exchange(entry()).request is not None
    assert [item.request.url for item in read(cut) if isinstance(item, Exchange) and item.request] == [URL]


def test_a_har_log_without_an_answer() -> None:
    assert exchange(log(entry(status=0))).response is None


def test_a_redirect_in_a_har_log_is_one_exchange() -> None:
    found = exchange(
        log(
            entry(url="http://portal.acme.org/x", status=307, redirectURL=URL, headers={"Authorization": "Bearer a"}),
            entry(),
        )
    )

    assert found.request is not None
    assert found.request.url == "http://portal.acme.org/x"
    assert found.response is not None
    assert found.response.status == 401
    assert [hop.status for hop in found.hops] == [307]
    assert found.last_request is not None
    assert found.last_request.url == URL


@pytest.mark.parametrize(
    ("creator", "headers", "remarked"),
    [
        ("Firefox", {}, False),
        ("WebInspector", {}, True),
        ("WebInspector", {"cookie": "a=b"}, False),
    ],
)
def test_a_log_from_which_chrome_may_have_removed_the_field_is_remarked(
    creator: str, headers: dict[str, str], remarked: bool
) -> None:
    request = exchange(log(entry(headers=headers), creator=creator)).request

    assert request is not None
    assert request.whole
    assert ("may-be-sanitised" in request.flags) is remarked


def postman(request: object, **collection: object) -> dict[str, object]:
    """A Postman collection."""
    info = {"name": "Rhythm", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}
    return {
        "info": info,
        "item": [{"name": "folder", "item": [{"name": "contacts", "request": request}]}],
        **collection,
    }


BEARER = {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]}


def test_a_postman_request_sends_what_its_authorization_says() -> None:
    found = only(
        postman({"auth": BEARER, "method": "GET", "header": [{"key": "Accept", "value": "*/*"}], "url": {"raw": URL}})
    )

    assert (found.method, found.url, found.whole, found.tool) == ("GET", URL, True, "postman")
    assert fields(found) == [("Authorization", "Bearer {{token}}"), ("Accept", "*/*")]


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        (
            {"type": "basic", "basic": {"username": "id", "password": "secret"}},
            [("Authorization", "Basic aWQ6c2VjcmV0")],
        ),
        (
            {"type": "apikey", "apikey": [{"key": "key", "value": "X-API-Key"}, {"key": "value", "value": "abc"}]},
            [("X-API-Key", "abc")],
        ),
        (
            {
                "type": "oauth2",
                "oauth2": [{"key": "accessToken", "value": "abc"}, {"key": "headerPrefix", "value": "Token"}],
            },
            [("Authorization", "Token abc")],
        ),
        ({"type": "noauth"}, []),
    ],
)
def test_other_kinds_of_authorization(auth: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert fields(only(postman({"auth": auth, "method": "GET", "header": [], "url": URL}))) == expected


def test_a_collection_hands_down_its_authorization_and_variables() -> None:
    document = postman(
        {"method": "GET", "header": [], "url": {"raw": "{{base}}/contacts/acme.org/current"}},
        auth=BEARER,
        variable=[{"key": "token", "value": TOKEN}, {"key": "base", "value": "https://rolodex.api.rhythmsoftware.com"}],
    )
    found = only(document)

    assert found.url == URL
    assert fields(found) == [("Authorization", f"Bearer {TOKEN}")]


def test_a_request_alone_may_inherit_what_is_not_shown() -> None:
    request = {"method": "GET", "header": [], "url": {"raw": URL}}

    assert only(postman(request)).whole
    assert not only({"name": "contacts", "request": request}).whole
    assert only({"name": "contacts", "request": {**request, "auth": {"type": "noauth"}}}).whole


def test_a_folder_of_insomnia_may_hand_down_its_authentication() -> None:
    document = insomnia(authentication={})
    folder = {"_id": "fld_1", "_type": "request_group", "authentication": {"type": "bearer", "token": "abc"}}

    assert only(document).whole
    assert not only({**document, "resources": [folder, *_resources(document)]}).whole


def _resources(document: dict[str, object]) -> list[object]:
    resources = document["resources"]
    assert isinstance(resources, list)
    return resources


def test_an_environment_beside_a_collection_fills_it_in() -> None:
    environment = {
        "name": "prod",
        "values": [{"key": "token", "value": "abc", "enabled": True}],
        "_postman_variable_scope": "environment",
    }
    text = f"{json.dumps(postman({'auth': BEARER, 'method': 'GET', 'header': [], 'url': URL}))}\n\n{json.dumps(environment)}"

    assert fields(only(text)) == [("Authorization", "Bearer abc")]


def test_headers_that_are_switched_off_are_not_sent() -> None:
    header = [{"key": "Authorization", "value": "Bearer a", "disabled": True}, {"key": "A", "value": "b"}]

    assert fields(only({"method": "GET", "header": header, "url": {"host": ["a", "org"], "path": ["x"]}})) == [
        ("A", "b")
    ]


def test_the_token_request_of_postmans_settings() -> None:
    oauth = {
        "accessTokenUrl": "https://acme.us.auth0.com/oauth/token",
        "clientId": "x",
        "grant_type": "client_credentials",
        "tokenRequestParams": [{"key": "audience", "value": AUDIENCE + "/", "enabled": True}],
    }
    token, request = read(
        postman({"auth": {"type": "oauth2", "oauth2": oauth}, "method": "GET", "header": [], "url": URL})
    )

    assert isinstance(token, TokenRequest)
    assert isinstance(request, HTTPRequest)
    assert (token.endpoint, token.url) == ("token", "https://acme.us.auth0.com/oauth/token")
    assert token.parameters == (("grant_type", "client_credentials"), ("client_id", "x"), ("audience", AUDIENCE + "/"))
    assert not request.whole


def insomnia(**request: object) -> dict[str, object]:
    """An export of Insomnia, format 4."""
    resource = {
        "_id": "req_1",
        "_type": "request",
        "url": "{{ _.base }}/contacts/acme.org/current",
        "method": "GET",
        "headers": [],
        **request,
    }
    environment = {
        "_id": "env_1",
        "_type": "environment",
        "data": {"base": "https://rolodex.api.rhythmsoftware.com", "token": "abc"},
    }
    return {"_type": "export", "__export_format": 4, "resources": [environment, resource]}


def test_insomnia() -> None:
    found = only(insomnia(authentication={"type": "bearer", "token": "{{ _.token }}"}))

    assert (found.method, found.url, found.whole, found.tool) == ("GET", URL, True, "insomnia")
    assert fields(found) == [("Authorization", "Bearer abc")]


def test_insomnia_with_its_own_prefix_a_switch_and_an_unknown_variable() -> None:
    off = only(insomnia(authentication={"type": "bearer", "token": "x", "disabled": True}))
    prefixed = only(insomnia(authentication={"type": "bearer", "token": "{{ _.other }}", "prefix": "Token"}))

    assert fields(off) == []
    assert fields(prefixed) == [("Authorization", "Token {{ _.other }}")]


def test_insomnia_in_yaml() -> None:
    text = f"""type: collection.insomnia.rest/5.0
name: Rhythm
collection:
  - name: Contacts
    children:
      - url: "{URL}"
        name: who am I
        meta:
          id: req_1
        method: GET
        headers:
          - name: Accept
            value: "*/*"
          - name: X-Off
            value: x
            disabled: true
        authentication:
          type: bearer
          token: "{{{{ _.token }}}}"
environments:
  name: Base
  data:
    token: {TOKEN}
"""
    (piece,) = exports.read(text)
    found = piece.value

    assert isinstance(found, HTTPRequest)
    assert (found.method, found.url, found.whole) == ("GET", URL, True)
    assert fields(found) == [("Authorization", f"Bearer {TOKEN}"), ("Accept", "*/*")]


def n8n(value: str, **parameters: object) -> dict[str, object]:
    """A node of n8n."""
    fields_ = {"parameters": [{"name": "Authorization", "value": value}]}
    node = {
        "type": "n8n-nodes-base.httpRequest",
        "name": "HTTP",
        "parameters": {"url": URL, "sendHeaders": True, "headerParameters": fields_, **parameters},
    }
    return {"nodes": [node]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Bearer {{ $json.access_token }}", "Bearer {{ $json.access_token }}"),
        ("Bearer ={{ $json.access_token }}", "Bearer ={{ $json.access_token }}"),
        ("=Bearer {{ $json.access_token }}", "Bearer ‹$json.access_token›"),
        ('={{ "Bearer " + $json["t"] }}', '‹"Bearer " + $json["t"]›'),
    ],
)
def test_an_expression_of_n8n_is_evaluated_in_expression_mode_alone(value: str, expected: str) -> None:
    found = only(n8n(value))

    assert (found.url, found.whole, found.tool) == (URL, True, "n8n")
    assert fields(found) == [("Authorization", expected)]
    assert ("expression-as-text" in found.flags) is not value.startswith("=")


def test_a_node_with_a_credential_does_not_show_what_it_adds() -> None:
    assert not only(n8n("x", authentication="genericCredentialType", genericAuthType="httpBearerAuth")).whole


def test_make_and_power_automate_evaluate_what_their_definitions_hold() -> None:
    make = only(
        {
            "flow": [
                {
                    "module": "http:ActionSendData",
                    "mapper": {
                        "url": URL,
                        "method": "get",
                        "headers": [{"name": "Authorization", "value": "Bearer {{1.token}}"}],
                    },
                }
            ]
        }
    )
    inputs = {"uri": URL, "method": "GET", "headers": {"Authorization": "Bearer @{body('Get_token')?['access_token']}"}}
    flow = only({"HTTP": {"type": "Http", "inputs": inputs}})

    assert fields(make) == [("Authorization", "Bearer ‹1.token›")]
    assert fields(flow) == [("Authorization", "Bearer ‹body('Get_token')?['access_token']›")]


@pytest.mark.parametrize(
    ("authentication", "expected", "whole"),
    [
        ({"type": "Raw", "value": "Bearer a"}, [("Authorization", "Bearer a")], True),
        ({"type": "Basic", "username": "u", "password": "p"}, [("Authorization", "Basic dTpw")], True),
        ({"type": "ActiveDirectoryOAuth"}, [], False),
    ],
)
def test_a_flows_action_authenticates_by_itself(
    authentication: dict[str, str], expected: list[tuple[str, str]], whole: bool
) -> None:
    inputs = {"uri": URL, "method": "GET", "authentication": authentication}
    found = only({"type": "Http", "inputs": inputs})

    assert (fields(found), found.whole) == (expected, whole)


def test_a_fragment_is_what_was_sent() -> None:
    found = only({"uri": URL, "method": "GET", "headers": {"Authorization": "Bearer @{body('Get_token')}"}})

    assert (found.method, found.url, found.whole) == ("GET", URL, True)
    assert fields(found) == [("Authorization", "Bearer @{body('Get_token')}")]


def test_a_line_of_a_log_shows_the_answer_and_perhaps_not_all_headers() -> None:
    line = {
        "level": "error",
        "method": "GET",
        "url": URL,
        "status": 401,
        "request_headers": {"Authorization": "Bearer a"},
        "body": '{"message":"Unauthorized"}',
    }
    found = exchange(line)

    assert found.request is not None
    assert found.response is not None
    assert (found.request.method, found.request.url, found.request.whole, found.request.body) == ("GET", URL, False, "")
    assert (found.response.status, found.response.message) == (401, "Unauthorized")


def test_an_error_of_axios_as_json() -> None:
    found = exchange(
        {
            "message": "Request failed with status code 401",
            "config": {"url": URL, "method": "get", "headers": {"A": "b"}},
            "status": 401,
        }
    )

    assert found.request is not None
    assert (found.request.method, fields(found.request)) == ("GET", [("A", "b")])
    assert found.response is not None
    assert found.response.status == 401


def test_an_echo_shows_the_field_but_is_no_request_to_the_api() -> None:
    (found,) = read(
        {"headers": {"Authorization": "Bearer undefined", "Host": "httpbin.org"}, "url": "https://httpbin.org/get"}
    )

    assert isinstance(found, LooseHeader)
    assert (found.header.value, found.source) == ("Bearer undefined", Source.TRACE)


def test_a_trailing_comma_is_forgiven() -> None:
    assert fields(only('{"method": "GET", "url": "' + URL + '", "headers": {"A": "b",},}')) == [("A", "b")]


@pytest.mark.parametrize(
    "document",
    [
        {"message": "Unauthorized"},
        {"access_token": "abc", "expires_in": 86400},
        {"iss": "https://acme.us.auth0.com/", "aud": AUDIENCE, "exp": 1},
        {"headers": {"alg": "RS256"}},
        [1, 2, {"url": URL}],
        {"request": "GET"},
        {"openapi": "3.0.0", "servers": [{"url": URL}], "paths": {}},
    ],
)
def test_other_documents_are_left_to_others(document: object) -> None:
    assert read(document) == []


def test_prose_has_no_marks() -> None:
    assert not exports.has_marks('The request had no headers {"message": "Unauthorized"}')


def test_several_requests_keep_their_order() -> None:
    first, second = exports.read(json.dumps(log(entry(url=f"{URL}/1"), entry(url=f"{URL}/2"))))

    assert first.start < second.start


WORDS = """request response headers header url raw method status auth type bearer oauth2 key value name item entries log mapper inputs
parameters body data variable resources _type"""
NAMES = WORDS.split()
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.just(URL),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=6,
        )
    ),
    max_leaves=40,
)


def test_members_of_a_kind_that_nobody_expects() -> None:
    odd = {
        "_type": [],
        "url": URL,
        "method": {},
        "headers": [],
        "authentication": {"type": "apikey", "addTo": []},
        "body": {"mode": []},
    }

    assert read({**odd, "_type": "request"})
    assert read({**odd, "header": [], "auth": {"type": {}}})


@given(JSON)
def test_no_document_raises(document: object) -> None:
    text = json.dumps(document)
    for piece in exports.read(text):
        assert 0 <= piece.start < piece.end <= len(text)


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    exports.has_marks(text)
    exports.read(text)
    exports.read("type: collection.insomnia.rest/5.0\n" + text)


@pytest.mark.parametrize(
    "unit",
    ["[", '{"a":', '{"request":{"url":"https://x","headers":[', '{"a":1,', "- - ", "a:\n ", '{"x":"{{a}}{{b}}"},'],
)
def test_the_work_is_bounded_whatever_stands_there(unit: str) -> None:
    started = time.process_time()
    exports.read("type: collection.insomnia.rest/5.0\n" + unit * (1_000_000 // len(unit)))

    assert time.process_time() - started < 10


def test_nothing_is_shown_of_what_was_read() -> None:
    assert TOKEN[:10] not in repr(exports.read(json.dumps(log(entry(headers={"authorization": f"Bearer {TOKEN}"})))))


BRUNO = f"""meta {{
  name: me
  type: http
}}

get {{
  url: {URL}
  body: none
  auth: bearer
}}

headers {{
  X-A: b
  ~X-Off: c
}}

auth:bearer {{
  token: {TOKEN}
}}

post {{
  url: {URL}
  auth: oauth2
}}

put {{
  url: {URL}
  auth: basic
}}

auth:basic {{
  username: id
  password: secret
}}
"""


def test_brunos_files() -> None:
    assert exports.has_marks(BRUNO)
    found = [piece.value for piece in exports.read(BRUNO)]

    assert [(item.method, item.url, item.whole) for item in found if isinstance(item, HTTPRequest)] == [
        ("GET", URL, True),
        ("POST", URL, False),
        ("PUT", URL, True),
    ]
    assert [fields(item) for item in found if isinstance(item, HTTPRequest)] == [
        [("X-A", "b"), ("Authorization", f"Bearer {TOKEN}")],
        [],
        [("Authorization", "Basic aWQ6c2VjcmV0")],
    ]


@pytest.mark.parametrize(
    ("auth", "expected", "whole"),
    [
        ({"type": "bearer", "bearer": "abc"}, "Bearer abc", True),
        ({"authType": "bearer", "token": "abc", "authActive": True}, "Bearer abc", True),
        ({"mode": "bearer", "bearer": {"token": "abc"}}, "Bearer abc", True),
        ({"username": "id", "password": "secret"}, "Basic aWQ6c2VjcmV0", True),
        ({"type": "basic", "basic": {"username": "id", "password": "secret"}}, "Basic aWQ6c2VjcmV0", True),
        ({"authType": "bearer", "token": "abc", "authActive": False}, "", True),
        ({"type": "none"}, "", True),
        ({"type": "inherit"}, "", False),
    ],
)
def test_what_a_tool_adds_by_a_member_beside_the_fields(auth: dict[str, object], expected: str, *, whole: bool) -> None:
    found = only({"method": "GET", "url": URL, "headers": [{"name": "Accept", "value": "*/*"}], "auth": auth})

    assert [value for name, value in fields(found) if name == "Authorization"] == ([expected] if expected else [])
    assert found.whole is whole


def test_a_log_line_that_carries_the_field_beside_its_url() -> None:
    line = {"level": "error", "msg": "jwt expired", "authorization": "Bearer abc", "url": URL, "status": 401}
    (found,) = read(json.dumps(line))

    assert isinstance(found, Exchange)
    assert found.request is not None
    assert fields(found.request) == [("authorization", "Bearer abc")]
    assert not found.request.whole
    assert found.response is not None
    assert (found.response.status, found.response.message) == (401, "jwt expired")


@pytest.mark.parametrize("name", ["auth", "auth_header", "authorizationHeader", "http_authorization"])
def test_a_log_has_names_of_its_own_for_the_field(name: str) -> None:
    (found,) = read(json.dumps({"url": URL, name: "Bearer abc", "status": 401}))

    assert isinstance(found, Exchange)
    assert found.request is not None
    assert fields(found.request) == [("Authorization", "Bearer abc")]
    assert read(json.dumps({"url": URL, name: "basic", "status": 401, "request": "x"})) == []


def test_method_and_url_may_be_one_text() -> None:
    line = {"request": f"PATCH {URL}", "headers": {"authorization": "Bearer abc"}, "status": 401}
    (found,) = read(json.dumps(line))

    assert isinstance(found, Exchange)
    assert found.request is not None
    assert (found.request.method, found.request.url) == ("PATCH", URL)
    assert fields(found.request) == [("authorization", "Bearer abc")]
