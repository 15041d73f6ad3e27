"""The pages of match runs: what a manager sees and does, and what nobody else does."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.actions import match_runs
from telemachy.apps.programmes.models import Enrolment, MatchRun, PairRule, Programme
from telemachy.apps.programmes.queries import moves, what_if
from telemachy.apps.relationships.jobs import publishing as relationship_jobs
from telemachy.apps.relationships.models import Relationship
from telemachy.interfaces.web.forms.match_options import WhatIfForm
from telemachy.interfaces.web.forms.match_runs import MatchRunForm
from telemachy.interfaces.web.views import match_rows
from tests.cast import NOW, Cast, person


def enrol(cast: Cast, name: str, role: str, capacity: int = 1, **fields: object) -> Enrolment:
    """Create somebody with a place in the programme."""
    who = person(cast.ithaca, name, sign_in=False, **({"languages": ["el"]} | fields))
    return Enrolment.objects.create(
        programme=cast.programme, person=who, role=role, capacity=capacity, created_at=NOW
    )


@pytest.fixture
def waiting(cast: Cast) -> list[Enrolment]:
    """Two learners wait, and a mentor with one seat."""
    enrol(cast, "Mentes", "mentor", skills_offered=["trade"])
    return [
        enrol(cast, "Peisistratus", "learner", skills_sought=["trade"]),
        enrol(cast, "Nausicaa", "learner", skills_sought=["strategy"]),
    ]


def page_with(client, address: str, asked: dict[str, object]) -> str:
    """Return the page's text for a query."""
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def run_form(cast: Cast) -> MatchRunForm:
    """Return the run form of the programme."""
    programme = cast.programme
    return MatchRunForm(weights=programme.weights, rules=programme.rules, shape=programme.shape, options={})


def form_of(cast: Cast) -> dict[str, object]:
    """Return the run form as it is filled in beforehand."""
    form = run_form(cast)
    given = {name: field.initial for name, field in form.fields.items()}
    return {name: "on" if value is True else value for name, value in given.items() if value is not False}


@pytest.fixture
def ready(cast: Cast, waiting, sign_in) -> MatchRun:
    """A finished run, made through the page."""
    return make_run(cast, sign_in(cast.eurycleia))


def make_run(cast: Cast, client) -> MatchRun:
    """Run the matching as a manager and a worker do."""
    answer = client.post(f"/programmes/{cast.programme.pk}/matching/", form_of(cast))
    assert answer.status_code == 302, answer.content.decode()
    run = MatchRun.objects.latest("created_at", "number")
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    return run


def page(client, address: str) -> str:
    """Return the page's text."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_form_is_filled_in_from_the_programme(cast: Cast) -> None:
    cast.programme.weights = {"skills": 0.37}
    cast.programme.rules = {"min_overlap_hours": 5, "shared_language": False}
    cast.programme.save()
    form = run_form(cast)
    assert form.fields["weight_skills"].initial == "0.37"
    assert "0.37" in dict(form.fields["weight_skills"].choices)
    assert form.fields["min_overlap_hours"].initial == "5"
    assert form.fields["shared_language"].initial is False


def test_a_run_shows_its_progress_and_then_its_pairs(cast: Cast, waiting, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    client.post(f"/programmes/{cast.programme.pk}/matching/", form_of(cast))
    run = MatchRun.objects.get()
    assert "Waiting for its turn" in page(client, f"/match-runs/{run.pk}/")
    polled = client.get(f"/match-runs/{run.pk}/progress/", headers={"hx-request": "true"})
    assert "Waiting for its turn" in polled.content.decode()
    jobs.run_matching.call(match_run_id=str(run.pk))
    done = client.get(f"/match-runs/{run.pk}/progress/", headers={"hx-request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    text = page(client, f"/match-runs/{run.pk}/")
    assert "2 of 2 learners have a mentor (100 %)." in text
    assert "Offers 1 of 1 skills sought: trade" in text
    assert "Proven: no other way" in text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"cost": 0.0324, "n_fewer": 0}, "costs the pool 3.2 points in total"),
        ({"cost": 0.0324, "n_fewer": 0, "is_bound": True}, "costs the pool at most 3.2 points in total"),
        ({"cost": 0.3, "n_fewer": 1, "is_bound": True}, "at most 1 learner fewer would have a mentor"),
        ({"cost": -0.01, "n_fewer": 0, "is_bound": True}, "costs the pool nothing"),
        ({"cost": None, "n_fewer": None, "is_bound": False}, "what it would cost the pool is not known"),
    ],
)
def test_what_a_swap_costs_is_said_in_words(told: dict[str, object], said: str) -> None:
    assert match_rows.cost(told) == said


def test_weights_of_nothing_are_refused_in_the_form(cast: Cast, waiting, sign_in) -> None:
    data = {name: "0" if name.startswith("weight_") else value for name, value in form_of(cast).items()}
    answer = sign_in(cast.eurycleia).post(f"/programmes/{cast.programme.pk}/matching/", data)
    assert answer.status_code == 200
    assert "Give at least one part of the match a weight." in answer.content.decode()
    assert not MatchRun.objects.exists()


def test_a_manager_locks_forbids_and_takes_out(cast: Cast, ready: MatchRun, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    kept, gone = ready.proposals.order_by("learner__person__name")
    client.post(f"/proposals/{kept.pk}/", {"verb": "lock"})
    client.post(f"/proposals/{gone.pk}/", {"verb": "forbid"})
    assert set(PairRule.objects.values_list("kind", "learner")) == {
        ("lock", kept.learner_id),
        ("forbid", gone.learner_id),
    }
    text = page(client, f"/match-runs/{ready.pk}/")
    assert "Taken out by hand" in text
    assert "Changed by hand since" in text
    assert page(client, f"/match-runs/{ready.pk}/?show=locked").count("<article") == 1
    client.post(f"/proposals/{kept.pk}/", {"verb": "unlock"})
    assert not PairRule.objects.filter(kind="lock").exists()
    assert client.post(f"/proposals/{kept.pk}/", {"verb": "burn"}).status_code == 400


def test_a_manager_moves_a_learner_and_sees_what_speaks_against(cast: Cast, ready, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    echo = enrol(cast, "Echo", "mentor", languages=["la"])
    mover = ready.proposals.get(learner__person__name="Nausicaa")
    address = f"/match-runs/{ready.pk}/learners/{mover.learner_id}/"
    text = page(client, address)
    assert "No language in common: Greek; Latin" in text
    assert "Exchange with Peisistratus" in text
    refused = client.post(address, {"choice": str(echo.pk)}, follow=True).content.decode()
    assert "Hard rules speak against this." in refused
    moved = client.post(address, {"choice": str(echo.pk), "despite": "on"}, follow=True).content.decode()
    assert "Nausicaa is with Echo now." in moved
    assert "Placed by hand although a hard rule speaks against it: no shared language" in moved


def test_the_mentors_of_a_large_pool_come_after_the_page_or_by_a_link(
    cast: Cast, ready, sign_in, monkeypatch
) -> None:
    monkeypatch.setattr(moves, "MOST_AT_ONCE", 1)
    client = sign_in(cast.eurycleia)
    mover = ready.proposals.get(learner__person__name="Nausicaa")
    address = f"/match-runs/{ready.pk}/learners/{mover.learner_id}/"
    text = page(client, address)
    assert 'hx-get="?offers=1"' in text
    assert '<a href="?q=">Show the mentors</a>' in text
    assert "Exchange with Peisistratus" not in text
    part = client.get(f"{address}?offers=1", headers={"HX-Request": "true"}).content.decode()
    assert "Exchange with Peisistratus" in part
    assert "<html" not in part
    assert "Exchange with Peisistratus" in page(client, f"{address}?q=")


def test_two_runs_are_compared_side_by_side(cast: Cast, ready, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    one = ready.proposals.get(learner__person__name="Peisistratus")
    client.post(f"/proposals/{one.pk}/", {"verb": "forbid"})
    after = make_run(cast, client)
    text = page(client, f"/match-runs/{after.pk}/compare/?with={ready.pk}")
    assert "From run 1 to run 2" in text
    assert "Peisistratus" in text
    for wrong in ("", "nonsense", str(uuid4()), str(after.pk)):
        assert client.get(f"/match-runs/{after.pk}/compare/?with={wrong}").status_code == 404


def sliders(run: MatchRun, **changed: object) -> dict[str, object]:
    """Return the what-if form as it is filled in beforehand, some sliders moved."""
    form = WhatIfForm(shape=run.programme.shape, weights=run.weights, options=run.options)
    given = {name: field.initial for name, field in form.fields.items()} | changed
    return {name: value for name, value in given.items() if value is not False}


def test_what_if_shows_the_effect_and_saves_nothing(cast: Cast, ready, sign_in) -> None:
    enrol(cast, "Halitherses", "mentor", skills_offered=["strategy"], seniority=6)
    enrol(cast, "Eumaeus", "learner")
    client = sign_in(cast.eurycleia)
    address = f"/match-runs/{ready.pk}/what-if/"
    assert "Move a slider" in page(client, address)
    moved = sliders(ready, weight_goals=90)
    shown = client.post(address, moved | {"verb": "show"}, follow=True)
    assert "csrf" not in shown.redirect_chain[-1][0]
    text = shown.content.decode()
    assert "The pool has changed since the run: 1 joined, 0 left." in text
    assert "Eumaeus" in text
    fragment = client.get(address, moved, headers={"hx-request": "true"}).content.decode()
    assert "What the pairs have in common" in fragment
    assert "<html" not in fragment
    nothing = {name: 0 if name.startswith("weight_") else value for name, value in moved.items()}
    assert "Give at least one part of the match a weight." in page_with(client, address, nothing)
    assert list(MatchRun.objects.all()) == [ready]
    started = client.post(address, moved | {"verb": "run"}, follow=True).content.decode()
    assert "Waiting for its turn" in started
    assert MatchRun.objects.get(number=2).weights["goals"] == 0.9


def test_what_if_of_a_large_pool_is_a_trial_in_the_background(
    cast: Cast, ready, sign_in, monkeypatch
) -> None:
    monkeypatch.setattr(what_if, "MOST_CELLS", 1)
    client = sign_in(cast.eurycleia)
    address = f"/match-runs/{ready.pk}/what-if/"
    moved = sliders(ready, weight_goals=90)
    assert "too large to wait for" in page_with(client, address, moved)
    with monkeypatch.context() as counted:
        counted.setattr(what_if, "MOST_IN_A_GROUP", 0)
        counted.setattr(what_if, "pool_of", None)  # a pool that counting finds too large is not read at all
        assert "too large to wait for" in page_with(client, address, moved)
    client.post(address, moved | {"verb": "try"})
    trial = MatchRun.objects.get(is_trial=True)
    jobs.run_matching.call(match_run_id=str(trial.pk))
    text = page(client, f"/match-runs/{trial.pk}/")
    assert "What the trial would change" in text
    assert "Run 2" not in page(client, f"/programmes/{cast.programme.pk}/matching/")
    kept = client.post(f"/match-runs/{trial.pk}/keep/", follow=True).content.decode()
    assert "Publish and invite" in kept


def test_the_queue_offers_a_match_on_arrival(cast: Cast, waiting, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    address = f"/programmes/{cast.programme.pk}/waiting/"
    enrol(cast, "Elpenor", "learner")
    text = page(client, address)
    assert text.count("Accept and invite") == 2
    assert "compete for" in text  # two seats for three: one waits on, and the page says why
    offer = waiting[0]
    mentes = Enrolment.objects.get(person__name="Mentes")
    accepted = client.post(address, {"learner": str(offer.pk), "mentor": str(mentes.pk)}, follow=True)
    assert "Peisistratus and Mentes are invited to accept." in accepted.content.decode()
    assert Relationship.objects.filter(state="proposed").count() == 1
    for wrong in ({"learner": "x"}, {"learner": str(mentes.pk), "mentor": str(mentes.pk)}):
        assert "changed meanwhile" in client.post(address, wrong, follow=True).content.decode()
    make_run(cast, client)
    assert "it is not published yet" in page(client, address)


def test_somebody_says_whom_they_would_like(cast: Cast, waiting, sign_in) -> None:
    client = sign_in(cast.telemachus)
    place = Enrolment.objects.get(person=cast.telemachus)
    field = f"{place.pk}-wishes"
    assert "Voyage" in page(client, "/wishes/")
    kept = client.post("/wishes/", {"place": str(place.pk), field: "Nestor@ithaca.example\n"}, follow=True)
    assert "Noted." in kept.content.decode()
    assert list(place.preferred.all()) == [cast.nestor]
    for said, answer in [
        ("circe@aiaia.example", "Nobody of your organisation has the address circe@aiaia.example."),
        (cast.antinous.email, "Nobody of your organisation"),
        (cast.telemachus.email, "Name other people"),
    ]:
        refused = client.post("/wishes/", {"place": str(place.pk), field: said})
        assert answer in refused.content.decode()
    rather_not = {"place": str(place.pk), field: cast.nestor.email, f"{place.pk}-avoided": cast.nestor.email}
    assert "stands in both lists" in client.post("/wishes/", rather_not).content.decode()
    client.post("/wishes/", rather_not | {f"{place.pk}-avoided": f"{cast.eurycleia.email}\n"})
    assert list(place.avoided.all()) == [cast.eurycleia]
    assert cast.eurycleia.email in page(client, "/wishes/")
    unknown = client.post("/wishes/", rather_not | {f"{place.pk}-avoided": "circe@aiaia.example"})
    assert "Nobody of your organisation has the address" in unknown.content.decode()
    assert list(place.avoided.all()) == [cast.eurycleia]
    other = sign_in(cast.antinous).post("/wishes/", {"place": str(place.pk), field: ""}, follow=True)
    assert "not active" in other.content.decode()
    assert list(place.preferred.all()) == [cast.nestor]


def test_publishing_twice_invites_once(cast: Cast, ready, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    asked = client.post(f"/match-runs/{ready.pk}/publish/", follow=True).content.decode()
    assert "Opening pairs and inviting people" in asked
    client.post(f"/match-runs/{ready.pk}/publish/")
    relationship_jobs.open_pairs.call(match_run_id=str(ready.pk))
    assert Relationship.objects.filter(state="proposed").count() == 2
    text = page(client, f"/match-runs/{ready.pk}/")
    assert "2 pairs are open." in text
    assert 'name="verb"' not in text
    refused = client.post(f"/match-runs/{ready.pk}/discard/", follow=True).content.decode()
    assert "not possible" in refused


def test_a_discarded_run_can_be_read_but_not_published(cast: Cast, ready, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    client.post(f"/match-runs/{ready.pk}/discard/")
    assert "put away" in page(client, f"/match-runs/{ready.pk}/")
    client.post(f"/match-runs/{ready.pk}/publish/")
    assert Relationship.objects.count() == 1


def test_a_run_that_failed_says_why(cast: Cast, waiting, sign_in) -> None:
    enrol(cast, "Polyphemus", "learner", time_zone="Nowhere/Cave")
    client = sign_in(cast.eurycleia)
    run = make_run(cast, client)
    assert "Polyphemus has the time zone" in page(client, f"/match-runs/{run.pk}/")


def test_pairs_are_decided_beforehand_by_name(cast: Cast, waiting, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    address = f"/programmes/{cast.programme.pk}/pair-rules/"
    lock = {"learner": "nausicaa", "mentor": "mentes", "kind": "lock"}
    assert client.post(address, lock).status_code == 302
    assert "Nausicaa with Mentes" in page(client, f"/programmes/{cast.programme.pk}/matching/")
    nobody = client.post(address, lock | {"learner": "Nobody"}).content.decode()
    assert "No active learner of this programme has this name" in nobody
    enrol(cast, "Nausicaa Secunda", "learner")
    several = client.post(address, lock | {"learner": "naus"}).content.decode()
    assert "Several people are called so" in several
    rule = PairRule.objects.get()
    client.post(f"/pair-rules/{rule.pk}/undo/")
    assert not PairRule.objects.exists()


def test_a_stopped_run_says_so(cast: Cast, waiting, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    client.post(f"/programmes/{cast.programme.pk}/matching/", form_of(cast))
    run = MatchRun.objects.get()
    client.post(f"/match-runs/{run.pk}/discard/")
    assert "stopped before it had found anything" in page(client, f"/match-runs/{run.pk}/")


def test_how_matching_works_is_a_page(cast: Cast, sign_in) -> None:
    assert "within a reporting line" in page(sign_in(cast.eurycleia), "/matching/how-it-works/")


def test_matching_does_not_exist_for_others(cast: Cast, ready, sign_in) -> None:
    proposal = ready.proposals.first()
    rule = PairRule.objects.create(
        programme=cast.programme,
        learner=proposal.learner,
        mentor=proposal.mentor,
        kind="lock",
        created_at=NOW,
    )
    read = [
        f"/programmes/{cast.programme.pk}/matching/",
        f"/match-runs/{ready.pk}/",
        f"/match-runs/{ready.pk}/progress/",
        f"/match-runs/{ready.pk}/compare/?with={ready.pk}",
        f"/match-runs/{ready.pk}/what-if/",
        f"/match-runs/{ready.pk}/learners/{proposal.learner_id}/",
    ]
    write = [
        f"/programmes/{cast.programme.pk}/matching/",
        f"/programmes/{cast.programme.pk}/pair-rules/",
        f"/pair-rules/{rule.pk}/undo/",
        f"/match-runs/{ready.pk}/publish/",
        f"/match-runs/{ready.pk}/discard/",
        f"/match-runs/{ready.pk}/what-if/",
        f"/match-runs/{ready.pk}/keep/",
        f"/match-runs/{ready.pk}/learners/{proposal.learner_id}/",
        f"/proposals/{proposal.pk}/",
    ]
    for stranger in (cast.antinous, cast.athena, cast.telemachus, cast.nestor):
        client = sign_in(stranger)
        assert {client.get(address).status_code for address in read} == {404}
        assert {client.post(address, {"verb": "forbid"}).status_code for address in write} == {404}
    assert Relationship.objects.count() == 1


def test_queries_do_not_grow_with_the_run(cast: Cast, waiting, sign_in, count_queries) -> None:
    client = sign_in(cast.eurycleia)
    enrol(cast, "Elpenor", "learner")
    small = make_run(cast, client)
    assert small.unmatched.exists()
    few = _counted(client, small, count_queries)
    enrol(cast, "Halitherses", "mentor", capacity=12)
    for number in range(14):
        enrol(cast, f"Companion {number}", "learner")
    large = make_run(cast, client)
    assert large.proposals.count() > 10
    assert large.unmatched.exists()
    assert all(n <= few[page] for page, n in _counted(client, large, count_queries).items())


def _counted(client, run: MatchRun, count_queries) -> dict[str, int]:
    learner = run.proposals.order_by("pk").first().learner_id
    pages = {
        "run": f"/match-runs/{run.pk}/",
        "list": f"/programmes/{run.programme_id}/matching/",
        "waiting": f"/programmes/{run.programme_id}/waiting/",
        "move": f"/match-runs/{run.pk}/learners/{learner}/",
        "what if": f"/match-runs/{run.pk}/what-if/",
    }
    return {name: count_queries(client, address) for name, address in pages.items()}


GARBAGE = st.text(max_size=60) | st.sampled_from(["\x00", "1e400", "nan", "-1", "9" * 400, "💥" * 50])


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_garbage_never_breaks_a_form(cast: Cast, ready, sign_in, data) -> None:
    client = sign_in(cast.eurycleia)
    proposal = ready.proposals.order_by("pk").first()
    learner = proposal.learner_id if proposal else uuid4()
    fields = {
        f"/programmes/{cast.programme.pk}/matching/": [
            "weight_skills",
            "weight_goals",
            "min_overlap_hours",
            "seniority",
            "shared_language",
        ],
        f"/programmes/{cast.programme.pk}/pair-rules/": ["learner", "mentor", "kind"],
        f"/match-runs/{ready.pk}/learners/{learner}/": ["choice", "despite"],
        f"/proposals/{proposal.pk if proposal else uuid4()}/": ["verb"],
    }
    address = data.draw(st.sampled_from(sorted(fields)))
    sent = {name: data.draw(GARBAGE) for name in fields[address]}
    assert client.post(address, sent).status_code < 500
    asked = {"q": data.draw(GARBAGE), "show": data.draw(GARBAGE), "order": data.draw(GARBAGE)}
    asked |= {"page": data.draw(GARBAGE), "left": data.draw(GARBAGE)}
    assert client.get(f"/match-runs/{ready.pk}/", asked).status_code == 200


def test_a_worker_that_died_does_not_block_the_next_run(cast: Cast, waiting, sign_in) -> None:
    client = sign_in(cast.eurycleia)
    client.post(f"/programmes/{cast.programme.pk}/matching/", form_of(cast))
    MatchRun.objects.update(created_at=F("created_at") - timedelta(hours=2), state="running")
    client.post(f"/programmes/{cast.programme.pk}/matching/", form_of(cast))
    assert MatchRun.objects.count() == 2


@pytest.mark.parametrize("size", [2, 3])
def test_peers_are_spoken_of_as_peers(cast: Cast, waiting, sign_in, size: int) -> None:
    enrol(cast, "Eumelus", "learner", skills_sought=["trade"])
    cast.programme.shape = "peer"
    cast.programme.save()
    client = sign_in(cast.eurycleia)
    run = match_runs.run(
        programme=cast.programme, weights={}, rules={}, options={"circle": size}, by=cast.eurycleia, now=NOW
    )
    jobs.run_matching.call(match_run_id=str(run.pk))
    proposal = run.proposals.first()
    place = reverse("match-run-place", args=[run.pk, proposal.learner_id])
    lists = reverse("match-run", args=[run.pk]), reverse("match-run-list", args=[cast.programme.pk])
    for address in (*lists, place):
        page = client.get(address).content.decode()
        shown = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
        assert not re.findall(r"(?i).{,40}\b(?:learner|mentor)s?\b.{,40}", shown)
    assert re.search("costs the pool|fewer would have a peer", client.get(lists[0]).content.decode())
    client.post(reverse("match-run-circle-lock", args=[run.pk, proposal.circle]))
    assert PairRule.objects.count() == (1 if size == 2 else 4)
    assert "Unlock that first" in client.get(place).content.decode()


def test_a_manager_moves_peers_and_sees_what_speaks_against(cast: Cast, waiting, sign_in) -> None:
    enrol(cast, "Eumelus", "learner", skills_sought=["trade"])
    enrol(cast, "Echo", "learner", languages=["la"])
    cast.programme.shape = "peer"
    cast.programme.save()
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)
    jobs.run_matching.call(match_run_id=str(run.pk))
    names = dict(cast.programme.enrolments.values_list("person__name", "pk"))
    client = sign_in(cast.eurycleia)
    address = reverse("match-run-place", args=[run.pk, names["Nausicaa"]])
    text = page(client, address)
    assert "No language in common" in text
    chosen = {"choice": f"pair:{names['Echo']}"}
    assert "Hard rules speak against this." in client.post(address, chosen, follow=True).content.decode()
    moved = client.post(address, chosen | {"despite": "on"}, follow=True).content.decode()
    assert "Nausicaa has another place now." in moved
    assert run.proposals.get(learner=names["Nausicaa"]).mentor_id == names["Echo"]
    for wrong in (
        "",
        "pair",
        "join:x",
        "join:99",
        "leave",
        "exchange:" + str(uuid4()),
        f"pair:{names['Nausicaa']}",
    ):
        client.post(address, {"choice": wrong})
    assert run.proposals.get(learner=names["Nausicaa"]).mentor_id == names["Echo"]
    assert client.get(reverse("match-run-place", args=[run.pk, uuid4()])).status_code == 404


def test_a_manager_chooses_programmes_that_share_mentors(cast: Cast, waiting, sign_in) -> None:
    address = reverse("match-run-list", args=[cast.programme.pk])
    client = sign_in(cast.eurycleia)
    assert "Together with" not in client.get(address).content.decode()
    made = {"organisation": cast.ithaca, "kind": "mentoring", "state": "open", "created_at": NOW}
    second = Programme.objects.create(name="Second", **made)
    hers = Programme.objects.create(name="Not hers", **made)
    second.managers.create(person=cast.eurycleia, since=NOW)
    for programme in (second, hers):
        Enrolment.objects.create(programme=programme, person=cast.athena, role="mentor", created_at=NOW)
    page = client.get(address).content.decode()
    assert "Together with" in page
    assert "Not hers" not in page
    answer = client.post(address, form_of(cast) | {"together": [str(second.pk)]})
    run = MatchRun.objects.get(programme=cast.programme)
    assert answer.url == reverse("match-run", args=[run.pk])
    assert MatchRun.objects.get(programme=second).together == run.together
    jobs.run_together.call(together=str(run.together))
    assert "Second, run 1" in client.get(answer.url).content.decode()
    refused = client.post(address, form_of(cast) | {"together": [str(hers.pk)]})
    assert "together" in refused.context["form"].errors
