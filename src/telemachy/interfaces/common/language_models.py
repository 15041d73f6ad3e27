"""The language model of the installation: core.assist's port, spoken by pydantic-ai (the [assist] extra).

The library is imported when somebody asks, so that an installation without the extra has none of it. One
request is one conversation: no tools, nothing remembered, no other host than the one that is set.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from django.conf import settings

from telemachy.core.assist import NoReply, Prompt, Reply, Silence
from telemachy.core.assist.port import MAX_OUTPUT_TOKENS

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

logger = logging.getLogger(__name__)


class OtherHostError(RuntimeError):
    """Something wanted to call a host that the settings do not name."""


def ask(prompt: Prompt) -> Reply:
    """Send the prompt to the model of the settings; raises NoReply when nothing usable came back.

    Runs in a thread of its own, because whoever asks may have a loop running already.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, _ask(prompt)).result()


async def _ask(prompt: Prompt) -> Reply:
    from pydantic_ai import Agent, ModelSettings
    from pydantic_ai.exceptions import ModelAPIError, ModelTimeoutError

    try:
        async with client() as http:
            agent = Agent(
                model_of(http),
                output_type=str,
                instructions=prompt.instructions,
                retries=0,
                model_settings=ModelSettings(max_tokens=MAX_OUTPUT_TOKENS),
            )
            result = await asyncio.wait_for(agent.run(prompt.material), settings.ASSIST_SECONDS)
    except (TimeoutError, ModelTimeoutError) as error:
        raise NoReply(Silence.TOO_LATE, may_cost=True) from error
    except ModelAPIError as error:
        # Answers with an error status are not charged; the text may quote what was sent, so it is not logged.
        logger.warning("language model refused: %s", type(error).__name__)
        raise NoReply(Silence.REFUSED, may_cost=False) from error
    except Exception as error:
        # Whatever else a provider's library raises is one thing to the product: there is no answer.
        logger.warning("language model failed: %s", type(error).__name__)
        raise NoReply(Silence.BROKEN, may_cost=True) from error
    return Reply(result.output, result.usage.input_tokens, result.usage.output_tokens)


def client(transport: httpx2.AsyncBaseTransport | None = None) -> httpx2.AsyncClient:
    """Return an HTTP client that calls the host of the settings and follows nobody elsewhere."""
    import httpx2

    return httpx2.AsyncClient(
        timeout=settings.ASSIST_SECONDS,
        follow_redirects=False,
        event_hooks={"request": [_stay]},
        transport=transport,
    )


async def _stay(request: httpx2.Request) -> None:
    if request.url.host != settings.ASSIST_HOST:
        raise OtherHostError(request.url.host)


def model_of(http: httpx2.AsyncClient) -> Model:
    """Return the model that TELEMACHY_ASSIST_MODEL names, at the address of the settings.

    Nothing is tried again behind the asker's back: it could be paid for twice, and they can press again.
    """
    service, _, name = settings.ASSIST_MODEL.partition(":")
    there: dict[str, Any] = {
        "api_key": settings.ASSIST_KEY,
        "base_url": settings.ASSIST_URL,
        "http_client": http,
        "max_retries": 0,
    }
    if service == "anthropic":
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        return AnthropicModel(name, provider=AnthropicProvider(anthropic_client=AsyncAnthropic(**there)))
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    opened = AsyncOpenAI(**there)
    if service == "openai":
        return OpenAIChatModel(name, provider=OpenAIProvider(openai_client=opened))
    return OpenAIChatModel(name, provider=OpenAICompatibleProvider(service, openai_client=opened))
