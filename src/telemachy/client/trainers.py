"""A trainer's client, and that of whoever answers for agents: one with an event loop, one without."""

from __future__ import annotations

from types import TracebackType
from typing import Self, Unpack

import httpx

from telemachy.client import training
from telemachy.client.answers import Goal, Me
from telemachy.client.training import (
    Agent,
    CardWords,
    Case,
    Held,
    Learner,
    Lesson,
    LessonWords,
    PastCases,
    Review,
    Sent,
)
from telemachy.client.transport import AsyncTransport, Call, Transport


class Trainer:
    """The calls of whoever mentors, program or person, and of whoever answers for agents.

    What is not allowed is refused by the server, with the rule's own reason. Nothing is kept offline: what a
    trainer says belongs to what the learner has just written.
    """

    def __init__(self, url: str, key: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = Transport(url, key, transport)

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
        return self._transport.send(Call(Me, "GET", "/me"))

    # --- what there is to look at -------------------------------------------------------------

    def reviews(self, *, goal_id: str = "") -> tuple[Review, ...]:
        """Return the situations worth a look, the worthiest first; a hundred at most."""
        return self._transport.send(training.reviews(goal_id))

    def case(self, situation_id: str) -> Case:
        """Return everything written about a situation."""
        return self._transport.send(training.case(situation_id))

    def learner(self, relationship_id: str, *, learner_id: str = "") -> Learner:
        """Return how a learner stands; the id only where a relationship has several."""
        return self._transport.send(training.learner(relationship_id, learner_id))

    # --- guidance and ratings -----------------------------------------------------------------

    def guide(
        self, situation_id: str, text: str = "", *, level: int | None = None, **lesson: Unpack[LessonWords]
    ) -> Sent:
        """Answer the question, and keep a lesson for later cases where a failure mode is named.

        What an agent writes is held until a human has read it. Without a level, the recommended one.
        """
        return self._transport.send(training.guide(situation_id, text, level=level, **lesson))

    def rate(self, situation_id: str, score: int, judgment_shown: str) -> Sent:
        """Rate the account, 0 to 4, and say what it shows, which closes the case."""
        return self._transport.send(training.rate(situation_id, score, judgment_shown))

    def set_level(self, relationship_id: str, failure_mode_id: str, level: int, reason: str) -> Learner:
        """Set how much help there is with a failure mode; evidence begins anew."""
        call = training.set_level(relationship_id, failure_mode_id, level, reason)
        return self._transport.send(call)

    def bound_asking(self, goal_id: str, n: int, *, is_low_risk: bool) -> Goal:
        """Say how often an agent may ask towards a goal in all, and whether little is at risk in it."""
        return self._transport.send(training.bound_asking(goal_id, n, is_low_risk))

    # --- lessons and what is held -------------------------------------------------------------

    def lessons(self, *, state: str = "") -> tuple[Lesson, ...]:
        """Return the lessons that you wrote or answer for. Letting one through takes a human, on its page."""
        return self._transport.every(training.lessons(state))

    def refuse_lesson(self, lesson_id: str, because: str) -> Lesson:
        """Keep a lesson from the learner for good."""
        return self._transport.send(training.end_lesson(lesson_id, "refuse", because))

    def withdraw_lesson(self, lesson_id: str, because: str) -> Lesson:
        """Take a lesson back, with every lesson derived from it."""
        return self._transport.send(training.end_lesson(lesson_id, "withdraw", because))

    def held(self) -> tuple[Held, ...]:
        """Return what agent mentors wrote and humans decide on: an agent's own, a human's to decide on."""
        return self._transport.every(training.held())

    # --- past cases ---------------------------------------------------------------------------

    def bring_cases(
        self, relationship_id: str, name: str, data: bytes, *, learner_id: str = "", goal_id: str = ""
    ) -> PastCases:
        """Have an agent's past cases read, JSON lines or OpenTelemetry spans; nothing is added yet."""
        call = training.bring_cases(relationship_id, name, data, learner_id, goal_id)
        return self._transport.send(call)

    def cases(self, import_id: str) -> PastCases:
        """Return how far a file is."""
        return self._transport.send(training.cases(import_id))

    def take_in(self, import_id: str) -> PastCases:
        """Take every case in that could be read; more than a hundred in the background."""
        return self._transport.send(training.decide_cases(import_id, "commit"))

    def put_away(self, import_id: str) -> PastCases:
        """Take nothing in, and forget what was read."""
        return self._transport.send(training.decide_cases(import_id, "discard"))

    # --- agents that one answers for ----------------------------------------------------------

    def agents(self) -> tuple[Agent, ...]:
        """Return the agents that you answer for; administrators see all, an agent itself."""
        return self._transport.every(training.agents())

    def describe(self, agent_id: str, purpose: str, **card: Unpack[CardWords]) -> Agent:
        """Set what an agent is for, and its card, anew."""
        return self._transport.send(training.describe(agent_id, purpose, **card))

    def suspend(self, agent_id: str, because: str) -> Agent:
        """Have each call of the agent refused with this reason."""
        return self._transport.send(training.suspend(agent_id, because))

    def resume(self, agent_id: str) -> Agent:
        """Have its calls answered again."""
        return self._transport.send(training.resume(agent_id))


class AsyncTrainer:
    """The same for a program with an event loop."""

    def __init__(self, url: str, key: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = AsyncTransport(url, key, transport)

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
        return await self._transport.send(Call(Me, "GET", "/me"))

    # --- what there is to look at -------------------------------------------------------------

    async def reviews(self, *, goal_id: str = "") -> tuple[Review, ...]:
        """Return the situations worth a look, the worthiest first; a hundred at most."""
        return await self._transport.send(training.reviews(goal_id))

    async def case(self, situation_id: str) -> Case:
        """Return everything written about a situation."""
        return await self._transport.send(training.case(situation_id))

    async def learner(self, relationship_id: str, *, learner_id: str = "") -> Learner:
        """Return how a learner stands; the id only where a relationship has several."""
        return await self._transport.send(training.learner(relationship_id, learner_id))

    # --- guidance and ratings -----------------------------------------------------------------

    async def guide(
        self, situation_id: str, text: str = "", *, level: int | None = None, **lesson: Unpack[LessonWords]
    ) -> Sent:
        """Answer the question, and keep a lesson for later cases where a failure mode is named.

        What an agent writes is held until a human has read it. Without a level, the recommended one.
        """
        return await self._transport.send(training.guide(situation_id, text, level=level, **lesson))

    async def rate(self, situation_id: str, score: int, judgment_shown: str) -> Sent:
        """Rate the account, 0 to 4, and say what it shows, which closes the case."""
        return await self._transport.send(training.rate(situation_id, score, judgment_shown))

    async def set_level(self, relationship_id: str, failure_mode_id: str, level: int, reason: str) -> Learner:
        """Set how much help there is with a failure mode; evidence begins anew."""
        call = training.set_level(relationship_id, failure_mode_id, level, reason)
        return await self._transport.send(call)

    async def bound_asking(self, goal_id: str, n: int, *, is_low_risk: bool) -> Goal:
        """Say how often an agent may ask towards a goal in all, and whether little is at risk in it."""
        return await self._transport.send(training.bound_asking(goal_id, n, is_low_risk))

    # --- lessons and what is held -------------------------------------------------------------

    async def lessons(self, *, state: str = "") -> tuple[Lesson, ...]:
        """Return the lessons that you wrote or answer for. Letting one through takes a human, on its page."""
        return await self._transport.every(training.lessons(state))

    async def refuse_lesson(self, lesson_id: str, because: str) -> Lesson:
        """Keep a lesson from the learner for good."""
        return await self._transport.send(training.end_lesson(lesson_id, "refuse", because))

    async def withdraw_lesson(self, lesson_id: str, because: str) -> Lesson:
        """Take a lesson back, with every lesson derived from it."""
        return await self._transport.send(training.end_lesson(lesson_id, "withdraw", because))

    async def held(self) -> tuple[Held, ...]:
        """Return what agent mentors wrote and humans decide on: an agent's own, a human's to decide on."""
        return await self._transport.every(training.held())

    # --- past cases ---------------------------------------------------------------------------

    async def bring_cases(
        self, relationship_id: str, name: str, data: bytes, *, learner_id: str = "", goal_id: str = ""
    ) -> PastCases:
        """Have an agent's past cases read, JSON lines or OpenTelemetry spans; nothing is added yet."""
        call = training.bring_cases(relationship_id, name, data, learner_id, goal_id)
        return await self._transport.send(call)

    async def cases(self, import_id: str) -> PastCases:
        """Return how far a file is."""
        return await self._transport.send(training.cases(import_id))

    async def take_in(self, import_id: str) -> PastCases:
        """Take every case in that could be read; more than a hundred in the background."""
        return await self._transport.send(training.decide_cases(import_id, "commit"))

    async def put_away(self, import_id: str) -> PastCases:
        """Take nothing in, and forget what was read."""
        return await self._transport.send(training.decide_cases(import_id, "discard"))

    # --- agents that one answers for ----------------------------------------------------------

    async def agents(self) -> tuple[Agent, ...]:
        """Return the agents that you answer for; administrators see all, an agent itself."""
        return await self._transport.every(training.agents())

    async def describe(self, agent_id: str, purpose: str, **card: Unpack[CardWords]) -> Agent:
        """Set what an agent is for, and its card, anew."""
        return await self._transport.send(training.describe(agent_id, purpose, **card))

    async def suspend(self, agent_id: str, because: str) -> Agent:
        """Have each call of the agent refused with this reason."""
        return await self._transport.send(training.suspend(agent_id, because))

    async def resume(self, agent_id: str) -> Agent:
        """Have its calls answered again."""
        return await self._transport.send(training.resume(agent_id))
