"""How far somebody has come on the path "foundational coaching skills"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telemachy.apps.practice.queries import commitments, drills, role_plays
from telemachy.core.practice import FOUNDATIONS, Step, StepKind

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Progress:
    """A step and how much of it is done."""

    step: Step
    n_done: int

    @property
    def is_done(self) -> bool:
        """Whether the step is complete."""
        return self.n_done >= self.step.target

    @property
    def minutes_left(self) -> int:
        """About how long the rest of the step takes."""
        left = self.step.minutes * (self.step.target - self.n_done) / self.step.target
        return round(left)


def progress(person: Person) -> tuple[Progress, ...]:
    """Return every step with what is done of it, in three queries; nothing has to be ticked off."""
    seen = drills.n_seen_by_skill(person)
    played = role_plays.finished(person)
    n_held = commitments.settled_of(person).count()
    found = []
    for step in FOUNDATIONS:
        if step.kind == StepKind.DRILL:
            n_done = seen[step.subject]
        elif step.kind == StepKind.ROLE_PLAY:
            n_done = len(played.get(step.subject, ()))
        else:
            n_done = n_held
        found.append(Progress(step, min(n_done, step.target)))
    return tuple(found)
