"""ColdFusion's tags and script calls become the requests that they would send."""

import time

import pytest

from bot.intake.code import coldfusion
from tests.intake.code.readings import fields, line, request, requests

URL = "https://awards.api.rhythmsoftware.com/awards/acme.org"


def test_a_tag_with_its_parameters() -> None:
    text = f"""
<cfhttp url="{URL}" method="post" result="res" timeout=30>
  <cfhttpparam type="header" name="Authorization" value="Bearer #session.token#">
  <cfhttpparam type='url' name="fields" value="id" />
  <cfhttpparam type="body" value='{{"a":{{"b":1}}}}'>
</cfhttp>
"""
    found = request(coldfusion.read, text)

    assert line(found) == ("POST", f"{URL}?fields=id", True)
    assert fields(found) == [("Authorization", "Bearer ‹session.token›")]
    assert (found.body, found.tool) == ('{"a":{"b":1}}', "ColdFusion")


def test_the_same_in_script_whatever_its_values_hold() -> None:
    text = f"""
cfhttp(url="{URL}", method="post", result="res") {{
    cfhttpparam(type="body", value='{{"a":1}}');
    cfhttpparam(type="HEADER", name="X-Auth", value="b");
}}
"""
    found = request(coldfusion.read, text)

    assert (line(found), fields(found)) == (("POST", URL, True), [("X-Auth", "b")])


def test_a_form() -> None:
    text = f'<cfhttp url="{URL}"><cfhttpparam type="formfield" name="grant_type" value="a b"></cfhttp>'

    assert request(coldfusion.read, text).body == "grant_type=a%20b"


def test_a_call_without_parameters_is_whole() -> None:
    assert line(request(coldfusion.read, f'<cfhttp url="{URL}" />')) == ("GET", URL, True)
    assert line(request(coldfusion.read, f'cfhttp(url="{URL}", result="r");')) == ("GET", URL, True)


def test_a_users_name_and_password_are_basic_credentials() -> None:
    found = request(coldfusion.read, f'<cfhttp url="{URL}" username="a" password="b" />')

    assert fields(found) == [("Authorization", "Basic YTpi")]


@pytest.mark.parametrize(
    "text",
    [
        f'<cfhttp url="{URL}"><cfhttpparam type="header" name="A" value="b">',
        f'<cfhttp url="{URL}" attributecollection="#more#" />',
        f'cfhttp(url="{URL}") {{ cfhttpparam(type="header", name="A", value="b" & token); }}',
        f'<cfhttp url="{URL}"><cfhttpparam attributecollection="#a.b()#" type=header() ></cfhttp>',
    ],
)
def test_what_is_not_shown_whole(text: str) -> None:
    assert not request(coldfusion.read, text).whole


def test_a_call_without_an_address_is_none() -> None:
    assert (
        requests(coldfusion.read, '<cfhttp url="#address#"><cfhttpparam type="header" name="A" value="b"></cfhttp>')
        == []
    )


@pytest.mark.parametrize("unit", ["<cfhttp ", '<cfhttp url="', f'<cfhttp url="{URL}"><cfhttpparam ', "cfhttp(a='b', "])
def test_long_texts_take_linear_time(unit: str) -> None:
    started = time.process_time()
    coldfusion.read(unit * 20_000)

    assert time.process_time() - started < 2
