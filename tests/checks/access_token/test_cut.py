import pytest

from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, found_by, mint, said_by

LINE = "access-token"
TOKEN = mint("jwt")
HEADER, PAYLOAD, SIGNATURE = TOKEN.split(".")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TOKEN[:-1], {"token-truncated": LIKELY}),
        (TOKEN[:-20], {"token-truncated": LIKELY}),
        (mint("jwt h.alg=HS256 cut=-1"), {"token-truncated": LIKELY, "algorithm-unexpected": CERTAIN}),
        (f"{HEADER}.{PAYLOAD}", {"token-truncated": LIKELY}),
        (f"{HEADER}.{PAYLOAD}.", {"token-truncated": LIKELY}),
        (PAYLOAD, {"token-truncated": LIKELY}),
        (f"{HEADER}.{PAYLOAD[:100]}", {"token-truncated": CERTAIN}),
        (HEADER, {"token-truncated": CERTAIN}),
        (TOKEN[1:], {"token-truncated": LIKELY}),
        (TOKEN[3:], {"token-truncated": LIKELY}),
        (TOKEN[1:300], {"token-truncated": CERTAIN}),
        (mint("jwe cut=-100"), {"encrypted-token": CERTAIN}),
        (f"{HEADER}..{SIGNATURE}", {"token-malformed": CERTAIN}),
        (f"{TOKEN}.abc", {"token-malformed": CERTAIN}),
        (f"{HEADER}.{PAYLOAD[:50]}A{PAYLOAD[51:]}.{SIGNATURE}", {"token-malformed": CERTAIN}),
        (f"{HEADER[:30]}A{HEADER[31:]}.{PAYLOAD}.{SIGNATURE}", {"token-malformed": CERTAIN}),
        ('{"payload":"eyJ","signatures":[{"signature":"abc"}]}', {"token-malformed": CERTAIN}),
        ("Authorization: Bearer abc.def.ghi", {"token-malformed": CERTAIN}),
        ("Authorization: Bearer ab|cd", {}),
        ("GET /a HTTP/1.1\nHost: x.example\nAuthorization: Bearer ab|cd\n", {"token-malformed": CERTAIN}),
        (TOKEN, {}),
        (mint("jwt ellipsis"), {"token-redacted": POSSIBLE}),
    ],
)
def test_a_token_that_is_not_whole(text: str, found: dict[str, object]) -> None:
    assert found_by(LINE, text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{HEADER}.{PAYLOAD}", "The signature, the third part, is missing."),
        (f"{HEADER}.{PAYLOAD[:100]}", "The token ends inside its second part."),
        (HEADER, "Only one part of the token is there"),
        (TOKEN[3:], "it should begin with `eyJ`"),
        (TOKEN[:-20], "the signature has 322 characters and cannot be whole."),
        (TOKEN[:512], "Its length is exactly 512 characters, like a field's limit: widen that field."),
    ],
)
def test_what_is_said_of_a_cut_token(text: str, words: str) -> None:
    assert words in said_by(LINE, "token-truncated", text)


@pytest.mark.parametrize("length", [255, 256, 500, 512, 1000, 1024])
def test_lengths_of_fields_are_known(length: int) -> None:
    assert f"exactly {length:,} characters" in said_by(LINE, "token-truncated", TOKEN[:length])
    assert "exactly" not in said_by(LINE, "token-truncated", TOKEN[: length - 2])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{HEADER}..{SIGNATURE}", "a detached JWS (RFC 7515 appendix F)"),
        ('{"payload":"eyJ","signature":"abc"}', "its JSON serialization (RFC 7515 section 7.2)"),
        (f"{TOKEN}.abc", "more than three parts"),
        ("Authorization: Bearer hello", "The value has 5 characters"),
        (f"Authorization: Bearer eyJ{'a' * 70_000}", "longer than 65,536 characters"),
    ],
)
def test_what_is_said_of_a_broken_one(text: str, words: str) -> None:
    assert words in said_by(LINE, "token-malformed", text)


def test_underscores_eaten_by_italics_are_no_cut() -> None:
    eaten = next(
        token
        for token in (mint("jwt replace=_:", str(seed)) for seed in range(200))
        if 300 < len(token.split(".")[2]) < 342
    )

    assert found_by(LINE, eaten) == {"token-markup": POSSIBLE}
    assert "italics" in said_by(LINE, "token-markup", eaten)
