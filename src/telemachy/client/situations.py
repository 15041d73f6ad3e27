"""A situation as the program that faces it sees it: asking, deciding, telling how it turned out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any, TypeVar

from telemachy.client.answers import Debriefing, Help, Locked, Reminder, Standing, Started
from telemachy.client.queue import Flushed, Kept, OfflineQueue
from telemachy.client.transport import AsyncTransport, Call, Refused, Transport, Unreachable

T = TypeVar("T")

#: Seconds between two looks for an answer of the mentor.
POLL = 2.0


class Sender:
    """Sends, and keeps writes that cannot be sent where there is a queue."""

    def __init__(self, transport: Transport, queue: OfflineQueue | None) -> None:
        self.transport, self.queue = transport, queue

    def read(self, call: Call[T]) -> T:
        """Send a call whose answer is needed now."""
        return self.transport.send(call)

    def write(self, call: Call[T]) -> T | Kept:
        """Send a write, or keep it behind those of the same situation that wait already."""
        if self.queue is None:
            return self.transport.send(call)
        if not self.queue.holds(call.path):
            try:
                return self.transport.send(call)
            except Unreachable:
                pass
        return self.queue.put(call)

    def flush(self) -> Flushed:
        """Send what waits, oldest first, until the server is lost again."""
        if self.queue is None:
            return Flushed(0, 0, ())
        n_sent, refused = 0, []
        waiting = self.queue.calls()
        for call in waiting:
            try:
                self.transport.send(call)
            except Unreachable:
                break
            except Refused as refusal:
                self.queue.refuse(call, refusal)
                refused.append((call, refusal))
            else:
                self.queue.done(call)
                n_sent += 1
        return Flushed(n_sent, len(waiting) - n_sent - len(refused), tuple(refused))


class AsyncSender:
    """The same for a program with an event loop."""

    def __init__(self, transport: AsyncTransport, queue: OfflineQueue | None) -> None:
        self.transport, self.queue = transport, queue

    async def read(self, call: Call[T]) -> T:
        """Send a call whose answer is needed now."""
        return await self.transport.send(call)

    async def write(self, call: Call[T]) -> T | Kept:
        """Send a write, or keep it behind those of the same situation that wait already."""
        if self.queue is None:
            return await self.transport.send(call)
        if not self.queue.holds(call.path):
            try:
                return await self.transport.send(call)
            except Unreachable:
                pass
        return self.queue.put(call)

    async def flush(self) -> Flushed:
        """Send what waits, oldest first, until the server is lost again."""
        if self.queue is None:
            return Flushed(0, 0, ())
        n_sent, refused = 0, []
        waiting = self.queue.calls()
        for call in waiting:
            try:
                await self.transport.send(call)
            except Unreachable:
                break
            except Refused as refusal:
                self.queue.refuse(call, refusal)
                refused.append((call, refusal))
            else:
                self.queue.done(call)
                n_sent += 1
        return Flushed(n_sent, len(waiting) - n_sent - len(refused), tuple(refused))


class _Case:
    """What is known of a situation on this side. The calls that need an answer come in two kinds below."""

    def __init__(self, started: Started) -> None:
        self.started = started
        self.is_decided = False

    @property
    def id(self) -> str:
        """The situation's id."""
        return self.started.situation_id

    @property
    def reminders(self) -> tuple[Reminder, ...]:
        """What earlier cases taught, at most three: information, never instructions."""
        return self.started.reminders

    @property
    def level(self) -> int:
        """The recommended level of guidance: 4 answer, 3 example, 2 question, 1 debrief, 0 independent."""
        return self.started.level

    @property
    def may_ask(self) -> bool:
        """Whether the mentor may be asked; `started.why_not` says why not."""
        return self.started.may_ask

    def _post(self, kind: str, answer: type[T], **body: Any) -> Call[T]:
        return Call(answer, "POST", f"/situations/{self.id}/{kind}", body)

    def _look(self) -> Call[Help]:
        return Call(Help, "GET", f"/situations/{self.id}/help")

    def _ask(self, question: str, intended: str, confidence: float) -> Call[Help]:
        body = {"question": question, "intended_action": intended, "confidence": confidence}
        return self._post("help", Help, **body)

    def _decide(self, decision: str, why: str, confidence: float) -> Call[Locked]:
        body = {"decision": decision, "rationale": why, "confidence": confidence}
        return self._post("decision", Locked, **body)

    def _outcome(self, success: bool, note: str, evidence_uri: str) -> Call[Debriefing]:
        body = {"success": success, "note": note, "evidence_uri": evidence_uri}
        return self._post("outcomes", Debriefing, **body)

    def _account(self, outcome: str, **more: str) -> Call[Standing]:
        return self._post("account", Standing, outcome=outcome, **more)


class Situation(_Case):
    """A situation under way."""

    def __init__(self, sender: Sender, started: Started) -> None:
        super().__init__(started)
        self._sender = sender

    def ask(self, question: str, *, intended: str, confidence: float, wait: float = 0.0) -> Help:
        """Ask the mentor, saying what you would do without an answer; wait so many seconds for one."""
        answer = self._sender.read(self._ask(question, intended, confidence))
        while answer.state == "pending" and wait > 0:
            time.sleep(min(POLL, wait))
            wait -= POLL
            answer = self.help()
        return answer

    def help(self) -> Help:
        """See whether there is an answer by now."""
        return self._sender.read(self._look())

    def decide(self, decision: str, *, why: str = "", confidence: float) -> Locked | Kept:
        """Commit the decision, before its outcome is known."""
        locked = self._sender.write(self._decide(decision, why, confidence))
        self.is_decided = True
        return locked

    def outcome(self, success: bool, *, note: str = "", evidence_uri: str = "") -> Debriefing | Kept:
        """Report how it turned out, as you see it; answers with the questions for the account."""
        return self._sender.write(self._outcome(success, note, evidence_uri))

    def account(
        self, outcome: str, *, criteria: str = "", risks: str = "", alternatives: str = "", lesson: str = ""
    ) -> Standing | Kept:
        """Tell how you decided; a lesson is added to your own lessons."""
        more = {"criteria": criteria, "risks": risks, "alternatives": alternatives, "lesson": lesson}
        return self._sender.write(self._account(outcome, **more))


class AsyncSituation(_Case):
    """The same for a program with an event loop."""

    def __init__(self, sender: AsyncSender, started: Started) -> None:
        super().__init__(started)
        self._sender = sender

    async def ask(self, question: str, *, intended: str, confidence: float, wait: float = 0.0) -> Help:
        """Ask the mentor, saying what you would do without an answer; wait so many seconds for one."""
        answer = await self._sender.read(self._ask(question, intended, confidence))
        while answer.state == "pending" and wait > 0:
            await asyncio.sleep(min(POLL, wait))
            wait -= POLL
            answer = await self.help()
        return answer

    async def help(self) -> Help:
        """See whether there is an answer by now."""
        return await self._sender.read(self._look())

    async def decide(self, decision: str, *, why: str = "", confidence: float) -> Locked | Kept:
        """Commit the decision, before its outcome is known."""
        locked = await self._sender.write(self._decide(decision, why, confidence))
        self.is_decided = True
        return locked

    async def outcome(self, success: bool, *, note: str = "", evidence_uri: str = "") -> Debriefing | Kept:
        """Report how it turned out, as you see it; answers with the questions for the account."""
        return await self._sender.write(self._outcome(success, note, evidence_uri))

    async def account(
        self, outcome: str, *, criteria: str = "", risks: str = "", alternatives: str = "", lesson: str = ""
    ) -> Standing | Kept:
        """Tell how you decided; a lesson is added to your own lessons."""
        more = {"criteria": criteria, "risks": risks, "alternatives": alternatives, "lesson": lesson}
        return await self._sender.write(self._account(outcome, **more))


def start(
    goal_id: str, summary: str, tags: Sequence[str], external_ref: str, difficulty: int, novelty: int
) -> Call[Started]:
    """Return the call that begins a situation."""
    body = {
        "goal_id": goal_id,
        "summary": summary,
        "tags": list(tags),
        "external_ref": external_ref,
        "difficulty": difficulty,
        "novelty": novelty,
    }
    return Call(Started, "POST", "/situations", body)
