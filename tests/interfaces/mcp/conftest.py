"""A client of the protocol, as agents use it: the official one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import mcp
import pytest
from mcp.client.streamable_http import streamable_http_client

from tests import loops
from tests.interfaces.api.conftest import call_as, goal  # noqa: F401 - tokens and a goal, as for the API
from tests.interfaces.mcp.wire import Wire

Walk = Callable[[mcp.Client], Awaitable[Any]]


@pytest.fixture
def wire(db) -> Wire:
    """Requests go to the product over it, within the test's own transaction."""
    return Wire()


@pytest.fixture
def over_http(wire: Wire) -> Callable[..., Any]:
    """Return a function that connects with a token, walks, and returns what the walk returned."""

    def connect(secret: str, walk: Walk, mode: str = "auto") -> Any:
        async def run() -> Any:
            async with wire.http(headers={"Authorization": f"Bearer {secret}"}) as http:
                transport = streamable_http_client(wire.url, http_client=http)
                async with mcp.Client(transport, mode=mode) as client:
                    return await walk(client)

        return loops.run(run())

    return connect
