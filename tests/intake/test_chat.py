import pytest

from bot.intake.chat import undo
from tests.diagnosing import curl, mint
from tests.pastes.corpus import all_pastes

TOKEN = mint("jwt")


def undone(text: str) -> str:
    return undo(text).text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words, 1 < 2 and 3 > 2 & so on",
        TOKEN,
        f"Authorization: Bearer {TOKEN}",
        curl(f"Bearer {TOKEN}"),
        "Bearer <access_token>",
        "a `template ${literal}`",
        "const url = `https://example.org/${id}`",
        'curl -H "Authorization: Bearer `cat token.txt`" https://example.org',
        "> GET /contacts HTTP/1.1\n> Host: example.org\n>\n< HTTP/1.1 401 Unauthorized\n<\n",
        "well–known and far—fetched",
        "it costs 5 &euro; here",
    ],
)
def test_a_text_that_chat_left_alone_stays_as_it_is(text: str) -> None:
    assert undo(text) == (text, (), frozenset())


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<https://example.org/a?b=1&c=2>", "https://example.org/a?b=1&c=2"),
        ("<https://example.org/a|example.org/a>", "https://example.org/a"),
        ("<https://example.org/a|click here>", "https://example.org/a"),
        ("<http://acme.org|acme.org>", "acme.org"),
        ("<http://acme.org/|acme.org>", "acme.org"),
        ("<mailto:me@example.org|me@example.org>", "me@example.org"),
        ("<mailto:me@example.org>", "me@example.org"),
        ("<tel:+15550100|555-0100>", "555-0100"),
        ("<@U0123|jordan> and <#C0123|general> and <!here>", "jordan and general and "),
        ('"tenant_id": "<http://example.org|example.org>"', '"tenant_id": "example.org"'),
    ],
)
def test_slacks_links_and_mentions_become_their_text(text: str, plain: str) -> None:
    assert undo(text)[:2] == (plain, ("slack-markup",))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&lt;YOUR_JWT_HERE&gt;", "<YOUR_JWT_HERE>"),
        ("a=1&amp;b=2", "a=1&b=2"),
        ("&quot;a&quot; &#34;b&#34; &#39;c&apos;&nbsp;d", '"a" "b" \'c\' d'),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_entities_are_undone_once(text: str, plain: str) -> None:
    assert undo(text)[:2] == (plain, ("entities",))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("```\ncode\n```", "\ncode\n"),
        ("```bash\ncurl x\n```", "\ncurl x\n"),
        ("before\n```json\n{}\n```\nafter", "before\n\n{}\n\nafter"),
        ("```code```", "code"),
        ("my token is `abc` today", "my token is abc today"),
        ("`abc`", "abc"),
        ("use `a` or `b`.", "use a or b."),
    ],
)
def test_fences_and_inline_code_lose_their_backticks(text: str, plain: str) -> None:
    assert undo(text)[:2] == (plain, ("code-fence",))


@pytest.mark.parametrize("text", ["don`t and can`t", "one ` alone", "a`b`c", "x = `a`", "return `a`"])
def test_a_backtick_that_is_no_inline_code_stays(text: str) -> None:
    assert undone(text) == text


def test_a_text_of_thousands_of_backticks_is_left_alone() -> None:
    text = "`a` " * 2_000

    assert undone(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("> one\n> two", "one\ntwo"),
        ("I said:\n> one\n>two\nand left", "I said:\none\ntwo\nand left"),
        ("> > > deep", "deep"),
        ("Jordan Example  10:42 AM\nhello\nKim  [9:05]\nhi", "hello\nhi"),
        ("Rhythm APP  10:42\nhello", "hello"),
        ("Kim Park\n  11:32 AM\nhello\n11:33\nhi", "hello\nhi"),
        ("Kim Park, 11:32\nhello\n[11:33 AM]\nhi", "hello\nhi"),
        ("Kim :palm_tree:  11:32 AM\nhello\nNew\nkim.park  [11:33 AM]\nhi", "hello\nhi"),
    ],
)
def test_quoting_and_the_names_of_a_copied_thread_go(text: str, plain: str) -> None:
    assert undo(text)[:2] == (plain, ("quote-prefix",))


def test_a_quoted_transcript_of_curl_loses_the_quoting_alone() -> None:
    trace = "> GET /a HTTP/1.1\n> Host: example.org\n>\n< HTTP/1.1 401 Unauthorized\n<"
    quoted = "\n".join(f"> {line}" for line in trace.split("\n"))

    assert undo(quoted)[:2] == (trace, ("quote-prefix",))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“a” „b‟ «c»", '"a" "b" "c"'),
        ("‘a’ ‚b‛ it’s", "'a' 'b' it's"),
    ],
)
def test_typographic_quotes_become_straight(text: str, plain: str) -> None:
    assert undo(text) == (plain, ("smart-quotes",), frozenset())


@pytest.mark.parametrize(
    "option", ["-H “Authorization: x”", "-H ‘Authorization: x’", "--header=“Authorization: x”", "-d “a=b”"]
)
def test_a_typographic_quote_behind_an_option_is_remembered(option: str) -> None:
    assert undo(f"curl {option} https://example.org").marks == {"curly-option"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("curl –H 'a: b'", "curl -H 'a: b'"),
        ("curl —header 'a: b'", "curl --header 'a: b'"),
        ("curl –header 'a: b'", "curl --header 'a: b'"),
        ("curl ––data x", "curl --data x"),
        ("curl −v", "curl -v"),
    ],
)
def test_dashes_before_an_option_become_hyphens(text: str, plain: str) -> None:
    assert undo(text)[:2] == (plain, ("dashes",))


URL = "https://rolodex.api.rhythmsoftware.com/contacts/current"
ESCAPED = "https%3A%2F%2Frolodex.api.rhythmsoftware.com%2Fcontacts%2Fcurrent"


@pytest.mark.parametrize(
    "link",
    [
        f"https://nam02.safelinks.protection.outlook.com/?url={ESCAPED}&data=05%7C01&reserved=0",
        f"https://slack-redir.net/link?url={ESCAPED}&v=3",
        f"https://www.google.com/url?q={ESCAPED}&sa=D",
        "https://urldefense.com/v3/__https://rolodex.api.rhythmsoftware.com/contacts/current__;!!abc$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__rolodex.api.rhythmsoftware.com_contacts_current&d=x",
    ],
)
def test_rewritten_links_are_unwrapped(link: str) -> None:
    assert undo(f"I call {link} now")[:2] == (f"I call {URL} now", ("safelink",))


@pytest.mark.parametrize(
    "link",
    [
        "https://nam02.safelinks.protection.outlook.com/?data=x",
        "https://www.google.com/url?q=weather",
        "https://urldefense.com/v2/nothing",
        "https://www.google.com/search?q=https://example.org",
    ],
)
def test_a_link_that_holds_no_other_stays(link: str) -> None:
    assert undo(link) == (link, (), frozenset())


def test_keys_and_certificates_are_no_tokens() -> None:
    text = "a\n-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA0Z3\n-----END CERTIFICATE-----\nb\n-----BEGIN X\nMIIE"

    assert undone(text) == "a\n\nb\n"


def test_line_ends_and_the_mark_before_a_file_are_plain() -> None:
    assert undone("\ufeffa\r\nb\r\n") == "a\nb\n"


def test_repairs_are_named_once_in_their_order() -> None:
    text = "> ```\n> &lt;<https://example.org/a|a>&gt; “x”\n> ```\n> `y`"

    assert undo(text).repairs == ("slack-markup", "entities", "code-fence", "quote-prefix", "smart-quotes")


def test_undoing_again_changes_nothing() -> None:
    changed = []
    for paste in all_pastes():
        first = undo(paste.text)
        again = undo(first.text)
        # What stood between quote marks twice may be a transcript of curl, whose lines begin with one.
        if again.text != first.text and again.repairs != ("quote-prefix",):
            changed.append(paste.name)

    assert changed == []
