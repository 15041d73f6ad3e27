"""A wire from clients of the protocol to the product that never leaves the test's process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx2
from django.conf import settings
from django.db import connections
from django.test import Client

T = TypeVar("T")


class Wire(httpx2.AsyncBaseTransport):
    """Hands requests to the product, one at a time, in a thread that shares the test's transaction."""

    def __init__(self) -> None:
        shared = connections["default"]
        shared.inc_thread_sharing()
        self._server = ThreadPoolExecutor(1, initializer=lambda: connections.__setitem__("default", shared))
        self.client = Client()
        #: Method, path and status of each call.
        self.seen: list[tuple[str, str, int]] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer as the product's server would."""
        body = await request.aread()
        return await self.meanwhile(self._answer, request, body)

    async def meanwhile(self, act: Callable[..., T], *given: Any) -> T:
        """Do something on the product's side, such as what a person does on its pages."""
        return await asyncio.get_running_loop().run_in_executor(self._server, act, *given)

    def _answer(self, request: httpx2.Request, body: bytes) -> httpx2.Response:
        path = request.url.raw_path.decode()
        answer = self.client.generic(
            request.method,
            path,
            body,
            content_type=request.headers.get("content-type", ""),
            headers=dict(request.headers),
        )
        self.seen.append((request.method, path.partition("?")[0], answer.status_code))
        return httpx2.Response(
            answer.status_code, headers=list(answer.headers.items()), content=answer.content
        )

    def http(self, **options: Any) -> httpx2.AsyncClient:
        """Return a client on this wire; the frameworks' ways of making one call it."""
        return httpx2.AsyncClient(**{**options, "transport": self, "timeout": 30})

    @property
    def url(self) -> str:
        """Where the protocol is spoken."""
        return f"{settings.BASE_URL}/mcp"
