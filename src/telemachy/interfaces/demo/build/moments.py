"""Days before the demo's last day, turned into moments; and steps that are carried out in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

#: Day of the week, Saturday or Sunday, -> days from it to the nearest weekday.
TO_A_WEEKDAY = {5: -1, 6: 1}


@dataclass(frozen=True, slots=True)
class Moments:
    """Turns "so many days ago" into a moment in UTC."""

    today: date

    def at(self, days: float, hour: int = 9, minute: int = 0) -> datetime:
        """Return the moment `days` before today at an hour of that day; negative days lie ahead."""
        return datetime.combine(self.today, time(hour, minute), UTC) - timedelta(days=days)

    def at_work(self, days: float, hour: int) -> datetime:
        """Return `at`, or where that is on a weekend, the same hour of the nearest weekday."""
        moment = self.at(days, hour)
        return moment + timedelta(days=TO_A_WEEKDAY.get(moment.weekday(), 0))

    def on(self, days: int) -> date:
        """Return the date `days` before today."""
        return self.today - timedelta(days=days)

    @property
    def end(self) -> datetime:
        """The first moment after everything that has happened: midnight of the last day."""
        return datetime.combine(self.today, time(), UTC)


#: Called with nothing. That it may take something is for lambdas whose defaults hold what a loop gave them.
Step = Callable[..., object]
#: Per cent between two lines of progress.
SAY_EVERY = 10


@dataclass(slots=True)
class Script:
    """Steps with their moments; run in order of time, and in the order given where two are at once."""

    _steps: list[tuple[datetime, int, Step]] = field(default_factory=list)

    def add(self, at: datetime, step: Step) -> None:
        """Add one step."""
        self._steps.append((at, len(self._steps), step))

    def run(self, say: Callable[[str], None]) -> None:
        """Carry out everything, and say now and then how far it is."""
        ordered = sorted(self._steps, key=lambda entry: entry[:2])
        shown = 0
        for number, (at, _number, step) in enumerate(ordered, start=1):
            step()
            share = 100 * number // len(ordered)
            if share >= shown + SAY_EVERY:
                shown = share
                say(f"{share} % of the history, up to {at:%d %B %Y}")
