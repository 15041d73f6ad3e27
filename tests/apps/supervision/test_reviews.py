"""Reviews: who may ask and rate, blind until all are in, and what a withdrawal takes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.people.models import Notification
from telemachy.apps.supervision.actions import assessments, consents, development_points, evidence, letters
from telemachy.apps.supervision.actions.assessments import Given
from telemachy.apps.supervision.models import CompetencyRating, Letter, LetterQuote, Recording, Review
from telemachy.apps.supervision.queries import assessments as queries
from telemachy.apps.supervision.queries import evidence as pins
from telemachy.apps.supervision.queries import letters as letter_queries
from telemachy.apps.supervision.queries import rubrics as rubric_queries
from telemachy.apps.supervision.queries.own_data import own_data
from telemachy.core.assessment import Refusal
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.apps.supervision.reviewing import (
    Room,
    answered,
    asked,
    hand_in,
    part_of,
    pinned,
    rated,
    recording,
    room,
)
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast: Cast) -> Room:
    return room(cast)


def ask(here: Room, **changes) -> Review:
    return assessments.ask(
        **{
            "recording": here.recording,
            "version": rubric_queries.latest(here.rubric),
            "assessors": [here.nestor],
            "writer": here.nestor,
            "question": "",
            "by": here.coach,
            "now": NOW,
            **changes,
        }
    )


def test_only_the_coach_asks_and_only_those_whom_the_terms_name(here: Room, cast: Cast) -> None:
    for stranger in (here.client, here.nestor, cast.eurycleia, cast.penelope):
        with pytest.raises(NotAllowed):
            ask(here, by=stranger)
    with pytest.raises(BadInput, match="terms of the recording name"):
        ask(here, assessors=[cast.eurycleia], writer=cast.eurycleia)
    with pytest.raises(BadInput, match="one of those who rate"):
        ask(here, writer=here.mentes)
    with pytest.raises(BadInput, match="one to 5"):
        ask(here, assessors=[])
    ask(here)
    with pytest.raises(NotAllowed, match="under way"):
        ask(here)


def test_a_recording_without_words_cannot_be_reviewed(here: Room) -> None:
    here.recording.state = "expired"
    here.recording.save()
    with pytest.raises(NotAllowed, match="read and coded"):
        ask(here)


def test_it_is_visible_to_its_coach_and_assessors_alone(here: Room, cast: Cast) -> None:
    review = asked(here)
    for of_it in (here.coach, here.nestor, here.mentes):
        assert queries.visible_to(of_it).filter(pk=review.pk).exists()
    for stranger in (here.client, cast.eurycleia, cast.penelope, cast.antinous, cast.argus):
        assert not queries.visible_to(stranger).filter(pk=review.pk).exists()


def test_an_assessor_whom_new_terms_leave_out_sees_it_no_more(here: Room) -> None:
    review = asked(here)
    here.recording.terms.listeners.remove(here.mentes)
    assert not queries.visible_to(here.mentes).exists()
    with pytest.raises(NotAllowed):
        hand_in(review, here.mentes)


def test_ratings_are_blind_until_all_are_in(here: Room) -> None:
    review = asked(here)
    pinned(here, here.nestor)
    hand_in(review, here.nestor)
    review = queries.visible_to(here.mentes).get()
    assert review.state == "asked"
    for person in (here.coach, here.nestor, here.mentes):
        assert not queries.is_open_to(review, person)
    assert queries.evidence(review, here.mentes) == []
    assert queries.evidence(review, here.coach) == []
    assert len(queries.evidence(review, here.nestor)) == 1
    hand_in(review, here.mentes, 2)
    review = queries.visible_to(here.coach).get()
    assert review.state == "rated"
    for person in (here.coach, here.nestor, here.mentes):
        assert queries.is_open_to(review, person)
        assert len(queries.evidence(review, person)) == 1
    assert not queries.is_open_to(review, here.client)
    assert {side.levels for side in queries.sides(review)} == {(2, 3)}
    assert queries.levels_of(review) == dict.fromkeys("ABCDEF", 2)


def test_ratings_stay_as_they_were_handed_in(here: Room) -> None:
    review = asked(here)
    hand_in(review, here.nestor)
    with pytest.raises(NotAllowed, match="stay as you gave them"):
        hand_in(review, here.nestor, 4)
    with pytest.raises(NotAllowed):
        assessments.decline(review=review, by=here.nestor, now=NOW)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"Z": Given(1)}, "no competency Z"),
        ({"A": Given(5)}, "one of the rubric's levels"),
        ({"A": Given(2, unheard=True)}, "one of the rubric's levels"),
        ({"A": Given(2)}, "Choose a level for B Listening"),
        ({code: Given(unheard=True) for code in "ABCDEF"}, "at least one"),
        ({}, "Choose a level for A"),
    ],
)
def test_impossible_ratings_are_refused_and_nothing_is_kept(here: Room, given, said) -> None:
    review = asked(here)
    with pytest.raises(BadInput, match=said):
        assessments.submit(review=review, given=given, note="", by=here.nestor, now=NOW)
    assert part_of(review, here.nestor).submitted_at is None
    assert not CompetencyRating.objects.exists()


def test_a_draft_is_nobody_elses(here: Room) -> None:
    review = asked(here)
    assessments.save(review=review, given={"A": Given(2, note="no aim")}, note="", by=here.nestor, now=NOW)
    assert part_of(review, here.nestor).submitted_at is None
    assert queries.n_waiting(here.nestor) == 1
    hand_in(review, here.nestor, A=4)
    assert queries.n_waiting(here.nestor) == 0
    assert part_of(review, here.nestor).ratings.get(competency="A").level == 4


def test_when_one_declines_the_rest_open_and_another_writes_the_letter(here: Room) -> None:
    review = asked(here)
    hand_in(review, here.mentes)
    assessments.decline(review=review, by=here.nestor, now=NOW)
    review = queries.visible_to(here.coach).get()
    assert (review.state, review.writer) == ("rated", here.mentes)
    assert not queries.visible_to(here.nestor).exists()
    assert [one.what for one in queries.waiting_for(here.mentes)] == ["write"]


def test_when_all_decline_it_is_called_off(here: Room) -> None:
    review = asked(here)
    for one in (here.nestor, here.mentes):
        assessments.decline(review=review, by=one, now=NOW)
    review.refresh_from_db()
    assert review.state == "called_off"
    assert not queries.waiting_for(here.nestor)


def test_calling_off_deletes_what_was_rated_so_far(here: Room) -> None:
    review = asked(here)
    hand_in(review, here.nestor)
    with pytest.raises(NotAllowed):
        assessments.call_off(review=review, by=here.nestor, now=NOW)
    assessments.call_off(review=review, by=here.coach, now=NOW)
    assert not CompetencyRating.objects.exists()
    assert not queries.is_open_to(queries.visible_to(here.coach).get(), here.coach)
    ask(here)


def test_what_waits_is_listed_since_when(here: Room, cast: Cast) -> None:
    later = NOW + timedelta(days=2)
    first = rated(here)
    second = asked(here, recording=recording(cast, listeners=[here.nestor, here.mentes]), now=later)
    found = queries.waiting_for(here.nestor)
    assert [(one.review, one.what, one.since) for one in found] == [
        (first, "write", NOW),
        (second, "rate", later),
    ]
    assert queries.n_waiting(here.nestor) == 2
    assert queries.waiting_for(cast.penelope) == []


def test_agreement_is_pooled_over_the_reviews_that_the_same_people_rated(here: Room, cast: Cast) -> None:
    review = rated(here)
    assert queries.pooled_agreement(queries.visible_to(here.coach).get()).refusal == Refusal.FEW_UNITS
    for n in range(2):
        another = recording(cast, listeners=[here.nestor, here.mentes])
        review = asked(here, recording=another, now=NOW + timedelta(days=n + 1))
        for one in (here.nestor, here.mentes):
            hand_in(review, one, 2, NOW + timedelta(days=n + 1), A=3, B=4, C=1)
    found = queries.pooled_agreement(queries.visible_to(here.coach).get(pk=review.pk))
    assert (found.n_units, found.n_assessors, found.refusal) == (18, 2, None)
    assert found.alpha is not None
    assert found.low <= found.alpha <= found.high


# --- the letter -----------------------------------------------------------------------------------


def test_only_the_writer_writes_and_only_when_all_ratings_are_in(here: Room) -> None:
    review = asked(here)
    words = letters.Words(strengths="Clear.", development="Wait.")
    with pytest.raises(NotAllowed, match="follows when all ratings are in"):
        letters.save(review=review, words=words, evidence=[], points=[], by=here.nestor, now=NOW)
    hand_in(review, here.nestor)
    hand_in(review, here.mentes)
    for other in (here.mentes, here.coach):
        with pytest.raises(NotAllowed):
            letters.save(review=review, words=words, evidence=[], points=[], by=other, now=NOW)


def test_a_letter_without_strengths_or_development_is_not_sent(here: Room) -> None:
    review = rated(here)
    for words in (letters.Words(), letters.Words(strengths="x"), letters.Words(development="x")):
        letters.save(review=review, words=words, evidence=[], points=[], by=here.nestor, now=NOW)
        with pytest.raises(BadInput, match="before you send"):
            letters.send(review=review, by=here.nestor, now=NOW)


def test_a_letter_quotes_pins_of_the_review_alone(here: Room) -> None:
    foreign = pinned(here, here.client)
    review = rated(here)
    with pytest.raises(BadInput, match="evidence of this review"):
        letters.save(
            review=review, words=letters.Words(), evidence=[foreign], points=[], by=here.nestor, now=NOW
        )


def test_a_point_is_one_line_that_is_not_too_long(here: Room) -> None:
    review = rated(here)
    given = {"review": review, "words": letters.Words(), "evidence": [], "by": here.nestor, "now": NOW}
    letters.save(points=[letters.Point(" Ask first.\r\nThen  wait. ")], **given)
    assert [point.text for point in review.points.all()] == ["Ask first. Then wait."]
    with pytest.raises(BadInput, match="at most 400 characters"):
        letters.save(points=[letters.Point("x" * 401)], **given)


def test_the_coach_reads_the_letter_once_it_is_sent_and_it_stays(here: Room) -> None:
    review = answered(here)
    assert review.state == "answered"
    letter = letter_queries.of_review(review)
    assert [quote.words for quote in letter_queries.quotes(letter)] == [
        "What would a good beginning look like to you?"
    ]
    assert Notification.objects.filter(person=here.coach, kind="letter.sent").exists()
    with pytest.raises(NotAllowed, match="was sent"):
        letters.save(review=review, words=letters.Words(), evidence=[], points=[], by=here.nestor, now=NOW)


# --- what a withdrawal takes ----------------------------------------------------------------------


def test_a_withdrawal_takes_words_and_leaves_levels_and_points(here: Room) -> None:
    review = answered(here)
    consents.withdraw(recording=here.recording, by=here.client, now=NOW)
    review = queries.visible_to(here.coach).get(pk=review.pk)
    assert review.state == "forgotten"
    assert not Letter.objects.exists()
    assert not LetterQuote.objects.exists()
    assert review.question == ""
    assert set(CompetencyRating.objects.values_list("note", flat=True)) == {""}
    assert {part.note for part in queries.parts(review)} == {""}
    assert queries.levels_of(review) == dict.fromkeys("ABCDEF", 2)
    assert [point.text for point in queries.points_of(here.coach)] == ["Ask, then wait.", "Fewer offers"]
    assert not queries.visible_to(here.nestor).exists()
    assert Recording.objects.get(pk=here.recording.pk).state == "withdrawn"


def test_a_withdrawal_before_all_are_in_takes_the_ratings_too(here: Room) -> None:
    review = asked(here)
    hand_in(review, here.nestor)
    consents.withdraw(recording=here.recording, by=here.client, now=NOW)
    review = queries.visible_to(here.coach).get(pk=review.pk)
    assert review.state == "forgotten"
    assert not queries.is_open_to(review, here.coach)
    assert not CompetencyRating.objects.exists()
    assert queries.n_waiting(here.nestor) == 0


def test_an_erased_assessor_frees_the_review_and_an_erased_coach_leaves_nothing(here: Room) -> None:
    review = asked(here)
    hand_in(review, here.mentes)
    assessments.forget_person(person=here.nestor, by=None, now=NOW)
    review.refresh_from_db()
    assert (review.state, review.writer) == ("rated", here.mentes)
    assessments.forget_person(person=here.coach, by=None, now=NOW)
    assert not Review.objects.exists()
    assert not CompetencyRating.objects.exists()


def drafted(here: Room) -> Review:
    """Return a review whose letter its writer has not sent."""
    review = rated(here)
    point = letters.Point("Nobody has read this.")
    letters.save(
        review=review,
        words=letters.Words(strengths="Nor this."),
        evidence=[],
        points=[point],
        by=here.nestor,
        now=NOW,
    )
    return review


def test_points_of_a_letter_that_was_not_sent_are_in_nobodys_own_data(here: Room) -> None:
    drafted(here)
    assert own_data(here.coach)["mentor_coaching"]["points"] == []


def test_points_of_a_letter_that_was_not_sent_go_with_the_recording(here: Room) -> None:
    review = drafted(here)
    consents.withdraw(recording=here.recording, by=here.client, now=NOW)
    assert not review.points.exists()
    assert not queries.points_of(here.coach).exists()


def test_nothing_is_asked_or_pinned_of_what_was_withdrawn_just_before(here: Room) -> None:
    seen_before = Recording.objects.select_related("terms").get(pk=here.recording.pk)
    consents.withdraw(recording=here.recording, by=here.client, now=NOW)
    with pytest.raises(NotAllowed):
        ask(here, recording=seen_before, by=here.coach)
    with pytest.raises(NotAllowed):
        evidence.pin(recording=seen_before, number=1, note="late", by=here.nestor, now=NOW)


def leave(person) -> None:
    person.left_at = NOW
    person.save()


def test_a_review_goes_on_without_an_assessor_who_has_left(here: Room) -> None:
    review = asked(here)
    hand_in(review, here.mentes)
    with pytest.raises(NotAllowed, match="can still read it"):
        assessments.go_on(review=review, by=here.coach, now=NOW)
    leave(here.nestor)
    with pytest.raises(NotAllowed):
        assessments.go_on(review=review, by=here.mentes, now=NOW)
    assert queries.missing(queries.locked(review)) == [here.nestor]
    assessments.go_on(review=review, by=here.coach, now=NOW)
    review = queries.locked(review)
    assert (review.state, review.writer) == ("rated", here.mentes)
    assert [part.assessor for part in queries.parts(review)] == [here.mentes]


def test_a_letter_is_another_assessors_once_its_writer_may_not_hear_the_recording(
    here: Room, cast: Cast
) -> None:
    review = rated(here)
    cast.programme.managers.create(person=here.nestor, since=NOW)
    assessments.go_on(review=review, by=here.coach, now=NOW)
    review = queries.locked(review)
    assert (review.state, review.writer) == ("rated", here.mentes)
    assert queries.missing(review) == []
    assert queries.waiting_for(here.mentes)[0].what == "write"


def test_where_nobody_is_left_the_coach_asks_anew(cast: Cast) -> None:
    here = room(cast, alone=True)
    review = asked(here)
    leave(here.nestor)
    review = queries.locked(review)
    assert queries.missing(review) == [here.nestor]
    with pytest.raises(NotAllowed, match="Ask for a new review"):
        assessments.go_on(review=review, by=here.coach, now=NOW)
    assessments.call_off(review=review, by=here.coach, now=NOW)
    assert not queries.under_way(here.recording)


def test_nobody_is_asked_who_has_left(here: Room) -> None:
    here.mentes.left_at = NOW
    here.mentes.save()
    with pytest.raises(BadInput, match="terms of the recording name"):
        ask(here, assessors=[here.nestor, here.mentes])


def test_each_review_has_its_own_letter(here: Room, cast: Cast) -> None:
    first, later = answered(here), rated(here, recording=recording(cast, listeners=[here.nestor]))
    assert letter_queries.of_review(later) is None
    letters.save(
        review=later,
        words=letters.Words("Dear Athena again"),
        evidence=[],
        points=[],
        by=here.nestor,
        now=NOW,
    )
    told = [letter_queries.of_review(review).greeting for review in (first, later)]
    assert told == ["Dear Athena", "Dear Athena again"]


def test_pins_are_hidden_in_the_recording_that_is_rated_blind_and_in_no_other(here: Room, cast: Cast) -> None:
    asked(here)
    there = recording(cast, listeners=[here.nestor])
    hidden = pinned(here, here.nestor)
    shown = evidence.pin(recording=there, number=1, note="Waits", by=here.nestor, now=NOW)
    assert list(pins.visible_to(here.coach, there)) == [shown]
    assert list(pins.visible_to(here.coach, here.recording)) == []
    assert list(pins.visible_to(here.nestor, here.recording)) == [hidden]


def test_a_development_point_is_worked_on_by_its_coach_alone(here: Room) -> None:
    point = answered(here).points.first()
    with pytest.raises(NotAllowed, match="the coach's own"):
        development_points.make_goal(point=point, by=here.nestor, now=NOW)
    with pytest.raises(NotAllowed, match="the coach's own"):
        development_points.mark(point=point, state="done", by=here.nestor, now=NOW)
    point.refresh_from_db()
    assert (point.goal, point.state) == (None, "open")
