"""The pictures of the documentation: real answers to samples that are minted now, as payloads, and drawn by a tool.

python -m bot.local.pictures                  writes a payload for each picture
python -m bot.local.pictures --draw COMMAND   and calls COMMAND PAYLOAD.json PICTURE.png for each of them
"""

import argparse
import json
import shlex
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.diagnose import judge, read
from bot.local.auth0 import Issuer
from bot.local.samples import samples
from bot.render import blocks
from bot.render.gist import gist
from bot.report import Report
from bot.services import SERVICES, base_url
from bot.settings import Settings

REFERENCE = "ref-5e1f00d5"
PERSON = "U0ADA"
REFUSED = "\n\nHTTP/2 401\ncontent-type: application/json\n\n" + json.dumps({"message": "Unauthorized"})


def pictures(now: float) -> Iterator[tuple[str, list[blocks.Block]]]:
    """Each picture's name and the blocks in it, with tokens issued shortly before ``now`` (Unix seconds)."""
    settings = Settings()
    pasted = {sample.name: sample.text for sample in samples(Issuer(), now)}

    def judged(text: str) -> Report:
        return judge(read(text, settings))

    for name, text in {
        "wrong-audience": pasted["wrong-audience"],
        "id-token": pasted["id-token"],
        "first-login": pasted["never-logged-in"],
        "healthy": pasted["healthy"],
        "inconclusive": pasted["curl"] + REFUSED,
    }.items():
        yield name, blocks.answer(judged(text), reference=REFERENCE).blocks
    beside = blocks.Around(permalink="https://example.slack.com/archives/D0ADA/p1")
    expired = judged(pasted["expired"])
    yield "direct-message", blocks.answer(expired, reference=REFERENCE, surface="dm", around=beside).blocks
    above = blocks.Around(
        origin=blocks.Origin("public", 240), channel="C0HELP", ts="1.0", live=REFERENCE, author="U0GRACE"
    )
    somebodys = judged(pasted["no-tenant"])
    yield "somebodys-message", blocks.answer(somebodys, reference=REFERENCE, surface="modal", around=above).blocks
    shared = blocks.read_gist(gist(judged(pasted["wrong-audience"]), REFERENCE))
    if shared is not None:
        yield "share-preview", blocks.share_preview(shared, PERSON, thread=False).blocks
    yield "form", _blocks(blocks.paste_modal())
    yield "home", _blocks(blocks.home([(service.title, base_url(service.name, settings)) for service in SERVICES]))


def _blocks(view: Mapping[str, object]) -> list[blocks.Block]:
    shown = view["blocks"]
    return shown if isinstance(shown, list) else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the payloads, and draw them if told how; the exit status is the first one of the tool that is not 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--payloads", type=Path, default=Path("build/pictures"), help="where the payloads go")
    parser.add_argument("--to", type=Path, default=Path("docs"), help="where the pictures go")
    parser.add_argument(
        "--draw", default="", metavar="COMMAND", help="draws a payload: COMMAND PAYLOAD.json PICTURE.png"
    )
    options = parser.parse_args(arguments)
    options.payloads.mkdir(parents=True, exist_ok=True)
    for name, shown in pictures(time.time()):
        payload, picture = options.payloads / f"{name}.json", options.to / f"{name}.png"
        payload.write_text(json.dumps({"blocks": shown}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(payload)
        if options.draw:
            options.to.mkdir(parents=True, exist_ok=True)
            command = [*shlex.split(options.draw), str(payload), str(picture)]
            status = subprocess.run(command, check=False).returncode  # noqa: S603 - whoever calls us names the tool
            if status:
                return status
            print(picture)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
