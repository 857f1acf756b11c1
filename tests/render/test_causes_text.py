import pytest

from bot.causes import CAUSES
from bot.render.causes_text import explain, list_causes


def test_the_list_has_a_line_for_each_cause_in_order() -> None:
    lines = list_causes().splitlines()

    assert [line.split()[0] for line in lines] == [row.id for row in CAUSES]
    assert "audience-wrong                     The token is for another audience" in lines


def test_a_cause_is_explained() -> None:
    assert (
        explain("contact-id-missing")
        == """\
This login has never signed in to Rhythm

Recognised by: It is a person's token for Rhythm without `contact_id`, which a
login gets when it first signs in to the Rhythm portal.

Do this
  1. Sign in to the Rhythm portal once, with this same login.
  2. Request a new token: the old one never changes.
  Troubleshooting 401: https://docs.api.rhythmsoftware.com/tutorials/troubleshooting-401
  Concepts: https://docs.api.rhythmsoftware.com/tutorials/concepts

Usually likely; a line of the check first-login.
"""
    )


@pytest.mark.parametrize("cause_id", [row.id for row in CAUSES])
def test_every_cause_can_be_explained(cause_id: str) -> None:
    shown = explain(cause_id, color=True, width=40)

    assert "https://" in shown
    assert "Do this" in shown


def test_an_unknown_cause_is_an_error() -> None:
    with pytest.raises(KeyError):
        explain("no-such-cause")
