import time

import pytest

from bot.checks import CHECKS
from bot.diagnose import judge, read
from bot.render.document import document
from bot.report import Outcome, Verdict
from tests.diagnosing import (
    DEFAULTS,
    OURS,
    POSSIBLE,
    causes_of,
    curl,
    mint,
    outcome_of,
    raw,
    report_of,
)
from tests.pastes.minting import NOW
from tests.schema import problems

TOKEN = mint("jwt")
WRONG = mint("jwt aud=https://api.example.org")
LINES = ("authorization-header", "access-token", "expiry", "audience", "claims", "first-login", "base-url")


def test_time_is_now_where_nothing_else_is_given() -> None:
    before = time.time()
    case = read(TOKEN, DEFAULTS)

    assert before <= case.now <= time.time()


class TestVerdict:
    @pytest.mark.parametrize("text", [WRONG, mint("id"), curl(TOKEN), "jwt expired"])
    def test_a_certain_or_likely_cause_blocks(self, text: str) -> None:
        assert report_of(text).verdict is Verdict.BLOCKED

    def test_a_possible_cause_alone_is_inconclusive(self) -> None:
        report = report_of(f"Authorization: bearer {TOKEN}")

        assert report.root_cause is not None
        assert report.root_cause.certainty is POSSIBLE
        assert report.verdict is Verdict.INCONCLUSIVE

    @pytest.mark.parametrize(
        "text",
        [
            "HTTP/1.1 400 Bad Request",
            'curl -H "Authorization: Bearer $TOKEN" https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search',
            "I call https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search",
            "curl https://acme.us.auth0.com/.well-known/openid-configuration",
        ],
    )
    def test_too_little_to_judge_is_inconclusive(self, text: str) -> None:
        report = report_of(text)

        assert (report.root_cause, report.verdict) == (None, Verdict.INCONCLUSIVE)

    @pytest.mark.parametrize(
        "text",
        [
            TOKEN,
            curl(f"Bearer {TOKEN}"),
            mint("m2m"),
            mint("jwt claims"),
            "HTTP/1.1 200 OK",
            f"{raw(f'Bearer {TOKEN}')}\nHTTP/1.1 200 OK\n\n",
            "curl -d 'grant_type=client_credentials&audience=https://api.rhythmsoftware.com' https://acme.us.auth0.com/oauth/token",
        ],
    )
    def test_where_nothing_is_wrong_it_is_clear(self, text: str) -> None:
        report = report_of(text)

        assert (causes_of(report), report.verdict) == ([], Verdict.CLEAR)

    @pytest.mark.parametrize(
        "text", ["", "   ", "hello", "it does not work, please help", "https://example.org/page", "```\n```"]
    )
    def test_a_text_without_evidence_holds_nothing_to_check(self, text: str) -> None:
        report = report_of(text)

        assert (report.verdict, report.token, report.request, report.response) == (
            Verdict.NOTHING_TO_CHECK,
            None,
            None,
            None,
        )
        assert [check.outcome for check in report.checks] == [Outcome.SKIPPED] * 7


class TestLines:
    @pytest.mark.parametrize("text", ["", TOKEN, WRONG, curl(TOKEN), "jwt expired"])
    def test_the_first_seven_are_always_there_in_order(self, text: str) -> None:
        assert tuple(check.id for check in report_of(text).checks[:7]) == LINES

    def test_their_titles_are_those_of_the_checklist(self) -> None:
        assert [check.title for check in report_of("").checks] == [
            *("Authorization header", "Access token", "Expiry", "Audience", "Claims", "First login", "Base URL"),
        ]

    def test_the_others_come_where_there_is_evidence_for_them(self) -> None:
        both = report_of(
            "curl -d 'grant_type=client_credentials' https://acme.us.auth0.com/oauth/token\n"
            f'{raw(f"Bearer {TOKEN}")}\nHTTP/1.1 401 Unauthorized\n\n{{"message":"Unauthorized"}}'
        )

        assert [check.id for check in both.checks[7:]] == ["token-request", "response"]
        assert report_of(TOKEN).checks[7:] == ()

    def test_a_line_comes_for_its_finding_alone(self) -> None:
        report = report_of("Error: Grant type 'password' not allowed for the client.")

        assert causes_of(report) == ["grant-type-not-enabled"]
        assert outcome_of(report, "token-request") == "failed"

    def test_a_certain_finding_fails_its_line(self) -> None:
        check = report_of(WRONG).checks[3]

        assert check.outcome is Outcome.FAILED
        assert check.summary.startswith("The token is for ")

    def test_a_likely_one_warns(self) -> None:
        check = report_of("jwt expired").checks[2]

        assert check.outcome is Outcome.WARNING
        assert check.summary.startswith("likely: the ")
        assert "has expired" in check.summary

    def test_a_possible_one_warns(self) -> None:
        check = report_of(f"Authorization: bearer {TOKEN}").checks[0]

        assert check.outcome is Outcome.WARNING
        assert check.summary.startswith("possibly: ")

    def test_a_line_whose_findings_are_hidden_names_what_hides_them(self) -> None:
        check = report_of(mint("id")).checks[3]

        assert check.outcome is Outcome.SKIPPED
        assert check.summary == "see Access token"

    def test_the_claims_line_warns_and_names_the_next_where_the_contact_alone_is_missing(self) -> None:
        report = report_of(mint("jwt -contact"))

        assert (report.checks[4].outcome, report.checks[4].summary) == (
            Outcome.WARNING,
            "`contact_id` is missing: see First login",
        )
        assert report.checks[5].outcome is Outcome.WARNING

    def test_an_answer_is_not_called_unexplained_beside_a_cause_that_was_found(self) -> None:
        refused = '\n\nHTTP/2 401\n\n{"message": "Unauthorized"}'
        wrong, fine = mint("jwt aud=https://api.example.org"), TOKEN
        lines = [report_of(curl(f"Bearer {token}") + refused).checks[-1] for token in (wrong, fine)]

        assert [(line.outcome, line.summary) for line in lines] == [
            (Outcome.INCONCLUSIVE, "401 `Unauthorized`; it names no cause of its own"),
            (Outcome.WARNING, "possibly: a 401 is shown, and nothing in what was given explains it"),
        ]

    def test_a_line_without_findings_has_its_own_word(self) -> None:
        report = report_of(curl(f"Bearer {TOKEN}"))

        assert {check.outcome for check in report.checks} == {Outcome.PASSED}


class TestRootAndNext:
    def test_of_several_causes_the_first_is_the_root(self) -> None:
        report = report_of(curl(mint("jwt aud=https://api.example.org exp=-3600 iat=-90000")))

        assert causes_of(report) == ["scheme-missing", "audience-wrong", "token-expired"]

    def test_next_holds_two_at_most(self) -> None:
        token = mint("jwt aud=https://api.example.org exp=-3600 iat=-90000 tenant=other.org")
        report = report_of(curl(token, "https://events.api.rhythmsoftware.com/contacts/acme.org/search"))

        assert len(report.next) == 2

    def test_a_healthy_paste_has_neither(self) -> None:
        report = report_of(TOKEN)

        assert (report.root_cause, report.next) == (None, ())


class TestAccepted:
    WRONG_TWICE = mint("jwt aud=https://api.example.org exp=-3600 iat=-90000")

    def test_an_accepted_answer_overrules_what_looked_wrong(self) -> None:
        report = report_of(f"{raw(f'Bearer {self.WRONG_TWICE}')}\nHTTP/1.1 200 OK\n\n")

        assert (causes_of(report), report.verdict) == ([], Verdict.CLEAR)
        assert "https://api.example.org" in report.notices[0].text

    @pytest.mark.parametrize(
        ("url", "cause"),
        [
            (
                "https://docs.api.rhythmsoftware.com/_mock/apis/rolodex/rolodex-v1/contacts/acme.org/search",
                "docs-mock-host",
            ),
            ("https://acme.us.auth0.com/userinfo", "auth0-host-called"),
        ],
    )
    def test_but_not_that_another_server_gave_it(self, url: str, cause: str) -> None:
        report = report_of(f"{raw(f'Bearer {TOKEN}', url)}\nHTTP/1.1 200 OK\n\n")

        assert causes_of(report) == [cause]
        assert report.verdict is Verdict.BLOCKED

    def test_a_sample_from_the_mock_server_proves_nothing(self) -> None:
        url = "https://docs.api.rhythmsoftware.com/_mock/apis/rolodex/rolodex-v1/contacts/acme.org/search"
        report = report_of(f"{raw(f'Bearer {self.WRONG_TWICE}', url)}\nHTTP/1.1 200 OK\n\n")

        assert causes_of(report)[0] == "docs-mock-host"


class TestRepairs:
    @pytest.mark.parametrize(
        ("text", "repairs"),
        [
            (TOKEN, ()),
            (f"<https://rolodex.api.rhythmsoftware.com/contacts/current|here> {TOKEN}", ("slack-markup",)),
            (f"&lt;{TOKEN}&gt;", ("entities", "quotes")),
            (f"```\n{TOKEN}\n```", ("code-fence",)),
            (f"> {TOKEN}", ("quote-prefix",)),
            (f"Authorization: Bearer “{TOKEN}”", ("smart-quotes", "quotes")),
            (mint("jwt insert=100:U+200B"), ("invisible-characters",)),
            (mint("jwt break=76"), ("joined-lines",)),
            (mint("jwt escape"), ("markdown-escapes",)),
            (f"Authorization: Bearer {TOKEN},", ("punctuation",)),
            (mint("jwt percent"), ("percent-decoding",)),
            (mint("jwt pad=end"), ("padding",)),
            (
                f"```\n&lt;{mint('jwt break=76')}&gt;\n```",
                ("entities", "code-fence", "joined-lines"),
            ),
        ],
    )
    def test_what_was_undone_is_named_in_its_order(self, text: str, repairs: tuple[str, ...]) -> None:
        assert report_of(text).repairs == repairs


def test_judging_takes_no_text_and_gives_the_same_report_again() -> None:
    case = read(WRONG, OURS, now=NOW)

    assert judge(case) == judge(case)


def test_the_representations_of_case_and_report_show_no_token() -> None:
    case = read(curl(f"Bearer {TOKEN}"), DEFAULTS, now=NOW)

    assert TOKEN[:12] not in repr(case) + repr(judge(case))


def test_the_checklist_is_the_interfaces() -> None:
    assert tuple(check.id for check in CHECKS[:7]) == LINES
    assert [check.id for check in CHECKS[7:]] == [
        name for name in ("token-request", "response", "live") if name in {check.id for check in CHECKS}
    ]


@pytest.mark.parametrize("text", ["", TOKEN, WRONG, curl(TOKEN), "jwt expired", "401 Unauthorized"])
def test_a_report_keeps_to_the_interface(text: str) -> None:
    assert problems(document(report_of(text))) == []
