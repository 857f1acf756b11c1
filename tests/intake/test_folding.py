from bot.intake.folding import unfolded


def test_a_text_without_messages_stays_as_it_is() -> None:
    assert unfolded("hello Host: example.org") == "hello Host: example.org"
    assert unfolded("curl -H 'Host: x' HTTP/1.1 Accept: y") == "curl -H 'Host: x' HTTP/1.1 Accept: y"


def test_a_message_on_one_line_is_put_on_lines() -> None:
    text = "GET /a HTTP/1.1 Host: example.org Accept: */* HTTP/1.1 200 OK"

    assert unfolded(text).split("\n") == ["GET /a HTTP/1.1", "Host: example.org", "Accept: */*", "HTTP/1.1 200 OK"]
    assert len(unfolded(text)) == len(text)


def test_a_message_printed_as_a_literal_is_put_on_lines() -> None:
    text = r'"GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n"'

    assert [line.strip() for line in unfolded(text).split("\n")] == ["GET /a HTTP/1.1", "Host: example.org", "", ""]
    assert len(unfolded(text)) == len(text)


def test_rubys_debug_output_has_arrows() -> None:
    text = '<- "GET /a HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"\n-> "HTTP/1.1 401 Unauthorized\\r\\n"\n-> "Server: y\\r\\n"'

    assert [line.strip() for line in unfolded(text).split("\n") if line.strip()] == [
        "GET /a HTTP/1.1",
        "Host: x",
        "HTTP/1.1 401 Unauthorized",
        "Server: y",
    ]


def test_pythons_debug_lines_are_left_to_their_reader() -> None:
    text = r"send: b'GET /a HTTP/1.1\r\nHost: x\r\n\r\n'"

    assert unfolded(text) == text


def test_the_shown_line_ends_of_a_tree_are_blanks() -> None:
    tree = "    GET / HTTP/1.1\\r\\n\n    Host: a.example\\r\\n\n    \\r\\n\n"

    assert unfolded(tree) == tree.replace("\\r\\n", "    ")


def test_one_shown_line_end_is_damage_and_stays() -> None:
    text = "GET / HTTP/1.1\nAuthorization: Token x\\r\\n\n"

    assert unfolded(text) == text


def test_carriage_returns_that_an_editor_shows_end_each_line_of_a_message() -> None:
    text = "GET / HTTP/1.1^M\nHost: a.example^M\nAuthorization: Token x^M\n^M\n"

    assert unfolded(text) == text.replace("^M", "  ")
    assert unfolded("GET / HTTP/1.1\nAuthorization: Token x^M\n") == "GET / HTTP/1.1\nAuthorization: Token x^M\n"
