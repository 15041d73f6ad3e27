"""`telemachy mcp`: the tools of the Model Context Protocol over standard input and output.

Coding agents start it by themselves. The token comes from TELEMACHY_TOKEN; with --url the calls go to that
installation over HTTPS, without it to the database of this one.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from typing import TYPE_CHECKING

from telemachy.core.shared.addresses import check_not_overheard

if TYPE_CHECKING:
    from telemachy.interfaces.mcp.server import Ask

NO_TOKEN = 2
SECONDS = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.add_argument("--url", help="the installation to call, such as https://mentoring.example.org")


def run(options: argparse.Namespace) -> int:
    """Serve until the input ends. Raises BadInput."""
    token = os.environ.get("TELEMACHY_TOKEN", "").strip()
    if not token:
        print("Set TELEMACHY_TOKEN to a token of your agent.", file=sys.stderr)
        return NO_TOKEN
    ask = _remote(token, options.url) if options.url else _local(token)
    from telemachy.interfaces.mcp import server

    asyncio.run(server.build(ask).run_stdio_async())
    return 0


def _local(token: str) -> Ask:
    from telemachy.interfaces.cli.main import set_up

    set_up()
    from telemachy.interfaces.mcp import inside

    inside.SENDER.set(inside.Sender(bearer=f"Bearer {token}"))
    return inside.ask


def _remote(token: str, url: str) -> Ask:
    import httpx

    from telemachy.interfaces.mcp.server import Answer

    check_not_overheard(url)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    client = httpx.AsyncClient(base_url=f"{url.rstrip('/')}/api/v1", headers=headers, timeout=SECONDS)

    async def ask(method: str, path: str, body: bytes, key: str) -> Answer:
        named = {"Idempotency-Key": key} if key else None
        response = await client.request(method, path, content=body or None, headers=named)
        return Answer(response.status_code, response.text)

    return ask
