"""Rhythm's services: their hosts, the resources each one serves, and their pages in the API reference.

Source: the Servers lists and tags of the vendor's API reference. A resource is the first segment of a path, in camel
case;
its second segment is the tenant id in almost every operation.
"""

from functools import cache
from typing import NamedTuple

from bot.settings import Settings
from bot.url import URL, read_url

PRODUCTION_SUFFIX = ".api.rhythmsoftware.com"
AUDIENCE_HOST = "api.rhythmsoftware.com"
DOCS_HOST = "docs.api.rhythmsoftware.com"
CLAIM_PREFIX = "http://rhythmsoftware.com/"


class Service(NamedTuple):
    """One service: its name (the first label of its host), its title in the reference, and its resources."""

    name: str
    title: str
    resources: frozenset[str]

    @property
    def reference(self) -> str:
        """The address of the service's part of the API reference."""
        return f"https://{DOCS_HOST}/apis/{self.name}/{self.name}-v1"


def _service(name: str, title: str, resources: str) -> Service:
    return Service(name, title, frozenset(resources.split()))


SERVICES: tuple[Service, ...] = (
    _service(
        "rolodex",
        "Rolodex (Contacts & Organizations)",
        "contacts organizations contactRoles contactDirectories contactLoginProfiles contactDuplicates addressTypes"
        " phoneNumberTypes customActivities engagementScores regionConfigurations accountDelegationProcesses"
        " queryDefinitions",
    ),
    _service(
        "membership",
        "Membership",
        "memberships packages billingNotices billingRuns billingTemplates sections chapters addOns applications"
        " applicationProcesses ballots elections coupons directories queryDefinitions",
    ),
    _service(
        "events",
        "Events (Meetings & Shows)",
        "events abstracts registrationProcesses sessions registrations registrationGroups sponsors sponsorLevels"
        " exhibitors exhibitorBooths abstractReviews coupons queryDefinitions",
    ),
    _service(
        "collect",
        "Collect (Finance & Billing)",
        "invoices payments batches batchPosting credits creditMemos debitMemos businessUnits bankAccounts fiscalYears"
        " billingNotices billingRuns billingTemplates exchangeRates queryDefinitions",
    ),
    _service(
        "commerce",
        "Commerce (Orders & Inventory)",
        "orders productInventories coupons couponCodeGenProcesses carts cancellations entitlements merchandise stores"
        " queryDefinitions",
    ),
    _service(
        "certifications",
        "Certifications",
        "certifications fees activities applications applicationProcesses courses courseOfferings courseRegistrations"
        " credits examSites examOfferings coupons billingNotices billingRuns billingTemplates"
        " queryDefinitions",
    ),
    _service("committees", "Committees", "committees memberships nominations"),
    _service(
        "awards",
        "Awards & Nominations",
        "awards nominationProcesses types applications applicationProcesses nominations nominees recipients references"
        " reviews categories coupons queryDefinitions",
    ),
    _service(
        "fundraising",
        "Fundraising",
        "gifts pledgeLevels pledges donors funds campaigns appeals givingProcesses billingNotices billingRuns"
        " billingTemplates queryDefinitions",
    ),
    _service(
        "careers", "Career Center", "jobPostingProcesses jobPostings jobBoards jobPostingApplications employerProfiles"
    ),
    _service(
        "platform",
        "Platform (settings, custom fields, forms, saved queries)",
        "customQueryDefinitions serviceMetadata serviceConfigurations pageLayouts taskTypes customizationConfigSettings"
        " webForms customFields savedQueries tasks",
    ),
    _service("system", "System (queries over all services)", "queries stepFunctions"),
)

SPONSORSHIP = "sponsorship"
"""A thirteenth service whose reference was not readable.

Its host is known by the naming rule, its resources are not.
"""

MARKETING_NAMES: dict[str, str] = {
    "finance": "collect",
    "billing": "collect",
    "payments": "collect",
    "invoices": "collect",
    "contacts": "rolodex",
    "contact": "rolodex",
    "organizations": "rolodex",
    "orders": "commerce",
    "store": "commerce",
    "meetings": "events",
    "event": "events",
    "career": "careers",
    "jobs": "careers",
    "certification": "certifications",
    "committee": "committees",
    "award": "awards",
    "member": "membership",
    "members": "membership",
    "memberships": "membership",
    "queries": "system",
}
"""Names that people try as a host's first label, and the service they mean."""

_NAMES = (*(service.name for service in SERVICES), SPONSORSHIP)
_BY_NAME = {service.name: service for service in SERVICES}


def service_named(name: str) -> Service | None:
    """The service of that name; None for a name without a readable reference."""
    return _BY_NAME.get(name)


def service_names() -> tuple[str, ...]:
    """Every service's name, the sponsorship service included."""
    return _NAMES


def owners(resource: str) -> tuple[Service, ...]:
    """The services that serve a resource (a path's first segment, compared exactly); several for shared names."""
    return _owners().get(resource, ())


@cache
def _owners() -> dict[str, tuple[Service, ...]]:
    found: dict[str, tuple[Service, ...]] = {}
    for service in SERVICES:
        for resource in service.resources:
            found[resource] = (*found.get(resource, ()), service)
    return found


def service_of_host(host: str, settings: Settings) -> str | None:
    """The service that a host belongs to, in production or by the operator's URL template; None for any other host.

    ``host`` is in lower case; a port behind it does not count.
    """
    name, _, _ = host.partition(":")
    label = name.removesuffix(PRODUCTION_SUFFIX)
    if label != name and label in service_names():
        return label
    if "{service}" in settings.rhythm_api_url.split("://", 1)[-1].split("/", 1)[0]:
        for service, configured in _configured(settings.rhythm_api_url).items():
            if configured.host == name:
                return service
    return None


def is_configured_host(host: str, port: int | None, settings: Settings) -> bool:
    """Whether host and port are those of the operator's URL template, for some service."""
    return any(
        configured.host == host and configured.port in {None, port}
        for configured in _configured(settings.rhythm_api_url).values()
    )


@cache
def _configured(template: str) -> dict[str, URL]:
    """Each service's address by the operator's URL template."""
    urls = {service: read_url(template.replace("{service}", service)) for service in service_names()}
    return {service: url for service, url in urls.items() if url}


def resource_path(host: str, segments: tuple[str, ...], settings: Settings) -> tuple[str | None, tuple[str, ...]]:
    """The service and the segments from the resource on, for a request's host and path segments.

    Where the operator's template puts the service into the path (``http://127.0.0.1:9000/{service}``) it is taken
    off there.
    """
    service = service_of_host(host, settings)
    if service:
        return service, segments
    if segments and segments[0] in service_names():
        configured = _configured(settings.rhythm_api_url).get(segments[0])
        if configured and configured.host == host and configured.segments == (segments[0],):
            return segments[0], segments[1:]
    return None, segments


def base_url(service: str, settings: Settings) -> str:
    """The base URL of a service, without a slash at its end."""
    return settings.rhythm_api_url.replace("{service}", service)
