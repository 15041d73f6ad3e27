"""Lifecycles as state tables: the code asks them, the documents draw them."""

from __future__ import annotations

from dataclasses import dataclass

from telemachy.core.shared.errors import WrongState


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed transition: `verb` leads from `source` to `target`."""

    verb: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """A named state table; the first state is where everything starts."""

    name: str
    states: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def initial(self) -> str:
        """The state a new row starts in."""
        return self.states[0]

    def target(self, state: str, verb: str) -> str:
        """Return the state that `verb` leads to from `state`; raise WrongState if it leads nowhere."""
        for step in self.steps:
            if step.source == state and step.verb == verb:
                return step.target
        raise WrongState(
            f"A {self.name} that is {state.replace('_', ' ')} has no step “{verb.replace('_', ' ')}”."
        )

    def allows(self, state: str, verb: str) -> bool:
        """Tell whether `verb` is possible in `state`."""
        return any(step.source == state and step.verb == verb for step in self.steps)

    def final(self) -> frozenset[str]:
        """Return the states that no verb leaves."""
        return frozenset(self.states) - {step.source for step in self.steps}


def _lifecycle(name: str, table: str) -> Lifecycle:
    """Read lines `source -> target: verb, verb` into a Lifecycle, states in order of appearance."""
    states: dict[str, None] = {}
    steps: list[Step] = []
    for line in table.strip().splitlines():
        route, verbs = line.split(":")
        source, target = (state.strip() for state in route.split("->"))
        states[source] = None
        states[target] = None
        steps.extend(Step(verb.strip(), source, target) for verb in verbs.split(","))
    return Lifecycle(name, tuple(states), tuple(steps))


PROGRAMME = _lifecycle(
    "programme",
    """
    draft -> open: open
    draft -> archived: archive
    open -> archived: archive
    archived -> open: restore
    """,
)

RELATIONSHIP = _lifecycle(
    "relationship",
    """
    proposed -> accepted: accept
    proposed -> declined: decline, call_off
    accepted -> contracting: contract
    accepted -> declined: decline, call_off
    contracting -> active: activate
    contracting -> unwound: unwind, call_off
    accepted -> unwound: unwind
    active -> winding_down: wind_down
    active -> unwound: unwind, call_off
    winding_down -> active: resume
    winding_down -> graduated: graduate
    winding_down -> completed: complete
    winding_down -> unwound: unwind, call_off
    contracting -> transferred: transfer
    active -> transferred: transfer
    winding_down -> transferred: transfer
    """,
)

SITUATION = _lifecycle(
    "situation",
    """
    logged -> reasoned: reason
    logged -> consulted: ask
    logged -> decided: decide
    reasoned -> consulted: ask
    reasoned -> decided: decide
    consulted -> guided: guide
    consulted -> decided: decide
    guided -> guided: guide
    guided -> consulted: ask
    guided -> decided: decide
    decided -> acted: act
    decided -> accounted: account
    acted -> accounted: account
    accounted -> debriefed: debrief
    """,
)

SESSION = _lifecycle(
    "session",
    """
    proposed -> scheduled: confirm
    proposed -> cancelled: cancel
    scheduled -> scheduled: reschedule
    scheduled -> held: hold
    scheduled -> missed: miss
    scheduled -> cancelled: cancel
    missed -> scheduled: reschedule
    """,
)

GOAL = _lifecycle(
    "goal",
    """
    draft -> active: agree
    draft -> dropped: drop
    active -> reached: reach
    active -> dropped: drop
    reached -> active: reopen
    """,
)

ROSTER_IMPORT = _lifecycle(
    "roster import",
    """
    uploaded -> checking: map
    checking -> previewed: preview
    checking -> failed: fail
    checking -> discarded: discard
    previewed -> checking: map
    previewed -> committing: commit
    previewed -> discarded: discard
    uploaded -> discarded: discard
    committing -> committed: finish
    committing -> failed: fail
    committing -> previewed: take_back
    failed -> checking: map
    failed -> discarded: discard
    """,
)

MATCH_RUN = _lifecycle(
    "match run",
    """
    queued -> running: start
    running -> ready: finish
    running -> failed: fail
    ready -> publishing: publish
    publishing -> published: conclude
    ready -> discarded: discard
    queued -> discarded: discard
    running -> discarded: discard
    failed -> discarded: discard
    """,
)

RECORDING = _lifecycle(
    "recording",
    """
    asked -> agreed: agree
    asked -> withdrawn: withdraw
    agreed -> transcribing: transcribe
    agreed -> mapping: read
    agreed -> expired: expire
    agreed -> withdrawn: withdraw
    transcribing -> mapping: read
    transcribing -> agreed: give_up
    transcribing -> expired: expire
    transcribing -> withdrawn: withdraw
    mapping -> agreed: discard
    mapping -> coding: map
    mapping -> expired: expire
    mapping -> withdrawn: withdraw
    coding -> ready: finish
    coding -> mapping: remap
    coding -> expired: expire
    coding -> withdrawn: withdraw
    ready -> mapping: remap
    ready -> expired: expire
    ready -> withdrawn: withdraw
    expired -> withdrawn: withdraw
    """,
)

REVIEW = _lifecycle(
    "review",
    """
    asked -> rated: finish
    asked -> called_off: call_off
    rated -> answered: answer
    asked -> forgotten: forget
    rated -> forgotten: forget
    answered -> forgotten: forget
    called_off -> forgotten: forget
    """,
)

SUPERVISION_ROOM = _lifecycle(
    "supervision room",
    """
    asked -> open: accept
    asked -> closed: decline, end
    open -> closed: end
    """,
)

SUPERVISION_CASE = _lifecycle(
    "supervision case",
    """
    draft -> shared: share
    shared -> draft: take_back
    shared -> closed: close
    closed -> draft: take_back
    """,
)

THRESHOLD = _lifecycle(
    "threshold claim",
    """
    claimed -> confirmed: confirm
    claimed -> not_yet: refuse
    confirmed -> passed: pass
    confirmed -> shared: share
    shared -> rating: appoint
    shared -> confirmed: take_back
    rating -> passed: pass
    rating -> not_yet: refuse
    rating -> rating: appoint
    rating -> shared: step_back
    rating -> confirmed: take_back
    """,
)

INTERVENTION = _lifecycle(
    "intervention",
    """
    open -> accepted: accept
    open -> snoozed: snooze
    open -> done: finish
    open -> over: close
    accepted -> snoozed: snooze
    accepted -> done: finish
    accepted -> over: close
    snoozed -> open: wake
    snoozed -> accepted: accept
    snoozed -> done: finish
    snoozed -> over: close
    done -> open: return
    done -> accepted: accept
    done -> over: close
    """,
)

LESSON = _lifecycle(
    "lesson",
    """
    quarantined -> active: approve
    quarantined -> active: release
    quarantined -> refused: refuse
    quarantined -> withdrawn: withdraw
    active -> withdrawn: withdraw
    active -> retired: retire
    retired -> active: approve
    retired -> withdrawn: withdraw
    """,
)

TRACE_IMPORT = _lifecycle(
    "trace_import",
    """
    previewed -> committing: commit
    committing -> committed: finish
    committing -> failed: fail
    previewed -> discarded: discard
    failed -> discarded: discard
    failed -> committing: commit
    """,
)

ALL = (
    PROGRAMME,
    RELATIONSHIP,
    SITUATION,
    SESSION,
    GOAL,
    RECORDING,
    REVIEW,
    SUPERVISION_ROOM,
    SUPERVISION_CASE,
    THRESHOLD,
    LESSON,
    TRACE_IMPORT,
    INTERVENTION,
    ROSTER_IMPORT,
    MATCH_RUN,
)

#: Relationship states that count as alive for a party or a programme manager.
RELATIONSHIP_OPEN = ("proposed", "accepted", "contracting", "active", "winding_down")
