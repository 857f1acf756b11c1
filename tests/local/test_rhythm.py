"""The stand-in of the Rhythm API: routes first, then the token, then whose data it is."""

import time
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.local.auth0 import CONTACT_ID, Issuer
from bot.local.rhythm import DENIED, UNKNOWN_ROUTE, Rhythm
from bot.services import SERVICES, Service


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
async def rhythm(issuer: Issuer) -> AsyncIterator[Rhythm]:
    async with Rhythm(issuer.jwks) as rhythm:
        yield rhythm


async def said(rhythm: Rhythm, path: str, token: str = "", service: str = "rolodex") -> tuple[int, object]:
    url = f"{rhythm.api_url.replace('{service}', service)}{path}"
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    return answer.status_code, answer.json()


UNAUTHORIZED = (401, {"message": "Unauthorized"})


@pytest.mark.parametrize(
    "path", ["/contacts/current", "/contacts/example.org/current", "/contacts/example.org/con_example_ada"]
)
async def test_a_linked_contact(rhythm: Rhythm, issuer: Issuer, path: str) -> None:
    token = issuer.mint(now=time.time())

    assert await said(rhythm, path, token) == (200, {"id": "con_example_ada", "tenant_id": "example.org"})


async def test_a_login_without_contact_is_answered_as_the_guide_says(rhythm: Rhythm, issuer: Issuer) -> None:
    token = issuer.mint(claims={CONTACT_ID: None}, now=time.time())

    assert await said(rhythm, "/contacts/current", token) == UNAUTHORIZED
    assert (await said(rhythm, "/contacts/example.org/emailAddress/a@example.org", token))[0] == 404
    rhythm.linked.add("auth0|example0000000000000ada")
    assert (await said(rhythm, "/contacts/current", token))[0] == 200


@pytest.mark.parametrize(
    ("kind", "claims"),
    [
        ("access", {"aud": "https://api.example.org"}),
        ("access", {"exp": 1}),
        ("id", {}),
        ("hs256", {}),
        ("unsigned", {}),
    ],
)
async def test_tokens_that_are_refused(rhythm: Rhythm, issuer: Issuer, kind: str, claims: dict[str, object]) -> None:
    token = issuer.mint(kind, claims, now=time.time())  # type: ignore[arg-type]  # kinds of tokens, as texts

    assert await said(rhythm, "/contacts/current", token) == UNAUTHORIZED


async def test_a_token_of_another_key_and_none_at_all(rhythm: Rhythm, issuer: Issuer) -> None:
    assert await said(rhythm, "/contacts/current", Issuer().mint(now=time.time())) == UNAUTHORIZED
    assert await said(rhythm, "/contacts/current", "invalid") == UNAUTHORIZED
    assert await said(rhythm, "/contacts/current") == UNAUTHORIZED


async def test_another_tenant_is_denied_explicitly(rhythm: Rhythm, issuer: Issuer) -> None:
    assert await said(rhythm, "/contacts/example.com/current", issuer.mint(now=time.time())) == (
        403,
        {"message": DENIED},
    )


@pytest.mark.parametrize(
    ("service", "path"), [("rolodex", "/invoices/example.org"), ("finance", "/contacts/current"), ("rolodex", "/")]
)
async def test_an_unknown_route_is_found_out_before_the_token_is_looked_at(
    rhythm: Rhythm, service: str, path: str
) -> None:
    assert await said(rhythm, path, service=service) == (403, {"message": UNKNOWN_ROUTE})


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
async def test_every_service_answers_for_its_resources(rhythm: Rhythm, issuer: Issuer, service: Service) -> None:
    token = issuer.mint("machine", now=time.time())
    for resource in service.resources - {"contacts"}:
        assert await said(rhythm, f"/{resource}/example.org", token, service.name) == (200, {"Count": 0, "Items": []})


async def test_kinds_of_questions(rhythm: Rhythm, issuer: Issuer) -> None:
    token = issuer.mint(now=time.time())
    for path, sent in (
        ("/contacts/current", token),
        ("/contacts/current", ""),
        ("/contacts/current", "invalid"),
        ("/contacts/example.org/current", token),
        ("/contacts/example.org/emailAddress/a@example.org", token),
        ("/contacts/example.org", token),
    ):
        await said(rhythm, path, sent)

    kinds = ["who-am-i", "baseline", "baseline", "who-am-i-tenant", "any-contact", "other"]
    assert [asked.kind for asked in rhythm.asked] == kinds
