"""The tools for agents of LangGraph and LangChain, whose own adapters know older revisions only.

Needs `langchain-core`, which whoever uses it has installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool
    from mcp import Client
    from mcp.types import Tool


async def tools_of(client: Client) -> list[BaseTool]:
    """Return the tools of a connected client as LangChain's, with names, texts and schemas as they are."""
    return [_tool(client, tool) for tool in (await client.list_tools()).tools]


def _tool(client: Client, tool: Tool) -> BaseTool:
    from langchain_core.tools import StructuredTool, ToolException

    async def call(**arguments: Any) -> Any:
        result = await client.call_tool(tool.name, arguments)
        if result.is_error:
            raise ToolException("\n".join(getattr(part, "text", "") for part in result.content))
        return result.structured_content

    return StructuredTool.from_function(
        coroutine=call,
        name=tool.name,
        description=tool.description or "",
        args_schema=tool.input_schema,
        handle_tool_error=True,
    )
