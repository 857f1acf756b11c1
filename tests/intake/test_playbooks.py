"""What a playbook fills in is unknown, and no placeholder."""

import pytest

from bot.intake.layout import plain
from bot.intake.piece import unknown
from bot.intake.playbooks import filled


@pytest.mark.parametrize("name", ["uri:", "- uri:", "    ansible.builtin.uri:  "])
def test_the_variables_of_a_task_are_unknown(name: str) -> None:
    text = f"{name}\n  url: https://example.org/{{{{ tenant }}}}/{{{{id}}}}\n"
    assert filled(text) == plain(text) == f"{name}\n  url: https://example.org/{unknown('tenant')}/{unknown('id')}\n"


@pytest.mark.parametrize(
    "text", ["GET https://example.org/{{tenant}}", "redirect_uri: {{uri}}", "the uri: https://example.org/{{tenant}}"]
)
def test_other_braces_stay(text: str) -> None:
    assert filled(text) == plain(text) == text
