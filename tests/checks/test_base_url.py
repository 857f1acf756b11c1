import pytest

from bot.checks.hosts import is_account_number_host, near_miss
from bot.report import Outcome
from bot.settings import Settings
from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, case_of, curl, found_by, line, mint, raw, said_by, state_of

LINE = "base-url"
TOKEN = mint("jwt tenant=acme.org customer=cus-1 contact=con-1 sub=auth0|0123456789abcdef01234567")
STAGING = Settings(rhythm_api_url="https://{service}.staging.example.org")
LOCAL = Settings(rhythm_api_url="http://127.0.0.1:9000/{service}")
UUID = "0a1b2c3d-0000-4000-a000-000000000000"


def at(url: str, settings: Settings = Settings(), token: str = TOKEN) -> dict[str, object]:  # noqa: B008 - a NamedTuple never changes
    """What the line finds in a call of that URL."""
    return dict(found_by(LINE, curl(f"Bearer {token}", f"'{url}'"), settings))


def on(path: str, service: str = "rolodex", token: str = TOKEN) -> dict[str, object]:
    return at(f"https://{service}.api.rhythmsoftware.com{path}", token=token)


def said(cause: str, url: str) -> str:
    return said_by(LINE, cause, curl(f"Bearer {TOKEN}", f"'{url}'"))


class TestHost:
    @pytest.mark.parametrize(
        ("url", "found"),
        [
            ("https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search", {}),
            ("https://sponsorship.api.rhythmsoftware.com/anything/acme.org", {}),
            (
                "https://docs.api.rhythmsoftware.com/_mock/apis/rolodex/rolodex-v1/contacts/acme.org/search",
                {"docs-mock-host": CERTAIN},
            ),
            ("https://docs.api.rhythmsoftware.com/contacts/current", {"docs-mock-host": CERTAIN}),
            ("https://acme.us.auth0.com/userinfo", {"auth0-host-called": CERTAIN}),
            ("https://api.rhythmsoftware.com/contacts/current", {"audience-used-as-base-url": LIKELY}),
            ("https://api.rhythmsoftware.com/rolodex-v1/contacts/current", {"gateway-style-base-url": LIKELY}),
            ("https://api.rhythmsoftware.com/unknown-v1/contacts/current", {"audience-used-as-base-url": LIKELY}),
            ("https://rolodex.api.123456789012.rhythmsoftware.com/contacts/acme.org", {"non-production-host": LIKELY}),
            ("https://rolodx.api.rhythmsoftware.com/contacts/acme.org", {"unknown-host": CERTAIN}),
            ("https://finance.api.rhythmsoftware.com/invoices/acme.org", {"unknown-host": CERTAIN}),
            ("https://proxy.example.org/contacts/acme.org", {"unknown-host": POSSIBLE}),
            ("http://rolodex.api.rhythmsoftware.com/contacts/acme.org/search", {"plain-http": CERTAIN}),
            ("http://proxy.example.org/a", {"unknown-host": POSSIBLE}),
            ("http://localhost:3000/contacts", {"unknown-host": POSSIBLE}),
            ("https://$HOST/contacts/acme.org/search", {}),
            ("https://{{base}}/contacts/acme.org/search", {}),
        ],
    )
    def test_each_kind_of_host(self, url: str, found: dict[str, object]) -> None:
        assert at(url) == found

    @pytest.mark.parametrize(
        ("cause", "url", "fix"),
        [
            (
                "docs-mock-host",
                "https://docs.api.rhythmsoftware.com/_mock/apis/rolodex/rolodex-v1/contacts/acme.org",
                "Call the same path on the live host: `https://rolodex.api.rhythmsoftware.com/contacts/acme.org`",
            ),
            (
                "docs-mock-host",
                "https://docs.api.rhythmsoftware.com/x",
                "Call the same path on the live host: `https://<service>.api.rhythmsoftware.com/…`",
            ),
            (
                "gateway-style-base-url",
                "https://api.rhythmsoftware.com/collect-v1/invoices/acme.org",
                "Call `https://collect.api.rhythmsoftware.com/invoices/acme.org`.",
            ),
            (
                "audience-used-as-base-url",
                "https://api.rhythmsoftware.com/contacts/current",
                "Call `https://rolodex.api.rhythmsoftware.com/contacts/current`.",
            ),
            ("audience-used-as-base-url", "https://api.rhythmsoftware.com/coupons/acme.org", "the service's own host"),
            (
                "non-production-host",
                "https://events.api.123456789012.rhythmsoftware.com/events/acme.org",
                "Call `https://events.api.rhythmsoftware.com/events/acme.org`.",
            ),
            (
                "unknown-host",
                "https://rolodex.api.rythmsoftware.com/contacts/acme.org",
                "Correct the host to `https://rolodex.api.rhythmsoftware.com`.",
            ),
            (
                "unknown-host",
                "https://finance.api.rhythmsoftware.com/invoices/acme.org",
                "Correct the host to `https://collect.api.rhythmsoftware.com`.",
            ),
            (
                "unknown-host",
                "https://rolodx.api.rhythmsoftware.com/invoices/acme.org",
                "Correct the host to `https://collect.api.rhythmsoftware.com`.",
            ),
            (
                "unknown-host",
                "https://www2.rhythmsoftware.com/coupons/acme.org",
                "Correct the host to `https://<service>.api.rhythmsoftware.com`.",
            ),
            ("unknown-host", "https://proxy.example.org/x", "check that it forwards the Authorization header"),
            (
                "plain-http",
                "http://rolodex.api.rhythmsoftware.com/contacts/acme.org",
                "Call `https://rolodex.api.rhythmsoftware.com/contacts/acme.org`.",
            ),
            (
                "auth0-host-called",
                "https://acme.us.auth0.com/userinfo",
                "`https://rolodex.api.rhythmsoftware.com/contacts/current`",
            ),
        ],
    )
    def test_the_fix_is_the_right_address(self, cause: str, url: str, fix: str) -> None:
        assert fix in said(cause, url)

    def test_a_configured_host_is_as_good_as_rhythms_own(self) -> None:
        assert at("https://rolodex.staging.example.org/contacts/acme.org/search", STAGING) == {}
        assert at("https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search", STAGING) == {}
        assert at("http://127.0.0.1:9000/rolodex/contacts/acme.org/search", LOCAL) == {}
        assert at("https://events.staging.example.org/contacts/acme.org/search", STAGING) == {
            "wrong-service-host": CERTAIN
        }
        assert at("http://127.0.0.1:9000/contacts/acme.org", LOCAL) == {}

    def test_a_path_alone_is_judged_without_its_host(self) -> None:
        text = f"GET /contacts/{{tenantId}}/search HTTP/1.1\nAuthorization: Bearer {TOKEN}\n"

        assert found_by(LINE, text) == {"path-placeholder": CERTAIN}


class TestNearMiss:
    @pytest.mark.parametrize("service", ["rolodex", "careers", "sponsorship"])
    @pytest.mark.parametrize(
        "host",
        [
            "{}.api.rhythmsoftware.con",
            "{}.api.rythmsoftware.com",
            "{}.apis.rhythmsoftware.com",
            "{}.rhythmsoftware.com",
            "api.{}.rhythmsoftware.com",
            "{}.api.rhythmsoftware.com.example.org",
            "{}.api.rhythmsoftware.org",
            "{}-api-rhythmsoftware-com",
            "{}-api.rhythmsoftware.com",
            "{}api.rhythmsoftware.com",
            "{}.api.rhythms0ftware.com",
            "{}.api.rhythmsоftware.com",
            "xn--{}.api.rhythmsoftware.com",
        ],
    )
    def test_a_host_that_is_nearly_a_services(self, service: str, host: str) -> None:
        wrong = host.format(service)
        if wrong.startswith("xn--"):
            wrong = f"{service}.api.rhythmsоftware.com".encode("idna").decode()

        assert near_miss(wrong) == service

    @pytest.mark.parametrize(
        ("host", "meant"),
        [
            ("finance.api.rhythmsoftware.com", "collect"),
            ("contacts.api.rhythmsoftware.com", "rolodex"),
            ("members.rhythmsoftware.com", "membership"),
            ("rolodex-v1.rhythmsoftware.com", "rolodex"),
            ("rolodex-staging.rhythmsoftware.com", "rolodex"),
            ("rolodexx.rhythmsoftware.com", "rolodex"),
            ("something.rhythmsoftware.com", ""),
            ("rhythmsoftware.com", ""),
            ("api.rhythmsoftware.org", ""),
            ("api.rythmsoftware.com", ""),
            ("api.rhythmsoftware.com.example.org", ""),
            ("rolodex.rythmsoftware.com", "rolodex"),
        ],
    )
    def test_other_near_hosts(self, host: str, meant: str) -> None:
        assert near_miss(host) == meant

    @pytest.mark.parametrize(
        "host",
        [
            "example.org",
            "proxy.example.org",
            "rolodex.example.org",
            "localhost",
            "api.algorithmsoftware.com",
            "rhythm.example.com",
            "",
            "xn--zz--zz.example",
        ],
    )
    def test_far_hosts(self, host: str) -> None:
        assert near_miss(host) is None

    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("rolodex.api.123456789012.rhythmsoftware.com", True),
            ("rolodex.api.12345678901.rhythmsoftware.com", False),
            ("rolodex.api.rhythmsoftware.com", False),
        ],
    )
    def test_account_numbers(self, host: str, expected: bool) -> None:
        assert is_account_number_host(host) is expected


class TestPath:
    @pytest.mark.parametrize(
        ("path", "service", "found"),
        [
            ("/invoices/acme.org", "rolodex", {"wrong-service-host": CERTAIN}),
            ("/memberships/acme.org", "rolodex", {"wrong-service-host": CERTAIN}),
            ("/memberships/acme.org", "committees", {}),
            ("/coupons/acme.org", "rolodex", {"wrong-service-host": LIKELY}),
            ("/coupons/acme.org", "events", {}),
            ("/queryDefinitions/acme.org", "careers", {}),
            ("/contacts/acme.org", "sponsorship", {}),
            ("/rolodex-v1/contacts/acme.org", "rolodex", {"unknown-route": LIKELY}),
            ("/v1/contacts/acme.org", "rolodex", {"unknown-route": LIKELY}),
            ("/api/contacts/acme.org", "rolodex", {"unknown-route": LIKELY}),
            ("/Contacts/acme.org", "rolodex", {"unknown-route": LIKELY}),
            ("/contact/acme.org", "rolodex", {"unknown-route": LIKELY}),
            ("/contact-roles/acme.org", "rolodex", {"unknown-route": LIKELY}),
            ("/address_types/acme.org", "rolodex", {"unknown-route": LIKELY}),
            ("/activity/acme.org", "certifications", {"unknown-route": LIKELY}),
            ("/something/acme.org", "rolodex", {}),
            ("/", "rolodex", {}),
            ("", "rolodex", {}),
        ],
    )
    def test_does_the_service_serve_the_resource(self, path: str, service: str, found: dict[str, object]) -> None:
        assert on(path, service) == found

    @pytest.mark.parametrize(
        ("cause", "path", "fix"),
        [
            (
                "wrong-service-host",
                "/invoices/acme.org",
                "Call `https://collect.api.rhythmsoftware.com/invoices/acme.org`.",
            ),
            (
                "wrong-service-host",
                "/memberships/acme.org",
                "Send it to `membership.api.rhythmsoftware.com` or `committees.api.rhythmsoftware.com`",
            ),
            (
                "unknown-route",
                "/v1/contacts/acme.org",
                "Call `https://rolodex.api.rhythmsoftware.com/contacts/acme.org`.",
            ),
            ("unknown-route", "/Contact/acme.org", "Write `/contacts`, in this case and number."),
        ],
    )
    def test_the_fix_is_the_right_path(self, cause: str, path: str, fix: str) -> None:
        assert fix in said(cause, f"https://rolodex.api.rhythmsoftware.com{path}")

    def test_the_links_lead_to_the_services_pages(self) -> None:
        case = case_of(curl(f"Bearer {TOKEN}", "https://rolodex.api.rhythmsoftware.com/memberships/acme.org"))
        (finding,) = line(LINE).find(case)

        assert [link.url for link in finding.links] == [
            "https://docs.api.rhythmsoftware.com/apis/membership/membership-v1",
            "https://docs.api.rhythmsoftware.com/apis/committees/committees-v1",
        ]

    @pytest.mark.parametrize(
        ("path", "words"),
        [("//contacts/acme.org/search", "a doubled slash"), ("/contacts/acme.org/search/", "ends in a slash")],
    )
    def test_odd_slashes_are_possible_faults_of_a_refused_call(self, path: str, words: str) -> None:
        url = f"https://rolodex.api.rhythmsoftware.com{path}"
        refused = f"{raw(f'Bearer {TOKEN}', url)}\nHTTP/1.1 401 Unauthorized\n\n"

        assert found_by(LINE, refused) == {"unknown-route": POSSIBLE}
        assert words in said_by(LINE, "unknown-route", refused)
        assert at(url) == {}

    @pytest.mark.parametrize(
        ("path", "found"),
        [
            ("/contacts/{tenantId}/search", CERTAIN),
            ("/contacts/undefined/search", CERTAIN),
            ("/contacts/%7BtenantId%7D/search", CERTAIN),
            ("/contacts/:tenantId/search", CERTAIN),
            ("/{{resource}}/acme.org", CERTAIN),
        ],
    )
    def test_what_was_never_filled_in(self, path: str, found: object) -> None:
        assert on(path) == {"path-placeholder": found}

    def test_the_tokens_tenant_is_named_for_it(self) -> None:
        url = "https://rolodex.api.rhythmsoftware.com/contacts/{tenantId}/search"

        assert "Put the token's tenant there: `acme.org`." in said("path-placeholder", url)
        assert "Fill in the tenant id" in said("path-placeholder", url.replace("{tenantId}", "null"))


class TestTenant:
    @pytest.mark.parametrize(
        ("path", "found"),
        [
            ("/contacts/acme.org/search", {}),
            ("/contacts/acme%2Eorg/search", {}),
            ("/contacts", {"tenant-segment-missing": POSSIBLE}),
            ("/contacts/current", {}),
            (f"/contacts/{UUID}", {"tenant-segment-missing": LIKELY}),
            ("/contacts/search", {"tenant-segment-missing": LIKELY}),
            ("/contacts/con-1", {"tenant-segment-missing": LIKELY}),
            ("/contacts/auth0%7C0123456789abcdef01234567", {"tenant-segment-missing": LIKELY}),
            ("/contacts/other.org/search", {"tenant-mismatch": CERTAIN}),
            ("/contacts/ACME.org/search", {"tenant-mismatch": CERTAIN}),
            ("/contacts/cus-1/search", {"tenant-mismatch": CERTAIN}),
            ("/contacts/acme/search", {"tenant-mismatch": CERTAIN}),
            ("/contacts/$TENANT/search", {}),
        ],
    )
    def test_the_second_segment_is_the_tenant(self, path: str, found: dict[str, object]) -> None:
        text = curl(f"Bearer {TOKEN}", f'"https://rolodex.api.rhythmsoftware.com{path}"')

        assert found_by(LINE, text) == found

    def test_some_paths_need_none(self) -> None:
        assert on("/batchPosting/warmUpStepFunctions", "collect") == {}

    def test_current_is_possible_where_the_call_was_refused(self) -> None:
        url = "https://rolodex.api.rhythmsoftware.com/contacts/current"
        refused = f"{raw(f'Bearer {TOKEN}', url)}\nHTTP/1.1 401 Unauthorized\n\n"

        assert found_by(LINE, refused) == {"tenant-segment-missing": POSSIBLE}
        assert "Try `/contacts/acme.org/current`." in said_by(LINE, "tenant-segment-missing", refused)

    @pytest.mark.parametrize(
        ("second", "why"),
        [
            ("ACME.ORG", ": capital letters count."),
            ("cus-1", ": the path holds the customer id."),
            ("acme", ": the ending is missing."),
            ("other.org", "the token is for `acme.org`."),
        ],
    )
    def test_the_difference_is_explained(self, second: str, why: str) -> None:
        assert why in said("tenant-mismatch", f"https://rolodex.api.rhythmsoftware.com/contacts/{second}/search")

    def test_without_a_claim_nothing_is_compared(self) -> None:
        assert on("/contacts/other.org/search", token=mint("jwt -tenant")) == {}


class TestContact:
    @pytest.mark.parametrize(
        ("path", "service", "is_found"),
        [
            ("/contacts/acme.org/con-1", "rolodex", False),
            ("/contacts/acme.org/con-2", "rolodex", True),
            ("/contacts/acme.org/current", "rolodex", False),
            ("/contacts/acme.org/emailAddress", "rolodex", False),
            ("/chapters/acme.org/contact/x/con-2", "membership", True),
            ("/chapters/acme.org/other/x/con-2", "membership", False),
            ("/engagementScores/acme.org/customer/contact/con-2", "rolodex", True),
            ("/organizations/acme.org/con-2", "rolodex", False),
        ],
    )
    def test_another_contact_is_possible(self, path: str, service: str, is_found: bool) -> None:
        assert on(path, service) == ({"contact-mismatch": POSSIBLE} if is_found else {})

    def test_and_likely_where_the_call_was_refused(self) -> None:
        url = "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/con-2"

        assert found_by(LINE, f"{raw(f'Bearer {TOKEN}', url)}\nHTTP/1.1 403 Forbidden\n\n") == {
            "contact-mismatch": LIKELY
        }

    def test_the_logins_id_is_certainly_none(self) -> None:
        path = "/contacts/acme.org/auth0%7C0123456789abcdef01234567"

        assert on(path) == {"contact-mismatch": CERTAIN}
        detail = said("contact-mismatch", f"https://rolodex.api.rhythmsoftware.com{path}")
        assert "`auth0|…`" in detail
        assert "`con-1`" in detail

    def test_a_machine_may_name_any(self) -> None:
        assert on("/contacts/acme.org/con-2", token=mint("m2m contact=con-1")) == {}

    def test_without_a_claim_there_is_nothing_to_compare(self) -> None:
        assert on("/contacts/acme.org/con-2", token=mint("jwt -contact")) == {}


class TestStated:
    @pytest.mark.parametrize(
        "body",
        [
            '{"message":"Missing Authentication Token"}',
            '{"message":"Authorization header requires \'Credential\' parameter."}',
        ],
    )
    def test_a_gateways_text_about_the_route_is_certain(self, body: str) -> None:
        text = f"{raw(f'Bearer {TOKEN}')}\nHTTP/1.1 403 Forbidden\n\n{body}"

        assert found_by(LINE, text) == {"unknown-route": CERTAIN}
        assert "`GET /contacts/acme.org/search`" in said_by(LINE, "unknown-route", text)
        assert found_by(LINE, body) == {"unknown-route": CERTAIN}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            curl(f"Bearer {TOKEN}"),
            (Outcome.PASSED, "Rolodex (Contacts & Organizations): `rolodex.api.rhythmsoftware.com`"),
        ),
        (
            curl("x", "https://sponsorship.api.rhythmsoftware.com/a"),
            (Outcome.PASSED, "sponsorship: `sponsorship.api.rhythmsoftware.com`"),
        ),
        (curl("x", "https://proxy.example.org/a"), (Outcome.INCONCLUSIVE, "`proxy.example.org` could not be placed")),
        (f"GET /a/b HTTP/1.1\nAuthorization: Bearer {TOKEN}\n", (Outcome.SKIPPED, "a path without its host")),
        (TOKEN, (Outcome.SKIPPED, "no URL given")),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    assert state_of(LINE, text) == state
