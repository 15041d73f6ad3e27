"""Import 100,000 people against reading the same file with polars and inserting the same rows by hand.

    python benchmarks/imports.py [number of rows]

Each side runs in a process of its own, on a fresh SQLite file with the schema of the product. The peer does
not validate, guess, compare, explain or audit: it is the least that any import has to do.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

N_ROWS = 100_000
GOAL_RATIO, GOAL_MB = 10, 500
HEADER = (
    *("Name", "E-mail", "Personnel number", "Role", "Job title", "Department", "Seniority", "Line manager"),
    *("Time zone", "Languages", "Location", "Skills offered", "Skills sought", "Goals", "Working hours"),
    "Capacity",
)
SKILLS = ("feedback", "delegation", "planning", "negotiation", "coaching", "writing", "python", "statistics")
FIRST_NAMES, LAST_NAMES = ("Ada", "Bea", "Carl", "Dana", "Emil"), ("Abt", "Berg", "Cohn", "Dietz")
ZONES = ("Europe/Berlin", "Asia/Kolkata", "America/New_York", "London", "UTC+2", "Tokyo")


def write_roster(path: Path, n_rows: int) -> None:
    """Write people as a personnel department would export them."""
    rng = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for i in range(n_rows):
            is_mentor = i % 4 == 0
            writer.writerow(
                [
                    f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)} {i}",
                    f"person{i}@example.org",
                    f"P{i:06}",
                    "Mentor" if is_mentor else "Mentee",
                    rng.choice(("Engineer", "Analyst", "Head of sales", "Designer")),
                    rng.choice(("IT", "Sales", "Human resources")),
                    rng.choice(("junior", "senior", "manager", "director")),
                    f"person{i // 10}@example.org" if i else "",
                    rng.choice(ZONES),
                    rng.choice(("English", "German; English", "fr, en")),
                    rng.choice(("Berlin", "Pune", "Boston")),
                    "; ".join(rng.sample(SKILLS, 3)),
                    "; ".join(rng.sample(SKILLS, 2)),
                    "Learn how to lead a team that decides for itself.",
                    rng.choice(("9-17", "Mon-Fri 8:00-16:30", "10am-6pm")),
                    "2" if is_mentor else "",
                ]
            )


def start_django(data_dir: Path) -> None:
    """Open a fresh installation with the tables of the present models."""
    os.environ |= {
        "TELEMACHY_DEBUG": "",
        "TELEMACHY_SECRET_KEY": "benchmark",
        "TELEMACHY_DATA_DIR": str(data_dir),
    }
    os.environ["DJANGO_SETTINGS_MODULE"] = "telemachy.project.settings"
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.MIGRATION_MODULES = NoMigrations()
    call_command("migrate", run_syncdb=True, verbosity=0)


class NoMigrations:
    """Says of every app that it has none, so that the tables come from the models."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def ours(roster: Path, data_dir: Path) -> dict[str, float]:
    """Upload, check and commit the roster; return seconds for each."""
    start_django(data_dir)
    from django.core.files import File

    from telemachy.apps.people.models import Organisation, Person
    from telemachy.apps.programmes import jobs
    from telemachy.apps.programmes.actions import rosters
    from telemachy.apps.programmes.models import Enrolment, Programme
    from telemachy.core.roster import decode, rows
    from telemachy.core.roster.fields import Field
    from telemachy.interfaces.common import clock

    now = clock.now()
    organisation = Organisation.objects.create(name="Ithaca", slug="ithaca", created_at=now)
    manager = Person.objects.create(
        organisation=organisation, name="Eurycleia", is_administrator=True, created_at=now
    )
    programme = Programme.objects.create(
        organisation=organisation, name="Voyage", kind="mentoring", state="open", created_at=now
    )
    seconds = {}

    def timed(name: str, work: object, *args: object, **kwargs: object) -> object:
        start = time.perf_counter()
        result = work(*args, **kwargs)  # type: ignore[operator]
        seconds[name] = time.perf_counter() - start
        return result

    with roster.open("rb") as stream:
        upload = rosters.Upload("people.csv", File(stream))
        made = timed("upload", rosters.upload, programme=programme, uploads=[upload], by=manager, now=now)
    columns = {i: Field(column["field"]) for i, column in enumerate(made.files[0]["columns"])}

    def read() -> int:
        with roster.open("rb") as stream:
            return sum(1 for _ in rows.read_people(decode.open_table(stream, "people.csv"), columns))

    timed("read alone", read)
    rosters.map_columns(roster_import=made, mapped=[rosters.Mapped(columns)], by=manager, now=now)
    timed("read and check", jobs.check_roster.call, roster_import_id=str(made.pk))
    made.refresh_from_db()
    rosters.commit(roster_import=made, by=manager, now=now)
    timed("commit", jobs.commit_roster.call, roster_import_id=str(made.pk))
    made.refresh_from_db()
    assert made.state == "committed", (made.state, made.problem)
    assert Enrolment.objects.count() == made.counts["create"]
    return seconds


def by_hand(roster: Path, data_dir: Path) -> dict[str, float]:
    """Read the roster with polars and insert its people and places with sqlite3; return seconds for each."""
    start_django(data_dir)
    import sqlite3

    import polars
    from django.conf import settings
    from django.db import connection

    from telemachy.apps.people.models import Organisation, Person
    from telemachy.apps.programmes.models import Enrolment, Programme

    organisation, programme, now = uuid.uuid4().hex, uuid.uuid4().hex, "2026-03-03 09:00:00"
    stamp = "2026-03-03T09:00:00Z"
    Organisation.objects.create(id=organisation, name="Ithaca", slug="ithaca", created_at=stamp)
    Programme.objects.create(
        id=programme, organisation_id=organisation, name="Voyage", kind="mentoring", created_at=stamp
    )
    connection.close()
    person_columns = [field.column for field in Person._meta.concrete_fields]
    place_columns = [field.column for field in Enrolment._meta.concrete_fields]

    start = time.perf_counter()
    frame = polars.read_csv(roster, infer_schema_length=0)
    read = time.perf_counter()
    usual = dict.fromkeys(person_columns, "") | {
        "organisation_id": organisation,
        "user_id": None,
        "kind": "human",
        "line_manager_id": None,
        "working_hours": "{}",
        "capacity": 1,
        "paused_until": None,
        "mail": "immediate",
        "is_administrator": 0,
        "created_at": now,
        "left_at": None,
        "erased_at": None,
        "owner_id": None,
        "seniority": 4,
    }
    persons, places = [], []
    for row in frame.iter_rows():
        key = uuid.uuid4().hex
        row_values = usual | {
            "id": key,
            "name": row[0],
            "email": row[1],
            "external_id": row[2],
            "job_title": row[4],
            "function": row[5],
            "time_zone": row[8],
            "languages": json.dumps([row[9]]),
            "location": row[10],
            "skills_offered": json.dumps([row[11]]),
            "skills_sought": json.dumps([row[12]]),
            "goals_text": row[13],
        }
        persons.append([row_values[column] for column in person_columns])
        place = {
            "id": uuid.uuid4().hex,
            "programme_id": programme,
            "person_id": key,
            "role": "mentor" if row[3] == "Mentor" else "learner",
            "state": "active",
            "capacity": 1,
            "source": "roster",
            "created_at": now,
        }
        places.append([place[column] for column in place_columns])
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    database.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
    with database:
        for model, columns, values in ((Person, person_columns, persons), (Enrolment, place_columns, places)):
            marks = ", ".join("?" * len(columns))
            names = ", ".join(f'"{column}"' for column in columns)
            database.executemany(f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", values)
    done = time.perf_counter()
    return {"polars reads": read - start, "sqlite3 inserts": done - read}


SIDES = {"ours": ours, "by hand": by_hand}


def measure(side: str, roster: Path) -> tuple[dict[str, float], float]:
    """Run one side in its own process; return its seconds and its peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, __file__, "--side", side, str(roster), folder],
            check=True,
            capture_output=True,
            text=True,
        )
    result = json.loads(done.stdout.splitlines()[-1])
    return result["seconds"], result["peak_mb"]


def main(n_rows: int) -> int:
    """Print the table; return 1 when a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "people.csv"
        write_roster(roster, n_rows)
        print(f"{n_rows:,} rows, {roster.stat().st_size / 1e6:.0f} MB CSV, {len(HEADER)} columns\n")
        hand, hand_mb = measure("by hand", roster)
        our, our_mb = measure("ours", roster)
    base = sum(hand.values())
    print(f"{'step':<28}{'seconds':>9}{'ratio':>8}{'peak MB':>9}")
    for name, value in hand.items():
        print(f"{'by hand: ' + name:<28}{value:>9.2f}{value / base:>8.1f}")
    print(f"{'by hand: all':<28}{base:>9.2f}{1:>8.1f}{hand_mb:>9.0f}")
    for name, value in our.items():
        print(f"{'telemachy: ' + name:<28}{value:>9.2f}{value / base:>8.1f}")
    total = sum(value for name, value in our.items() if name != "read alone")
    print(f"{'telemachy: all':<28}{total:>9.2f}{total / base:>8.1f}{our_mb:>9.0f}")
    print(f"\nGoal: at most {GOAL_RATIO} times the time by hand, under {GOAL_MB} MB.")
    return int(total > GOAL_RATIO * base or our_mb >= GOAL_MB)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        seconds = SIDES[sys.argv[2]](Path(sys.argv[3]), Path(sys.argv[4]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
            1024 if sys.platform != "darwin" else 1024**2
        )
        print(json.dumps({"seconds": seconds, "peak_mb": peak}))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else N_ROWS))
