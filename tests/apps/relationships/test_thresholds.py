"""The threshold: who claims it, who confirms it, and what an independent reader sees."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.people.models import Notification
from telemachy.apps.relationships.actions import guidance
from telemachy.apps.relationships.actions import thresholds as actions
from telemachy.apps.relationships.models import Situation, ThresholdClaim
from telemachy.apps.relationships.queries import thresholds as queries
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.apps.relationships import story
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db

#: What a situation of a learner who decides alone looks like just before the debrief.
READY = {"difficulty": 5, "novelty": 5, "rating": None}


def debriefed(cast: Cast, *, score: int = 4, **fields: object) -> Situation:
    """Let the mentor debrief one more situation after ten in which guidance faded."""
    competency = story.competency(cast)
    for earlier in story.fading(cast) + story.fading(cast):
        assert earlier.competency_id == competency.pk
    proof = story.situation(
        cast.relationship,
        cast.telemachus,
        NOW - timedelta(days=4),
        competency=competency,
        **(READY | fields),
    )
    guidance.debrief(situation=proof, by=cast.athena, now=NOW, text="You saw it all.", score=score)
    return proof


def claimed(cast: Cast) -> ThresholdClaim:
    debriefed(cast)
    return ThresholdClaim.objects.get()


def shared(cast: Cast) -> ThresholdClaim:
    cast.programme.independent_rating = True
    cast.programme.save()
    claim = claimed(cast)
    actions.confirm(claim=claim, by=cast.athena, now=NOW)
    actions.share(claim=claim, by=cast.telemachus, now=NOW)
    return fresh(claim)


def fresh(claim: ThresholdClaim) -> ThresholdClaim:
    return ThresholdClaim.objects.select_related("situation", "competency", "learner").get(pk=claim.pk)


def test_the_debrief_of_a_proof_claims_the_threshold_and_tells_both(cast: Cast) -> None:
    proof = debriefed(cast)
    claim = ThresholdClaim.objects.get()
    assert (claim.state, claim.situation_id) == ("claimed", proof.pk)
    assert claim.p_low >= claim.mark
    told = Notification.objects.filter(kind="threshold.claimed").values_list("person__name", flat=True)
    assert set(told) == {"Athena", "Telemachus"}


@pytest.mark.parametrize(
    ("score", "fields"),
    [(2, {}), (4, {"difficulty": 3}), (4, {"level": 2}), (4, {"risks": ""}), (4, {"novelty": 2})],
)
def test_a_condition_that_is_missing_claims_nothing(
    cast: Cast, score: int, fields: dict[str, object]
) -> None:
    debriefed(cast, score=score, **fields)
    assert not ThresholdClaim.objects.exists()


def test_a_threshold_is_claimed_once(cast: Cast) -> None:
    claimed(cast)
    debriefed(cast)
    assert ThresholdClaim.objects.count() == 1


def test_the_mentor_alone_confirms_and_then_it_counts(cast: Cast) -> None:
    claim = claimed(cast)
    for other in (cast.telemachus, cast.eurycleia, cast.nestor):
        with pytest.raises(NotAllowed):
            actions.confirm(claim=claim, by=other, now=NOW)
    actions.confirm(claim=claim, by=cast.athena, now=NOW)
    assert fresh(claim).state == "passed"
    assert fresh(claim).passed_at == NOW


def test_not_yet_says_what_is_missing_and_leaves_room_for_a_further_claim(cast: Cast) -> None:
    claim = claimed(cast)
    with pytest.raises(BadInput, match="still like to see"):
        actions.refuse(claim=claim, by=cast.athena, now=NOW, because=" ")
    actions.refuse(claim=claim, by=cast.athena, now=NOW, because="Once more, under time pressure.")
    assert fresh(claim).not_yet_because == "Once more, under time pressure."
    debriefed(cast)
    assert sorted(ThresholdClaim.objects.values_list("state", flat=True)) == ["claimed", "not_yet"]


def test_where_the_programme_asks_for_it_an_independent_rating_decides(cast: Cast) -> None:
    claim = shared(cast)
    assert claim.state == "shared"
    actions.appoint(claim=claim, rater=cast.nestor, by=cast.eurycleia, now=NOW)
    assert list(queries.to_rate(cast.nestor)) == [claim]
    actions.rate(claim=claim, by=cast.nestor, now=NOW, score=3)
    assert fresh(claim).state == "passed"
    assert not queries.to_rate(cast.nestor).exists()


def test_a_low_independent_rating_needs_a_word_and_does_not_pass(cast: Cast) -> None:
    claim = shared(cast)
    actions.appoint(claim=claim, rater=cast.nestor, by=cast.eurycleia, now=NOW)
    with pytest.raises(BadInput):
        actions.rate(claim=claim, by=cast.nestor, now=NOW, score=1)
    actions.rate(claim=claim, by=cast.nestor, now=NOW, score=1, because="No alternative was weighed.")
    assert (fresh(claim).state, fresh(claim).passed_at) == ("not_yet", None)


def test_nobody_of_the_pair_nor_of_another_house_is_asked_to_rate(cast: Cast) -> None:
    claim = shared(cast)
    for unsuited in (cast.athena, cast.telemachus, cast.antinous):
        with pytest.raises(BadInput, match="not part of this pair"):
            actions.appoint(claim=claim, rater=unsuited, by=cast.eurycleia, now=NOW)


def test_whoever_rates_is_chosen_by_those_who_run_the_programme(cast: Cast) -> None:
    claim = shared(cast)
    for chooser in (cast.athena, cast.telemachus, cast.nestor, cast.antinous):
        with pytest.raises(NotAllowed):
            actions.appoint(claim=claim, rater=cast.nestor, by=chooser, now=NOW)
    assert fresh(claim).rater is None


def test_the_reader_sees_the_case_and_nothing_of_the_guidance(cast: Cast) -> None:
    claim = shared(cast)
    told = str(queries.blind_case(claim))
    assert "The stores" in told
    assert "You saw it all." not in told
    assert "Athena" not in told


def test_the_learner_can_close_the_case_again_until_it_is_rated(cast: Cast) -> None:
    claim = shared(cast)
    actions.appoint(claim=claim, rater=cast.nestor, by=cast.eurycleia, now=NOW)
    actions.take_back(claim=claim, by=cast.telemachus, now=NOW)
    assert (fresh(claim).state, fresh(claim).rater, fresh(claim).shared_at) == ("confirmed", None, None)
    with pytest.raises(NotAllowed):
        actions.rate(claim=claim, by=cast.nestor, now=NOW, score=4)


def test_a_reader_who_steps_back_is_forgotten(cast: Cast) -> None:
    claim = shared(cast)
    mentes = person(cast.ithaca, "Mentes")
    actions.appoint(claim=claim, rater=mentes, by=cast.eurycleia, now=NOW)
    actions.step_back(claim=claim, by=mentes, now=NOW)
    assert (fresh(claim).state, fresh(claim).rater) == ("shared", None)


def test_where_the_reader_lets_wait_or_has_left_somebody_else_is_asked(cast: Cast) -> None:
    claim = shared(cast)
    mentes = person(cast.ithaca, "Mentes")
    actions.appoint(claim=claim, rater=mentes, by=cast.eurycleia, now=NOW)
    mentes.left_at = NOW
    mentes.save()
    actions.appoint(claim=claim, rater=cast.nestor, by=cast.eurycleia, now=NOW)
    assert list(queries.to_rate(cast.nestor)) == [claim]
    assert not queries.to_rate(mentes).exists()
    with pytest.raises(NotAllowed):
        actions.rate(claim=claim, by=mentes, now=NOW, score=4)
