from collections.abc import Mapping

import pytest

from bot.report import Outcome
from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, curl, found_by, mint, said_by, state_of

LINE = "claims"
CURRENT = "https://rolodex.api.rhythmsoftware.com/contacts/current"
PREFIX = "http://rhythmsoftware.com/"


@pytest.mark.parametrize(
    ("directive", "found"),
    [
        ("jwt", {}),
        ("m2m", {}),
        ("jwt -contact", {}),
        ("jwt -tenant", {"tenant-id-missing": CERTAIN}),
        ('jwt tenant=""', {"tenant-id-missing": CERTAIN}),
        ("jwt tenant=undefined", {"tenant-id-missing": CERTAIN}),
        ("jwt tenant=5", {}),
        ("m2m -tenant", {"tenant-id-missing": LIKELY}),
        ("jwt -customer", {"customer-id-missing": POSSIBLE}),
        ("jwt -customer -tenant", {"tenant-id-missing": CERTAIN, "customer-id-missing": POSSIBLE}),
        ("jwt -tenant cut=-20", {"tenant-id-missing": CERTAIN}),
        ("jwt -tenant cut=-700", {}),
        ("jwt -tenant claims", {"tenant-id-missing": CERTAIN}),
        ("opaque", {}),
    ],
)
def test_rhythms_own_claims(directive: str, found: dict[str, object]) -> None:
    assert found_by(LINE, mint(directive)) == found


@pytest.mark.parametrize(
    ("claim", "near"),
    [
        ("tenant_id=acme.org", "tenant_id"),
        ("tenantId=acme.org", "tenantId"),
        ("https://rhythmsoftware.com/tenant_id=acme.org", "https://rhythmsoftware.com/tenant_id"),
        ("http://www.rhythmsoftware.com/tenant_id=acme.org", "http://www.rhythmsoftware.com/tenant_id"),
        ("rhythm:tenant_id=acme.org", "rhythm:tenant_id"),
        ('app_metadata={"tenant_id":"acme.org"}', "app_metadata.tenant_id"),
        ('user_metadata={"rhythm":{"tenant_id":"acme.org"} }', "user_metadata.rhythm.tenant_id"),
    ],
)
def test_a_claim_under_another_name_is_misnamed(claim: str, near: str) -> None:
    token = mint(f"jwt -tenant {claim}")

    assert found_by(LINE, token)["claims-misnamed"] is CERTAIN
    assert f"under `{near}`" in said_by(LINE, "claims-misnamed", token)
    assert f"`{PREFIX}tenant_id` (http, no `www`)" in said_by(LINE, "claims-misnamed", token)


def test_claims_on_the_id_token_alone_are_misplaced() -> None:
    def found(access: str, other: str) -> Mapping[str, object]:
        return found_by(LINE, f'{{"access_token":"{mint(access)}","id_token":"{mint(other, "other")}"}}')

    assert found("jwt -tenant", "id")["claims-misnamed"] is LIKELY
    assert "claims-misnamed" not in found("jwt", "id")
    assert "claims-misnamed" not in found("jwt -tenant", "id -tenant")
    assert "claims-misnamed" not in found("jwt -tenant", "id iss=https://other.us.auth0.com/")


def test_so_is_a_contact() -> None:
    assert "claims-misnamed" in found_by(LINE, mint("jwt -contact contact_id=c-1"))


@pytest.mark.parametrize(
    "claim",
    [
        "https://other.example/tenant_id=x",
        'tenant_id=""',
        "tenant_id=5",
        'app_metadata={"tenant_id":5}',
        "the_tenant=x",
        "org_tenant_identifier=x",
    ],
)
def test_what_only_looks_like_one_is_not(claim: str) -> None:
    assert "claims-misnamed" not in found_by(LINE, mint(f"jwt -tenant {claim}"))


def test_a_name_that_is_there_as_well_is_no_fault() -> None:
    assert found_by(LINE, mint("jwt tenant_id=acme.org")) == {}


@pytest.mark.parametrize(
    ("url", "is_found"),
    [
        (CURRENT, True),
        ("https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current", True),
        ("https://rolodex.api.rhythmsoftware.com/Contacts/Current/", True),
        ("https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search", False),
        ("https://rolodex.api.rhythmsoftware.com/contacts/a/b/current", False),
        ("https://rolodex.api.rhythmsoftware.com/organizations/current", False),
        ("https://rolodex.api.rhythmsoftware.com/", False),
    ],
)
def test_a_machine_has_no_contact_of_its_own(url: str, is_found: bool) -> None:
    found = found_by(LINE, curl(f"Bearer {mint('m2m')}", url))

    assert found == ({"m2m-token-without-contact": CERTAIN} if is_found else {})


def test_a_person_and_a_machine_with_a_contact_may_ask_for_it() -> None:
    assert found_by(LINE, curl(f"Bearer {mint('jwt -contact')}", CURRENT)) == {}
    assert found_by(LINE, curl(f"Bearer {mint('m2m contact=c-1')}", CURRENT)) == {}


def test_of_few_decoded_claims_nothing_is_missing() -> None:
    assert found_by(LINE, '{"iss": "https://acme.us.auth0.com/", "aud": "x", "exp": 1}') == {}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (mint("jwt"), (Outcome.PASSED, "`tenant_id`, `customer_id`, `contact_id`")),
        (mint("m2m"), (Outcome.PASSED, "`tenant_id`, `customer_id`; a machine has no contact")),
        (mint("jwt -contact"), (Outcome.WARNING, "`contact_id` is missing: see First login")),
        (mint("jwt -tenant -customer"), (Outcome.PASSED, "`contact_id`")),
        (mint("jwt -tenant -customer -contact"), (Outcome.PASSED, "none")),
        (mint("opaque"), (Outcome.SKIPPED, "they cannot be read from this value")),
        (mint("jwt cut=-700"), (Outcome.SKIPPED, "they cannot be read from this value")),
        ("", (Outcome.SKIPPED, "no token given")),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    assert state_of(LINE, text) == state
