"""Which addresses in a text, outside of any request, can be the request's."""

from bot.checks.hosts import near_miss
from bot.evidence import Evidence
from bot.services import AUDIENCE_HOST, DOCS_HOST, is_configured_host
from bot.settings import Settings
from bot.url import URL, read_url


def lone_base(evidence: Evidence) -> URL | None:
    """The one service's address without a path that stands in the text, below which a path alone can be meant."""
    found = [read_url(text) for text in evidence.urls]
    bases = {
        base.host: base for base in found if base and not base.segments and base.host.endswith(f".{AUDIENCE_HOST}")
    }
    bases.pop(DOCS_HOST, None)
    return next(iter(bases.values())) if len(bases) == 1 else None


def counts_in_prose(url: URL, settings: Settings) -> bool:
    """Whether a URL in prose can be the request's: a Rhythm or documentation host with a path, no page of a guide.

    One that is misspelt counts too, where resource and tenant follow.
    """
    if url.host == DOCS_HOST:
        return "/_mock" in url.path
    if url.host in {AUDIENCE_HOST, "rhythmsoftware.com", "www.rhythmsoftware.com"} or url.host.startswith(
        ("support.", "console.")
    ):
        return url.host == AUDIENCE_HOST and len(url.segments) > 0
    if url.host.endswith(".rhythmsoftware.com") or is_configured_host(url.host, url.port, settings):
        return True
    return "api" in url.host and len(url.segments) >= 2 and near_miss(url.host) is not None
