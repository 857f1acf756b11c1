"""The Slack app: listeners that are given the diagnosis, and what they need to answer."""
