"""Where a program comes in: one client with an event loop, one without."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar
from uuid import UUID

import httpx

from telemachy.client.answers import Goal, Me, OwnLessons, Page
from telemachy.client.queue import Flushed, OfflineQueue
from telemachy.client.situations import AsyncSender, AsyncSituation, Sender, Situation, start
from telemachy.client.transport import AsyncTransport, Call, TelemachyError, Transport

P = ParamSpec("P")
R = TypeVar("R")


_ME = Call(Me, "GET", "/me")
_GOALS = Call(Page[Goal], "GET", "/goals", params={"limit": "100"})
_LESSONS = "/me/lessons"


class UnknownGoal(TelemachyError):
    """No goal, or more than one, has these words."""


class Telemachy:
    """A learner's way to its mentor. `goal` is an id, or words that one goal alone contains.

    With `queue`, a file, decisions, outcomes and accounts that cannot be sent wait there for `flush`.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        goal: str = "",
        queue: str | Path | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._transport = Transport(url, key, transport)
        self._sender = Sender(self._transport, OfflineQueue(Path(queue)) if queue else None)
        self._goal, self._goal_ids = goal, dict[str, str]()

    def __enter__(self) -> Self:
        """Return the client, whose connections end with the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._transport.http.close()

    def me(self) -> Me:
        """Return whom the token stands for, and what it may do."""
        return self._sender.read(_ME)

    def goals(self) -> tuple[Goal, ...]:
        """Return the goals that the token may read."""
        return self._transport.every(_GOALS)

    def lessons(self) -> str:
        """Return your own lessons."""
        return (self._sender.read(Call(OwnLessons, "GET", _LESSONS))).text

    def keep_lessons(self, text: str) -> None:
        """Write your own lessons anew, at most 500 tokens."""
        self._sender.read(Call(OwnLessons, "PUT", _LESSONS, {"text": text}))

    def skill(self) -> str:
        """Return your own lessons as a SKILL.md, which other programs of yours can load."""
        return self._sender.read(Call(str, "GET", f"{_LESSONS}.md"))

    @contextmanager
    def situation(
        self,
        summary: str,
        *,
        tags: Sequence[str] = (),
        goal: str = "",
        external_ref: str = "",
        difficulty: int = 3,
        novelty: int = 3,
    ) -> Iterator[Situation]:
        """Begin a situation, before any help. An error inside passes through and reports nothing."""
        goal_id = self._goal_id(goal or self._goal)
        call = start(goal_id, summary, tags, external_ref, difficulty, novelty)
        yield Situation(self._sender, self._sender.read(call))

    def situated(
        self,
        summary: str,
        *,
        confidence: float | Callable[[R], float],
        decision: Callable[[R], str] = str,
        tags: Sequence[str] = (),
        goal: str = "",
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Make each call of a function a situation, and what it returns the decision.

        `summary` names arguments in braces. A function with a parameter `situation` is given the situation;
        if it decides there by itself, nothing is committed after it.
        """

        def wrap(function: Callable[P, R]) -> Callable[P, R]:
            @wraps(function)
            def situated(*args: P.args, **kwargs: P.kwargs) -> R:
                told = _tell(summary, function, args, kwargs)
                with self.situation(told, tags=tags, goal=goal) as situation:
                    result = function(*args, **_handed(function, kwargs, situation))
                    if not situation.is_decided:
                        situation.decide(decision(result), confidence=_share(confidence, result))
                    return result

            return situated

        return wrap

    def flush(self) -> Flushed:
        """Send what waits in the queue. Raises Refused, and keeps everything, if the token is refused."""
        return self._sender.flush()

    def _goal_id(self, words: str) -> str:
        if words not in self._goal_ids:
            self._goal_ids[words] = words if _is_id(words) else _only(words, self.goals())
        return self._goal_ids[words]


class AsyncTelemachy:
    """The same for a program with an event loop."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        goal: str = "",
        queue: str | Path | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._transport = AsyncTransport(url, key, transport)
        self._sender = AsyncSender(self._transport, OfflineQueue(Path(queue)) if queue else None)
        self._goal, self._goal_ids = goal, dict[str, str]()

    async def __aenter__(self) -> Self:
        """Return the client, whose connections end with the block."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the connections."""
        await self._transport.http.aclose()

    async def me(self) -> Me:
        """Return whom the token stands for, and what it may do."""
        return await self._sender.read(_ME)

    async def goals(self) -> tuple[Goal, ...]:
        """Return the goals that the token may read."""
        return await self._transport.every(_GOALS)

    async def lessons(self) -> str:
        """Return your own lessons."""
        return (await self._sender.read(Call(OwnLessons, "GET", _LESSONS))).text

    async def keep_lessons(self, text: str) -> None:
        """Write your own lessons anew, at most 500 tokens."""
        await self._sender.read(Call(OwnLessons, "PUT", _LESSONS, {"text": text}))

    async def skill(self) -> str:
        """Return your own lessons as a SKILL.md, which other programs of yours can load."""
        return await self._sender.read(Call(str, "GET", f"{_LESSONS}.md"))

    @asynccontextmanager
    async def situation(
        self,
        summary: str,
        *,
        tags: Sequence[str] = (),
        goal: str = "",
        external_ref: str = "",
        difficulty: int = 3,
        novelty: int = 3,
    ) -> AsyncIterator[AsyncSituation]:
        """Begin a situation, before any help. An error inside passes through and reports nothing."""
        goal_id = await self._goal_id(goal or self._goal)
        call = start(goal_id, summary, tags, external_ref, difficulty, novelty)
        yield AsyncSituation(self._sender, await self._sender.read(call))

    def situated(
        self,
        summary: str,
        *,
        confidence: float | Callable[[R], float],
        decision: Callable[[R], str] = str,
        tags: Sequence[str] = (),
        goal: str = "",
    ) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
        """Make each call of a coroutine function a situation, as `Telemachy.situated` does."""

        def wrap(function: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
            @wraps(function)
            async def situated(*args: P.args, **kwargs: P.kwargs) -> R:
                told = _tell(summary, function, args, kwargs)
                async with self.situation(told, tags=tags, goal=goal) as situation:
                    result = await function(*args, **_handed(function, kwargs, situation))
                    if not situation.is_decided:
                        await situation.decide(decision(result), confidence=_share(confidence, result))
                    return result

            return situated

        return wrap

    async def flush(self) -> Flushed:
        """Send what waits in the queue. Raises Refused, and keeps everything, if the token is refused."""
        return await self._sender.flush()

    async def _goal_id(self, words: str) -> str:
        if words not in self._goal_ids:
            self._goal_ids[words] = words if _is_id(words) else _only(words, await self.goals())
        return self._goal_ids[words]


def _is_id(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True


def _only(words: str, goals: Sequence[Goal]) -> str:
    found = [goal for goal in goals if words.casefold() in goal.statement.casefold()]
    if len(found) != 1:
        known = "; ".join(goal.statement for goal in goals) or "none"
        raise UnknownGoal(f"{len(found)} goals contain “{words}”. There are: {known}")
    return found[0].id


def _tell(summary: str, function: Callable[..., Any], args: Any, kwargs: Any) -> str:
    bound = inspect.signature(function).bind_partial(*args, **kwargs)
    bound.apply_defaults()
    return summary.format(**bound.arguments)


def _handed(function: Callable[..., Any], kwargs: Any, situation: object) -> Any:
    if "situation" in inspect.signature(function).parameters:
        return kwargs | {"situation": situation}
    return kwargs


def _share(confidence: Any, result: Any) -> float:
    return float(confidence(result) if callable(confidence) else confidence)
