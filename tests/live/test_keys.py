"""Key sets as values, and the cache of them. That they are asked for through the guard is shown by the prober's tests."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.live.client import Answer
from bot.live.keys import KEPT_SECONDS, KEYS_MOST, SETS_MOST, KeySets, judge, read_keys
from bot.local.auth0 import Issuer
from bot.observation import Question

NOW = 1_790_000_000


def question(token: str, key_set: str = "https://acme.us.auth0.com/.well-known/jwks.json") -> Question:
    header = json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "=="))
    return Question("", "", token, key_set, "", str(header.get("alg", "")), header.get("kid"), "", False, False)


def facts(jwks: object, token: str) -> set[str]:
    return set(judge(read_keys(jwks), question(token)).facts)


def base64url(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).rstrip(b"=").decode()


def rsa_jwk(bits: int, **members: str) -> tuple[rsa.RSAPrivateKey, dict[str, str]]:
    private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    numbers = private.public_key().public_numbers()
    return private, {"kty": "RSA", "kid": "k", "n": base64url(numbers.n), "e": base64url(numbers.e), **members}


def test_the_issuers_key_verifies_and_another_does_not(key: Issuer) -> None:
    token = key.mint(now=NOW)
    other = Issuer().jwks()["keys"][0] | {"kid": key.key_id}

    assert facts(key.jwks(), token) == {"signature-fits"}
    assert facts({"keys": [other]}, token) == {"signature-wrong"}
    assert facts({"keys": [other, *key.jwks()["keys"]]}, token) == {"signature-fits"}  # two keys of one name
    assert facts(Issuer().jwks(), token) == {"key-unknown"}


def test_a_token_without_key_id_is_tried_with_all_keys(key: Issuer) -> None:
    token = key.mint(header={"kid": None}, now=NOW)

    assert facts({"keys": [*Issuer().jwks()["keys"], *key.jwks()["keys"]]}, token) == {"signature-fits"}
    assert facts(Issuer().jwks(), token) == {"key-unknown"}


def test_a_public_key_is_no_shared_secret(key: Issuer) -> None:
    """The classic confusion: a token signed with HMAC, whose secret is the text of the public key."""
    public = jwt.PyJWK(key.jwks()["keys"][0]).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = key.mint(header={"alg": "HS256"}, now=NOW).rpartition(".")[0]
    signature = hmac.new(public, signed.encode(), hashlib.sha256).digest()
    token = f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    seen = judge(read_keys(key.jwks()), question(token))
    assert seen.facts == frozenset()
    assert seen.failure == "the key is for another algorithm than the token names"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512", "PS256", "ES256", ""])
def test_the_tokens_word_for_the_algorithm_is_not_taken(key: Issuer, algorithm: str) -> None:
    seen = judge(read_keys(key.jwks()), question(key.mint(header={"alg": algorithm}, now=NOW)))

    assert (seen.facts, bool(seen.failure)) == (frozenset(), True)


def test_shared_secrets_and_keys_for_encryption_are_no_keys(key: Issuer) -> None:
    secret = {"kty": "oct", "kid": "k", "k": "c2VjcmV0", "alg": "HS256"}
    sealing = key.jwks()["keys"][0] | {"use": "enc"}

    assert read_keys({"keys": [secret, sealing]}) == ()


@pytest.mark.parametrize(
    "jwks",
    [
        *(None, [], {}, {"keys": None}, {"keys": {}}, {"keys": ["a", 1, None]}, {"keys": [{}]}, {"keys": [{"kty": 1}]}),
        {"keys": [{"kty": "RSA", "n": "!", "e": "AQAB"}]},
        {"keys": [{"kty": "RSA", "n": "", "e": ""}]},
        {"keys": [{"kty": "RSA", "n": "A" * 4000, "e": "AQAB"}]},
        {"keys": [{"kty": "RSA", "n": "AQAB", "e": "A" * 4000}]},
        {"keys": [{"kty": "RSA", "n": ["AQAB"], "e": "AQAB"}]},
        {"keys": [{"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}]},
        {"keys": [{"kty": "EC", "crv": "P-999", "x": "AQ", "y": "AQ"}]},
        {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AQ"}]},
        {"keys": [{"kty": "XYZ"}]},
    ],
)
def test_what_is_no_usable_key_is_passed_over(jwks: object) -> None:
    assert read_keys(jwks) == ()


@pytest.mark.parametrize(("bits", "read"), [(8_192, 1), (8_208, 0)])
def test_a_key_that_only_costs_time_is_passed_over(bits: int, read: int) -> None:
    large = {"kty": "RSA", "n": base64url((1 << (bits - 1)) + 1), "e": "AQAB", "alg": "RS256"}

    assert len(read_keys({"keys": [large]})) == read


def test_only_so_many_keys_of_a_set_are_read(key: Issuer) -> None:
    assert len(read_keys({"keys": key.jwks()["keys"] * 200})) == KEYS_MOST


def test_a_published_private_key_is_read_as_the_public_one(key: Issuer) -> None:
    numbers = key._key.private_numbers()
    private = key.jwks()["keys"][0] | {"d": base64url(numbers.d), "p": base64url(numbers.p), "q": base64url(numbers.q)}
    (read,) = read_keys({"keys": [private]})

    assert isinstance(read.jwk.key, rsa.RSAPublicKey)


def test_a_weak_key_is_named() -> None:
    private, jwk = rsa_jwk(1024, alg="RS256")
    with pytest.warns(jwt.InsecureKeyLengthWarning):
        token = jwt.encode({"a": "b"}, private, algorithm="RS256", headers={"kid": "k"})

    assert facts({"keys": [jwk]}, token) == {"signature-fits", "weak-key"}


@pytest.mark.parametrize("algorithm", ["RS384", "PS256", "PS512"])
def test_keys_of_other_algorithms_verify_by_their_own(algorithm: str) -> None:
    private, jwk = rsa_jwk(2048, alg=algorithm)
    token = jwt.encode({"a": "b"}, private, algorithm=algorithm, headers={"kid": "k"})

    assert facts({"keys": [jwk]}, token) == {"signature-fits"}


def test_a_key_that_names_no_algorithm_has_the_usual_one_of_its_type() -> None:
    private, jwk = rsa_jwk(2048)

    assert facts({"keys": [jwk]}, jwt.encode({}, private, algorithm="RS256", headers={"kid": "k"})) == {
        "signature-fits"
    }
    assert facts({"keys": [jwk]}, jwt.encode({}, private, algorithm="RS512", headers={"kid": "k"})) == set()


@pytest.mark.parametrize(
    ("private", "algorithm"),
    [(ec.generate_private_key(ec.SECP256R1()), "ES256"), (ed25519.Ed25519PrivateKey.generate(), "EdDSA")],
)
def test_elliptic_curves(private: Any, algorithm: str) -> None:
    jwk = jwt.get_algorithm_by_name(algorithm).to_jwk(private.public_key(), as_dict=True) | {"kid": "k"}
    token = jwt.encode({"a": "b"}, private, algorithm=algorithm, headers={"kid": "k"})
    short = f"{token[: token.rindex('.')]}.{'A' * 20}"

    assert facts({"keys": [jwk]}, token) == {"signature-fits"}
    assert facts({"keys": [jwk]}, short) == {"signature-wrong"}


@pytest.mark.parametrize("signature", ["", "A", "!!!!", "é" * 342, "A" * 341, "A" * 342, "A" * 343, "A" * 60_000])
def test_signatures_that_are_none(key: Issuer, signature: str) -> None:
    signed = key.mint(now=NOW).rpartition(".")[0]

    assert facts(key.jwks(), f"{signed}.{signature}") == {"signature-wrong"}


class Publisher:
    """Stands in for the client: gives out what is published, and counts."""

    def __init__(self, published: object) -> None:
        self.published = published
        self.asked: list[str] = []

    async def ask(self, url: str, authorization: str = "") -> Answer:
        assert not authorization
        self.asked.append(url)
        return Answer(200, self.published, "", "")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def sets(publisher: Publisher) -> tuple[KeySets, Clock]:
    clock = Clock()
    client: Any = publisher
    return KeySets(client, clock), clock


async def test_a_set_is_kept_for_ten_minutes(key: Issuer) -> None:
    publisher = Publisher(key.jwks())
    key_sets, clock = sets(publisher)
    asked = question(key.mint(now=NOW))
    for clock.now in (0.0, KEPT_SECONDS - 1):
        assert (await key_sets.verify(asked)).facts == {"signature-fits"}
    assert len(publisher.asked) == 1

    clock.now = KEPT_SECONDS
    await key_sets.verify(asked)
    assert len(publisher.asked) == 2


async def test_a_key_that_was_just_looked_for_is_not_looked_for_twice(key: Issuer) -> None:
    publisher = Publisher(Issuer().jwks())
    key_sets, _ = sets(publisher)
    asked = question(key.mint(now=NOW))

    assert (await key_sets.verify(asked)).facts == {"key-unknown"}
    assert len(publisher.asked) == 1
    assert (await key_sets.verify(asked)).facts == {"key-unknown"}
    assert len(publisher.asked) == 2


async def test_so_many_sets_are_kept_and_the_longest_unused_goes_first(key: Issuer) -> None:
    publisher = Publisher(key.jwks())
    key_sets, _ = sets(publisher)
    token = key.mint(now=NOW)
    for number in range(SETS_MOST):
        await key_sets.verify(question(token, f"https://a{number}.auth0.com/"))
    await key_sets.verify(question(token, "https://a0.auth0.com/"))
    await key_sets.verify(question(token, "https://another.auth0.com/"))
    assert len(key_sets._kept) == SETS_MOST
    asked = len(publisher.asked)

    await key_sets.verify(question(token, "https://a0.auth0.com/"))
    assert len(publisher.asked) == asked
    await key_sets.verify(question(token, "https://a1.auth0.com/"))
    assert len(publisher.asked) == asked + 1


@pytest.mark.parametrize("published", [{}, {"keys": []}, "keys"])
async def test_a_set_without_keys_settles_nothing_and_is_not_kept(key: Issuer, published: object) -> None:
    publisher = Publisher(published)
    key_sets, _ = sets(publisher)
    asked = question(key.mint(now=NOW))

    assert (await key_sets.verify(asked)).failure == "what it publishes holds no usable key"
    await key_sets.verify(asked)
    assert len(publisher.asked) == 2


async def test_a_set_that_is_not_there(key: Issuer) -> None:
    class Missing(Publisher):
        async def ask(self, url: str, authorization: str = "") -> Answer:
            return Answer(404, {}, "", "")

    key_sets, _ = sets(Missing({}))
    seen = await key_sets.verify(question(key.mint(now=NOW)))
    assert (seen.status, seen.failure) == (None, "404: it publishes no key set there")


def test_reading_a_large_set_is_quick(key: Issuer) -> None:
    jwks = {"keys": [key.jwks()["keys"][0] | {"kid": str(number)} for number in range(2000)]}
    began = time.perf_counter()
    read_keys(jwks)

    assert time.perf_counter() - began < 0.5
