"""How long the main pages take in a large installation, beside a bare Django view.

    .venv/bin/python benchmarks/pages.py [--requests 15]

Loads 20,000 people, 10,000 relationships and 200,000 situations into a SQLite file of its own, then asks
for each page in turn with the bare view (base template, one query) in between, and prints medians and ratios.
One more programme holds all 20,000 people, with a match run of 10,000 pairs that is not published yet: the
pages of matching are asked for there.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

_folder = tempfile.TemporaryDirectory(prefix="telemachy-bench-")
os.environ["TELEMACHY_DEBUG"] = "0"
os.environ["TELEMACHY_SECRET_KEY"] = "for the benchmark only, long enough to be accepted as a key"
os.environ["TELEMACHY_DATA_DIR"] = _folder.name
os.environ["TELEMACHY_LOG_LEVEL"] = "ERROR"
os.environ.setdefault("TELEMACHY_DATABASE_URL", f"sqlite:///{_folder.name}/bench.sqlite3")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telemachy.project.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse

from telemachy.apps.knowledge.models import Competency
from telemachy.apps.people.models import Organisation, Person, User
from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.actions import match_runs
from telemachy.apps.programmes.models import Enrolment, MatchRun, Programme, ProgrammeManager
from telemachy.apps.relationships.actions import health
from telemachy.apps.relationships.models import Goal, Party, Relationship, Session, Situation

N_PEOPLE, N_PAIRS, N_SITUATIONS, N_PROGRAMMES = 20_000, 10_000, 200_000, 10
NOW = datetime.now(UTC)
BATCH = 2_000
ZONES = ("Europe/Berlin", "Europe/Athens", "America/New_York", "Asia/Kolkata")


def bare(request: HttpRequest) -> HttpResponse:
    """Render the base template after one query: what any page costs at least."""
    Organisation.objects.filter(slug="bench").first()
    return render(request, "base.html")


urlpatterns = [path("bare/", bare), path("", include("telemachy.project.urls"))]


def load() -> dict[str, object]:
    """Fill the database by bulk rows; return who and what the pages are asked for."""
    chance = random.Random(7)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    organisation = Organisation.objects.create(name="Bench", slug="bench", created_at=NOW)
    skills = [f"skill {number}" for number in range(60)]
    topics = [f"topic{number}" for number in range(2_000)]
    people = Person.objects.bulk_create(
        [
            Person(
                organisation=organisation,
                name=f"Person {number:05}",
                email=f"person{number}@bench.example",
                seniority=1 + number % 7,
                skills_offered=chance.sample(skills, 3),
                skills_sought=chance.sample(skills, 3),
                languages=["en"],
                goals_text=" ".join(chance.choices(topics, k=12)),
                about=" ".join(chance.choices(topics, k=12)),
                function=f"Function {number % 9}",
                time_zone=chance.choice(ZONES),
                created_at=NOW,
            )
            for number in range(N_PEOPLE)
        ],
        batch_size=BATCH,
    )
    competencies = Competency.objects.bulk_create(
        Competency(organisation=organisation, name=f"Competency {number}", created_at=NOW)
        for number in range(8)
    )
    programmes = Programme.objects.bulk_create(
        Programme(
            organisation=organisation,
            name=f"Programme {number}",
            kind="mentoring",
            state="open",
            created_at=NOW,
        )
        for number in range(N_PROGRAMMES)
    )
    learners, mentors = people[:N_PAIRS], people[N_PAIRS:]
    Enrolment.objects.bulk_create(
        [
            Enrolment(programme=programmes[number % N_PROGRAMMES], person=person, role=role, created_at=NOW)
            for role, side in (("learner", learners), ("mentor", mentors))
            for number, person in enumerate(side)
        ],
        batch_size=BATCH,
    )
    # Each mentor of the first half guides two learners, one of them twenty.
    guides = [mentors[0] if number < 20 else mentors[number // 2] for number in range(N_PAIRS)]
    pairs = Relationship.objects.bulk_create(
        [
            Relationship(
                programme=programmes[number % N_PROGRAMMES],
                kind="mentoring",
                shape="one_to_one",
                state="active",
                state_since=NOW - timedelta(days=200),
                created_at=NOW - timedelta(days=210),
                active_at=NOW - timedelta(days=200),
            )
            for number in range(N_PAIRS)
        ],
        batch_size=BATCH,
    )
    Party.objects.bulk_create(
        [
            Party(relationship=pair, person=person, seat=seat, accepted_at=NOW)
            for number, pair in enumerate(pairs)
            for person, seat in ((learners[number], "learner"), (guides[number], "mentor"))
        ],
        batch_size=BATCH,
    )
    Goal.objects.bulk_create(
        [
            Goal(
                relationship=pair,
                learner=learners[number],
                statement="Lead a difficult talk without losing the room.",
                baseline="Two of five talks broken off.",
                levels=["a", "b", "c", "d", "e"],
                state="active",
                created_at=NOW - timedelta(days=199),
            )
            for number, pair in enumerate(pairs)
        ],
        batch_size=BATCH,
    )
    Session.objects.bulk_create(
        [
            Session(
                relationship=pair,
                state="held",
                starts_at=NOW - timedelta(days=14 * back + number % 13),
                created_at=NOW - timedelta(days=14 * back + 20),
                held_at=NOW - timedelta(days=14 * back + number % 13),
            )
            for number, pair in enumerate(pairs)
            for back in range(1, 4)
        ],
        batch_size=BATCH,
    )
    for start in range(0, N_SITUATIONS, 20_000):
        Situation.objects.bulk_create(
            [
                situation(chance, pairs, learners, competencies, number)
                for number in range(start, start + 20_000)
            ],
            batch_size=BATCH,
        )
    for person in (mentors[0], learners[0], learners[500], people[-1]):
        person.user = User.objects.create_user(person.email)
        person.save(update_fields=["user"])
    for programme in programmes:
        ProgrammeManager.objects.create(programme=programme, person=people[-1], since=NOW)
    match_run = load_pool(organisation, learners, mentors, people[-1])
    connection.cursor().execute("ANALYZE")
    # As the worker does once an hour: the page of a programme this large shows what it worked out.
    health.refresh(programme=programmes[0], by=None, now=NOW)
    return {
        "manager": people[-1],
        "mentor": mentors[0],
        "learner": learners[0],
        "programme": programmes[0],
        "pair": pairs[0],
        "situation": Situation.objects.filter(relationship=pairs[0]).first(),
        "goal": Goal.objects.filter(relationship=pairs[0]).first(),
        "session": Session.objects.filter(relationship=pairs[0]).first(),
        "match_run": match_run,
        "moved": match_run.proposals.order_by("pk").first().learner,
    }


def load_pool(
    organisation: Organisation, learners: list[Person], mentors: list[Person], manager: Person
) -> MatchRun:
    """Fill one programme with everybody, half of them waiting, and match them as the worker does."""
    programme = Programme.objects.create(
        organisation=organisation, name="Everybody", kind="mentoring", state="open", created_at=NOW
    )
    ProgrammeManager.objects.create(programme=programme, person=manager, since=NOW)
    Enrolment.objects.bulk_create(
        [
            Enrolment(programme=programme, person=person, role=role, capacity=4, created_at=NOW)
            for role, side in (("learner", learners), ("mentor", mentors))
            for person in side
        ],
        batch_size=BATCH,
    )
    match_run = match_runs.run(programme=programme, weights={}, rules={}, by=manager, now=NOW)
    jobs.run_matching.call(match_run_id=str(match_run.pk))
    return MatchRun.objects.get(pk=match_run.pk, state="ready")


def situation(chance, pairs, learners, competencies, number: int) -> Situation:
    """Return one situation of the pair whose turn it is, most of them debriefed."""
    place = number % N_PAIRS
    logged_at = NOW - timedelta(days=190 - 9 * (number // N_PAIRS), minutes=place % 600)
    finished = number < N_SITUATIONS - N_PAIRS // 2
    return Situation(
        relationship=pairs[place],
        learner=learners[place],
        competency=competencies[chance.randrange(len(competencies))],
        title=f"A supplier misses the date again, case {number}",
        story="The third time this quarter. " * 5,
        own_view="I think we should change the contract. " * 3,
        difficulty=chance.randint(1, 5),
        novelty=chance.randint(1, 5),
        state="debriefed" if finished else "consulted",
        logged_at=logged_at,
        reasoned_at=logged_at,
        asked_at=logged_at + timedelta(hours=1),
        recommended_level=2,
        guided_level=chance.randint(0, 4) if finished else 0,
        decided_at=logged_at + timedelta(days=1) if finished else None,
        debriefed_at=logged_at + timedelta(days=3) if finished else None,
        rating=chance.randint(1, 4) if finished else None,
        awaiting="" if finished else "mentor",
        awaiting_since=None if finished else logged_at + timedelta(hours=1),
    )


def pages(world: dict) -> list[tuple[str, str, str]]:
    """Return (who, label, address) of the main pages."""
    programme, pair, match_run = [world["programme"].pk], [world["pair"].pk], [world["match_run"].pk]
    pool, what_if = [world["match_run"].programme_id], reverse("match-run-what-if", args=match_run)
    move = reverse("match-run-move", args=[*match_run, world["moved"].pk])
    return [
        ("manager", "Programmes", reverse("programme-list")),
        ("manager", "Programme", reverse("programme", args=programme)),
        ("manager", "People of a programme", reverse("programme-participants", args=programme)),
        ("manager", "Match runs", reverse("match-run-list", args=programme)),
        ("manager", "Match runs: counts", reverse("match-run-list", args=programme) + "?counts=1"),
        ("manager", "Programme health", reverse("programme-health", args=programme)),
        ("manager", "Match run", reverse("match-run", args=match_run)),
        ("manager", "Choose another mentor", move),
        ("manager", "Another mentor: list", move + "?offers=1"),
        ("manager", "Waiting queue", reverse("programme-waiting", args=pool)),
        ("manager", "What if", what_if),
        ("mentor", "My learners", reverse("learner-list")),
        ("learner", "My development", reverse("my-development")),
        ("learner", "Situations", reverse("situation-list")),
        ("learner", "Situation", reverse("situation", args=[world["situation"].pk])),
        ("learner", "Relationship", reverse("relationship", args=pair)),
        ("learner", "Charter", reverse("charter", args=pair)),
        ("learner", "Goal", reverse("goal", args=[world["goal"].pk])),
        ("learner", "Plan", reverse("plan", args=pair)),
        ("learner", "Sessions", reverse("session-list")),
        ("learner", "Session", reverse("session", args=[world["session"].pk])),
        ("learner", "Trajectory", reverse("trajectory", args=pair)),
        ("learner", "Notifications", reverse("notification-list")),
        ("learner", "Profile", reverse("profile")),
    ]


def seconds(client: Client, address: str) -> float:
    """Return how long one request takes; stop if it does not answer 200.

    An address with a query is a part that a page asks for once it is there.
    """
    start = time.perf_counter()
    response = client.get(address, headers={"HX-Request": "true"} if "?" in address else None)
    elapsed = time.perf_counter() - start
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return elapsed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=15, help="counted requests of each page")
    n_requests = parser.parse_args().requests
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    print(
        f"loading {N_PEOPLE:,} people, {N_PAIRS:,} relationships, {N_SITUATIONS:,} situations ...", flush=True
    )
    world = load()
    clients = {}
    for who in ("manager", "mentor", "learner"):
        clients[who] = Client()
        clients[who].force_login(world[who].user, backend="django.contrib.auth.backends.ModelBackend")
    print(f"{'page':<24}{'as':<9}{'queries':>8}{'median ms':>11}{'bare ms':>9}{'ratio':>7}")
    for who, label, address in pages(world):
        client = clients[who]
        seconds(client, address), seconds(client, "/bare/")
        ours, floor = [], []
        for _turn in range(n_requests):
            ours.append(seconds(client, address))
            floor.append(seconds(client, "/bare/"))
        with CaptureQueriesContext(connection) as queries:
            seconds(client, address)
        median, least = statistics.median(ours), statistics.median(floor)
        print(
            f"{label:<24}{who:<9}{len(queries):>8}{median * 1000:>11.1f}{least * 1000:>9.1f}"
            f"{median / least:>7.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
