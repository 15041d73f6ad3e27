"""Ask for a review, rate blind, and open the ratings when the last one is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.supervision.models import (
    Assessment,
    CompetencyRating,
    HoursEntry,
    Letter,
    Review,
    SupervisionHint,
)
from telemachy.apps.supervision.policies import assessments as policies
from telemachy.apps.supervision.queries import assessments as queries
from telemachy.apps.supervision.queries import recordings, rubrics
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import REVIEW

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Recording, RubricVersion

MAX_ASSESSORS = 5


@dataclass(frozen=True, slots=True)
class Given:
    """What an assessor gives a competency: a level, or that the recording gave nothing to rate."""

    level: int | None = None
    unheard: bool = False
    note: str = ""


@action
def ask(
    *,
    recording: Recording,
    version: RubricVersion,
    assessors: Sequence[Person],
    writer: Person,
    question: str,
    by: Person,
    now: datetime,
) -> Review:
    """Ask one or more of those whom the terms name to rate a recording. Raises NotAllowed, BadInput."""
    recording = recordings.locked(recording)
    policies.ask(by, recording).require()
    _check_assessors(recording, assessors, writer)
    if version.rubric.archived_at is not None or version.rubric.organisation_id != by.organisation_id:
        raise BadInput(_("Choose a rubric that is in use."), field="rubric")
    review = Review.objects.create(
        recording=recording,
        coach=by,
        version=version,
        writer=writer,
        question=question.strip(),
        state_since=now,
        asked_at=now,
    )
    Assessment.objects.bulk_create(
        Assessment(review=review, assessor=assessor, asked_at=now) for assessor in assessors
    )
    for assessor in assessors:
        _tell(review, assessor, "review.asked", by, now)
    events.record("review.asked", by=by, now=now, on=review, n_assessors=len(assessors))
    return review


@action
def save(*, review: Review, given: Mapping[str, Given], note: str, by: Person, now: datetime) -> Assessment:
    """Keep ratings as a draft that only their assessor sees. Raises NotAllowed, BadInput.

    The trail tells that rating was begun, not each time it was saved while typing.
    """
    review = queries.locked(review)
    policies.rate(by, review).require()
    part = queries.own_part(review, by)
    assert part is not None  # the policy has looked
    content = rubrics.content(review.version)
    for code, one in given.items():
        if content.competency(code) is None:
            raise BadInput(_("The rubric has no competency %(code)s.") % {"code": code})
        if one.level is not None and (one.unheard or not 1 <= one.level <= content.n_levels):
            raise BadInput(_("Choose one of the rubric's levels for %(code)s.") % {"code": code})
        CompetencyRating.objects.update_or_create(
            assessment=part,
            competency=code,
            defaults={"level": one.level, "unheard": one.unheard, "note": one.note.strip()},
        )
    if part.saved_at is None:
        events.record("assessment.begun", by=by, now=now, on=part)
    else:
        events.unchanged()
    part.note, part.saved_at = note.strip(), now
    part.save(update_fields=["note", "saved_at"])
    return part


@action
def submit(*, review: Review, given: Mapping[str, Given], note: str, by: Person, now: datetime) -> None:
    """Hand ratings in; the last one opens all of them. Raises NotAllowed, BadInput."""
    part = save(review=review, given=given, note=note, by=by, now=now)
    _check_complete(review, given)
    part.submitted_at = now
    part.save(update_fields=["submitted_at"])
    events.record("assessment.submitted", by=by, now=now, on=part)
    _open_if_all_in(review, by, now)


@action
def decline(*, review: Review, by: Person, now: datetime) -> None:
    """Say that one cannot rate it; no reason is asked for. Raises NotAllowed."""
    review = queries.locked(review)
    policies.decline(by, review).require()
    _step_out(review, by, now)


@action
def call_off(*, review: Review, by: Person, now: datetime) -> None:
    """Take a request back; what was rated so far is deleted unseen. Raises NotAllowed."""
    review = queries.locked(review)
    policies.call_off(by, review).require()
    _delete_ratings(review)
    _move(review, "call_off", now)
    for part in queries.parts(review):
        _tell(review, part.assessor, "review.called_off", by, now)
    events.record("review.called_off", by=by, now=now, on=review)


@action
def go_on(*, review: Review, by: Person, now: datetime) -> None:
    """Go on without whoever is waited for in vain; another one writes the letter. Raises NotAllowed."""
    review = queries.locked(review)
    policies.go_on(by, review).require()
    missing = queries.missing(review)
    events.record("review.went_on", by=by, now=now, on=review, n_missing=len(missing))
    if review.state == "rated":
        _pass_letter_on(review, now)
        return
    for person in missing:
        _leave_out(queries.locked(review), person, now)
    _open_if_all_in(review, by, now)


@action
def forget_recording(*, recording: Recording, by: Person, now: datetime) -> None:
    """Delete what repeats a withdrawn recording; levels, dates, hours and development points stay.

    Notes, the coach's question and the letter with its quotes go, since they may retell what was said.
    Ratings that were not all in go too, and points of a letter that was not sent: nobody has seen them.
    The caller's policy has allowed it.
    """
    events.unchanged()
    HoursEntry.objects.filter(recording=recording).update(recording=None)
    for review in map(queries.locked, Review.objects.filter(recording=recording).order_by("pk")):
        if review.state == "asked":
            _delete_ratings(review)
        if review.state == "rated":
            _delete_draft(review)
        Letter.objects.filter(review=review).delete()
        CompetencyRating.objects.filter(assessment__review=review).update(note="")
        review.assessments.update(note="")
        review.question = ""
        _move(review, "forget", now)
        events.record("review.forgotten", by=by, now=now, on=review)


@action
def forget_person(*, person: Person, by: None, now: datetime) -> None:
    """Delete what is about somebody who is erased as coach, and free reviews that wait for them.

    Levels and notes that they gave others stay with these, without the name. A letter that they did not send
    is another assessor's to write.
    """
    events.unchanged()
    Review.objects.filter(coach=person).delete()
    HoursEntry.objects.filter(coach=person).delete()
    SupervisionHint.objects.filter(coach=person).delete()
    waiting = Review.objects.filter(
        state="asked",
        assessments__assessor=person,
        assessments__submitted_at__isnull=True,
        assessments__declined_at__isnull=True,
    )
    for review in map(queries.locked, list(waiting.order_by("pk"))):
        if waiting.filter(pk=review.pk).exists():  # the coach may just have gone on without them
            _step_out(review, person, now)
    for review in map(queries.locked, Review.objects.filter(state="rated", writer=person).order_by("pk")):
        _pass_letter_on(review, now)


def _pass_letter_on(review: Review, now: datetime) -> None:
    """Let another assessor write the letter from the beginning, where there is another."""
    _delete_draft(review)
    before, successor = review.writer, queries.successor(review)
    if successor is not None:
        review.writer = successor
        review.save(update_fields=["writer"])
        _tell(review, successor, "review.rated", before, now)


def _step_out(review: Review, by: Person, now: datetime) -> None:
    """Go on without an assessor: another one writes the letter, and without any it is called off."""
    part = _leave_out(review, by, now)
    events.record("assessment.declined", by=by, now=now, on=part)
    _tell(review, review.coach, "review.declined", by, now)
    review = queries.locked(review)
    if queries.parts(review):
        _open_if_all_in(review, by, now)
    else:
        _move(review, "call_off", now)


def _leave_out(review: Review, assessor: Person, now: datetime) -> Assessment:
    """Take an assessor's part off a review; the letter falls to another one, where there is one."""
    part = queries.own_part(review, assessor)
    assert part is not None  # the caller has looked
    part.ratings.all().delete()
    part.note, part.declined_at = "", now
    part.save(update_fields=["note", "declined_at"])
    others = [one.assessor for one in queries.parts(review) if one.assessor_id != assessor.pk]
    if others and review.writer_id == assessor.pk:
        review.writer = others[0]
        review.save(update_fields=["writer"])
    return part


def _check_assessors(recording: Recording, assessors: Sequence[Person], writer: Person) -> None:
    if not 1 <= len(assessors) <= MAX_ASSESSORS:
        raise BadInput(
            ngettext("Choose %(n)d assessor.", "Choose one to %(n)d assessors.", MAX_ASSESSORS)
            % {"n": MAX_ASSESSORS},
            field="assessors",
        )
    named = {person.pk for person in queries.possible_assessors(recording)}
    if any(assessor.pk not in named for assessor in assessors):
        raise BadInput(_("Choose among those whom the terms of the recording name."), field="assessors")
    if writer.pk not in {assessor.pk for assessor in assessors}:
        raise BadInput(_("The letter is written by one of those who rate."), field="writer")


def _check_complete(review: Review, given: Mapping[str, Given]) -> None:
    for one in rubrics.content(review.version).competencies:
        found = given.get(one.code, Given())
        if found.level is None and not found.unheard:
            raise BadInput(
                _("Choose a level for %(code)s %(name)s, or say that there was nothing to rate.")
                % {"code": one.code, "name": one.name}
            )
    if all(one.level is None for one in given.values()):
        raise BadInput(_("Rate at least one competency before you hand in."))


def _open_if_all_in(review: Review, by: Person, now: datetime) -> None:
    review = queries.locked(review)
    parts = queries.parts(review)
    if any(part.submitted_at is None for part in parts):
        return
    review.rated_at = now
    _move(review, "finish", now)
    for person in {review.coach, *(part.assessor for part in parts)} - {by}:
        _tell(review, person, "review.rated", by, now)
    events.record("review.rated", by=by, now=now, on=review, n_assessors=len(parts))


def _delete_draft(review: Review) -> None:
    """Delete a letter that nobody but its writer has seen, with what it would have recommended."""
    Letter.objects.filter(review=review).delete()
    review.points.all().delete()


def _delete_ratings(review: Review) -> None:
    CompetencyRating.objects.filter(assessment__review=review).delete()
    review.assessments.update(note="", submitted_at=None)


def _move(review: Review, verb: str, now: datetime) -> None:
    review.state, review.state_since = REVIEW.target(review.state, verb), now
    review.save(update_fields=["state", "state_since", "rated_at", "question"])


def _tell(review: Review, person: Person, kind: str, by: Person, now: datetime, **params: Any) -> None:
    path = reverse("review", args=[review.pk])
    notifications.tell(person=person, kind=kind, path=path, now=now, other=by.name, **params)
