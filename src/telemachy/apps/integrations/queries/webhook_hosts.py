"""Where webhooks may be sent: to hosts that the operator named, and never into the own network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from telemachy.core.shared.errors import BadInput


class NotPublicError(OSError):
    """A host leads into a private, local or reserved network."""


def checked(url: str) -> SplitResult:
    """Return the parts of an address that may be told. Raises BadInput, which says what to mend."""
    try:
        parts = urlsplit(url)
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise BadInput(_("This is not an address."), field="url") from error
    if not settings.WEBHOOK_HOSTS:
        raise BadInput(
            _("This installation sends to no host. An operator names them in TELEMACHY_WEBHOOK_HOSTS."),
            field="url",
        )
    if parts.scheme != "https" and not (settings.DEBUG and parts.scheme == "http"):
        raise BadInput(_("The address begins with https://."), field="url")
    if parts.username or parts.password or not url.isascii() or any(char <= " " for char in url):
        raise BadInput(_("The address holds no sign-in, no blanks and no special characters."), field="url")
    if host not in settings.WEBHOOK_HOSTS:
        raise BadInput(
            _("An operator allows these hosts: %(hosts)s.") % {"hosts": ", ".join(settings.WEBHOOK_HOSTS)},
            field="url",
        )
    return parts


def public_address(host: str, port: int) -> str:
    """Return an address of the host to connect to. Raises NotPublicError when one of them is not.

    The connection goes to the very address that was looked at, so that a name which answers differently the
    second time leads nowhere else.
    """
    found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    private = sorted(address for address in found if not is_public(address))
    if private:
        raise NotPublicError(f"{host} leads to {private[0]}, which is not a public address")
    return sorted(found)[0]


def is_public(address: str) -> bool:
    """Tell whether an address lies outside of every private, local or reserved network."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global and not parsed.is_multicast
