"""Which addresses a secret may be sent to."""

from __future__ import annotations

from urllib.parse import urlsplit

from telemachy.core.shared.errors import BadInput

#: What a machine calls itself.
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def check_not_overheard(url: str) -> None:
    """Raise BadInput where a token sent to this address would pass a network in clear text."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise BadInput(f"{url} is no address: {error}.") from None
    if parts.scheme == "http" and parts.hostname not in OWN_MACHINE:
        raise BadInput(
            f"Whoever is on the way to {parts.hostname} could read the token there: the address begins with "
            "http. Give the one that begins with https; http is for your own machine (localhost) only."
        )
