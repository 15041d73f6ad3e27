"""Relationships from the invitation to an end that is a success or nobody's fault."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.apps.people.actions import organisations
from telemachy.apps.people.models import Notification
from telemachy.apps.people.queries import news
from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.actions import enrolments
from telemachy.apps.programmes.models import Enrolment
from telemachy.apps.relationships.actions import (
    charters,
    erasure,
    guidance,
    publishing,
    sessions,
    situations,
)
from telemachy.apps.relationships.actions import relationships as actions
from telemachy.apps.relationships.models import Charter, Goal, Party, Relationship
from telemachy.apps.relationships.queries import nudges, overviews, waiting
from telemachy.apps.relationships.queries import relationships as queries
from telemachy.apps.relationships.queries import situations as situation_queries
from telemachy.core.shared.errors import BadInput, NotAllowed, WrongState
from tests.cast import NOW, Cast, pair, person

LATER = NOW + timedelta(days=1)


def place(cast: Cast, who, role: str, capacity: int = 1) -> Enrolment:
    """Give a person a place in the programme."""
    return Enrolment.objects.create(
        programme=cast.programme, person=who, role=role, capacity=capacity, created_at=NOW
    )


@pytest.fixture
def invited(cast: Cast) -> Relationship:
    """Nestor and Penelope are invited to a pair."""
    return actions.open_pair(
        programme=cast.programme, learners=[cast.penelope], mentor=cast.nestor, by=cast.eurycleia, now=NOW
    )


@pytest.fixture
def circle(cast: Cast) -> Relationship:
    """Nestor, Penelope and Telemachus are invited to a circle."""
    return actions.open_pair(
        programme=cast.programme,
        learners=[cast.penelope, cast.telemachus],
        mentor=cast.nestor,
        by=cast.eurycleia,
        now=NOW,
    )


def state(relationship: Relationship) -> str:
    """Return the state as it is in the database."""
    relationship.refresh_from_db()
    return relationship.state


def news_of(who) -> set[str]:
    """Return the kinds of news a person has."""
    return set(Notification.objects.filter(person=who).values_list("kind", flat=True))


def ready(who) -> list[str]:
    """Return how a person was told that everybody has accepted."""
    return [news.sentence(told) for told in Notification.objects.filter(person=who, kind="pair.ready")]


def test_when_everybody_accepted_the_charter_comes_next(cast: Cast, invited: Relationship) -> None:
    actions.accept(relationship=invited, by=cast.nestor, now=NOW)
    assert state(invited) == "proposed"
    actions.accept(relationship=invited, by=cast.penelope, now=LATER)
    assert state(invited) == "contracting"
    assert "pair.ready" in news_of(cast.nestor)
    with pytest.raises(NotAllowed):
        actions.accept(relationship=invited, by=cast.penelope, now=LATER)


def test_declining_keeps_no_reason_and_does_not_say_who(cast: Cast, invited: Relationship) -> None:
    actions.decline(relationship=invited, by=cast.nestor, now=NOW)
    assert state(invited) == "declined"
    told = Notification.objects.get(person=cast.eurycleia, kind="pair.free")
    assert told.params["learner"] == "Penelope"
    assert "Nestor" not in str(told.params)
    assert Event.objects.get(verb="relationship.declined").data == {}


def test_a_learner_who_declines_leaves_the_circle_to_the_others(cast: Cast, circle: Relationship) -> None:
    actions.accept(relationship=circle, by=cast.nestor, now=NOW)
    actions.accept(relationship=circle, by=cast.telemachus, now=NOW)
    actions.decline(relationship=circle, by=cast.penelope, now=LATER)
    assert state(circle) == "contracting"
    assert queries.party_of(circle, cast.penelope) is None
    assert ready(cast.nestor) == ["Everybody accepted: agree on your charter with Telemachus."]
    assert ready(cast.telemachus) == ["Everybody accepted: agree on your charter with Nestor."]
    assert ready(cast.penelope) == []
    actions.unwind(relationship=circle, by=cast.telemachus, now=LATER)
    assert state(circle) == "unwound"


@pytest.mark.parametrize("left_first", [True, False])
def test_a_circle_begins_without_a_learner_who_has_left_the_organisation(
    cast: Cast, circle: Relationship, left_first: bool
) -> None:
    leaving = {"person": cast.telemachus, "by": cast.penelope, "now": LATER}
    if left_first:
        organisations.mark_left(**leaving)
    actions.accept(relationship=circle, by=cast.nestor, now=LATER)
    actions.accept(relationship=circle, by=cast.penelope, now=LATER)
    if not left_first:
        assert state(circle) == "proposed"
        organisations.mark_left(**leaving)
    assert state(circle) == "contracting"
    assert ready(cast.nestor) == ["Everybody accepted: agree on your charter with Penelope."]
    assert len(ready(cast.penelope)) == (not left_first)  # she was the last to accept, or did not know
    assert ready(cast.telemachus) == []


def test_who_leaves_a_circle_leaves_no_charter_waiting_for_them(cast: Cast, circle: Relationship) -> None:
    for someone in (cast.nestor, cast.penelope, cast.telemachus):
        actions.accept(relationship=circle, by=someone, now=NOW)
    Goal.objects.create(
        relationship=circle,
        learner=cast.penelope,
        statement="Weave by day",
        baseline="Weaves by night",
        state="active",
        created_at=NOW,
    )
    charters.draft(relationship=circle, by=cast.nestor, now=NOW)
    text = {"success": "We decide alone.", "based_on": 1}
    charters.propose(relationship=circle, by=cast.nestor, now=NOW, **text)
    charters.agree(relationship=circle, by=cast.penelope, now=NOW, version=2)
    actions.unwind(relationship=circle, by=cast.telemachus, now=LATER)
    assert circle.charters.get(version=2).in_force_at == LATER
    assert state(circle) == "active"
    assert "pair.active" in news_of(cast.penelope)


@pytest.mark.parametrize("goes", ["leaves", "has left", "is erased"])
def test_a_circle_is_told_that_its_charter_is_in_force_once_whoever_it_waited_for_has_gone(
    cast: Cast, circle: Relationship, goes: str
) -> None:
    Relationship.objects.filter(pk=circle.pk).update(state="active", active_at=NOW)
    for version, in_force_at in ((1, NOW), (2, None)):
        Charter.objects.create(
            relationship=circle, version=version, success="x", created_at=NOW, in_force_at=in_force_at
        )
    for someone in (cast.nestor, cast.penelope):
        charters.agree(relationship=circle, by=someone, now=NOW, version=2)
    if goes == "leaves":
        actions.unwind(relationship=circle, by=cast.telemachus, now=LATER)
    elif goes == "has left":
        organisations.mark_left(person=cast.telemachus, by=cast.penelope, now=LATER)
    else:
        erasure.erase(person=cast.telemachus, by=cast.telemachus, now=LATER)
    assert circle.charters.get(version=2).in_force_at == LATER
    for someone in (cast.nestor, cast.penelope):
        told = Notification.objects.get(person=someone, kind="charter.settled")
        assert told.path == f"/relationships/{circle.pk}/charter/"
        assert news.sentence(told) == "Nobody's agreement is missing any more: your charter is in force."
    assert "charter.settled" not in news_of(cast.telemachus)


def test_who_leaves_a_circle_has_its_sessions_taken_out_of_the_calendar(
    cast: Cast, circle: Relationship
) -> None:
    for someone in (cast.nestor, cast.penelope, cast.telemachus):
        actions.accept(relationship=circle, by=someone, now=NOW)
    circle.refresh_from_db()
    ahead = sessions.schedule(
        relationship=circle, by=cast.nestor, now=NOW, starts_at=LATER + timedelta(days=7)
    )
    mailed = OutboxMessage.objects.values_list("to", flat=True)
    n_before = mailed.count()
    actions.unwind(relationship=circle, by=cast.telemachus, now=LATER)
    assert mailed.count() == n_before + 1
    entry = OutboxMessage.objects.get(to=cast.telemachus.email, subject__startswith="Cancelled")
    assert "METHOD:CANCEL" in entry.attachments[0]["text"]
    ahead.refresh_from_db()
    assert (ahead.state, ahead.sequence) == ("scheduled", 1)


def test_what_a_learner_left_open_on_leaving_a_circle_awaits_nobody(cast: Cast, circle: Relationship) -> None:
    for someone in (cast.nestor, cast.penelope, cast.telemachus):
        actions.accept(relationship=circle, by=someone, now=NOW)
    circle.refresh_from_db()
    case = situations.log(relationship=circle, by=cast.telemachus, now=NOW, title="The suitors")
    situations.ask(situation=case, by=cast.telemachus, now=NOW, question="What now?")
    own = situations.log(relationship=circle, by=cast.penelope, now=LATER, title="The shroud")
    actions.unwind(relationship=circle, by=cast.telemachus, now=LATER)
    assert [one for one, _person in waiting.overdue(NOW + timedelta(days=9))] == [own]
    circle.state = "active"
    assert nudges.turn_of(circle).persons == (cast.penelope,)
    assert not situation_queries.open_of(cast.telemachus).exists()
    assert situation_queries.closed_of(cast.telemachus).get() == case
    with pytest.raises(NotAllowed, match="has left this circle"):
        guidance.guide(situation=case, by=cast.nestor, now=LATER, level=2, text="What did she say?")


def test_a_circle_without_its_mentor_does_not_begin(cast: Cast, circle: Relationship) -> None:
    actions.decline(relationship=circle, by=cast.nestor, now=NOW)
    assert state(circle) == "declined"


def test_either_side_unwinds_and_the_other_reads_no_reason(cast: Cast) -> None:
    actions.unwind(relationship=cast.relationship, by=cast.telemachus, now=NOW)
    assert state(cast.relationship) == "unwound"
    assert Notification.objects.get(person=cast.athena).params.keys() == {"other", "programme"}
    with pytest.raises(WrongState):
        actions.unwind(relationship=cast.relationship, by=cast.athena, now=NOW)


def test_winding_down_can_be_taken_back(cast: Cast) -> None:
    actions.step(relationship=cast.relationship, verb="wind_down", by=cast.telemachus, now=NOW)
    actions.step(relationship=cast.relationship, verb="resume", by=cast.athena, now=LATER)
    assert state(cast.relationship) == "active"


def test_the_mentor_says_when_a_learner_graduates(cast: Cast) -> None:
    with pytest.raises(WrongState):
        actions.step(relationship=cast.relationship, verb="graduate", by=cast.athena, now=NOW)
    actions.step(relationship=cast.relationship, verb="wind_down", by=cast.athena, now=NOW)
    with pytest.raises(NotAllowed, match="The mentor says"):
        actions.step(relationship=cast.relationship, verb="graduate", by=cast.telemachus, now=NOW)
    actions.step(relationship=cast.relationship, verb="graduate", by=cast.athena, now=LATER)
    assert state(cast.relationship) == "graduated"
    assert cast.relationship.closed_at == LATER
    assert "pair.graduate" in news_of(cast.telemachus)


@pytest.mark.parametrize("verb", ["wind_down", "resume", "graduate", "complete"])
def test_a_manager_ends_nothing_in_the_parties_name(cast: Cast, verb: str) -> None:
    for stranger in (cast.eurycleia, cast.nestor, cast.antinous):
        with pytest.raises(NotAllowed):
            actions.step(relationship=cast.relationship, verb=verb, by=stranger, now=NOW)
    with pytest.raises(BadInput):
        actions.step(relationship=cast.relationship, verb="accept", by=cast.athena, now=NOW)


@pytest.mark.parametrize("verb", ["accept", "decline", "unwind"])
def test_nobody_answers_in_the_name_of_those_invited(cast: Cast, invited: Relationship, verb: str) -> None:
    for stranger in (cast.eurycleia, cast.athena, cast.antinous):
        with pytest.raises(NotAllowed, match="Only"):
            getattr(actions, verb)(relationship=invited, by=stranger, now=NOW)
    assert state(invited) == "proposed"


def test_a_proposal_taken_back_says_that_the_programme_did_it(cast: Cast, invited: Relationship) -> None:
    place(cast, cast.nestor, "mentor")
    learner = place(cast, cast.penelope, "learner")
    actions.accept(relationship=invited, by=cast.nestor, now=NOW)
    for stranger in (cast.nestor, cast.athena, cast.antinous):
        with pytest.raises(NotAllowed):
            actions.call_off(relationship=invited, by=stranger, now=LATER)
    actions.call_off(relationship=invited, by=cast.eurycleia, now=LATER)
    assert state(invited) == "declined"
    for party in (cast.nestor, cast.penelope):
        told = Notification.objects.get(person=party, kind="pair.taken_back")
        assert "Those who run Voyage took back" in news.sentence(told)
        assert "pair.declined" not in news_of(party)
    assert Event.objects.get(verb="relationship.called_off").actor_id == cast.eurycleia.pk
    today = snapshots.pool(cast.programme, {}, {}, LATER.date())
    assert str(learner.person_id) in today.learners
    with pytest.raises(WrongState):
        actions.call_off(relationship=invited, by=cast.eurycleia, now=LATER)


@pytest.mark.parametrize("at", ["contracting", "active", "winding_down"])
def test_a_manager_ends_a_pair_one_side_of_which_has_left(cast: Cast, at: str) -> None:
    pair = cast.relationship
    Relationship.objects.filter(pk=pair.pk).update(state=at)
    pair.refresh_from_db()
    with pytest.raises(NotAllowed, match="Both sides are there"):
        actions.call_off(relationship=pair, by=cast.eurycleia, now=NOW)
    ahead = sessions.schedule(relationship=pair, by=cast.athena, now=NOW, starts_at=LATER + timedelta(days=7))
    situations.log(relationship=pair, by=cast.telemachus, now=NOW, title="The suitors")
    assert overviews.signals(pair, NOW).awaiting == {"learner": 1}
    cast.telemachus.left_at = NOW
    cast.telemachus.save()
    actions.call_off(relationship=pair, by=cast.eurycleia, now=LATER)
    assert state(pair) == "unwound"
    assert pair.closed_at == LATER
    assert overviews.signals(pair, LATER).awaiting == {}
    ahead.refresh_from_db()
    assert ahead.state == "cancelled"
    told = Notification.objects.get(person=cast.athena, kind="pair.called_off")
    assert news.sentence(told) == "Your relationship in Voyage has ended, since the other side has left."
    assert news_of(cast.telemachus) == {"session.scheduled"}


def test_a_circle_of_which_one_learner_is_left_goes_on(cast: Cast, circle: Relationship) -> None:
    for someone in (cast.nestor, cast.penelope, cast.telemachus):
        actions.accept(relationship=circle, by=someone, now=NOW)
    cast.penelope.left_at = NOW
    cast.penelope.save()
    with pytest.raises(NotAllowed, match="Both sides are there"):
        actions.call_off(relationship=circle, by=cast.eurycleia, now=LATER)
    cast.telemachus.left_at = NOW
    cast.telemachus.save()
    actions.call_off(relationship=circle, by=cast.eurycleia, now=LATER)
    assert "pair.called_off" in news_of(cast.nestor)


def test_nobody_is_told_that_somebody_who_has_left_is_back_in_the_pool(cast: Cast) -> None:
    cast.telemachus.left_at = NOW
    cast.telemachus.save()
    actions.unwind(relationship=cast.relationship, by=cast.athena, now=LATER)
    assert "pair.free" not in news_of(cast.eurycleia)


def test_nobody_is_told_that_a_learner_is_in_the_pool_who_gave_back_the_place(cast: Cast) -> None:
    learns = Enrolment.objects.get(person=cast.telemachus)
    mentors = place(cast, cast.telemachus, "mentor")
    other = pair(cast.programme, cast.nestor, cast.telemachus)
    enrolments.give_back(enrolment=mentors, by=cast.telemachus, now=NOW)
    actions.unwind(relationship=other, by=cast.nestor, now=LATER)
    assert "pair.free" in news_of(cast.eurycleia), "the place as a learner is still held"
    Notification.objects.all().delete()
    enrolments.give_back(enrolment=learns, by=cast.telemachus, now=NOW)
    actions.unwind(relationship=cast.relationship, by=cast.athena, now=LATER)
    assert "pair.free" not in news_of(cast.eurycleia)


def test_a_chemistry_meeting_is_noted_before_the_decision(cast: Cast, invited: Relationship) -> None:
    with pytest.raises(NotAllowed):
        actions.meet(relationship=invited, at=LATER, by=cast.nestor, now=NOW)
    Relationship.objects.filter(pk=invited.pk).update(chemistry=True)
    with pytest.raises(BadInput, match="next three months"):
        actions.meet(relationship=invited, at=NOW - timedelta(days=1), by=cast.nestor, now=NOW)
    actions.meet(relationship=invited, at=LATER, by=cast.nestor, now=NOW)
    invited.refresh_from_db()
    assert invited.chemistry_at == LATER
    assert "pair.chemistry" in news_of(cast.penelope)


def test_a_pair_by_hand_keeps_to_seats_and_reporting_lines(cast: Cast) -> None:
    learner, mentor = place(cast, cast.penelope, "learner"), place(cast, cast.nestor, "mentor")
    ask = {"programme": cast.programme, "learner": learner, "mentor": mentor, "now": NOW}
    with pytest.raises(NotAllowed):
        publishing.propose(**ask, by=cast.athena)
    cast.nestor.line_manager = cast.penelope
    cast.nestor.save()
    with pytest.raises(BadInput, match="reporting line"):
        publishing.propose(**ask, by=cast.eurycleia)
    cast.nestor.line_manager = None
    cast.nestor.save()
    made = publishing.propose(**ask, by=cast.eurycleia)
    assert {party.person for party in made.parties.all()} == {cast.penelope, cast.nestor}
    with pytest.raises(BadInput, match="has a mentor in this programme already"):
        publishing.propose(**ask, by=cast.eurycleia)
    other = place(cast, person(cast.ithaca, "Mentes", sign_in=False), "learner")
    with pytest.raises(BadInput, match="no free seat"):
        publishing.propose(**(ask | {"learner": other}), by=cast.eurycleia)


def test_an_agent_accepts_at_once(cast: Cast) -> None:
    learner, mentor = place(cast, cast.argus, "learner"), place(cast, cast.nestor, "mentor")
    made = publishing.propose(
        programme=cast.programme, learner=learner, mentor=mentor, by=cast.eurycleia, now=NOW
    )
    actions.accept(relationship=made, by=cast.nestor, now=LATER)
    assert state(made) == "contracting"


def test_passing_on_closes_the_pair_and_opens_the_next(cast: Cast) -> None:
    mentor = place(cast, cast.nestor, "mentor")
    with pytest.raises(NotAllowed):
        publishing.transfer(relationship=cast.relationship, mentor=mentor, by=cast.athena, now=NOW)
    following = publishing.transfer(
        relationship=cast.relationship, mentor=mentor, by=cast.eurycleia, now=LATER
    )
    assert state(cast.relationship) == "transferred"
    assert following.state == "proposed"
    assert {party.person for party in following.parties.all()} == {cast.telemachus, cast.nestor}
    assert "pair.transferred" in news_of(cast.athena)


def test_passing_on_to_a_full_mentor_changes_nothing(cast: Cast) -> None:
    mentor = place(cast, cast.nestor, "mentor")
    actions.open_pair(
        programme=cast.programme, learners=[cast.penelope], mentor=cast.nestor, by=cast.eurycleia, now=NOW
    )
    with pytest.raises(BadInput, match="no free seat"):
        publishing.transfer(relationship=cast.relationship, mentor=mentor, by=cast.eurycleia, now=LATER)
    assert state(cast.relationship) == "active"


@pytest.mark.parametrize("how", ["left", "erased", "withdrawn", "paused"])
def test_nobody_is_put_into_a_pair_with_whoever_cannot_accept(cast: Cast, how: str) -> None:
    mentor, learner = place(cast, cast.nestor, "mentor"), place(cast, cast.penelope, "learner")
    if how in {"left", "erased"}:
        setattr(cast.nestor, f"{how}_at", NOW)
        cast.nestor.save()
    else:
        mentor.state = how
        mentor.save()
    with pytest.raises(BadInput, match="Nestor"):
        publishing.propose(
            programme=cast.programme, learner=learner, mentor=mentor, by=cast.eurycleia, now=NOW
        )
    with pytest.raises(BadInput, match="Nestor"):
        publishing.transfer(relationship=cast.relationship, mentor=mentor, by=cast.eurycleia, now=NOW)
    assert state(cast.relationship) == "active"


def test_passing_on_leaves_out_whoever_has_left(cast: Cast) -> None:
    mentor = place(cast, cast.nestor, "mentor", capacity=2)
    Party.objects.create(
        relationship=cast.relationship, person=cast.penelope, seat="learner", accepted_at=NOW
    )
    cast.telemachus.left_at = NOW
    cast.telemachus.save()
    following = publishing.transfer(
        relationship=cast.relationship, mentor=mentor, by=cast.eurycleia, now=LATER
    )
    assert {party.person for party in following.parties.all()} == {cast.penelope, cast.nestor}


def test_a_pair_that_has_not_begun_is_passed_on(cast: Cast, invited: Relationship) -> None:
    for someone in (cast.nestor, cast.penelope):
        actions.accept(relationship=invited, by=someone, now=NOW)
    place(cast, cast.penelope, "learner")
    mentor = cast.programme.enrolments.get(person=cast.athena)
    following = publishing.transfer(relationship=invited, mentor=mentor, by=cast.eurycleia, now=LATER)
    assert state(invited) == "transferred"
    assert {party.person for party in following.parties.all()} == {cast.penelope, cast.athena}


def test_a_pair_whose_learner_has_left_is_not_passed_on(cast: Cast) -> None:
    mentor = place(cast, cast.nestor, "mentor")
    cast.telemachus.left_at = NOW
    cast.telemachus.save()
    with pytest.raises(WrongState, match="Nobody is left"):
        publishing.transfer(relationship=cast.relationship, mentor=mentor, by=cast.eurycleia, now=LATER)
    assert state(cast.relationship) == "active"


def test_signals_count_and_never_quote(cast: Cast) -> None:
    cast.relationship.goals.create(
        learner=cast.telemachus, statement="Speak in the assembly", state="active", created_at=NOW
    )
    cast.relationship.situations.create(
        learner=cast.telemachus,
        title="The suitors",
        state="consulted",
        awaiting="mentor",
        awaiting_since=NOW,
        logged_at=NOW,
    )
    told = overviews.signals(cast.relationship, LATER)
    assert told.n_goals == {"active": 1}
    assert told.awaiting == {"mentor": 1}
    assert told.oldest_awaiting == NOW
    assert "assembly" not in str(told)
    assert "suitors" not in str(told)
