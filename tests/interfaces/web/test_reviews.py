"""The pages of reviews: blind until all are in, the letter, goals, the first screen."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from telemachy.apps.supervision.actions import consents, evidence
from telemachy.apps.supervision.queries import assessments as queries
from telemachy.apps.supervision.queries import letters
from tests.apps.supervision import reviewing
from tests.cast import NOW, pair

pytestmark = pytest.mark.django_db

SECRET = "heard it twice"
RATINGS = {f"level_{place}": "3" for place in range(6)} | {"note_0": SECRET, "note": "On the whole"}


@pytest.fixture
def here(cast) -> reviewing.Room:
    return reviewing.room(cast)


def test_an_assessor_begins_where_something_waits(here, sign_in) -> None:
    reviewing.asked(here)
    client = sign_in(here.nestor)
    assert client.get(reverse("home")).url == reverse("review-list")
    page = client.get(reverse("review-list")).content.decode()
    assert "Rate Athena: How a meeting begins" in page
    assert "your turn for" in page


def test_nothing_of_a_rating_shows_before_all_are_in(here, sign_in) -> None:
    review = reviewing.asked(here)
    reviewing.pinned(here, here.nestor)
    answer = sign_in(here.nestor).post(reverse("review-rate", args=[review.pk]), RATINGS)
    assert answer.url == reverse("review", args=[review.pk])
    for person in (here.coach, here.mentes):
        client = sign_in(person)
        page = client.get(reverse("review", args=[review.pk])).content.decode()
        assert "1 of 2 ratings are in" in page
        assert SECRET not in page
        assert "opens it" not in page
        assert "Proficient" not in page
        recording = client.get(reverse("recording", args=[here.recording.pk])).content.decode()
        assert "opens it" not in recording
    rate = sign_in(here.mentes).get(reverse("review-rate", args=[review.pk])).content.decode()
    assert "opens it" not in rate
    sign_in(here.mentes).post(reverse("review-rate", args=[review.pk]), RATINGS | {"level_1": "1"})
    page = sign_in(here.coach).get(reverse("review", args=[review.pk])).content.decode()
    assert SECRET in page
    assert "2 levels apart" in page
    assert "it needs 16 ratings" in page


def test_what_is_typed_is_kept_and_handing_in_needs_every_competency(here, sign_in) -> None:
    review = reviewing.asked(here)
    client = sign_in(here.nestor)
    part = {"level_0": "2", "note_1": "a thought"}
    said = client.post(reverse("review-keep", args=[review.pk]), part).content.decode()
    assert "Draft saved" in said
    refused = client.post(reverse("review-rate", args=[review.pk]), part)
    assert refused.status_code == 422
    assert "Choose a level, or say that there was nothing to rate." in refused.content.decode()
    page = client.get(reverse("review-rate", args=[review.pk])).content.decode()
    assert "a thought" in page
    assert queries.n_waiting(here.nestor) == 1


@pytest.mark.parametrize("text", ["\x00", "x" * 2001])
def test_text_that_cannot_be_kept_is_refused(here, sign_in, text: str) -> None:
    review = reviewing.asked(here)
    answer = sign_in(here.nestor).post(reverse("review-rate", args=[review.pk]), RATINGS | {"note_0": text})
    assert answer.status_code == 422


def test_the_letter_is_read_through_sent_and_taken_along(here, sign_in) -> None:
    pin = reviewing.pinned(here, here.nestor)
    review = reviewing.rated(here)
    writer, coach = sign_in(here.nestor), sign_in(here.coach)
    form = {
        "strengths": "Clear.\n\nVery clear.",
        "development": "Wait <b>longer</b>.",
        "evidence": [str(pin.pk)],
        "point_1": "Count to five.",
        "about_1": "D",
    }
    assert writer.post(reverse("letter-write", args=[review.pk]), form).url == reverse(
        "letter", args=[review.pk]
    )
    assert coach.get(reverse("letter", args=[review.pk])).status_code == 404
    writer.post(reverse("letter-send", args=[review.pk]))
    page = coach.get(reverse("letter", args=[review.pk])).content.decode()
    assert "Wait &lt;b&gt;longer&lt;/b&gt;." in page
    assert "What would a good beginning look like to you?" in page
    assert "D Silence and presence" in page
    pdf = PdfReader(BytesIO(coach.get(reverse("letter-pdf", args=[review.pk])).content))
    text = pdf.pages[0].extract_text()
    assert "Count to five." in text
    assert "Wait <b>longer</b>." in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_letter_begins_with_the_writers_own_passages_and_names_whose_note_another_is(here, sign_in) -> None:
    own, other = reviewing.pinned(here, here.nestor), reviewing.pinned(here, here.mentes)
    review = reviewing.rated(here)
    writer, address = sign_in(here.nestor), reverse("letter-write", args=[review.pk])
    assert writer.get(address).context["form"].initial["evidence"] == [str(own.pk)]
    form = {"strengths": "Clear.", "development": "Wait.", "evidence": [str(own.pk), str(other.pk)]}
    writer.post(address, form)
    page = writer.get(reverse("letter", args=[review.pk])).content.decode()
    assert page.count(own.note) == 2
    assert page.count(f"{here.mentes.name}: {other.note}") == 1
    assert f"{here.nestor.name}: {own.note}" not in page
    pdf = PdfReader(BytesIO(writer.get(reverse("letter-pdf", args=[review.pk])).content))
    assert f"{here.mentes.name}: {other.note}" in pdf.pages[0].extract_text()


def test_a_letter_is_kept_on_though_a_ticked_pin_was_taken_off_meanwhile(here, sign_in) -> None:
    pin, other = reviewing.pinned(here, here.nestor), reviewing.pinned(here, here.mentes, 3)
    review, writer = reviewing.rated(here), sign_in(here.nestor)
    evidence.unpin(evidence=pin, by=here.nestor, now=NOW)
    form = {"strengths": "Clear.", "evidence": [str(pin.pk), str(other.pk)]}
    assert "Draft saved" in writer.post(reverse("letter-keep", args=[review.pk]), form).content.decode()
    letter = letters.of_review(review)
    assert letter.strengths == "Clear."
    assert [quote.evidence for quote in letters.quotes(letter)] == [other]


def test_an_unfinished_letter_goes_back_to_its_writer(here, sign_in) -> None:
    review = reviewing.rated(here)
    writer = sign_in(here.nestor)
    writer.post(reverse("letter-write", args=[review.pk]), {"strengths": "Clear.", "keep": "1"})
    answer = writer.post(reverse("letter-send", args=[review.pk]), follow=True)
    assert "before you send the letter" in answer.content.decode()


def test_a_point_becomes_a_goal_where_the_two_work_together(cast, here, sign_in) -> None:
    review = reviewing.answered(here)
    point = review.points.first()
    coach = sign_in(here.coach)
    answer = coach.post(reverse("point-goal", args=[point.pk]), follow=True)
    assert "no relationship under way" in answer.content.decode()
    pair(cast.programme, here.nestor, here.coach)
    goal = coach.post(reverse("point-goal", args=[point.pk]))
    point.refresh_from_db()
    assert point.goal.statement == "Ask, then wait."
    assert goal.url == reverse("goal", args=[point.goal_id])
    assert coach.post(reverse("point-goal", args=[point.pk])).url == goal.url
    coach.post(reverse("point-mark", args=[point.pk]), {"state": "done"})
    point.refresh_from_db()
    assert point.state == "done"


def test_a_withdrawn_recording_leaves_levels_without_words(here, sign_in) -> None:
    review = reviewing.answered(here)
    consents.withdraw(recording=here.recording, by=here.client, now=NOW)
    coach = sign_in(here.coach)
    page = coach.get(reverse("review", args=[review.pk])).content.decode()
    assert "Consent was withdrawn" in page
    assert "3 · Proficient" in page
    assert SECRET not in page
    assert "What was heard" not in page
    assert coach.get(reverse("letter", args=[review.pk])).status_code == 404
    progress = coach.get(reverse("review-progress")).content.decode()
    assert "Ask, then wait." in progress
    assert sign_in(here.nestor).get(reverse("review", args=[review.pk])).status_code == 404


def test_german_does_not_take_dropping_for_releasing_or_a_recording_for_a_person(here, sign_in) -> None:
    reviewing.answered(here)
    coach = sign_in(here.coach)
    page = coach.get(reverse("review-progress"), headers={"accept-language": "de"}).content.decode()
    assert "Loslassen" in page
    assert "Freigeben" not in page
    consents.withdraw(recording=here.recording, by=here.client, now=NOW)
    page = coach.get(reverse("recording-list"), headers={"accept-language": "de"}).content.decode()
    assert "Einwilligung widerrufen" in page
    assert "Ausgeschieden" not in page


def test_more_reviews_cost_no_more_queries(cast, here, sign_in, count_queries) -> None:
    reviewing.answered(here)
    addresses = [reverse("review-list"), reverse("review-progress")]
    before = [count_queries(sign_in(here.coach), address) for address in addresses]
    for _n in range(3):
        here.recording = reviewing.recording(cast, listeners=[here.nestor, here.mentes])
        reviewing.answered(here)
    assert [count_queries(sign_in(here.coach), address) for address in addresses] == before


def test_a_coach_sees_that_nobody_reads_it_any_more_and_asks_somebody_else(cast, sign_in) -> None:
    here = reviewing.room(cast, alone=True)
    review, coach = reviewing.asked(here), sign_in(here.coach)
    here.nestor.left_at = NOW
    here.nestor.save()
    assert "Needs your decision" in coach.get(reverse("review-list")).content.decode()
    shown = coach.get(reverse("review", args=[review.pk])).content.decode()
    assert "Nobody reads it any more" in shown
    answer = coach.post(reverse("review-call-off", args=[review.pk]), {"ask": "1"})
    assert answer.url == reverse("review-ask", args=[here.recording.pk])


def test_a_coach_lets_another_assessor_write_the_letter(here, sign_in) -> None:
    review, coach = reviewing.rated(here), sign_in(here.coach)
    here.nestor.left_at = NOW
    here.nestor.save()
    assert "Let Mentes write the letter" in coach.get(reverse("review", args=[review.pk])).content.decode()
    shown = coach.post(reverse("review-go-on", args=[review.pk]), follow=True).content.decode()
    assert "cannot read it any more" not in shown
    assert sign_in(here.mentes).get(reverse("letter-write", args=[review.pk])).status_code == 200


def test_a_recording_whose_request_was_called_off_is_offered_again(here, sign_in) -> None:
    review, address = reviewing.asked(here), reverse("review-ask", args=[here.recording.pk])
    client = sign_in(here.coach)
    assert address not in client.get(reverse("review-list")).content.decode()
    client.post(reverse("review-call-off", args=[review.pk]))
    assert address in client.get(reverse("review-list")).content.decode()


def test_the_list_says_which_reviews_wait_in_vain_and_asks_as_much_however_many(
    here, cast, sign_in, count_queries
) -> None:
    client = sign_in(here.coach)

    def more(n: int) -> None:
        for _number in range(n):
            heard = reviewing.recording(cast, listeners=[here.nestor, here.mentes])
            reviewing.asked(here, recording=heard)

    more(1)
    few = count_queries(client, reverse("review-list"))
    more(3)
    assert count_queries(client, reverse("review-list")) == few
    assert "Needs your decision" not in client.get(reverse("review-list")).content.decode()
    cast.telemachus.line_manager = here.nestor
    cast.telemachus.save()
    assert client.get(reverse("review-list")).content.decode().count("Needs your decision") == 4
    assert count_queries(client, reverse("review-list")) == few
