import pytest

from bot.render.exposure import Exposure, exposure
from bot.report import Notice, Report
from tests.render.reports import HEALTHY, HOUR, NOTHING, NOW, WRONG_AUDIENCE, report, token

SECRET = (Notice("secret-exposed", "A secret stands in the paste."),)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(HEALTHY, Exposure(secret=False, expires_at=NOW + 5 * HOUR, expired=False), id="valid"),
        pytest.param(WRONG_AUDIENCE, Exposure(False, NOW - 72 * HOUR, True), id="expired"),
        pytest.param(report(token=token(kind="opaque", expires_at=None)), Exposure(False, None, False), id="opaque"),
        pytest.param(
            report(token=token(kind="client-secret", expires_at=None)), Exposure(True, None, False), id="kind"
        ),
        pytest.param(report(token=token(), notices=SECRET), Exposure(True, None, False), id="secret beside a token"),
        pytest.param(report(token=None, notices=SECRET), Exposure(True, None, False), id="Basic"),
        pytest.param(report(token=token(kind="client-id")), None, id="client id"),
        pytest.param(report(token=token(redacted=None, fingerprint=None)), None, id="decoded claims"),
        pytest.param(NOTHING, None, id="nothing"),
    ],
)
def test_what_must_not_be_seen(found: Report, expected: Exposure | None) -> None:
    assert exposure(found) == expected
