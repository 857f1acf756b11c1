"""Stand-ins for Slack and Auth0 that run inside the process, and the console that uses the application with them."""
