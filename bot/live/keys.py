"""JWK Sets of issuers (RFC 7517), and whether a token's signature fits a key of one (RFC 7515 section 5.2).

The algorithm is the key's own, never the token's (RFC 8725 section 3.1), and a shared secret is no key here. PyJWT
verifies; it is imported by this module alone.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt

from bot.live.client import Client, UnlearntError
from bot.observation import Observation, Question
from bot.token import decode_bytes

KEPT_SECONDS = 600.0
SETS_MOST = 64
KEYS_MOST = 50
"""How long key sets are kept, how many of them, and how many keys of each."""
VALUE_MOST = 1_366
"""Characters of a member of a key: an RSA modulus of 8192 bits. Larger ones only cost time."""
RSA_BITS_LEAST = 2_048
"""Bits of an RSA key that is not weak (RFC 7518 section 3.3)."""
_PUBLIC_MEMBERS = ("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y")
_ASYMMETRIC = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})


@dataclass(frozen=True)
class Key:
    """A public key that verifies signatures, and its size in bits where that says how strong it is (RSA), else 0."""

    key_id: str | None
    algorithm: str
    bits: int
    jwk: jwt.PyJWK

    def fits(self, signed: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's."""
        return bool(self.jwk.Algorithm.verify(signed, self.jwk.key, signature))


Keys = tuple[Key, ...]


class KeySets:
    """The key sets of issuers, asked for when they are needed. ``clock`` gives seconds."""

    def __init__(self, client: Client, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Keys]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[Keys]] = {}

    async def verify(self, question: Question) -> Observation:
        """Verify a token's signature. A key that is not in a kept set is looked for in a new one, once."""
        try:
            kept = self._kept_set(question.key_set)
            keys = kept if kept is not None else await self._fetched(question.key_set)
            if kept is not None and not candidates(keys, question):
                keys = await self._fetched(question.key_set)
        except UnlearntError as error:
            return Observation("keys", failure=error.reason, retry_after=error.retry_after)
        return judge(keys, question)

    async def aclose(self) -> None:
        """Stop asking."""
        for task in self._asking.values():
            task.cancel()

    def _kept_set(self, url: str) -> Keys | None:
        at, keys = self._kept.get(url, (0.0, ()))
        if not keys or self._clock() - at >= KEPT_SECONDS:
            return None
        self._kept.move_to_end(url)
        return keys

    async def _fetched(self, url: str) -> Keys:
        """A set as it is now. Diagnoses that come together ask once."""
        task = self._asking.get(url)
        if task is None:
            task = self._asking[url] = asyncio.create_task(self._fetch(url))
            task.add_done_callback(lambda done: self._end(url, done))
        return await asyncio.shield(task)

    def _end(self, url: str, done: asyncio.Task[Keys]) -> None:
        del self._asking[url]
        if not done.cancelled():
            done.exception()  # whoever still waits gets it; asyncio need not complain where nobody does

    async def _fetch(self, url: str) -> Keys:
        answer = await self._client.ask(url)
        if answer.status != 200:
            raise UnlearntError(f"{answer.status}: it publishes no key set there")
        keys = read_keys(answer.body)
        if not keys:
            raise UnlearntError("what it publishes holds no usable key")
        self._kept[url] = (self._clock(), keys)
        self._kept.move_to_end(url)
        while len(self._kept) > SETS_MOST:
            self._kept.popitem(last=False)
        return keys


def read_keys(body: object) -> Keys:
    """The usable public keys of a JWK Set (RFC 7517 section 5: what is not understood is passed over)."""
    listed = body.get("keys") if isinstance(body, dict) else None
    if not isinstance(listed, list):
        return ()
    read = (_key(member) for member in listed[:KEYS_MOST] if isinstance(member, dict))
    return tuple(key for key in read if key is not None)


def candidates(keys: Keys, question: Question) -> Keys:
    """The keys that may have signed a token: those of its key id; all where it names none (RFC 7515 section 4.1.4)."""
    return tuple(key for key in keys if question.key_id is None or key.key_id == question.key_id)


def judge(keys: Keys, question: Question) -> Observation:
    """What a key set says of a token."""
    named = candidates(keys, question)
    if not named:
        return Observation("keys", 200, facts=frozenset({"key-unknown"}))
    usable = [key for key in named if key.algorithm == question.algorithm]
    if not usable:
        return Observation("keys", failure="the key is for another algorithm than the token names")
    signed, _, signature = question.compact.rpartition(".")
    decoded = decode_bytes(signature)
    fitting = [key for key in usable if decoded and key.fits(signed.encode("ascii", "replace"), decoded)]
    if not fitting:
        return Observation(
            "keys", 200, facts=frozenset({"key-unknown" if question.key_id is None else "signature-wrong"})
        )
    weak = {"weak-key"} if 0 < fitting[0].bits < RSA_BITS_LEAST else set()
    return Observation("keys", 200, facts=frozenset({"signature-fits"} | weak))


def _key(member: dict[str, Any]) -> Key | None:
    public = {name: value for name, value in member.items() if name in _PUBLIC_MEMBERS and isinstance(value, str)}
    if public.get("kty") not in {"RSA", "EC", "OKP"} or public.get("use", "sig") != "sig":
        return None
    if any(len(value) > VALUE_MOST for value in public.values()):
        return None
    try:
        jwk = jwt.PyJWK(public)
    except (jwt.PyJWTError, ValueError, TypeError, LookupError, ArithmeticError):
        return None
    if jwk.algorithm_name not in _ASYMMETRIC:
        return None
    bits = jwk.key.key_size if jwk.key_type == "RSA" else 0
    return Key(public.get("kid"), jwk.algorithm_name, bits, jwk)
