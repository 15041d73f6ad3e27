"""The coach's recorded talks reviewed by two: two with a letter, the latest waiting for one; and the log."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.actions import (
    assessments,
    consents,
    credentials,
    development_points,
    evidence,
    hours,
    letters,
    recordings,
    rubrics,
)
from telemachy.apps.supervision.queries import assessments as reviews
from telemachy.apps.supervision.queries import recordings as recording_queries
from telemachy.apps.supervision.queries import rubrics as rubric_queries
from telemachy.core.assessment import EXAMPLES, RuleSet
from telemachy.interfaces.demo.build.recordings import pair_of, vtt
from telemachy.interfaces.demo.content import reviews as content
from telemachy.interfaces.demo.content.reviews import ReviewText
from telemachy.interfaces.demo.plan import people as cast

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Recording, Review
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script

#: Days before today on which the rubric and the rules were written.
WRITTEN = 90
KEPT = timedelta(days=85)


def schedule(house: House, moments: Moments, script: Script) -> None:
    """Put rubric, talks, ratings, letters and log into the script, if there is the pair."""
    if pair_of(house) is None:
        return
    script.add(moments.at(WRITTEN), partial(_found, house, moments.at(WRITTEN)))
    for text in content.REVIEWS:
        if text.talk is not None:
            script.add(moments.at(text.held, 12), partial(_record, house, text, moments.at(text.held, 12)))
        script.add(moments.at(text.asked, 9), partial(_ask, house, text, moments.at(text.asked, 9)))
        rating = ((text.second_in, cast.ALIKE_MENTOR), (text.writer_in, cast.LEAD_MENTOR))
        for days, assessor in rating:
            now = moments.at(days, 17)
            script.add(now, partial(_rate, house, text, house.people[assessor], now))
        if text.sent is not None:
            script.add(moments.at(text.sent, 10), partial(_write, house, text, moments.at(text.sent, 10)))
    for days, kind, minutes, other in content.HOURS:
        now = moments.at(days, 19)
        script.add(now, partial(_log, house, kind, minutes, other, now))
    script.add(moments.at(20), partial(_work, house, moments.at(20)))
    script.add(moments.at(4), partial(_make_goal, house, moments.at(4)))


def _found(house: House, now: datetime) -> None:
    administrator, example = house.people[cast.ADMINISTRATOR], EXAMPLES[0]
    rubrics.add(
        name=example.name,
        about=example.about,
        content=example.rubric.as_data(),
        by=administrator,
        now=now,
    )
    credentials.add(
        name=content.CREDENTIAL,
        about=content.CREDENTIAL_ABOUT,
        rules=RuleSet(mentor_coaching_hours=10, most_group_hours=7, months=3, passed_recordings=2),
        by=administrator,
        now=now,
    )


def _record(house: House, text: ReviewText, now: datetime) -> None:
    """Record a talk that both agreed on, and pin what the mentor coach heard in it later."""
    coach, learner = house.people[cast.COACH], house.people[cast.SECOND_LEARNER]
    pair = relationships.of_party(coach).filter(parties__person=learner).get()
    named = [house.people[key] for key in (cast.LEAD_MENTOR, cast.ALIKE_MENTOR)]
    before = now - timedelta(days=1)
    recording = consents.ask(
        relationship=pair,
        title=text.title,
        held_on=now.date(),
        offer=consents.Offer("feedback", (before + KEPT).date(), named),
        by=coach,
        now=before,
    )
    terms = recording_queries.proposed(recording)
    if terms is not None and text.talk is not None:
        consents.agree(recording=recording, terms=terms, by=learner, now=now)
        file = ContentFile(vtt(text.talk), name="talk.vtt")
        recordings.upload(recording=recording, transcript=file, by=coach, now=now)
        recording = _recording(house, text)
        recordings.map_speakers(recording=recording, seats=recording.seats, by=coach, now=now)


def _ask(house: House, text: ReviewText, now: datetime) -> None:
    coach, writer = house.people[cast.COACH], house.people[cast.LEAD_MENTOR]
    assessments.ask(
        recording=_recording(house, text),
        version=rubric_queries.latest(rubric_queries.in_use(coach).get()),
        assessors=[writer, house.people[cast.ALIKE_MENTOR]],
        writer=writer,
        question=text.question,
        by=coach,
        now=now,
    )


def _rate(house: House, text: ReviewText, assessor: Person, now: datetime) -> None:
    review = _review(house, text)
    writes = assessor == house.people[cast.LEAD_MENTOR]
    levels = text.by_writer if writes else text.by_second
    notes = {}
    if writes:
        for turn in recording_queries.turns_of(review.recording):
            for beginning, (code, note) in text.heard.items():
                if turn.text.startswith(beginning) and turn.seat == "coach":
                    notes[code] = note
                    evidence.pin(
                        recording=review.recording,
                        number=turn.number,
                        competency=code,
                        note=note,
                        by=assessor,
                        now=now,
                    )
    given = {
        code: assessments.Given(int(level), note=notes.get(code, ""))
        for code, level in zip(rubric_queries.content(review.version).codes, levels, strict=True)
    }
    assessments.submit(review=review, given=given, note="", by=assessor, now=now)


def _write(house: House, text: ReviewText, now: datetime) -> None:
    writer, review = house.people[cast.LEAD_MENTOR], _review(house, text)
    letters.save(
        review=review,
        words=letters.Words(text.greeting, text.strengths, text.development, text.closing),
        evidence=reviews.evidence(review, writer),
        points=[letters.Point(words, code) for words, code in text.points],
        by=writer,
        now=now,
    )
    letters.send(review=review, by=writer, now=now)


def _log(house: House, kind: str, minutes: int, other: str, now: datetime) -> None:
    writer = house.people[cast.LEAD_MENTOR] if other == "writer" else None
    hours.log(
        kind=kind,
        held_on=now.date(),
        minutes=minutes,
        with_person=writer,
        with_name=other if writer is None else "",
        by=house.people[cast.COACH],
        now=now,
    )


def _work(house: House, now: datetime) -> None:
    coach = house.people[cast.COACH]
    first = reviews.points_of(coach).order_by("state_since", "place").first()
    if first is not None:
        development_points.mark(point=first, state="done", by=coach, now=now)


def _make_goal(house: House, now: datetime) -> None:
    """Make a goal of what the latest letter recommends, in the pair of the coach with its writer."""
    coach = house.people[cast.COACH]
    point = reviews.points_of(coach).order_by("-review__asked_at").first()
    if point is not None:
        development_points.make_goal(point=point, by=coach, now=now)


def _recording(house: House, text: ReviewText) -> Recording:
    return recording_queries.named_in(house.people[cast.COACH]).get(title=text.title)


def _review(house: House, text: ReviewText) -> Review:
    return reviews.visible_to(house.people[cast.COACH]).get(recording__title=text.title)
