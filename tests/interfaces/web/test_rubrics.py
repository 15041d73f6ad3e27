"""Rubrics in the web: taken over, changed without losing what reviews are on, and written by whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from telemachy import __version__
from telemachy.apps.supervision.models import Rubric
from telemachy.apps.supervision.queries import rubrics as queries
from tests.apps.supervision import reviewing

pytestmark = pytest.mark.django_db


def posted(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Ours",
        "levels": "Not yet\nThere: it carries the talk",
        "proficient": "2",
        "competencies-TOTAL_FORMS": "2",
        "competencies-INITIAL_FORMS": "0",
        "competencies-0-code": "1",
        "competencies-0-name": "Listening",
        "competencies-0-markers": "Gives back the meaning\nWaits",
        **changes,
    }


def test_a_rubric_is_written_as_lines(cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    client.post(reverse("rubric-add"), posted())
    rubric = Rubric.objects.get()
    content = queries.content(queries.latest(rubric))
    assert [level.text for level in content.levels] == ["", "it carries the talk"]
    assert [(one.code, one.text) for one in content.competencies[0].markers] == [
        ("1.1", "Gives back the meaning"),
        ("1.2", "Waits"),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"levels": "Only one"}, "2 to 7 levels"),
        ({"proficient": "7"}, "above the lowest"),
        ({"competencies-0-code": "", "competencies-0-name": "", "competencies-0-markers": ""}, "1 to 30"),
        ({"competencies-0-levels": "one\ntwo\nthree"}, "describes 3 levels; the rubric has 2"),
        ({"competencies-1-code": "1", "competencies-1-name": "Again"}, "“1” is there twice"),
        ({"name": "\x00"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(cast, sign_in, changes, said) -> None:
    answer = sign_in(cast.penelope).post(reverse("rubric-add"), posted(**changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Rubric.objects.exists()


def test_a_number_of_forms_that_no_form_has_breaks_nothing(cast, sign_in) -> None:
    asked = posted(more="1") | {"competencies-TOTAL_FORMS": "9" * 5_000}
    assert sign_in(cast.penelope).post(reverse("rubric-add"), asked).status_code == 200


def test_more_room_keeps_what_was_typed(cast, sign_in) -> None:
    page = sign_in(cast.penelope).post(reverse("rubric-add"), posted(more="1")).content.decode()
    assert "Gives back the meaning" in page
    assert "competencies-3-name" in page


def test_a_change_makes_a_version_and_a_review_stays_on_its_own(cast, sign_in) -> None:
    here = reviewing.room(cast)
    review = reviewing.asked(here)
    client = sign_in(here.nestor)
    page = client.get(reverse("rubric-revise", args=[here.rubric.pk]))
    assert page.status_code == 200
    client.post(reverse("rubric-revise", args=[here.rubric.pk]), posted(based_on="1"))
    late = sign_in(here.mentes).post(
        reverse("rubric-revise", args=[here.rubric.pk]), posted(name="Late", based_on="1")
    )
    assert late.status_code == 409
    assert "Version 2 was written in the meantime" in late.content.decode()
    review.refresh_from_db()
    assert review.version.number == 1
    rubric = client.get(reverse("rubric", args=[here.rubric.pk])).content.decode()
    assert "Silence and presence" not in rubric
    first = client.get(reverse("rubric", args=[here.rubric.pk]), {"version": "1"}).content.decode()
    assert "Silence and presence" in first
    assert f"<p>Telemachy {__version__} " in first  # the frame's own word, not the rubric's version
    assert client.get(reverse("rubric", args=[here.rubric.pk]), {"version": "9"}).status_code == 404


def test_examples_copies_and_the_archive(cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    client.post(reverse("rubric-example", args=["icf"]))
    rubric = Rubric.objects.get()
    assert queries.content(queries.latest(rubric)).competencies[5].name == "Listens Actively"
    client.post(reverse("rubric-duplicate", args=[rubric.pk]))
    client.post(reverse("rubric-archive", args=[rubric.pk]))
    assert list(queries.in_use(cast.penelope)) == [Rubric.objects.exclude(pk=rubric.pk).get()]
    client.post(reverse("rubric-restore", args=[rubric.pk]))
    assert queries.in_use(cast.penelope).count() == 2


def test_coaches_read_rubrics_and_write_none(cast, sign_in) -> None:
    here = reviewing.room(cast)
    client = sign_in(here.coach)
    page = client.get(reverse("rubric", args=[here.rubric.pk]))
    assert page.status_code == 200
    assert "Change it" not in page.content.decode()
    assert client.get(reverse("rubric-add")).status_code == 404
    assert client.get(reverse("rubric-revise", args=[here.rubric.pk])).status_code == 403
