import pytest

from bot.services import (
    MARKETING_NAMES,
    SERVICES,
    SPONSORSHIP,
    base_url,
    is_configured_host,
    owners,
    resource_path,
    service_named,
    service_names,
    service_of_host,
)
from bot.settings import Settings
from tests.diagnosing import DEFAULTS

STAGING = Settings(rhythm_api_url="https://{service}.staging.example.org")
IN_PATH = Settings(rhythm_api_url="http://127.0.0.1:9000/{service}")


def test_there_are_the_twelve_services_of_the_reference_and_sponsorship() -> None:
    assert service_names() == (
        *("rolodex", "membership", "events", "collect", "commerce", "certifications"),
        *("committees", "awards", "fundraising", "careers", "platform", "system", "sponsorship"),
    )


def test_a_service_has_its_page_in_the_reference() -> None:
    rolodex = service_named("rolodex")

    assert rolodex is not None
    assert rolodex.reference == "https://docs.api.rhythmsoftware.com/apis/rolodex/rolodex-v1"
    assert service_named(SPONSORSHIP) is None
    assert service_named("") is None


@pytest.mark.parametrize(
    ("resource", "names"),
    [
        ("contacts", ("rolodex",)),
        ("memberships", ("membership", "committees")),
        ("invoices", ("collect",)),
        ("credits", ("collect", "certifications")),
        ("nominations", ("committees", "awards")),
        ("billingRuns", ("membership", "collect", "certifications", "fundraising")),
        ("Contacts", ()),
        ("contact", ()),
        ("", ()),
    ],
)
def test_a_resource_is_owned_by_the_services_that_serve_it(resource: str, names: tuple[str, ...]) -> None:
    assert tuple(service.name for service in owners(resource)) == names


def test_names_that_people_try_mean_services_that_exist_and_are_none_themselves() -> None:
    assert set(MARKETING_NAMES.values()) <= set(service_names())
    assert set(MARKETING_NAMES) & set(service_names()) == set()


@pytest.mark.parametrize("name", service_names())
def test_every_service_has_its_production_host(name: str) -> None:
    assert service_of_host(f"{name}.api.rhythmsoftware.com", DEFAULTS) == name
    assert base_url(name, DEFAULTS) == f"https://{name}.api.rhythmsoftware.com"


@pytest.mark.parametrize(
    "host",
    [
        "api.rhythmsoftware.com",
        "docs.api.rhythmsoftware.com",
        "finance.api.rhythmsoftware.com",
        "rolodex.rhythmsoftware.com",
        "rolodex.api.rhythmsoftware.com.example.org",
        "x.rolodex.api.rhythmsoftware.com",
        "rolodex",
        "",
    ],
)
def test_other_hosts_belong_to_no_service(host: str) -> None:
    assert service_of_host(host, DEFAULTS) is None


def test_a_port_changes_nothing_in_whose_host_it_is() -> None:
    assert service_of_host("rolodex.api.rhythmsoftware.com:443", DEFAULTS) == "rolodex"


def test_a_configured_host_is_as_good_as_production_and_production_stays_known() -> None:
    assert service_of_host("collect.staging.example.org", STAGING) == "collect"
    assert service_of_host("collect.api.rhythmsoftware.com", STAGING) == "collect"
    assert service_of_host("collect.staging.example.org", DEFAULTS) is None
    assert base_url("collect", STAGING) == "https://collect.staging.example.org"


def test_a_configured_host_counts_with_its_port() -> None:
    assert is_configured_host("127.0.0.1", 9000, IN_PATH)
    assert not is_configured_host("127.0.0.1", 9001, IN_PATH)
    assert not is_configured_host("127.0.0.1", None, IN_PATH)
    assert is_configured_host("events.staging.example.org", None, STAGING)
    assert is_configured_host("events.staging.example.org", 8443, STAGING)
    assert not is_configured_host("staging.example.org", None, STAGING)


def test_the_path_begins_with_the_resource() -> None:
    assert resource_path("rolodex.api.rhythmsoftware.com", ("contacts", "acme.org"), DEFAULTS) == (
        "rolodex",
        ("contacts", "acme.org"),
    )
    assert resource_path("proxy.example.org", ("contacts", "acme.org"), DEFAULTS) == (None, ("contacts", "acme.org"))


def test_a_service_in_the_path_is_taken_off_where_the_template_puts_it_there() -> None:
    assert resource_path("127.0.0.1", ("rolodex", "contacts"), IN_PATH) == ("rolodex", ("contacts",))
    assert resource_path("127.0.0.1", ("contacts", "current"), IN_PATH) == (None, ("contacts", "current"))
    assert resource_path("127.0.0.2", ("rolodex", "contacts"), IN_PATH) == (None, ("rolodex", "contacts"))
    assert resource_path("api.rhythmsoftware.com", ("rolodex", "contacts"), DEFAULTS) == (None, ("rolodex", "contacts"))


def test_no_resource_stands_twice_and_every_service_serves_some() -> None:
    assert [service.name for service in SERVICES if not service.resources] == []
    assert len({service.name for service in SERVICES}) == len(SERVICES)
