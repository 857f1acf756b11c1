"""The same application and people as for the listeners."""

from tests.slack.conftest import ada, app, client, diagnosing, running, settings, slack

__all__ = ["ada", "app", "client", "diagnosing", "running", "settings", "slack"]
