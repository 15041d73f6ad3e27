"""The trajectory: who reads it, what it tells, and its PDF."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse

from telemachy.interfaces.common import clock
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast

MARKUP = '#panic("x") #read("/etc/passwd") $x^2$ @ref \\ <label> // c /* [ ] *b* _i_ `r` #let'


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def address(cast: Cast, name: str = "trajectory") -> str:
    return reverse(name, args=[cast.relationship.pk])


def printed(client, cast: Cast) -> pypdf.PdfReader:
    answer = client.get(address(cast, "trajectory-pdf"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_own_questions_stand_beside_the_mentors(cast: Cast, sign_in) -> None:
    for number, one in enumerate(story.fading(cast)):
        late = number >= 5
        one.own_view = "What would they lose, and who else?" if late else "How do I put it?"
        one.save()
    in_print = text_of(printed(sign_in(cast.telemachus), cast))
    assert "Whose questions are asked" in in_print
    assert "Asked by the learner, later What would they lose, and who else?" in in_print
    text = sign_in(cast.telemachus).get(address(cast)).content.decode()
    assert "more than chance explains" in text
    assert "the other people in it" in text
    assert "What would they lose, and who else?" in text
    for one in cast.relationship.situations.all():
        one.guidance.all().delete()
    text = sign_in(cast.telemachus).get(address(cast)).content.decode()
    assert "Whose questions are asked" not in text


def test_arc_from_baseline_to_threshold(cast: Cast, sign_in) -> None:
    story.goal(cast)
    story.fading(cast)
    text = sign_in(cast.telemachus).get(address(cast)).content.decode()
    for part in (
        "Gives in before he is asked twice.",
        "Three feasts in January",
        "Independence: Holding a line",
        "Guidance mix by month",
        "Earliest",
        "Latest",
        "Handled without guidance since",
        "guidance before the decision: Answer",
        "Order alone does not make a cause",
        "What seems to have moved something",
        "What would they lose?",
        "No claim is made",
    ):
        assert part in text, part


def test_every_curve_is_drawn_on_the_page_itself_so_that_it_is_printed(cast: Cast, sign_in) -> None:
    story.fading(cast)
    other = story.competency(cast, "Hosting a feast")
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=40), competency=other)
    text = sign_in(cast.telemachus).get(address(cast)).content.decode()
    assert text.index("Independence: Holding a line") < text.index("Independence: Hosting a feast")


def test_threshold_says_what_is_missing(cast: Cast, sign_in) -> None:
    story.situation(
        cast.relationship,
        cast.telemachus,
        NOW - timedelta(days=9),
        level=2,
        competency=story.competency(cast),
    )
    text = sign_in(cast.telemachus).get(address(cast)).content.decode()
    assert "Still missing" in text
    assert "decided without consulting anyone" in text
    assert "novelty 4 or more, not 3" in text


def test_threshold_reached_after_enough_decided_alone(cast: Cast, sign_in) -> None:
    for days in range(5, 25):
        story.situation(
            cast.relationship,
            cast.telemachus,
            NOW - timedelta(days=days),
            competency=story.competency(cast),
            difficulty=5,
            novelty=5,
        )
    text = sign_in(cast.telemachus).get(address(cast)).content.decode()
    assert "The threshold is reached" in text
    assert "Still missing" not in text


def test_parties_read_it_and_nobody_else(cast: Cast, sign_in) -> None:
    story.fading(cast)
    for name in ("trajectory", "trajectory-pdf"):
        for reader in (cast.telemachus, cast.athena):
            assert sign_in(reader).get(address(cast, name)).status_code == 200
        for stranger in (cast.eurycleia, cast.penelope, cast.nestor, cast.antinous):
            assert sign_in(stranger).get(address(cast, name)).status_code == 404


def test_what_happened_elsewhere_is_not_shown_to_this_mentor(cast: Cast, sign_in) -> None:
    other = cast_module.pair(cast.programme, cast.nestor, cast.telemachus)
    story.fading(cast, other)
    text = sign_in(cast.athena).get(address(cast)).content.decode()
    assert "No situation yet." in text
    assert "the curve begins with the first debrief" in text


def test_mentor_of_a_circle_chooses_the_learner_and_a_learner_sees_only_the_own(cast: Cast, sign_in) -> None:
    second = cast_module.person(cast.ithaca, "Peisistratus")
    cast.relationship.parties.create(person=second, seat="learner", accepted_at=NOW)
    mentor, learner = sign_in(cast.athena), sign_in(cast.telemachus)
    query = {"learner": str(second.pk)}
    assert "The trajectory of Peisistratus" in mentor.get(address(cast), query).content.decode()
    assert "The trajectory of Telemachus" in learner.get(address(cast)).content.decode()
    assert learner.get(address(cast), query).status_code == 404
    assert learner.get(address(cast), {"learner": "nobody"}).status_code == 404


def test_pdf_is_tagged_and_says_the_same(cast: Cast, sign_in) -> None:
    story.goal(cast)
    story.fading(cast)
    reader = printed(sign_in(cast.telemachus), cast)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == "The trajectory of Telemachus"
    text = text_of(reader)
    for part in ("Gives in before he is asked twice.", "Holding a line", "What caused it?", "Guidance"):
        assert part in text, part


def test_pdf_takes_what_people_write_as_text(cast: Cast, sign_in) -> None:
    story.goal(cast, statement=MARKUP, baseline=MARKUP)
    story.situation(
        cast.relationship,
        cast.telemachus,
        NOW - timedelta(days=9),
        title=MARKUP,
        own_view=MARKUP,
        competency=story.competency(cast, MARKUP),
    )
    text = text_of(printed(sign_in(cast.telemachus), cast))
    assert text.count('#panic("x") #read("/etc/passwd") $x^2$') >= 3


def test_pdf_of_a_script_without_font_is_still_a_tagged_file(cast: Cast, sign_in) -> None:
    story.goal(cast, statement="\U00013000 一步一步 \U0001f6a3")
    reader = printed(sign_in(cast.telemachus), cast)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "The trajectory of Telemachus"


def test_pdf_before_anything_happened(cast: Cast, sign_in) -> None:
    assert "No goal was written down." in text_of(printed(sign_in(cast.telemachus), cast))


def test_pdf_has_a_file_name_any_system_takes(cast: Cast, sign_in) -> None:
    cast.telemachus.name = 'Té"; rm\r\n/../x'
    cast.telemachus.save()
    header = sign_in(cast.telemachus).get(address(cast, "trajectory-pdf"))["Content-Disposition"]
    assert header == 'attachment; filename="trajectory-te-rm-x-2026-03-03.pdf"'
