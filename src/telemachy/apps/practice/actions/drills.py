"""Rate an answer, and take a rating back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.practice import policies
from telemachy.apps.practice.models import DrillCard, DrillReview
from telemachy.apps.practice.queries import drills as queries
from telemachy.core.practice import Grade, Pace, check, items, review
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

_PACED = ("state", "step", "stability", "difficulty", "due_at", "reviewed_at")


@action
def rate(
    *,
    item: str,
    answer: str,
    grade: int,
    language: str,
    by: Person,
    now: datetime,
    checked_at: datetime | None = None,
) -> DrillReview:
    """Keep an answer with one's own rating, and set when the exercise comes back.

    Raises NotAllowed, and BadInput for an exercise or a rating that does not exist, or for one that was rated
    since the answer was checked at `checked_at`.
    """
    policies.practise(by).require()
    exercise = items(language).get(item)
    if exercise is None:
        raise BadInput(_("This exercise is not there any more. Take the next one."), field="item")
    if grade not in set(Grade):
        raise BadInput(_("Choose one of the four ratings."), field="grade")
    if not answer.strip():
        raise BadInput(_("Write an answer first."), field="answer")
    card, is_new = DrillCard.objects.select_for_update().get_or_create(
        person=by, item=item, defaults={"skill": exercise.skill, "due_at": now}
    )
    if checked_at and card.reviewed_at and card.reviewed_at >= checked_at:
        raise BadInput(_("You have rated this answer already. To change it, take the rating back."))
    pace = Pace() if is_new else card.pace
    found = DrillReview.objects.create(
        card=card,
        answer=answer,
        outcome=check(exercise, answer).outcome,
        grade=grade,
        reviewed_at=now,
        before={} if is_new else _kept(pace),
    )
    _set(card, review(pace, Grade(grade), now))
    events.private()
    return found


@action
def take_back(*, by: Person, now: datetime, review_id: str = "") -> DrillReview:
    """Undo the last rating, as if it had not been given; with a `review_id` that one alone.

    Raises BadInput when there is none to undo.
    """
    last = queries.last_review(by, now)
    if last is None or review_id not in ("", str(last.pk)):
        raise BadInput(_("There is no rating of the last half hour to take back."))
    card = last.card
    events.private()
    if last.before:
        _set(card, _pace(last.before))
        last.delete()
    else:
        card.delete()
    return last


def _set(card: DrillCard, pace: Pace) -> None:
    for name in _PACED:
        setattr(card, name, getattr(pace, name))
    card.save(update_fields=list(_PACED))


def _kept(pace: Pace) -> dict[str, Any]:
    kept = {name: getattr(pace, name) for name in _PACED}
    return kept | {name: kept[name].isoformat() for name in ("due_at", "reviewed_at") if kept[name]}


def _pace(kept: dict[str, Any]) -> Pace:
    moments = {name: parse_datetime(kept[name]) for name in ("due_at", "reviewed_at") if kept[name]}
    return Pace(**(kept | moments))
