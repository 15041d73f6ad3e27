"""One call to the server: sent, tried again while that can help, read or refused."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from telemachy.client.answers import Page, read

T = TypeVar("T")

#: What a machine calls itself; only there does HTTP without encryption pass no network.
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

#: The first pause between two tries, in seconds; each later one is twice as long.
FIRST_WAIT = 0.5
#: The server was not reached, or broke off: the same call may succeed a moment later.
_LOST = (httpx.TimeoutException, httpx.NetworkError, httpx.ProxyError, httpx.RemoteProtocolError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a call is tried, how long it waits in between at most, and for an answer, in seconds."""

    n_tries: int = 4
    longest_wait: float = 60.0
    timeout: float = 30.0


class TelemachyError(Exception):
    """Whatever keeps a call from being done."""


class Unreachable(TelemachyError):
    """The server could not be reached, or had no time, however often it was tried."""


class ClearText(TelemachyError):
    """The address begins with http and is not one's own machine: others could read the key on its way."""


@dataclass
class Refused(TelemachyError):
    """The server said no. `code` is the last word of the problem's type, such as wrong-state."""

    status: int
    code: str
    detail: str
    #: Path of a field -> what is wrong with it.
    errors: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the reason with the fields that it names."""
        named = "".join(f"; {path}: {message}" for path, message in self.errors.items())
        return f"{self.detail} ({self.status} {self.code}){named}"


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A call and what its answer is read as. A write keeps its key, however often it is sent.

    Its body is sent as JSON, a file as it is.
    """

    answer: type[T]
    method: str
    path: str
    body: Mapping[str, Any] | bytes | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default_factory=lambda: uuid4().hex)

    def request(self, client: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        """Return the request, the same bytes each time: the server compares them under one key."""
        headers = {} if self.method == "GET" else {"Idempotency-Key": self.key}
        content = None
        if isinstance(self.body, bytes):
            headers["Content-Type"], content = "application/octet-stream", self.body
        elif self.body is not None:
            headers["Content-Type"], content = "application/json", json.dumps(self.body).encode()
        return client.build_request(
            self.method, self.path, params=self.params, content=content, headers=headers
        )

    def after(self, cursor: str) -> Call[T]:
        """Return the call for the page of a list that begins there."""
        return replace(self, params={**self.params, "cursor": cursor})


class Transport:
    """Sends calls one after the other."""

    def __init__(
        self, url: str, key: str, transport: httpx.BaseTransport | None, patience: Patience | None = None
    ) -> None:
        self.patience = patience or Patience()
        self.http = httpx.Client(**_options(url, key), timeout=self.patience.timeout, transport=transport)

    def send(self, call: Call[T]) -> T:
        """Return the answer. Raises Refused, and Unreachable when every try failed."""
        for n_tried in range(1, self.patience.n_tries + 1):
            response, lost = None, ""
            try:
                response = self.http.send(call.request(self.http))
            except _LOST as error:
                lost = repr(error)
            if response is not None and not _passes(response.status_code):
                return _read(call, response)
            time.sleep(_wait(n_tried, response, lost, self.patience))
        raise AssertionError("the last wait raises")

    def every(self, call: Call[Page[T]]) -> tuple[T, ...]:
        """Return a list to its last page."""
        page = self.send(call)
        found = page.items
        while page.next:
            page = self.send(call.after(page.next))
            found += page.items
        return found


class AsyncTransport:
    """The same for a program with an event loop."""

    def __init__(self, url: str, key: str, transport: httpx.AsyncBaseTransport | None) -> None:
        self.patience = Patience()
        self.http = httpx.AsyncClient(
            **_options(url, key), timeout=self.patience.timeout, transport=transport
        )

    async def send(self, call: Call[T]) -> T:
        """Return the answer. Raises Refused, and Unreachable when every try failed."""
        for n_tried in range(1, self.patience.n_tries + 1):
            response, lost = None, ""
            try:
                response = await self.http.send(call.request(self.http))
            except _LOST as error:
                lost = repr(error)
            if response is not None and not _passes(response.status_code):
                return _read(call, response)
            await asyncio.sleep(_wait(n_tried, response, lost, self.patience))
        raise AssertionError("the last wait raises")

    async def every(self, call: Call[Page[T]]) -> tuple[T, ...]:
        """Return a list to its last page."""
        page = await self.send(call)
        found = page.items
        while page.next:
            page = await self.send(call.after(page.next))
            found += page.items
        return found


def _options(url: str, key: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname not in OWN_MACHINE:
        raise ClearText(f"Give the address of {parts.hostname} that begins with https")
    headers = {"Authorization": f"Bearer {key}"}
    return {"base_url": f"{url.rstrip('/')}/api/v1", "headers": headers}


def _passes(status: int) -> bool:
    return status == 429 or status >= 500


def _wait(n_tried: int, response: httpx.Response | None, lost: str, patience: Patience) -> float:
    """Return the seconds until the next try. Raises Unreachable when there is none."""
    told = _retry_after(response) if response is not None else None
    seconds = told if told is not None else _back_off(n_tried)
    if n_tried == patience.n_tries or seconds > patience.longest_wait:
        reason = f"it answered {response.status_code}" if response is not None else lost
        raise Unreachable(f"Tried {n_tried} times: {reason}")
    return seconds


def _back_off(n_tried: int) -> float:
    # Spread, so that many agents that lost the server together do not come back together.
    return FIRST_WAIT * (1 << n_tried - 1) * secrets.SystemRandom().uniform(0.5, 1.0)


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that the server asks to wait; a date counts from the server's own clock."""
    told = response.headers.get("Retry-After", "")
    if told.isdecimal():
        return float(told)
    try:
        until, now = (parsedate_to_datetime(value) for value in (told, response.headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _read(call: Call[T], response: httpx.Response) -> T:
    try:
        if response.is_success and call.answer is str:
            return response.text  # type: ignore[return-value]  # which is what T is here
        told = response.json()
        if response.is_success:
            return read(call.answer, told)
        errors = {error["path"]: error["message"] for error in told.get("errors") or ()}
        code = told["type"].rpartition(":")[2]
        detail = told.get("detail") or told["title"]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Refused(response.status_code, "", f"{response.url} does not answer as Telemachy does") from None
    raise Refused(response.status_code, code, detail, errors)
