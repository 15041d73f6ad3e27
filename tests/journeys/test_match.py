"""From a pool to pairs: a manager runs, decides, runs again, compares and publishes; people answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.actions import match_runs
from telemachy.apps.programmes.models import Enrolment, MatchRun
from telemachy.apps.relationships.jobs import publishing as relationship_jobs
from telemachy.apps.relationships.models import Relationship
from tests import cast as cast_module
from tests.cast import NOW, Cast, person


@pytest.fixture
def crew(transactional_db) -> Cast:
    """The cast without a pair yet, in a programme with a chemistry meeting, and four more people."""
    cast = cast_module.assemble()
    Relationship.objects.all().delete()
    cast.programme.chemistry = True
    cast.programme.save()
    for name, role, fields in [
        ("Mentes", "mentor", {"skills_offered": ["trade"], "seniority": 5, "languages": ["el"]}),
        ("Halitherses", "mentor", {"skills_offered": ["omens"], "seniority": 6, "languages": ["el"]}),
        ("Peisistratus", "learner", {"skills_sought": ["trade"], "seniority": 3, "languages": ["el"]}),
        ("Nausicaa", "learner", {"skills_sought": ["omens", "trade"], "seniority": 2, "languages": ["el"]}),
    ]:
        who = person(cast.ithaca, name, **fields)
        Enrolment.objects.create(programme=cast.programme, person=who, role=role, created_at=NOW)
    return cast


def work() -> None:
    """Do what the worker does meanwhile."""
    jobs.run_matching.call(match_run_id=str(MatchRun.objects.get(state="queued").pk))


def proposal(page: Page, learner: str):
    """Return the card of a learner's proposal."""
    return page.get_by_role("article").filter(has_text=learner)


def test_a_manager_matches_by_keyboard(walk, crew: Cast, check_accessible, live_server) -> None:
    page = walk(crew.eurycleia)
    page.goto(f"{live_server.url}/programmes/{crew.programme.pk}/matching/")
    check_accessible(page)
    page.get_by_role("button", name="Run matching").press("Enter")
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    check_accessible(page)
    work()

    expect(page.get_by_text("3 of 3 learners have a mentor (100 %).")).to_be_visible()
    expect(proposal(page, "Peisistratus")).to_contain_text("Offers 1 of 1 skills sought: trade")
    check_accessible(page)
    proposal(page, "Telemachus").get_by_role("button", name="Lock").press("Enter")
    expect(proposal(page, "Telemachus").get_by_text("Locked", exact=True)).to_be_visible()
    proposal(page, "Nausicaa").get_by_role("button", name="Forbid").press("Enter")
    expect(page.get_by_role("heading", name="Without a mentor")).to_be_visible()
    check_accessible(page)

    page.get_by_role("link", name="Choose a mentor for Nausicaa").press("Enter")
    expect(page.get_by_role("button", name="Choose Athena")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Match run 1").press("Enter")
    page.get_by_role("link", name="How matching works").press("Enter")
    expect(page.get_by_role("heading", name="What is made best")).to_be_visible()
    check_accessible(page)

    page.goto(f"{live_server.url}/programmes/{crew.programme.pk}/matching/")
    expect(page.get_by_text("Telemachus with Athena")).to_be_visible()
    page.get_by_role("button", name="Run matching").press("Enter")
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="Match run 2")).to_be_visible()
    expect(proposal(page, "Telemachus")).to_contain_text("Athena")
    page.get_by_role("link", name="With run 1").press("Enter")
    expect(page.get_by_role("heading", name="From run 1 to run 2")).to_be_visible()
    expect(page.get_by_role("heading", name="A match now, none before")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Match run 2").press("Enter")
    page.get_by_role("button", name="Publish and invite").press("Enter")
    expect(page.get_by_text("Opening pairs and inviting people")).to_be_visible()
    relationship_jobs.open_pairs.call(match_run_id=str(MatchRun.objects.get(state="publishing").pk))
    expect(page.get_by_text("3 pairs are open.")).to_be_visible()
    check_accessible(page)


def test_people_meet_accept_decline_and_end_without_fault(
    walk, crew: Cast, check_accessible, live_server
) -> None:
    page = walk(crew.eurycleia)
    matching = f"{live_server.url}/programmes/{crew.programme.pk}/matching/"
    page.goto(matching)
    page.get_by_role("button", name="Run matching").press("Enter")
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work()
    page.get_by_role("button", name="Publish and invite").press("Enter")
    expect(page.get_by_text("Opening pairs and inviting people")).to_be_visible()
    relationship_jobs.open_pairs.call(match_run_id=str(MatchRun.objects.get(state="publishing").pk))
    expect(page.get_by_text("3 pairs are open.")).to_be_visible()
    pair = Relationship.objects.get(parties__person=crew.telemachus)
    declined = Relationship.objects.get(parties__person__name="Nausicaa")
    address = f"{live_server.url}/relationships/{pair.pk}/"

    page = walk(crew.telemachus)
    page.goto(address)
    expect(page.get_by_role("heading", name="Why this pair")).to_be_visible()
    expect(page.get_by_role("heading", name="Meet first")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Accept").press("Enter")
    expect(page.get_by_role("heading", name="You accepted")).to_be_visible()
    check_accessible(page)
    page = walk(crew.athena)
    page.goto(address)
    page.get_by_role("button", name="Accept").press("Enter")
    expect(page.get_by_role("heading", name="Next: agree on your charter")).to_be_visible()
    check_accessible(page)

    page = walk(declined.parties.get(seat="mentor").person)
    page.goto(f"{live_server.url}/relationships/{declined.pk}/")
    page.get_by_text("Rather not").press("Enter")
    page.get_by_role("button", name="Decline").press("Enter")
    expect(page.get_by_text("This pair will not go ahead")).to_be_visible()
    check_accessible(page)

    page = walk(crew.athena)
    page.goto(address)
    page.get_by_text("Bring it to an end").press("Enter")
    page.get_by_role("button", name="Unwind without fault").press("Enter")
    expect(page.get_by_text("This relationship has ended")).to_be_visible()
    check_accessible(page)

    page = walk(crew.eurycleia)
    page.goto(address)
    expect(page.get_by_text("What the pair writes belongs to the pair.")).to_be_visible()
    check_accessible(page)
    page.goto(matching)
    # Nausicaa, whose mentor declined, and Telemachus, whose pair has ended, are back in the pool.
    waiting = page.locator(".stat", has_text="Learners who wait for a mentor")
    expect(waiting).to_contain_text("2")


def finished(cast: Cast) -> MatchRun:
    """Return a run that the manager has started and the worker has done."""
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)
    work()
    return run


def test_a_manager_asks_what_if_by_keyboard(walk, crew: Cast, check_accessible, live_server) -> None:
    run = finished(crew)
    page = walk(crew.eurycleia)
    page.goto(f"{live_server.url}/match-runs/{run.pk}/")
    page.get_by_text("The whole report").press("Enter")
    expect(page.get_by_role("heading", name="How it was made")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Move the sliders").press("Enter")
    expect(page.get_by_text("Move a slider")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Skills").press("Home")
    expect(page.get_by_role("heading", name="What the pairs have in common")).to_be_visible()
    expect(page.locator("output").first).to_have_text("0")
    expect(page.get_by_label("Skills")).to_be_focused()
    check_accessible(page)
    assert MatchRun.objects.get() == run
    page.get_by_role("button", name="Run with these").press("Enter")
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    assert MatchRun.objects.get(number=2).weights["skills"] == 0


def test_peers_are_matched_by_the_engine(walk, crew: Cast, check_accessible, live_server) -> None:
    crew.programme.shape = "peer"
    crew.programme.save()
    page = walk(crew.eurycleia)
    page.goto(f"{live_server.url}/programmes/{crew.programme.pk}/matching/")
    page.get_by_label("Peers learn in").select_option("Circles of 3")
    check_accessible(page)
    page.get_by_role("button", name="Run matching").press("Enter")
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="Pairs and circles 2")).to_be_visible()
    expect(page.get_by_text("6 of 6 people are in a pair or circle (100 %).")).to_be_visible()
    check_accessible(page)
