"""Sessions: held, missed and to come, with agendas, notes and action items."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telemachy.apps.relationships.actions import action_items, agendas, session_notes, sessions
from telemachy.apps.relationships.queries import agendas as agenda_queries

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import ActionItem, Goal, Relationship, Session
    from telemachy.interfaces.demo.build.moments import Moments, Script
    from telemachy.interfaces.demo.content.shapes import SessionText
    from telemachy.interfaces.demo.plan.pairs import PairPlan

#: Which sessions of the lead pair left notes: number of the session -> number of the text.
LEAD_NOTES = {1: 0, 7: 5, 8: 1, 9: 2, 11: 3, 12: 4, 13: 6, 15: 7}
#: Of the others only so many of the latest: what lies further back is a date in the calendar.
N_WITH_NOTES = 3
#: West of here a meeting begins in the afternoon of Europe, else in its morning.
WESTERN_ZONES = ("America/Toronto", "America/Sao_Paulo")
VIDEO = "https://meet.norrvane.example/"
#: Points taken over into the agenda of the next session.
N_ON_AGENDA = 4
#: Days before it in which a session gets into the calendar, and until an action item is due.
BEFOREHAND, DUE = 5, 12


@dataclass(frozen=True, slots=True)
class Meetings:
    """The sessions of one pair on their way into the script."""

    pair: PairPlan
    relationship: Relationship
    learner: Person
    mentor: Person
    goals: dict[str, Goal]
    moments: Moments
    script: Script
    chance: random.Random

    def schedule(self) -> None:
        """Put every session of the pair into the script."""
        held = self.pair.course.sessions
        texts = self._texts(len(held))
        for number, days in enumerate(held):
            if number in texts:
                self._held_with_notes(number, days, texts[number])
            else:
                self._held(number, days)
        for days in self.pair.course.missed:
            self._missed(days)
        if self.pair.course.upcoming is not None:
            self._coming(self.pair.course.upcoming)

    def _texts(self, n_held: int) -> dict[int, SessionText]:
        known = self.pair.sessions
        if self.pair.match.course == "lead":
            return {number: known[text] for number, text in LEAD_NOTES.items()}
        first = self.pair.seed % len(known)
        latest = range(max(n_held - N_WITH_NOTES, 0), n_held)
        return {number: known[(first + number) % len(known)] for number in latest}

    def _starts(self, days: int) -> datetime:
        zones = {self.learner.time_zone, self.mentor.time_zone}
        return self.moments.at_work(days, 13 if zones & set(WESTERN_ZONES) else 9)

    def _goal(self, number: int) -> Goal | None:
        """The goal that a session serves; undirected pairs name none."""
        written = list(self.goals.values())
        return written[number % len(written)] if self.pair.course.tied and written else None

    def _held(self, number: int, days: int) -> None:
        starts = self._starts(days)
        ended = starts + timedelta(hours=1)
        self.script.add(
            ended,
            lambda: sessions.record_held(
                relationship=self.relationship,
                starts_at=starts,
                goal=self._goal(number),
                by=self.learner,
                now=ended,
            ),
        )

    def _held_with_notes(self, number: int, days: int, text: SessionText) -> None:
        starts = self._starts(days)
        planned, ended = starts - timedelta(days=BEFOREHAND), starts + timedelta(hours=1)
        made: list[Session] = []
        promised: list[ActionItem] = []
        if planned >= self.moments.at(self.pair.course.accepted - 2):
            self.script.add(planned, lambda: made.append(self._planned(starts, text.agenda, planned)))
            self.script.add(ended, lambda: self._took_place(made[0], number, ended))
        else:
            self.script.add(ended, lambda: made.append(self._noted(starts, number, ended)))
        self.script.add(ended, lambda: self._noted_down(made[0], text, ended))
        self.script.add(ended, lambda: promised.extend(self._promised(made[0], text, ended)))
        for owner, after in ((0, 6), (1, 10)):
            done = starts + timedelta(days=after)
            if done < self.moments.at(self.pair.course.closed + 1) and self.chance.random() < 0.8:
                person = (self.learner, self.mentor)[owner]
                self.script.add(
                    done,
                    lambda owner=owner, person=person, done=done: action_items.tick(
                        item=promised[owner], done=True, by=person, now=done
                    ),
                )

    def _planned(self, starts: datetime, agenda: tuple[str, ...], now: datetime) -> Session:
        is_near = self.learner.location == self.mentor.location
        session = sessions.schedule(
            relationship=self.relationship,
            starts_at=starts,
            video_url="" if is_near else f"{VIDEO}{self.pair.seed % 100_000:05d}",
            place="Small meeting room, ground floor" if is_near else "",
            by=self.mentor,
            now=now,
        )
        for text in agenda:
            agendas.add(session=session, text=text, by=self.learner, now=now)
        return session

    def _took_place(self, session: Session, number: int, now: datetime) -> None:
        sessions.hold(session=session, goal=self._goal(number), by=self.mentor, now=now)
        for item in session.agenda.all():
            agendas.cover(item=item, covered=True, by=self.learner, now=now)

    def _noted(self, starts: datetime, number: int, now: datetime) -> Session:
        return sessions.record_held(
            relationship=self.relationship,
            starts_at=starts,
            goal=self._goal(number),
            by=self.mentor,
            now=now,
        )

    def _noted_down(self, session: Session, text: SessionText, now: datetime) -> None:
        for person, words, shared in (
            (self.learner, text.shared_note, True),
            (self.learner, text.learner_note, False),
            (self.mentor, text.mentor_note, False),
        ):
            if not person.is_agent:
                session_notes.write(session=session, text=words, shared=shared, by=person, now=now)

    def _promised(self, session: Session, text: SessionText, now: datetime) -> list[ActionItem]:
        due = (now + timedelta(days=DUE)).date()
        return [
            action_items.add(session=session, owner=person, text=words, due_on=due, by=person, now=now)
            for person, words in ((self.learner, text.learner_action), (self.mentor, text.mentor_action))
        ]

    def _missed(self, days: int) -> None:
        starts = self._starts(days)
        planned, later = starts - timedelta(days=BEFOREHAND), starts + timedelta(hours=3)
        made: list[Session] = []
        self.script.add(planned, lambda: made.append(self._planned(starts, (), planned)))
        self.script.add(later, lambda: sessions.miss(session=made[0], by=self.mentor, now=later))

    def _coming(self, days_ahead: int) -> None:
        planned, prepared = self.moments.at(1, 14), self.moments.at(1, 19)
        made: list[Session] = []
        self.script.add(planned, lambda: made.append(self._planned(self._starts(-days_ahead), (), planned)))
        if self.pair.course.ending != "contracting":
            self.script.add(prepared, lambda: self._prepared(made[0], prepared))

    def _prepared(self, session: Session, now: datetime) -> None:
        """Draw the agenda from what is open, as the page suggests it."""
        for one in agenda_queries.suggestions(session, self.learner)[:N_ON_AGENDA]:
            agendas.take(session=session, subject=one.subject, by=self.learner, now=now)
