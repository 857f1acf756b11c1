import time

import httpx
import jwt

from bot.local.auth0 import Issuer
from bot.local.authorization_server import KEY_SET_PATH, AuthorizationServer


async def published(server: AuthorizationServer) -> set[str]:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{server.url}{KEY_SET_PATH}")
    assert answer.headers["content-type"].startswith("application/json")
    return {key["kid"] for key in answer.json()["keys"]}


async def test_its_issuer_is_its_own_address_unless_one_is_given() -> None:
    async with AuthorizationServer() as server:
        assert server.issuer.url == f"{server.url}/"
        assert await published(server) == {server.issuer.key_id}
    given = Issuer()
    async with AuthorizationServer(given) as server:
        assert server.issuer is given


async def test_rotation_takes_the_old_key_away_or_keeps_it() -> None:
    async with AuthorizationServer() as server:
        first, second = server.issuer, server.rotate()
        assert await published(server) == {second.key_id}
        assert second.url == first.url
        third = server.rotate(keep=True)
        assert await published(server) == {second.key_id, third.key_id}


async def test_nothing_else_is_there() -> None:
    async with AuthorizationServer() as server, httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{server.url}/userinfo")).status_code == 404
        assert [asked.kind for asked in server.asked] == ["other"]


def test_a_tenant_that_moves_keeps_its_key() -> None:
    here = Issuer()
    there = here.at("example-org.eu.auth0.com")
    token = there.mint(now=time.time())

    assert there.key_id == here.key_id
    assert jwt.decode(token, options={"verify_signature": False})["iss"] == "https://example-org.eu.auth0.com/"
