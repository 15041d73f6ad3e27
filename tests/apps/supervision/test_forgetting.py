"""A client who is erased goes from what others wrote in supervision, also where a first name stands alone."""

from __future__ import annotations

import pytest

from telemachy.apps.relationships.actions import erasure
from telemachy.apps.supervision.actions import cases, hours, letters
from telemachy.apps.supervision.models import CaseNote, HoursEntry, Letter
from telemachy.apps.supervision.queries import assessments
from tests.apps.supervision import reviewing, supervising
from tests.apps.supervision.supervising import LATER
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_a_first_name_alone_goes_from_the_words_of_whoever_met_the_client(cast: Cast) -> None:
    cast.telemachus.name = "Telemachus Müller-Ithakos"
    cast.telemachus.save()
    room = supervising.opened(cast)
    case = supervising.shared(cast, room)
    cases.note(case=case, text="Ask Telemachus’s grandfather.", by=cast.nestor, now=LATER)
    draft = supervising.written(
        cast, alias="Birch", title="_Telemachus_ " + "x" * 147, happened="Mueller wept; ITHAKOS, too."
    )
    erasure.erase(person=cast.telemachus, by=cast.telemachus, now=LATER)
    draft.refresh_from_db()
    case.refresh_from_db()
    assert draft.title == "_Someone_ " + "x" * 147
    assert draft.happened == "Someone wept; Someone, too."
    assert (draft.relationship, case.relationship) == (None, None)
    # Nestor never met the client: only the whole name goes from a note of his.
    assert CaseNote.objects.get().text == "Ask Telemachus’s grandfather."


def test_an_erased_name_that_is_shorter_than_what_replaces_it_fits_its_field(cast: Cast) -> None:
    cast.telemachus.name = "Al"
    cast.telemachus.save()
    draft = supervising.written(cast, alias="Al " * 19)
    erasure.erase(person=cast.telemachus, by=cast.telemachus, now=LATER)
    draft.refresh_from_db()
    assert len(draft.alias) == 60
    assert "Al" not in draft.alias


def test_a_name_goes_from_letters_ratings_and_hours_of_others(cast: Cast) -> None:
    room = reviewing.room(cast)
    answered = reviewing.answered(room)
    hours.log(
        kind="individual",
        held_on=NOW.date(),
        minutes=60,
        with_name="Mentes",
        note="Mentes and I",
        by=cast.athena,
        now=NOW,
    )
    Letter.objects.update(closing="Nestor, with Mentes")
    answered.assessments.filter(assessor=cast.nestor).update(note="As Mentes says.")
    erasure.erase(person=room.mentes, by=room.mentes, now=LATER)
    assert Letter.objects.get().closing == "Nestor, with Someone"
    assert answered.assessments.get(assessor=cast.nestor).note == "As Someone says."
    entry = HoursEntry.objects.get()
    assert (entry.with_name, entry.note) == ("Someone", "Someone and I")


def test_a_letter_that_its_writer_did_not_send_before_going_is_another_assessors(cast: Cast) -> None:
    room = reviewing.room(cast)
    review = reviewing.rated(room)
    letters.save(
        review=review,
        words=letters.Words(strengths="Only I have read this."),
        evidence=[],
        points=[letters.Point("Wait.")],
        by=cast.nestor,
        now=NOW,
    )
    erasure.erase(person=cast.nestor, by=cast.nestor, now=LATER)
    review.refresh_from_db()
    assert review.writer == room.mentes
    assert assessments.waiting_for(room.mentes)[0].what == "write"
    assert not Letter.objects.exists()
    assert not review.points.exists()
    assert room.mentes.notifications.filter(path=f"/reviews/{review.pk}/").count() == 2
