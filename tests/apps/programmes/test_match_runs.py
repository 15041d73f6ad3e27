"""Match runs: the pool they see, what they keep, what a hand may change, and publishing."""

from __future__ import annotations

import os
import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from telemachy.apps.audit.models import Event
from telemachy.apps.people.models import Notification
from telemachy.apps.programmes import jobs, snapshots
from telemachy.apps.programmes.actions import match_runs, match_work, pair_rules, proposals
from telemachy.apps.programmes.models import Enrolment, MatchRun, PairRule, Programme
from telemachy.apps.programmes.queries import match_blocks, match_together
from telemachy.apps.programmes.queries import match_runs as queries
from telemachy.apps.programmes.queries.pool_counts import PoolCounts, at_least, pool_counts, waiting
from telemachy.apps.relationships.actions import publishing
from telemachy.apps.relationships.actions import relationships as relationship_actions
from telemachy.apps.relationships.jobs import publishing as relationship_jobs
from telemachy.apps.relationships.models import Relationship
from telemachy.apps.relationships.queries.publishing import groups_of
from telemachy.core.matching import choices, pair_choices, planning
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.apps.audit.lost import give_up
from tests.cast import NOW, Cast, assemble, pair, person

LATER = NOW + timedelta(minutes=1)


def enrol(cast: Cast, name: str, role: str, *, capacity: int = 1, **fields: object) -> Enrolment:
    """Create somebody with a place in the programme."""
    fields = {"time_zone": "Europe/Athens", "languages": ["el"], **fields}
    return Enrolment.objects.create(
        programme=cast.programme,
        person=person(cast.ithaca, name, sign_in=False, **fields),
        role=role,
        capacity=capacity,
        created_at=NOW,
    )


@pytest.fixture
def pool(cast: Cast) -> dict[str, Enrolment]:
    """Two mentors and three learners beside the cast's pair; Athena has one seat left."""
    return {
        "mentes": enrol(cast, "Mentes", "mentor", skills_offered=["trade"], seniority=5),
        "peisistratus": enrol(cast, "Peisistratus", "learner", skills_sought=["trade"], seniority=3),
        "nausicaa": enrol(cast, "Nausicaa", "learner", skills_sought=["strategy"], seniority=3),
        "elpenor": enrol(cast, "Elpenor", "learner", skills_sought=["climbing"], seniority=1),
    }


def make_run(cast: Cast, **design: object) -> MatchRun:
    """Run the matching to its end, as the worker does."""
    run = match_runs.run(
        programme=cast.programme,
        weights=design.get("weights", {}),
        rules=design.get("rules", {}),
        by=cast.eurycleia,
        now=NOW,
    )
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    return run


def pairs(run: MatchRun) -> dict[str, str]:
    """Return learner -> mentor, by name."""
    return dict(run.proposals.values_list("learner__person__name", "mentor__person__name"))


def test_a_run_fills_the_seats_that_open_pairs_leave(cast: Cast, pool) -> None:
    run = make_run(cast)
    assert run.state == "ready"
    # Telemachus has Athena already; she has two seats, so one is left; Mentes has one.
    assert pairs(run) == {"Peisistratus": "Mentes", "Nausicaa": "Athena"}
    left = run.unmatched.get()
    assert left.learner.person.name == "Elpenor"
    assert left.reason["code"] == "unmatched_capacity"
    assert run.report["n_matched"] == 2
    assert run.report["n_paired"] == 1


def test_the_pool_is_counted_as_the_run_finds_it(cast: Cast, pool) -> None:
    enrol(cast, "Mentor on leave", "mentor", capacity=5, paused_until=NOW.date() + timedelta(days=9))
    enrol(cast, "Learner who left", "learner", left_at=NOW)
    done, circle = enrol(cast, "Graduate", "learner"), enrol(cast, "Member", "learner")
    pair(cast.programme, cast.athena, done.person, state="graduated")
    pair(cast.programme, pool["mentes"].person, circle.person, state="proposed")
    counts = pool_counts(cast.programme, NOW.date())
    # Telemachus and the member are paired; three wait; Athena has one seat of two left, Mentes none.
    assert counts == PoolCounts(waiting=3, paired=2, seats=1)
    report = make_run(cast).report
    assert (report["n_learners"], report["n_paired"]) == (counts.waiting, counts.paired)
    relationship_actions.decline(
        relationship=Relationship.objects.get(state="proposed"), by=circle.person, now=NOW
    )
    assert pool_counts(cast.programme, NOW.date()) == PoolCounts(waiting=4, paired=1, seats=2)


def test_seats_taken_in_another_programme_are_not_counted_as_free(cast: Cast, pool) -> None:
    other = Programme.objects.create(
        organisation=cast.ithaca, name="Other", kind="mentoring", state="open", created_at=NOW
    )
    for mentor in (cast.athena, pool["mentes"].person):
        Enrolment.objects.create(
            programme=other, person=mentor, role="mentor", capacity=2, created_at=NOW, state="active"
        )
    for name in ("Eumelus", "Polites"):
        pair(other, cast.athena, person(cast.ithaca, name))
    pair(other, pool["mentes"].person, person(cast.ithaca, "Leucus"))
    for programme in (cast.programme, other):
        found = snapshots.pool(programme, {}, {}, NOW.date())
        seats = sum(mentor.capacity for mentor in found.problem.mentors)
        assert pool_counts(programme, NOW.date()).seats == seats


def test_a_large_pool_is_known_by_those_who_wait_and_by_mentors_who_guide_nobody(cast: Cast, pool) -> None:
    today = NOW.date()
    # Three wait; Mentes guides nobody, Athena guides Telemachus.
    assert [at_least(n, cast.programme, today) for n in (1, 2)] == [True, False]
    enrol(cast, "Laertes", "mentor")
    enrol(cast, "Away", "mentor", paused_until=today + timedelta(days=9))
    assert [at_least(n, cast.programme, today) for n in (2, 3)] == [True, False]


def test_who_waits_is_asked_of_the_database_as_the_run_finds_it(cast: Cast, pool) -> None:
    enrol(cast, "Learner on leave", "learner", paused_until=NOW.date() + timedelta(days=9))
    back = enrol(cast, "Learner once more", "learner")
    ended = pair(cast.programme, cast.athena, back.person, state="unwound")
    Relationship.objects.filter(pk=ended.pk).update(state_since=LATER)
    left = enrol(cast, "Learner who left a circle", "learner")
    circle = pair(cast.programme, cast.athena, left.person)
    circle.parties.filter(person=left.person).update(left_at=NOW + timedelta(seconds=9))
    circle.parties.create(person=pool["nausicaa"].person, seat="learner", left_at=NOW + timedelta(seconds=30))
    Enrolment.objects.filter(pk=pool["elpenor"].pk).update(created_at=NOW - timedelta(days=9))
    found = snapshots.pool(cast.programme, {}, {}, NOW.date())
    waits = list(waiting(cast.programme, NOW.date()))
    assert {str(place.person_id): place.since for place in waits} == found.since
    assert [place.person.name for place in (waits[0], waits[-1])] == ["Elpenor", "Learner once more"]


def test_a_pool_read_for_one_learner_scores_like_the_whole_one(cast: Cast, pool) -> None:
    goals = {"peisistratus": "sail the wide sea", "nausicaa": "sea trade", "elpenor": "wine"}
    for name, text in goals.items():
        type(pool[name].person).objects.filter(pk=pool[name].person_id).update(goals_text=text)
    type(cast.athena).objects.filter(pk=cast.athena.pk).update(about="the sea and trade")
    pool["mentes"].preferred.add(pool["nausicaa"].person)
    pool["elpenor"].avoided.add(cast.athena)
    whole = snapshots.pool(cast.programme, {}, {}, NOW.date()).problem
    for place in pool.values():
        if place.role == "learner":
            part = snapshots.pool(cast.programme, {}, {}, NOW.date(), about=[place.person_id])
            assert list(part.learners) == [str(place.person_id)]
            key = str(place.person_id)
            assert choices(part.problem, key) == choices(whole, key)
            for mentor in (cast.athena, pool["mentes"].person):
                about = [place.person_id, mentor.pk]
                pair_alone = snapshots.pool(
                    cast.programme, {}, {}, NOW.date(), about=about, mentors_about=True
                )
                wanted = [(key, str(mentor.pk))]
                assert pair_choices(pair_alone.problem, wanted) == pair_choices(whole, wanted)


def test_every_proposal_is_explained(cast: Cast, pool) -> None:
    proposal = make_run(cast).proposals.get(learner=pool["peisistratus"])
    assert sum(part["weight"] * part["value"] for part in proposal.parts) == pytest.approx(
        proposal.score, abs=2e-4
    )
    assert {
        "code": "skills",
        "params": {"n_shared": 1, "n_sought": 1, "skills": ["trade"]},
    } in proposal.reasons
    assert proposal.alternatives[0]["mentor"] == str(cast.programme.enrolments.get(person=cast.athena).pk)


def test_a_job_run_twice_keeps_one_result(cast: Cast, pool) -> None:
    run = make_run(cast)
    jobs.run_matching.call(match_run_id=str(run.pk))
    assert run.proposals.count() == 2
    assert Event.objects.filter(verb="match_run.finished").count() == 1


@pytest.mark.parametrize("is_together", [False, True])
def test_a_run_whose_worker_is_lost_each_time_fails_and_its_starter_is_told(cast, pool, is_together) -> None:
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)
    if is_together:
        MatchRun.objects.update(together=run.pk)
    match_work.begin(match_run=run, by=None, now=NOW)
    if is_together:
        give_up("telemachy.apps.programmes.jobs.run_together", together=str(run.pk))
    else:
        give_up("telemachy.apps.programmes.jobs.run_matching", match_run_id=str(run.pk))
    run.refresh_from_db()
    assert run.state == "failed"
    assert Notification.objects.filter(person=cast.eurycleia, kind="match_run.failed").count() == 1


def test_a_second_click_finds_the_run_under_way(cast: Cast, pool) -> None:
    ask = {"programme": cast.programme, "weights": {}, "rules": {}, "by": cast.eurycleia}
    first = match_runs.run(**ask, now=NOW)
    assert match_runs.run(**ask, now=LATER) == first
    assert match_runs.run(**ask, now=NOW + timedelta(hours=2)) != first


def test_a_run_discarded_while_it_works_stays_discarded(cast: Cast, pool) -> None:
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)
    match_work.begin(match_run=run, by=None, now=NOW)
    match_runs.discard(match_run=run, by=cast.eurycleia, now=LATER)
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.proposals.count()) == ("discarded", 0)


def test_what_cannot_be_worked_with_is_named(cast: Cast, pool) -> None:
    enrol(cast, "Polyphemus", "learner", time_zone="Nowhere/Cave")
    run = make_run(cast)
    assert run.state == "failed"
    assert "Polyphemus" in run.problem
    assert Notification.objects.filter(person=cast.eurycleia, kind="match_run.failed").exists()


@pytest.mark.parametrize(
    ("weights", "rules", "field"),
    [
        ({"skills": 2}, {}, "skills"),
        ({"charm": 1}, {}, "charm"),
        ({}, {"min_overlap_hours": -1}, "min_overlap_hours"),
    ],
)
def test_impossible_weights_and_rules_are_refused(cast: Cast, weights, rules, field) -> None:
    with pytest.raises(BadInput) as refusal:
        match_runs.run(programme=cast.programme, weights=weights, rules=rules, by=cast.eurycleia, now=NOW)
    assert refusal.value.field == field
    assert not MatchRun.objects.exists()


def test_only_those_who_run_the_programme_match(cast: Cast) -> None:
    for stranger in (cast.athena, cast.telemachus, cast.antinous):
        with pytest.raises(NotAllowed):
            match_runs.run(programme=cast.programme, weights={}, rules={}, by=stranger, now=NOW)


def test_paused_people_and_parted_pairs_stay_out_of_the_pool(cast: Cast, pool) -> None:
    pool["elpenor"].person.paused_until = (NOW + timedelta(days=9)).date()
    pool["elpenor"].person.save()
    relationship_actions.unwind(relationship=cast.relationship, by=cast.telemachus, now=NOW)
    found = snapshots.pool(cast.programme, {}, {}, NOW.date())
    assert found.n_away == 1
    assert (str(cast.telemachus.pk), str(cast.athena.pk)) in found.problem.forbidden
    assert str(cast.telemachus.pk) in found.learners


def test_whoever_graduated_is_not_matched_again(cast: Cast) -> None:
    Relationship.objects.update(state="graduated", closed_at=NOW)
    found = snapshots.pool(cast.programme, {}, {}, NOW.date())
    assert (found.n_done, list(found.learners)) == (1, [])


def test_a_locked_pair_holds_in_the_next_run(cast: Cast, pool) -> None:
    athena = cast.programme.enrolments.get(person=cast.athena)
    pair_rules.decide(
        programme=cast.programme,
        learner=pool["elpenor"],
        mentor=athena,
        kind="lock",
        by=cast.eurycleia,
        now=NOW,
    )
    run = make_run(cast)
    assert pairs(run)["Elpenor"] == "Athena"
    assert run.proposals.get(learner=pool["elpenor"]).locked


def test_locks_that_cannot_be_kept_are_refused(cast: Cast, pool) -> None:
    def decide(learner: Enrolment, mentor: Enrolment) -> None:
        pair_rules.decide(
            programme=cast.programme, learner=learner, mentor=mentor, kind="lock", by=cast.eurycleia, now=NOW
        )

    athena = cast.programme.enrolments.get(person=cast.athena)
    decide(pool["elpenor"], athena)
    with pytest.raises(BadInput, match="is locked to Athena"):
        decide(pool["elpenor"], pool["mentes"])
    with pytest.raises(BadInput, match="no seat left"):
        decide(pool["nausicaa"], athena)
    pool["peisistratus"].person.line_manager = pool["mentes"].person
    pool["peisistratus"].person.save()
    with pytest.raises(BadInput, match="reporting line"):
        decide(pool["peisistratus"], pool["mentes"])
    assert PairRule.objects.count() == 1


def test_a_lock_whose_mentor_has_gone_is_left_out_and_counted(cast: Cast, pool) -> None:
    pair_rules.decide(
        programme=cast.programme,
        learner=pool["elpenor"],
        mentor=pool["mentes"],
        kind="lock",
        by=cast.eurycleia,
        now=NOW,
    )
    Enrolment.objects.filter(pk=pool["mentes"].pk).update(state="withdrawn")
    run = make_run(cast)
    assert run.state == "ready"
    assert run.report["n_locks_left_out"] == 1


def test_forbidding_takes_the_pair_out_and_keeps_it_out(cast: Cast, pool) -> None:
    run = make_run(cast)
    proposals.forbid(proposal=run.proposals.get(learner=pool["nausicaa"]), by=cast.eurycleia, now=LATER)
    assert "Nausicaa" not in pairs(run)
    assert run.unmatched.filter(learner=pool["nausicaa"]).exists()
    run.refresh_from_db()
    assert run.report["n_matched"] == 1
    assert run.report["mentor_load"] == [[0, 1], [1, 1]]
    assert pairs(make_run(cast)).get("Nausicaa") != "Athena"


def test_a_learner_is_moved_to_a_free_seat(cast: Cast, pool) -> None:
    run = make_run(cast)
    proposals.take_out(proposal=run.proposals.get(learner=pool["nausicaa"]), by=cast.eurycleia, now=LATER)
    athena = cast.programme.enrolments.get(person=cast.athena)
    proposals.move(match_run=run, learner=pool["elpenor"], mentor=athena, by=cast.eurycleia, now=LATER)
    made = run.proposals.get(learner=pool["elpenor"])
    assert made.by_hand
    assert made.reasons[0]["code"] == "by_hand"
    assert 0 < made.score < 1
    assert not run.unmatched.filter(learner=pool["elpenor"]).exists()


def test_a_hand_never_goes_over_capacity(cast: Cast, pool) -> None:
    run = make_run(cast)
    with pytest.raises(BadInput, match="All seats of Mentes are taken"):
        proposals.move(
            match_run=run, learner=pool["elpenor"], mentor=pool["mentes"], by=cast.eurycleia, now=LATER
        )
    assert pairs(run) == {"Peisistratus": "Mentes", "Nausicaa": "Athena"}


def test_two_learners_are_exchanged(cast: Cast, pool) -> None:
    run = make_run(cast)
    proposals.move(
        match_run=run,
        learner=pool["nausicaa"],
        mentor=pool["mentes"],
        exchange=run.proposals.get(learner=pool["peisistratus"]),
        by=cast.eurycleia,
        now=LATER,
    )
    assert pairs(run) == {"Peisistratus": "Athena", "Nausicaa": "Mentes"}


def test_a_hand_never_puts_a_learner_under_the_own_manager(cast: Cast, pool) -> None:
    run = make_run(cast)
    pool["nausicaa"].person.line_manager = pool["mentes"].person
    pool["nausicaa"].person.save()
    proposals.take_out(proposal=run.proposals.get(learner=pool["peisistratus"]), by=cast.eurycleia, now=LATER)
    with pytest.raises(BadInput, match="reporting line"):
        proposals.move(
            match_run=run,
            learner=pool["nausicaa"],
            mentor=pool["mentes"],
            by=cast.eurycleia,
            now=LATER,
            despite=True,
        )


def test_a_soft_rule_is_broken_only_when_said(cast: Cast, pool) -> None:
    echo = enrol(cast, "Echo", "mentor", languages=["la"])
    run = make_run(cast)
    ask = {"match_run": run, "learner": pool["elpenor"], "mentor": echo, "by": cast.eurycleia, "now": LATER}
    with pytest.raises(proposals.NeedsConfirmation) as refusal:
        proposals.move(**ask)
    assert refusal.value.rules == ["language"]
    made = proposals.move(**ask, despite=True)
    assert made.reasons == [{"code": "by_hand_despite", "params": {"rules": ["language"]}}]


def publish(cast: Cast, run: MatchRun) -> int:
    """Publish a run to its end, as the worker does; return how many proposals were left out."""
    match_runs.publish(match_run=run, by=cast.eurycleia, now=LATER)
    relationship_jobs.open_pairs.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert run.state == "published"
    return run.report["n_left_out"]


def test_publishing_opens_each_pair_once(cast: Cast, pool) -> None:
    first, second = make_run(cast), make_run(cast)
    assert publish(cast, first) == 0
    assert publish(cast, first) == 0
    assert publish(cast, second) == 2
    assert Relationship.objects.filter(state="proposed").count() == 2
    with pytest.raises(NotAllowed, match="stays as it was"):
        proposals.take_out(proposal=first.proposals.first(), by=cast.eurycleia, now=LATER)


def test_publishing_goes_on_where_it_was_interrupted(cast: Cast, pool, monkeypatch) -> None:
    monkeypatch.setattr(relationship_jobs, "BATCH", 1)
    run = make_run(cast)
    match_runs.publish(match_run=run, by=cast.eurycleia, now=LATER)
    first = groups_of(run)[:1]
    assert publishing.open_batch(match_run=run, groups=first, by=None, now=LATER)
    # The same once more, as a job does that was killed before it knew: nothing is opened twice.
    assert publishing.open_batch(match_run=run, groups=first, by=None, now=LATER)
    assert Relationship.objects.filter(state="proposed").count() == 1
    assert publish(cast, run) == 0
    assert Relationship.objects.filter(state="proposed").count() == 2


def test_who_left_or_found_another_while_publishing_is_left_out(cast: Cast, pool) -> None:
    run = make_run(cast)
    match_runs.publish(match_run=run, by=cast.eurycleia, now=LATER)
    groups = groups_of(run)
    gone, other = (run.proposals.get(pk=group[0]).learner.person for group in groups[:2])
    type(gone).objects.filter(pk=gone.pk).update(left_at=LATER)
    pair(cast.programme, pool["mentes"].person, other, state="proposed")
    before = Relationship.objects.count()
    assert publishing.open_batch(match_run=run, groups=groups, by=None, now=LATER)
    assert Relationship.objects.count() == before


def test_a_circle_is_one_relationship(cast: Cast, pool) -> None:
    cast.programme.shape = "group"
    cast.programme.save()
    Enrolment.objects.filter(person=cast.athena).update(capacity=4)
    Enrolment.objects.filter(pk=pool["mentes"].pk).update(state="paused")
    assert publish(cast, make_run(cast)) == 0
    circle = Relationship.objects.get(state="proposed")
    assert circle.parties.filter(seat="learner").count() == 3


def test_a_circle_starts_with_enough_learners_or_not_at_all(cast: Cast, pool) -> None:
    cast.programme.shape = "group"
    cast.programme.save()
    Enrolment.objects.filter(person=cast.athena).update(capacity=3)
    Enrolment.objects.filter(pk=pool["mentes"].pk).update(capacity=3)
    ask = {"programme": cast.programme, "weights": {}, "rules": {}, "by": cast.eurycleia, "now": NOW}
    run = match_runs.run(**ask, options={"group_min": 3, "group_max": 5})
    jobs.run_matching.call(match_run_id=str(run.pk))
    # Two of Athena's seats are left: too few for a circle of three. Mentes has three, for three learners.
    assert pairs(run) == dict.fromkeys(("Peisistratus", "Nausicaa", "Elpenor"), "Mentes")
    assert not run.proposals.filter(locked=True).exists()
    assert "locked" not in {reason["code"] for one in run.proposals.all() for reason in one.reasons}
    Enrolment.objects.filter(pk=pool["mentes"].pk).update(capacity=2)
    run = match_runs.run(**ask, options={"group_min": 3, "group_max": 5})
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.proposals.count(), run.unmatched.count()) == ("ready", 0, 3)


def test_peers_are_matched_in_pairs_each_learner_once_and_helper_once(cast: Cast, pool) -> None:
    cast.programme.shape = "peer"
    cast.programme.save()
    run = make_run(cast)
    found = pairs(run)
    # Athena and Telemachus have a pair by hand already; four others are two pairs.
    assert set(found) == set(found.values()) == {"Peisistratus", "Nausicaa", "Elpenor", "Mentes"}
    assert all(found[found[one]] == one for one in found)
    assert sorted(run.proposals.values_list("circle", flat=True)) == [1, 1, 2, 2]
    proposals.take_out(proposal=run.proposals.filter(circle=2).first(), by=cast.eurycleia, now=LATER)
    assert run.proposals.count() == run.unmatched.count() == 2
    with pytest.raises(NotAllowed, match="change places"):
        proposals.move(
            match_run=run,
            learner=run.unmatched.first().learner,
            mentor=pool["mentes"],
            by=cast.eurycleia,
            now=LATER,
        )
    assert publish(cast, run) == 0
    opened = Relationship.objects.filter(state="proposed")
    assert opened.count() == 2
    assert {one.shape for one in opened} == {"peer"}
    # Who has a peer now is not in the next pool.
    assert len(snapshots.pool(cast.programme, {}, {}, NOW.date()).learners) == 2


def test_a_circle_of_peers_is_a_ring(cast: Cast, pool) -> None:
    cast.programme.shape = "peer"
    cast.programme.save()
    run = match_runs.run(
        programme=cast.programme, weights={}, rules={}, options={"circle": 4}, by=cast.eurycleia, now=NOW
    )
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    found = pairs(run)
    ring = ["Mentes"]
    while found[ring[-1]] not in ring:
        ring.append(found[ring[-1]])
    assert set(ring) == {"Peisistratus", "Nausicaa", "Elpenor", "Mentes"}
    assert publish(cast, run) == 0
    assert Relationship.objects.filter(state="proposed").count() == 4


def test_matching_again_keeps_what_was_proposed(cast: Cast, pool) -> None:
    before = make_run(cast)
    # Somebody who would be the better mentor for both by a little comes in.
    enrol(cast, "Halitherses", "mentor", skills_offered=["trade"])
    ask = {"programme": cast.programme, "weights": {}, "rules": {}, "by": cast.eurycleia, "now": NOW}
    again = match_runs.run(**ask, keeping=before)
    jobs.run_matching.call(match_run_id=str(again.pk))
    again.refresh_from_db()
    kept = pairs(before)
    assert {one: pairs(again)[one] for one in kept} == kept
    assert pairs(again)["Elpenor"] == "Halitherses"
    assert queries.compare(before, again).n_same == 2
    assert again.options["keep"]
    assert not match_runs.run(**ask, options=again.options).options["keep"]


def test_who_waited_longest_comes_first(cast: Cast, pool) -> None:
    Enrolment.objects.filter(pk=pool["elpenor"].pk).update(created_at=NOW - timedelta(days=90))
    run = match_runs.run(
        programme=cast.programme, weights={}, rules={}, options={"waiting": True}, by=cast.eurycleia, now=NOW
    )
    jobs.run_matching.call(match_run_id=str(run.pk))
    assert "Elpenor" in pairs(run)
    assert len(pairs(run)) == 2


def test_the_report_compares_groups_and_hides_small_ones(cast: Cast, pool) -> None:
    for number in range(6):
        enrol(cast, f"Sailor {number}", "learner", function="Sea")
        enrol(cast, f"Pilot {number}", "mentor")
    run = match_runs.run(
        programme=cast.programme,
        weights={},
        rules={},
        options={"groups": ["function", "seniority"]},
        by=cast.eurycleia,
        now=NOW,
    )
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    by_function, by_seniority = run.report["parity"]
    assert [(group["name"], group["n"]) for group in by_function["groups"]] == [("Sea", 6)]
    assert by_function["n_hidden"] == 3  # of no known function
    assert by_seniority["groups"] == []
    trade = next(term for term in run.report["supply"]["skills"] if term["name"] == "trade")
    assert (trade["n_learners"], trade["n_seats"]) == (1, 1)
    assert run.report["n_blocking_pairs"] >= 0


def test_a_draft_programme_is_matched_but_not_published(cast: Cast, pool) -> None:
    cast.programme.state = "draft"
    cast.programme.save()
    run = make_run(cast)
    with pytest.raises(NotAllowed, match="not open yet"):
        match_runs.publish(match_run=run, by=cast.eurycleia, now=LATER)
    assert Relationship.objects.count() == 1


def test_a_run_stopped_in_the_middle_ends_at_the_next_note(cast: Cast, pool, monkeypatch) -> None:
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)
    seen = []

    def work_out(pool, watch):
        watch.note("matching", 0.25)
        run.refresh_from_db()
        seen.append((run.stage, run.progress))
        match_runs.discard(match_run=run, by=cast.eurycleia, now=LATER)
        watch.note("telling", 0.5)
        seen.append("went on")

    monkeypatch.setattr(jobs, "NOTE_EVERY", 0)
    monkeypatch.setattr(jobs.match_plans, "work_out", work_out)
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert seen == [("matching", 0.25)]
    assert (run.state, run.proposals.count()) == ("discarded", 0)


def test_a_worker_killed_in_the_middle_leaves_what_is_published_and_begins_anew(
    cast: Cast, pool, monkeypatch
) -> None:
    published = make_run(cast)
    publish(cast, published)
    enrol(cast, "Halitherses", "mentor")
    before = list(published.proposals.order_by("pk").values())
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)

    def die(*_args, **_more):
        raise SystemExit

    monkeypatch.setattr(match_work.Unmatched.objects, "bulk_create", die)
    with pytest.raises(SystemExit):
        jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.proposals.count()) == ("running", 0)
    published.refresh_from_db()
    assert (published.state, list(published.proposals.order_by("pk").values())) == ("published", before)
    monkeypatch.undo()
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.state, pairs(run)) == ("ready", {"Elpenor": "Halitherses"})


def test_a_search_that_was_interrupted_goes_on_from_its_blocks(
    cast: Cast, pool, monkeypatch, tmp_path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(planning, "ALL_PAIRS", 0)
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)

    def die(*_args, **_more):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(jobs.match_plans, "_explained", die)
        with pytest.raises(SystemExit):
            jobs.run_matching.call(match_run_id=str(run.pk))
    kept = list(match_blocks.Blocks(run))
    assert kept
    read = []
    ask = match_blocks.Blocks.__getitem__
    monkeypatch.setattr(
        match_blocks.Blocks, "__getitem__", lambda self, name: read.append(name) or ask(self, name)
    )
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.state, pairs(run)) == ("ready", {"Peisistratus": "Mentes", "Nausicaa": "Athena"})
    assert sorted(read) == kept
    assert not list(match_blocks.Blocks(run))


def test_a_trial_is_listed_nowhere_until_it_is_kept(cast: Cast, pool) -> None:
    run = make_run(cast)
    ask = {"match_run": run, "weights": {"goals": 1}, "options": {}, "by": cast.eurycleia, "now": LATER}
    trial = match_runs.try_out(**ask)
    jobs.run_matching.call(match_run_id=str(trial.pk))
    trial.refresh_from_db()
    assert list(queries.of_programme(cast.programme)) == [run]
    assert list(queries.comparable(trial)) == [run]
    with pytest.raises(NotAllowed, match="trial"):
        match_runs.publish(match_run=trial, by=cast.eurycleia, now=LATER)
    match_runs.keep_trial(match_run=trial, by=cast.eurycleia, now=LATER)
    assert list(queries.of_programme(cast.programme)) == [trial, run]
    forgotten = match_runs.try_out(**ask)
    assert match_runs.forget_trials(by=None, now=LATER + timedelta(days=8))
    assert list(MatchRun.objects.order_by("number")) == [run, trial]
    assert not MatchRun.objects.filter(pk=forgotten.pk).exists()


@pytest.mark.parametrize(
    "options",
    [{"fairness": 0.5}, {"circle": 9}, {"group_min": 5, "group_max": 4}, {"groups": ["shoe"]}, {"x": 1}],
)
def test_impossible_wishes_are_refused(cast: Cast, options) -> None:
    with pytest.raises(BadInput):
        match_runs.run(
            programme=cast.programme, weights={}, rules={}, options=options, by=cast.eurycleia, now=NOW
        )
    assert not MatchRun.objects.exists()


def test_a_mentor_of_two_programmes_has_one_capacity(cast: Cast, pool) -> None:
    other = Programme.objects.create(
        organisation=cast.ithaca, name="Trade", kind="mentoring", state="open", created_at=NOW
    )
    Enrolment.objects.create(programme=other, person=cast.athena, role="mentor", capacity=2, created_at=NOW)
    found = snapshots.pool(other, {}, {}, NOW.date())
    # Athena has two seats in all, and Telemachus holds one in the first programme.
    assert [(one.name, one.capacity) for one in found.problem.mentors] == [("Athena", 1)]
    found = snapshots.pool(cast.programme, {}, {}, NOW.date())
    assert {one.name: one.capacity for one in found.problem.mentors} == {"Athena": 1, "Mentes": 1}


def test_two_runs_are_compared(cast: Cast, pool) -> None:
    before = make_run(cast)
    athena = cast.programme.enrolments.get(person=cast.athena)
    pair_rules.decide(
        programme=cast.programme,
        learner=pool["elpenor"],
        mentor=athena,
        kind="lock",
        by=cast.eurycleia,
        now=NOW,
    )
    found = queries.compare(before, make_run(cast))
    assert [(move.learner, move.after) for move in found.gained] == [("Elpenor", "Athena")]
    assert [move.learner for move in found.lost] == ["Nausicaa"]
    assert found.n_same == 1
    assert found.moved == ()


def test_nothing_of_a_run_exists_for_outsiders(cast: Cast, pool) -> None:
    run = make_run(cast)
    for stranger in (cast.antinous, cast.athena, cast.nestor):
        assert not queries.visible_to(stranger).exists()
        assert not queries.proposals_visible_to(stranger).exists()
    assert queries.visible_to(cast.eurycleia).get() == run


@pytest.fixture
def second(cast: Cast, pool) -> Programme:
    """Another programme with two learners, in which Mentes and Athena mentor, too."""
    other = Programme.objects.create(
        organisation=cast.ithaca, name="Second", kind="mentoring", state="open", created_at=NOW
    )
    other.managers.create(person=cast.eurycleia, since=NOW)
    for mentor in (pool["mentes"].person, cast.athena):
        Enrolment.objects.create(programme=other, person=mentor, role="mentor", created_at=NOW)
    for name, sought in (("Eumelus", "trade"), ("Polites", "strategy")):
        who = person(cast.ithaca, name, sign_in=False, languages=["el"], skills_sought=[sought])
        Enrolment.objects.create(programme=other, person=who, role="learner", created_at=NOW)
    return other


def together(cast: Cast, second: Programme, **options: object) -> list[MatchRun]:
    """Run both programmes as one, to the end."""
    run = match_runs.run_together(
        programme=cast.programme,
        others=[second],
        weights={},
        rules={},
        options=options,
        by=cast.eurycleia,
        now=NOW,
    )
    jobs.run_together.call(together=str(run.together))
    return list(match_together.runs_of(run.together))


def test_programmes_matched_together_share_their_mentors_seats(cast: Cast, pool, second: Programme) -> None:
    runs = together(cast, second)
    assert [run.state for run in runs] == ["ready", "ready"]
    load = Counter(mentor for run in runs for mentor in pairs(run).values())
    # One seat of Athena's two is taken; Mentes has one place in each programme, and one capacity.
    assert load == {"Athena": 1, "Mentes": 1}
    left = [one for run in runs for one in run.unmatched.all()]
    assert {one.reason["code"] for one in left} == {"shared_capacity"}
    # In the second programme the limit of its one place is what is short, in the first the seats of both.
    assert {one.reason["params"]["n_short"] for one in left} <= {1, 3}
    assert {seat["extra_matched"] for run in runs for seat in run.report["wanted"]} == {1}
    assert sum(run.report["n_learners"] for run in runs) == 5


def test_a_lock_of_one_programme_holds_when_matched_together(cast: Cast, pool, second: Programme) -> None:
    learner = second.enrolments.get(person__name="Polites")
    mentor = second.enrolments.get(person__name="Mentes")
    pair_rules.decide(
        programme=second, learner=learner, mentor=mentor, kind="lock", by=cast.eurycleia, now=NOW
    )
    assert pairs(together(cast, second)[0])["Polites"] == "Mentes"


def test_what_cannot_be_run_together_is_named(cast: Cast, pool, second: Programme) -> None:
    match_runs.run(programme=second, weights={}, rules={}, by=cast.eurycleia, now=NOW)
    with pytest.raises(BadInput, match="under way"):
        together(cast, second)
    assert not MatchRun.objects.filter(programme=cast.programme).exists()
    second.enrolments.filter(role="mentor").delete()
    with pytest.raises(BadInput, match="shares no mentor"):
        together(cast, second)


def test_runs_together_say_how_far_they_are_and_go_on_without_one_put_away(
    cast: Cast, pool, second: Programme, monkeypatch
) -> None:
    seen, work_out = [], match_together.work_out

    def watched(pools, seats, watch):
        runs = list(MatchRun.objects.filter(state="running"))
        seen.append([(run.stage, run.progress) for run in runs])
        if len(seen) == 1:
            watch.note("matching", 0.25)
            seen.append([(run.stage, run.progress) for run in MatchRun.objects.filter(state="running")])
            match_runs.discard(match_run=second.match_runs.get(), by=cast.eurycleia, now=LATER)
        return work_out(pools, seats, watch)

    monkeypatch.setattr(jobs, "NOTE_EVERY", 0)
    monkeypatch.setattr(match_together, "work_out", watched)
    runs = {run.programme: run for run in together(cast, second)}
    assert seen[1] == [("matching", 0.25)] * 2
    assert len(seen[2]) == 1
    assert (runs[cast.programme].state, runs[second].state) == ("ready", "discarded")
    assert runs[cast.programme].proposals.count() == 2
    assert runs[second].proposals.count() == 0


def test_runs_together_killed_in_the_middle_are_kept_all_or_none(
    cast: Cast, pool, second: Programme, monkeypatch
) -> None:
    run = match_runs.run_together(
        programme=cast.programme, others=[second], weights={}, rules={}, by=cast.eurycleia, now=NOW
    )
    keep, kept = match_work.keep, []

    def die_at_the_second(**asked):
        if kept:
            raise SystemExit
        kept.append(asked["match_run"])
        keep(**asked)

    with monkeypatch.context() as broken:
        broken.setattr(match_work, "keep", die_at_the_second)
        with pytest.raises(SystemExit):
            jobs.run_together.call(together=str(run.together))
    runs = match_together.runs_of(run.together)
    assert {(one.state, one.proposals.count()) for one in runs} == {("running", 0)}
    jobs.run_together.call(together=str(run.together))
    assert {one.state for one in match_together.runs_of(run.together)} == {"ready"}
    load = Counter(mentor for one in match_together.runs_of(run.together) for mentor in pairs(one).values())
    assert load == {"Athena": 1, "Mentes": 1}


def test_wishes_hold_for_programmes_together(cast: Cast, pool, second: Programme) -> None:
    polites = second.enrolments.filter(person__name="Polites")
    polites.update(created_at=NOW - timedelta(days=60))
    runs = together(cast, second, waiting=True)
    assert "Polites" in pairs(runs[0])
    # A plain run gives him nobody: others bring more score.
    match_runs.discard(match_run=runs[0], by=cast.eurycleia, now=LATER)
    match_runs.discard(match_run=runs[1], by=cast.eurycleia, now=LATER)
    assert all(run.report["is_optimal"] for run in together(cast, second))


def test_programmes_matched_together_are_matched_again_together(cast: Cast, pool, second: Programme) -> None:
    runs = together(cast, second)
    before = [pairs(run) for run in runs]
    enrol(cast, "Halitherses", "mentor", skills_offered=["omens"])
    made = match_runs.run_again(match_run=runs[0], by=cast.eurycleia, now=LATER)
    jobs.run_together.call(together=str(made.together))
    again = list(match_together.runs_of(made.together))
    assert [one.based_on for one in again] == runs
    for kept, run in zip(before, again, strict=True):
        assert pairs(run).items() >= kept.items()
    assert sum(len(pairs(run)) for run in again) == sum(map(len, before)) + 1


def test_a_job_killed_for_good_leaves_the_published_run_and_can_be_run_again(
    transactional_db, monkeypatch
) -> None:
    """A process of its own is killed by the system while it writes, so nothing in it can tidy up."""
    cast = assemble()
    enrol(cast, "Peisistratus", "learner", skills_sought=["trade"])
    published = make_run(cast)
    publish(cast, published)
    before = list(published.proposals.order_by("pk").values())
    enrol(cast, "Nausicaa", "learner")
    enrol(cast, "Mentes", "mentor")
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)
    connection.close()  # a child must not share the parent's connection
    child = os.fork()
    if not child:
        monkeypatch.setattr(
            match_work, "_tell_starter", lambda *_anything: os.kill(os.getpid(), signal.SIGKILL)
        )
        jobs.run_matching.call(match_run_id=str(run.pk))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    run.refresh_from_db()
    published.refresh_from_db()
    assert (run.state, run.proposals.count(), run.report) == ("running", 0, {})
    assert (published.state, list(published.proposals.order_by("pk").values())) == ("published", before)
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.state, pairs(run)) == ("ready", {"Nausicaa": "Mentes"})
