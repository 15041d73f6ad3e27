"""Write the feedback letter of a review, and send it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.supervision.models import DevelopmentPoint, Letter, LetterQuote
from telemachy.apps.supervision.policies import assessments as policies
from telemachy.apps.supervision.queries import assessments as reviews
from telemachy.apps.supervision.queries import letters as queries
from telemachy.apps.supervision.queries import recordings, rubrics
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import REVIEW

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Evidence, Review

MAX_POINTS = 5
#: Characters of one of them.
MAX_POINT = 400


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says, apart from quotes and points."""

    greeting: str = ""
    strengths: str = ""
    development: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """Something to work on next, and the competency it is about."""

    text: str
    competency: str = ""


@action
def save(
    *,
    review: Review,
    words: Words,
    evidence: Sequence[Evidence],
    points: Sequence[Point],
    by: Person,
    now: datetime,
) -> Letter:
    """Keep the letter as a draft that only its writer sees. Raises NotAllowed, BadInput.

    The trail tells that a letter was begun, not each time it was saved while typing.
    """
    recordings.locked(review.recording)  # so that no pin is taken off while it is quoted
    review = reviews.locked(review)
    policies.write_letter(by, review).require()
    _check(review, evidence, points, by)
    letter, begun = Letter.objects.update_or_create(
        review=review,
        defaults={
            "greeting": words.greeting.strip(),
            "strengths": words.strengths.strip(),
            "development": words.development.strip(),
            "closing": words.closing.strip(),
            "saved_at": now,
        },
    )
    letter.quotes.all().delete()
    LetterQuote.objects.bulk_create(_quote(letter, pin, place) for place, pin in enumerate(evidence, 1))
    review.points.all().delete()
    DevelopmentPoint.objects.bulk_create(
        DevelopmentPoint(
            review=review,
            coach=review.coach,
            text=" ".join(point.text.split()),  # one line, as the goal that it may become is
            competency=point.competency,
            place=place,
            state_since=now,
        )
        for place, point in enumerate(points, 1)
    )
    if begun:
        events.record("letter.begun", by=by, now=now, on=letter)
    else:
        events.unchanged()
    return letter


@action
def send(*, review: Review, by: Person, now: datetime) -> None:
    """Send the letter to the coach; from then on it stays as it is. Raises NotAllowed, BadInput."""
    review = reviews.locked(review)
    policies.write_letter(by, review).require()
    letter = queries.of_review(review)
    if letter is None or not letter.strengths:
        raise BadInput(_("Say what went well before you send the letter."), field="strengths")
    if not letter.development:
        raise BadInput(_("Say what the coach could work on before you send the letter."), field="development")
    letter.sent_at = now
    letter.save(update_fields=["sent_at"])
    review.state, review.state_since = REVIEW.target(review.state, "answer"), now
    review.save(update_fields=["state", "state_since"])
    notifications.tell(
        person=review.coach,
        kind="letter.sent",
        path=reverse("letter", args=[review.pk]),
        now=now,
        other=by.name,
    )
    events.record("letter.sent", by=by, now=now, on=letter)


def _check(review: Review, evidence: Sequence[Evidence], points: Sequence[Point], by: Person) -> None:
    quotable = {pin.pk for pin in queries.quotable(review, by)}
    if any(pin.pk not in quotable for pin in evidence):
        raise BadInput(_("Choose quotes among the evidence of this review."), field="evidence")
    if len(points) > MAX_POINTS:
        raise BadInput(
            _("At most %(n)d development points: more than that nobody works on.") % {"n": MAX_POINTS},
            field="points",
        )
    content = rubrics.content(review.version)
    for point in points:
        if not point.text.strip():
            raise BadInput(_("A development point needs words."), field="points")
        if len(point.text) > MAX_POINT:
            raise BadInput(
                _("A development point has at most %(n)d characters.") % {"n": MAX_POINT}, field="points"
            )
        if point.competency and content.competency(point.competency) is None:
            raise BadInput(
                _("The rubric has no competency %(code)s.") % {"code": point.competency}, field="points"
            )


def _quote(letter: Letter, pin: Evidence, place: int) -> LetterQuote:
    return LetterQuote(
        letter=letter,
        evidence=pin,
        seat=pin.utterance.seat,
        words=pin.quote,
        start=pin.start,
        competency=pin.competency,
        note=pin.note,
        place=place,
    )
