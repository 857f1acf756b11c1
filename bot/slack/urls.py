"""Whether what was typed into the form's URL field can be the URL of a request."""

from urllib.parse import urlsplit


def is_url(text: str) -> bool:
    """Tell whether a text is a web address, with or without its scheme, whose host has a dot or is this machine."""
    if any(letter.isspace() for letter in text):
        return False
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and ("." in host.strip(".") or host == "localhost")
