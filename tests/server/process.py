"""Runs the web process or the worker as ``python -m bot serve`` and ``socket`` do, with the diagnosis of the doubles."""

import os
import sys

from bot.server import web, worker
from bot.settings import HTTP, SERVER, SLACK, SOCKET, Settings
from tests.slack.doubles import Diagnosing

if __name__ == "__main__":
    settings = Settings.from_env(os.environ, parts=(SLACK, HTTP, SOCKET, SERVER))
    run = {"serve": web.serve, "socket": worker.run}[sys.argv[1]]
    sys.exit(run(settings, Diagnosing().given()))
