"""A client who is erased goes from what others wrote in supervision, also where a first name stands alone."""

from __future__ import annotations

import pytest

from telemachy.apps.relationships.actions import erasure
from telemachy.apps.supervision.actions import cases
from telemachy.apps.supervision.models import CaseNote
from tests.apps.supervision import supervising
from tests.apps.supervision.supervising import LATER
from tests.cast import Cast

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
