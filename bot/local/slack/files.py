"""Files of messages: snippets that lie with Slack, and files of other services."""

from dataclasses import dataclass

from bot.local.slack.shape import Object
from bot.local.slack.workspace import Workspace

PREVIEW_BYTES = 500


@dataclass(frozen=True)
class File:
    """A file of a message. A snippet lies with Slack; `external_url` is where a file of another service lies.

    `bare` files come without details, as in shared channels: the bot must ask for them.
    """

    name: str
    content: bytes
    mode: str = "snippet"
    external_url: str = ""
    mimetype: str = "text/plain"
    bare: bool = False


def uploaded(workspace: Workspace, url: str, user: str, file: File) -> Object:
    """Keeps a file and describes it as messages carry it; `url` is the base of Slack's addresses."""
    file_id = workspace.new_id("F")
    described: Object = {
        "id": file_id,
        "name": file.name,
        "title": file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2],
        "mode": file.mode,
        "size": len(file.content),
        "user": user,
        "is_external": bool(file.external_url),
        "url_private": file.external_url or f"{url}/files-pri/{file_id}/{file.name}",
    }
    if file.mode == "snippet":
        described["preview"] = file.content[:PREVIEW_BYTES].decode("utf-8", "replace")
        described["preview_is_truncated"] = len(file.content) > PREVIEW_BYTES
    workspace.files[file_id] = (described, file.content)
    if file.bare:
        return {"id": file_id, "file_access": "check_file_info", "mode": "file_access"}
    return described
