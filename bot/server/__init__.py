"""The processes that keep the Slack app running: over HTTP, or over Socket Mode."""
