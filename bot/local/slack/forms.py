"""What people can fill in and click, and the state that Slack sends of it."""

from collections.abc import Iterable, Mapping

from bot.local.slack.rules import elements
from bot.local.slack.screen import View
from bot.local.slack.shape import Object


def clicked(blocks: Iterable[Object], action_id: str) -> tuple[Object, Object]:
    """The block and the element with this action_id.

    Raises:
        LookupError: there is none.
    """
    everything = [(block, element) for block in blocks for element in elements(block)]
    for block, element in everything:
        if element.get("action_id") == action_id:
            return block, element
    there = ", ".join(str(element.get("action_id")) for _block, element in everything)
    raise LookupError(f"nothing here has the action_id {action_id}; there is {there or 'nothing to click'}")


def chosen_options(element: Object, value: str) -> list[Object]:
    """The options of a menu that have this value; none for a button.

    Raises:
        LookupError: the menu has no such option.
    """
    if not value:
        return []
    found = [option for option in element.get("options", ()) if option["value"] == value]
    if not found:
        raise LookupError(f"the menu {element.get('action_id')} has no option {value}")
    return found


def inputs(view: View) -> list[Object]:
    """The input blocks of a modal, in order."""
    return [block for block in view.blocks if block["type"] == "input"]


def state_values(view: View, values: Mapping[str, str], *, submitted: bool = False) -> Object:
    """What `view.state.values` holds: every input by block_id and action_id, what was not filled in as null.

    Raises:
        LookupError: a value is for an input that is not there.
        ValueError: `submitted`, and Slack would not let the person submit it: an input is empty or too long.
    """
    left = dict(values)
    state: Object = {}
    for block in inputs(view):
        element = block["element"]
        given = left.pop(block["block_id"], left.pop(element["action_id"], element.get("initial_value", "")))
        if submitted:
            _submittable(block, given)
        state[block["block_id"]] = {element["action_id"]: _state(element, given)}
    if left:
        raise LookupError(f"the modal has no input {', '.join(left)}")
    return state


def _submittable(block: Object, given: str) -> None:
    label, element = block["label"]["text"], block["element"]
    if not given and not block.get("optional"):
        raise ValueError(f"{label}: must be filled in")
    if len(given) > (most := element.get("max_length", 3000)):
        raise ValueError(f"{label}: must be at most {most} characters, has {len(given)}")
    if given and len(given) < (least := element.get("min_length", 0)):
        raise ValueError(f"{label}: must be at least {least} characters, has {len(given)}")


def _state(element: Object, given: str) -> Object:
    if element["type"] == "conversations_select":
        return {"type": element["type"], "selected_conversation": given or None}
    if "options" not in element:
        text = given if element.get("multiline") else given.replace("\n", " ")
        return {"type": element["type"], "value": text or None}
    options = chosen_options(element, given)
    chosen = (
        {"selected_options": options}
        if element["type"] == "checkboxes"
        else {"selected_option": options[0] if options else None}
    )
    return {"type": element["type"], **chosen}
