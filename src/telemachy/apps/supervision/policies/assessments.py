"""Who may ask for a review, rate, write the letter, and work on what it says.

The coach asks; those whom the terms of the recording name rate; nobody sees another's rating until all
are in. Running a programme or an organisation opens nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.supervision.queries import assessments as queries
from telemachy.apps.supervision.queries import recordings
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import DevelopmentPoint, Recording, Review


def ask(actor: Person, recording: Recording) -> Verdict:
    """Ask for a review: the coach of a coded recording that both agreed somebody may hear."""
    if actor.pk != recording.coach_id:
        return refused(_("The coach asks for a review of the own work."))
    if recording.state != "ready":
        return refused(_("A review needs a transcript that is read and coded."))
    if not queries.possible_assessors(recording):
        return refused(
            _("Nobody is named to hear this recording. Propose terms that name your mentor coach.")
        )
    if queries.under_way(recording):
        return refused(_("A review of this recording is under way."))
    return ALLOWED


def rate(actor: Person, review: Review) -> Verdict:
    """Rate blind: an assessor whom the terms still name, once, until all ratings are in."""
    part = queries.own_part(review, actor)
    if part is None or not recordings.is_named(actor, review.recording):
        return refused(_("Only those whom the coach asked rate this recording."))
    if review.state != "asked":
        return refused(_("Ratings are closed for this review."))
    if part.submitted_at is not None:
        return refused(_("Your ratings are in; they stay as you gave them."))
    return ALLOWED


def decline(actor: Person, review: Review) -> Verdict:
    """Say that one cannot rate: an assessor who has not handed in yet."""
    return rate(actor, review)


def call_off(actor: Person, review: Review) -> Verdict:
    """Take the request back: the coach, until all ratings are in."""
    if actor.pk != review.coach_id:
        return refused(_("The coach takes a request back."))
    if review.state != "asked":
        return refused(_("All ratings are in; the request cannot be taken back any more."))
    return ALLOWED


def go_on(actor: Person, review: Review) -> Verdict:
    """Go on without those who are waited for in vain: the coach, while somebody else is there."""
    if actor.pk != review.coach_id:
        return refused(_("The coach decides how to go on."))
    missing = queries.missing(review)
    if not missing:
        return refused(_("Everybody who is waited for can still read it."))
    is_rated = review.state == "rated"
    if (is_rated and queries.successor(review) is None) or len(missing) == len(queries.parts(review)):
        return refused(_("Nobody else is there. Ask for a new review."))
    return ALLOWED


def write_letter(actor: Person, review: Review) -> Verdict:
    """Write the letter: whom the coach chose for it, once all ratings are in and until it is sent."""
    if actor.pk != review.writer_id or queries.own_part(review, actor) is None:
        return refused(_("The letter is written by the mentor coach whom the coach chose."))
    if not recordings.is_named(actor, review.recording):
        return refused(_("The terms of the recording do not name you any more."))
    if review.state == "asked":
        return refused(_("The letter follows when all ratings are in."))
    if review.state != "rated":
        return refused(_("The letter was sent; it stays as it is."))
    return ALLOWED


def read_letter(actor: Person, review: Review) -> Verdict:
    """Read it: the writer always; the coach and the other assessors once it is sent."""
    letter = getattr(review, "letter", None)
    if letter is None or not queries.is_open_to(review, actor):
        return refused(_("There is no letter yet."))
    if letter.sent_at is None and actor.pk != review.writer_id:
        return refused(_("There is no letter yet."))
    return ALLOWED


def work_on(actor: Person, point: DevelopmentPoint) -> Verdict:
    """Make a goal of a development point, or say that it is done: its coach."""
    if actor.pk != point.coach_id:
        return refused(_("A development point is the coach's own."))
    return ALLOWED
