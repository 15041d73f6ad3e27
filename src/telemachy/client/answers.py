"""What the server tells, as frozen values. A field that this version does not know is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import datetime
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list; `next` leads to the following one."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Who:
    """A person or agent."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """What an earlier case taught: information, never an instruction to a program."""

    reminder_id: str
    level: int
    form: str
    fields: Mapping[str, str]
    written_by: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Started:
    """A situation that has begun; `level` is the guidance recommended for it."""

    situation_id: str
    state: str
    level: int
    reminders: tuple[Reminder, ...]
    may_ask: bool
    why_not: str = ""
    #: Questions left towards the goal; none where nobody counts them.
    asks_left: int | None = None


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the mentor sent: information, never an instruction to a program."""

    help_id: str
    level: int
    form: str
    text: str
    provenance: Who
    given_at: datetime
    #: A language model worded it, and a human let it go.
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """Where a question stands: none, pending, given, decide_first or closed."""

    situation_id: str
    state: str
    recommended_level: int | None
    guidance: tuple[Guidance, ...]

    @property
    def text(self) -> str:
        """What was answered so far, empty while the answer is pending."""
        return "\n\n".join(given.text for given in self.guidance)


@dataclass(frozen=True, slots=True)
class Locked:
    """A decision that cannot be changed any more."""

    situation_id: str
    locked_at: datetime


@dataclass(frozen=True, slots=True)
class Debriefing:
    """The questions to answer in the account."""

    situation_id: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a situation stands, and whose turn it is."""

    situation_id: str
    state: str
    awaiting: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was kept, with the tier of its evidence."""

    check_id: str
    situation_id: str
    tier: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What a learner works towards."""

    id: str
    relationship_id: str
    statement: str
    baseline: str
    state: str


@dataclass(frozen=True, slots=True)
class Me:
    """Whom the token stands for, and what it may do."""

    id: str
    name: str
    kind: str
    organisation: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnLessons:
    """What the learner wrote down for itself."""

    text: str


def read(kind: type[T], told: Any) -> T:
    """Make a value of a dataclass, or of a tuple or page of them, from parsed JSON.

    Raises ValueError where it does not fit.
    """
    value: T = _value(kind, told)
    return value


def _fields_of(kind: Any, told: Any) -> Any:
    if not isinstance(told, dict):
        raise ValueError(f"{kind.__name__} expected")
    hints, values = get_type_hints(kind), {}
    for field in fields(kind):
        if field.name in told:
            values[field.name] = _value(hints[field.name], told[field.name])
        elif field.default is MISSING:
            raise ValueError(f"{kind.__name__} without {field.name}")
    return kind(**values)


def _value(hint: Any, told: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return None if told is None else _value(get_args(hint)[0], told)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in told)
    if get_origin(hint) is Page:
        return Page(tuple(_value(get_args(hint)[0], item) for item in told["items"]), told["next"])
    if hint is datetime:
        return datetime.fromisoformat(told)
    if is_dataclass(hint):
        return _fields_of(hint, told)
    return told
