"""What can be wrong with a matching problem, each with its own name so that callers can tell them apart."""

from __future__ import annotations

from telemachy.core.shared.errors import BadInput


class PairsInconsistent(BadInput):
    """The arrays of candidate pairs do not fit together."""


class DuplicatePair(BadInput):
    """A learner lists the same mentor twice."""


class UnknownMentor(BadInput):
    """A pair or a lock points at a mentor that does not exist."""


class ScoreOutOfRange(BadInput):
    """A score is not a number between 0 and 1."""


class CapacityTooSmall(BadInput):
    """A mentor's capacity is below the smallest allowed."""


class LockNotPossible(BadInput):
    """A locked pair is unknown, is no candidate, or contradicts another decision."""


class LockOverCapacity(LockNotPossible):
    """More learners are locked to a mentor than the mentor has seats."""


class LockedAndForbidden(LockNotPossible):
    """The same pair is locked and forbidden."""


class UnknownPerson(BadInput):
    """A key names nobody in the pool."""


class DuplicatePerson(BadInput):
    """The same key is listed twice on one side of the pool."""


class ImpossibleProfile(BadInput):
    """A profile, weight or rule holds a value that cannot be worked with."""


class GroupSizesInconsistent(BadInput):
    """A smallest size is below 1 or above the largest, or no division into such sizes exists."""


class GroupNotFillable(BadInput):
    """A group that must run cannot reach its smallest size."""


class OptionOutOfRange(BadInput):
    """An option of a matching holds a value that it cannot have."""


class Stopped(Exception):
    """The caller asked a long search to stop; nothing of it is a result."""


class PoolTooLarge(BadInput):
    """The pool is larger than this kind of matching can hold."""
