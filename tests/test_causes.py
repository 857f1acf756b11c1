import re

import pytest

from bot.causes import CAUSES, Cause, cause, known_ids, rank

# id, line of the checklist, usual certainty, sort of token that cures it, causes that it hides; in the order of precedence.
TABLE = """\
token-request-audience-missing token-request likely - opaque-token encrypted-token userinfo-token audience-missing
token-request-audience-wrong token-request certain - audience-wrong
client-credentials-wrong token-request certain -
grant-type-not-enabled token-request certain -
client-grant-missing token-request certain -
authorization-code-rejected token-request certain -
login-refused token-request certain -
refresh-token-rejected token-request certain -
login-request-rejected token-request certain -
m2m-quota-exhausted token-request likely - token-expired token-endpoint-throttled
token-endpoint-throttled token-request certain -
docs-mock-host base-url certain - tenant-mismatch contact-mismatch placeholder-credentials path-placeholder unknown-route
auth0-host-called base-url certain -
audience-used-as-base-url base-url likely -
gateway-style-base-url base-url likely -
wrong-service-host base-url certain - tenant-mismatch contact-mismatch unknown-route permission-denied
unknown-host base-url certain -
non-production-host base-url likely -
plain-http base-url certain -
path-placeholder base-url certain - tenant-mismatch contact-mismatch unknown-route
tenant-segment-missing base-url possible -
unknown-route base-url certain - unauthorized-unexplained permission-denied
authorization-header-missing authorization-header certain -
authorization-header-misnamed authorization-header certain - authorization-header-missing
curl-header-not-sent authorization-header certain - authorization-header-missing credentials-quoted
credentials-empty authorization-header certain -
placeholder-credentials authorization-header certain - token-malformed token-redacted scheme-missing credentials-quoted
token-outside-header authorization-header likely - authorization-header-missing
authorization-dropped-on-redirect authorization-header likely - authorization-header-missing
redirect-not-followed authorization-header certain -
proxy-stripped-authorization authorization-header possible - authorization-header-missing
proxy-authentication-required authorization-header certain -
cors-preflight-blocked authorization-header likely - authorization-header-missing
netrc-override authorization-header possible - basic-credentials
client-kept-old-token authorization-header possible - token-expired
scheme-missing authorization-header certain -
basic-credentials authorization-header certain -
scheme-wrong authorization-header certain -
scheme-separator-wrong authorization-header certain -
scheme-repeated authorization-header certain -
multiple-credentials authorization-header likely - basic-credentials
header-name-space authorization-header certain -
credentials-quoted authorization-header likely -
token-response-as-credentials authorization-header certain - token-malformed credentials-quoted
callback-fragment-as-credentials authorization-header certain -
token-pasted-twice authorization-header certain -
header-too-large authorization-header certain -
scheme-case authorization-header possible -
trailing-punctuation authorization-header possible -
opaque-token access-token likely new-sort tenant-id-missing contact-id-missing customer-id-missing audience-missing signature-invalid
encrypted-token access-token certain new-sort tenant-id-missing contact-id-missing customer-id-missing audience-missing signature-invalid
session-cookie access-token certain new-sort
id-token access-token certain new-sort audience-wrong scope-missing algorithm-unexpected tenant-id-missing contact-id-missing
refresh-token access-token likely new-sort
authorization-code access-token likely new-sort
client-secret-as-token access-token likely new-sort
client-id-as-token access-token possible new-sort
client-credentials-as-token access-token certain new-sort
client-assertion access-token certain new-sort audience-wrong tenant-id-missing contact-id-missing customer-id-missing issuer-unknown issuer-malformed foreign-token self-made-token
management-api-token access-token certain new-sort audience-wrong tenant-id-missing contact-id-missing customer-id-missing
userinfo-token access-token certain new-sort audience-wrong tenant-id-missing contact-id-missing customer-id-missing
mfa-token access-token certain new-sort audience-wrong tenant-id-missing contact-id-missing customer-id-missing
legacy-token access-token likely new-sort id-token audience-wrong tenant-id-missing contact-id-missing customer-id-missing
foreign-token access-token certain new-sort issuer-unknown audience-wrong signing-key-unknown tenant-id-missing contact-id-missing customer-id-missing algorithm-unexpected audience-missing
self-made-token access-token certain new-sort issuer-unknown signing-key-unknown algorithm-unexpected signature-invalid audience-missing issued-in-future token-not-yet-valid tenant-id-missing contact-id-missing customer-id-missing
sender-constrained-token access-token certain new-sort
token-redacted access-token possible new-token signature-invalid token-truncated token-malformed
token-truncated access-token certain new-token signature-invalid
token-line-break access-token likely new-token
token-whitespace access-token likely new-token
token-invisible-character access-token likely new-token
token-percent-encoded access-token certain new-token
token-wrong-base64 access-token likely new-token
token-encoded-twice access-token certain new-token
token-markup access-token possible new-token token-truncated signature-invalid
token-malformed access-token certain new-token
algorithm-none access-token certain new-sort
algorithm-unexpected access-token likely new-sort
issuer-unknown access-token likely new-sort signing-key-unknown signature-invalid tenant-id-missing contact-id-missing customer-id-missing
issuer-malformed access-token certain new-sort issuer-unknown self-made-token
signing-key-unknown access-token likely new-token signature-invalid
signature-invalid access-token certain new-token
audience-missing audience certain new-sort tenant-id-missing contact-id-missing customer-id-missing
audience-wrong audience certain new-sort tenant-id-missing contact-id-missing customer-id-missing claims-misnamed
token-expired expiry certain new-token issued-in-future
token-not-yet-valid expiry certain new-token
issued-in-future expiry likely -
m2m-token-without-contact claims likely new-sort contact-id-missing contact-mismatch
claims-misnamed claims certain new-sort tenant-id-missing contact-id-missing customer-id-missing
tenant-id-missing claims certain - tenant-mismatch
contact-id-missing first-login likely -
customer-id-missing claims possible -
tenant-mismatch base-url certain - contact-mismatch
contact-mismatch base-url likely -
scope-missing response certain -
permission-denied response likely -
throttled response certain - unauthorized-unexplained permission-denied
firewall-blocked response possible -
authorizer-error response certain -
service-outage response likely - unauthorized-unexplained
authorizer-cache response possible -
unauthorized-unexplained response possible -
"""

CODE = re.compile(r"`[^`]*`")


def each(cause: Cause) -> str:
    return cause.id


def test_ids_order_certainty_cures_and_hidden_causes_are_the_known_ones() -> None:
    rows = [f"{row.id} {row.check} {row.certainty} {row.cure or '-'} {row.hides}".rstrip() for row in CAUSES]

    assert rows == TABLE.splitlines()


def test_ids_are_kebab_case_and_never_twice() -> None:
    ids = known_ids()

    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []
    assert len(ids) == len(set(ids)) == len(CAUSES)


def test_a_cause_is_found_by_its_id_and_ranks_by_its_place() -> None:
    assert cause("audience-wrong").problem == "The token is for another audience"
    assert rank("token-request-audience-missing") == 0
    assert rank("unauthorized-unexplained") == len(CAUSES) - 1
    with pytest.raises(KeyError):
        cause("no-such-cause")


@pytest.mark.parametrize("row", CAUSES, ids=each)
def test_a_cause_hides_known_causes_and_not_itself(row: Cause) -> None:
    hidden = row.hides.split()

    assert set(hidden) <= set(known_ids()) - {row.id}
    assert len(hidden) == len(set(hidden))


@pytest.mark.parametrize("row", CAUSES, ids=each)
def test_a_problem_is_a_headline_in_plain_words(row: Cause) -> None:
    assert 10 < len(row.problem) < 100
    assert not row.problem.endswith((".", "!"))
    assert set(row.problem).isdisjoint("`<>\n")  # it is shown where nothing is formatted
    assert row.problem[0].isupper()


@pytest.mark.parametrize("row", CAUSES, ids=each)
def test_how_a_cause_is_recognised_is_one_sentence(row: Cause) -> None:
    prose = CODE.sub("code", row.recognised)

    assert 15 < len(row.recognised) <= 200
    assert row.recognised.endswith(".")
    assert ". " not in prose
    assert row.recognised.count("`") % 2 == 0


@pytest.mark.parametrize("row", CAUSES, ids=each)
def test_a_fix_is_up_to_three_short_steps(row: Cause) -> None:
    lines = row.fix.split("\n")
    steps = [line for line in lines if not CODE.fullmatch(line)]

    assert 1 <= len(steps) <= 3
    for step in steps:
        assert 10 < len(step) <= 180
        assert step.endswith((".", ":", "`"))
        assert step.count("`") % 2 == 0
    assert not CODE.fullmatch(lines[0])  # a command follows the step that it belongs to


@pytest.mark.parametrize("row", CAUSES, ids=each)
def test_a_cause_has_links_to_read_on(row: Cause) -> None:
    urls = [link.url for link in row.links]

    assert 1 <= len(urls) <= 3
    assert len(urls) == len(set(urls))
    for link in row.links:
        assert link.url.startswith("https://")
        assert 3 < len(link.title) <= 60


def test_no_two_causes_say_the_same() -> None:
    for texts in ([row.problem for row in CAUSES], [row.recognised for row in CAUSES]):
        assert len(texts) == len(set(texts))


def test_a_secret_that_was_shown_is_to_be_rotated() -> None:
    for name in ("client-secret-as-token", "client-credentials-as-token"):
        assert cause(name).fix.startswith("Rotate the secret")
