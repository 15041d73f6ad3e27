"""Hand one delivery to its address: signed, to a public address only, without following where it leads."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from datetime import datetime

from telemachy.apps.integrations.models import Delivery
from telemachy.apps.integrations.queries import webhook_hosts
from telemachy.apps.integrations.queries import webhooks as queries
from telemachy.core.shared.errors import BadInput

TIMEOUT = 10
#: What `post` raises when no answer came.
NO_ANSWER = (OSError, http.client.HTTPException, BadInput)
USER_AGENT = "Telemachy-Webhooks"


#: Why no answer came: the first kind that fits names it.
REASONS: tuple[tuple[type[Exception], str], ...] = (
    (BadInput, "not_allowed"),
    (webhook_hosts.NotPublicError, "not_public"),
    (TimeoutError, "timeout"),
    (socket.gaierror, "unknown_host"),
    (ConnectionRefusedError, "refused"),
    (ssl.SSLError, "certificate"),
)


class _Pinned(http.client.HTTPConnection):
    """A connection to the one address that was looked at, whatever the name answers by now."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address
        self._secure = secure

    def connect(self) -> None:
        """Connect, and on https check the certificate against the name."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def post(delivery: Delivery, now: datetime) -> int:
    """Send it and return the status of the answer. Raises one of NO_ANSWER."""
    webhook = delivery.webhook
    # Asked again, for the operator may have taken the host off the list since.
    parts = webhook_hosts.checked(webhook.url)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    body = json.dumps({"id": str(delivery.pk), **delivery.payload}).encode()
    connection = _Pinned(host, port, webhook_hosts.public_address(host, port), secure=secure)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Telemachy-Event": delivery.verb,
        "Telemachy-Delivery": str(delivery.pk),
        "Telemachy-Signature": queries.signature(queries.signing_key(webhook), now, body),
    }
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def reason_of(failure: Exception) -> str:
    """Return why no answer came: a word of REASONS or "no_answer", and what the system says about it."""
    word = next((name for kind, name in REASONS if isinstance(failure, kind)), "no_answer")
    return f"{word}: {failure}"
