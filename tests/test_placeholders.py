import pytest

from bot.placeholders import path_placeholder, placeholder
from tests.diagnosing import mint


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            "missing-value",
            [
                "undefined",
                "null",
                "None",
                "nil",
                "NaN",
                "NULL",
                "false",
                "(null)",
                "<nil>",
                "%!s(<nil>)",
                '"null"',
                "n/a",
            ],
        ),
        (
            "object",
            [
                "[object Object]",
                "[object Promise]",
                "Promise { <pending> }",
                "<requests.models.Response object at 0x7f3a10>",
                "() => getToken()",
                "function () { return token }",
                "async () => {}",
                "[AsyncFunction: getToken]",
                "<Response [200]>",
                "<Future at 0x7f3a10 state=pending>",
                "#<OAuth2::AccessToken:0x00007f3a10",
                "HASH(0x55d2a0)",
                "map[access_token:abc]",
                "Instance of 'Future<String>'",
                "StatusCode: 200, ReasonPhrase: 'OK'",
                "Array",
            ],
        ),
        (
            "task",
            [
                "System.Threading.Tasks.Task`1[System.String]",
                "System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1+AsyncStateMachineBox`1[System.String]",
                "System.Net.Http.HttpResponseMessage",
                "<coroutine object get_token at 0x7f3a10>",
                "<bound method Client.token of <Client>>",
                "com.example.Token@1a2b3c",
                "java.util.concurrent.CompletableFuture@1a2b3c[Not completed]",
                "com.example.Main$$Lambda/0x000080@1a2b3c",
                "DeferredCoroutine{Active}@1a2b3c",
                "<Task pending name='Task-1' coro=<get_token() running at a.py:3>>",
            ],
        ),
        ("template", ["{{access_token}}", "{{ token }}", "%7B%7Btoken%7D%7D", "<%= token %>", "{% token %}"]),
        (
            "low-code",
            [
                "={{$credentials.token",
                "$json.access_token",
                "@{variables('t')}",
                "steps.login.token",
                "=$fromAI()",
                "{{$json.access_token}}",
            ],
        ),
        (
            "variable",
            ["$TOKEN", "${TOKEN}", "%TOKEN%", "!TOKEN!", "$env:TOKEN", "$(cat token.txt)", "`cat token.txt`", "@token"],
        ),
        (
            "expression",
            [
                "${user.accessToken()}",
                "#{token}",
                "{token}",
                "{0}",
                "{}",
                "%s",
                "%(token)s",
                "' + token",
                "+ token",
                ":token",
            ],
        ),
        (
            "marker",
            [
                "<access_token>",
                "<YOUR TOKEN>",
                "[your token]",
                "YOUR_ACCESS_TOKEN",
                "YOUR TOKEN HERE",
                "INSERT_TOKEN_HERE",
                "ACCESS_TOKEN",
                "TOKEN",
                "access_token",
                "your-token-here",
                "DEIN_ACCESS_TOKEN",
                "<hier Token einf\u00fcgen>",
                "[ins\u00e9rer le jeton]",
                "MON_JETON",
                "VOTRE_CODE_ICI",
                "Ihr_Token",
                "seu_token_aqui",
                "votre-jeton-ici",
                "rhythm_access_token",
                "your-client-secret-here",
                "my token",
                "accessToken",
                "yourToken",
                "token",
                "jwt",
                "abc123",
                "changeme",
                "foo",
                "'YOUR_TOKEN'",
            ],
        ),
        (
            "mask",
            ["***", "xxxxxx", "[FILTERED]", "[REDACTED BY SCANNER]", "<token removed for security>", "***masked***"],
        ),
        ("sample", ["eyJ...MoQ", "eyJz93a...k4laUWw", "YOUR_API_KEY_HERE", "eyJ…MoQ"]),
    ],
)
def test_placeholders_are_told_by_how_they_look(kind: str, texts: list[str]) -> None:
    assert {text: placeholder(text) for text in texts} == dict.fromkeys(texts, kind)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "eyJhbGciOi",
        "prefix-eyJhbGciOi",
        "W7Zt-Qk29vLmN0pRsTuVwXyZ",
        "ghp_0123456789abcdefghij",
        "v1.M0123456789",
        "a" * 401,
        "undefined-behaviour-9f3",
        "nullify",
        "tokens4everyone",
        "ExampleClient0000000000000000000",
        "id:secret",
        "sk_live_0123456789",
    ],
)
def test_what_may_be_a_credential_is_no_placeholder(text: str) -> None:
    assert placeholder(text) is None


def test_the_longest_that_is_looked_at() -> None:
    assert placeholder("$" + "a" * 399) == "variable"
    assert placeholder("$" + "a" * 400) is None


@pytest.mark.parametrize("directive", ["jwt", "jwe", "opaque", "refresh", "code", "secret", "client-id", "hex:40"])
def test_no_minted_credential_is_a_placeholder(directive: str) -> None:
    assert [seed for seed in "abcdefgh" if placeholder(mint(directive, seed))] == []


def test_a_bracket_of_the_text_around_does_not_hide_a_placeholder() -> None:
    assert placeholder("undefined)") == "missing-value"
    assert placeholder("{{token}}]") == "template"
    assert placeholder("YOUR_TOKEN)}") == "marker"


@pytest.mark.parametrize(
    ("kind", "segments"),
    [
        ("missing-value", ["undefined", "null", "None", "NaN", "%5Bobject%20Object%5D", "[object Object]"]),
        (
            "template",
            [
                "{tenantId}",
                "{{tenant}}",
                "%7B%7Btenant%7D%7D",
                "%7BtenantId%7D",
                ":tenantId",
                "<tenant>",
                "%3Ctenant%3E",
                "[tenant id]",
                "$TENANT",
                "${tenant}",
                "#{tenant}",
                "%TENANT%",
                "!TENANT!",
                "prefix-{tenantId}",
            ],
        ),
        (
            "marker",
            ["YOUR_TENANT", "MY-ORG", "TENANT_HERE", "your-tenant", "yourTenantId", "tenantId", "contact_id", "TENANT"],
        ),
    ],
)
def test_a_segment_that_was_never_filled_in(kind: str, segments: list[str]) -> None:
    assert {segment: path_placeholder(segment) for segment in segments} == dict.fromkeys(segments, kind)


@pytest.mark.parametrize(
    "segment",
    [
        "acme.org",
        "example.org",
        "contacts",
        "current",
        "0a1b2c3d-0000-4000-a000-000000000000",
        "a%20b",
        "a:b",
        "",
        "12",
    ],
)
def test_a_segment_that_is_plain(segment: str) -> None:
    assert path_placeholder(segment) is None
