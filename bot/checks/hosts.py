"""Hosts that are nearly Rhythm's: misspelt, swapped, with look-alike letters, or another name under its domain."""

import re

from bot.intake.authorization import edits
from bot.services import AUDIENCE_HOST, MARKETING_NAMES, PRODUCTION_SUFFIX, service_names

_LOOK_ALIKES = str.maketrans(
    {
        "0": "o",
        "1": "l",
        "5": "s",
        "\u0435": "e",
        "\u043e": "o",
        "\u0430": "a",
        "\u0440": "p",
        "\u0441": "c",
        "\u0443": "y",
        "\u0456": "i",
        "\u0131": "i",
        "\u0261": "g",
    }
)


def is_account_number_host(host: str) -> bool:
    """Whether a host is ``<service>.api.<12 digits>.rhythmsoftware.com``, as older reference pages print it."""
    return re.fullmatch(r"[a-z]+\.api\.\d{12}\.rhythmsoftware\.com", host) is not None


def near_miss(host: str) -> str | None:
    """The service that a wrong host means.

    An empty text where it is near Rhythm's and no service can be told; None where it is far.

    Near: another host under rhythmsoftware.com, or one that at most two edits, swapped labels, a changed
    top-level domain or a
    look-alike letter turn into a Rhythm host, or that begins with one.
    """
    is_plain = host.isascii() and "xn--" not in host and not any(letter in host for letter in "015")
    plain = host if is_plain else _ascii(host).translate(_LOOK_ALIKES)
    labels = host.split(".")
    for name in service_names():
        right = f"{name}{PRODUCTION_SUFFIX}"
        if host.startswith(f"{right}.") or plain == right or edits(plain, right, 2) <= 2 or edits(host, right, 2) <= 2:
            return name
        if sorted(labels) == sorted(right.split(".")) or _without_domain(host) == _without_domain(right):
            return name
        if host.replace("-", ".") == right or plain == right.replace(".", "", 1):
            return name
    if host.endswith(".rhythmsoftware.com") or host == "rhythmsoftware.com":
        return _by_label(labels[0])
    if (
        edits(plain, AUDIENCE_HOST, 2) <= 2
        or host.startswith(f"{AUDIENCE_HOST}.")
        or _without_domain(host) == _without_domain(AUDIENCE_HOST)
    ):
        return ""
    if edits(".".join(plain.split(".")[-2:]), "rhythmsoftware.com", 2) <= 2:
        return _by_label(labels[0])
    return None


def _ascii(host: str) -> str:
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except (UnicodeError, ValueError):
        return host


def _without_domain(host: str) -> str:
    """The host without its top-level domain."""
    return host.rpartition(".")[0]


def _by_label(label: str) -> str:
    """The service that a first label means: its name, a name people use for it, or nearly one of them."""
    label = (
        label.removesuffix("-api")
        .removesuffix("-v1")
        .removesuffix("-dev")
        .removesuffix("-staging")
        .removesuffix("-sandbox")
    )
    if label in service_names():
        return label
    if label in MARKETING_NAMES:
        return MARKETING_NAMES[label]
    return next((name for name in service_names() if edits(label, name, 2) <= 2), "")
