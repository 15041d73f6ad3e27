"""A client of the protocol, as agents use it: the official one, over HTTP, to a real server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import mcp
import pytest
from mcp.client.streamable_http import streamable_http_client

from tests import loops
from tests.interfaces.api.conftest import call_as, goal  # noqa: F401 - tokens and a goal, as for the API

Walk = Callable[[mcp.Client], Awaitable[Any]]


@pytest.fixture
def over_http(live_server, transactional_db) -> Callable[..., Any]:
    """Return a function that connects with a token, walks, and returns what the walk returned."""

    def connect(secret: str, walk: Walk, mode: str = "auto") -> Any:
        async def run() -> Any:
            headers = {"Authorization": f"Bearer {secret}"}
            async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
                transport = streamable_http_client(f"{live_server.url}/mcp", http_client=http)
                async with mcp.Client(transport, mode=mode) as client:
                    return await walk(client)

        return loops.run(run())

    return connect
