"""How long calls of the API take under load, beside a bare endpoint of the same framework.

    .venv/bin/python benchmarks/api.py [--clients 50] [--seconds 3] [--rounds 5]

Starts the real server (granian, one process) three times on a database of its own: with the product; with
its settings and two bare endpoints, one that reads a row and one that inserts one in a transaction, to which
the ratios of reads and of writes refer; with nothing but ninja. So many clients call as fast as they are
answered. Limits are lifted, but counted as always.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
sys.path.insert(0, str(SOURCE))

_folder = tempfile.TemporaryDirectory(prefix="telemachy-bench-")
ENVIRONMENT = {
    "TELEMACHY_DEBUG": "0",
    "TELEMACHY_SECRET_KEY": "for the benchmark only, long enough to be accepted as a key",
    "TELEMACHY_DATA_DIR": _folder.name,
    "TELEMACHY_LOG_LEVEL": "ERROR",
    "TELEMACHY_API_CALLS_PER_MINUTE": "100000000",
    "TELEMACHY_DATABASE_URL": os.environ.get(
        "TELEMACHY_DATABASE_URL", f"sqlite:///{_folder.name}/bench.sqlite3"
    ),
    "DJANGO_SETTINGS_MODULE": "telemachy.project.settings",
}
os.environ.update(ENVIRONMENT)
#: The calls that write: each client in a situation of its own, and all in one, whose row they wait for.
WRITES = ("a message", "all in one")

#: The product's settings and middleware, and one endpoint that reads one row.
SAME_PROJECT = """
from telemachy.project.settings import *
ROOT_URLCONF = "same_project_urls"
# The pages' limit of writes would refuse most of what the benchmark sends; the API counts calls of its own.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.endswith("WriteLimitMiddleware")]
"""
SAME_PROJECT_URLS = """
from django.db import transaction
from django.urls import path
from django.utils.timezone import now
from ninja import NinjaAPI, Schema
from telemachy.apps.audit.models import Event
from telemachy.apps.people.models import Organisation
api = NinjaAPI()
@api.get("/bare")
def bare(request):
    return {"items": [Organisation.objects.filter(slug="bench").first().name], "next": None}
class Line(Schema):
    text: str
@api.post("/bare/messages")
@transaction.atomic
def write(request, line: Line):
    made = Event.objects.create(at=now(), verb="bench.written", data={"text": line.text})
    return {"id": made.pk}
urlpatterns = [path("", api.urls)]
"""
#: Nothing but the framework.
BARE = """
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x", DATABASES={})
import django
django.setup()
from ninja import NinjaAPI
from django.urls import path
api = NinjaAPI()
@api.get("/bare")
def bare(request):
    return {"items": [], "next": None}
urlpatterns = [path("", api.urls)]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server answered: seconds of each call, in order of size, and how many failed."""

    seconds: list[float]
    n_failed: int

    def at(self, share: float) -> float:
        """Return a percentile in milliseconds."""
        return self.seconds[int(share * (len(self.seconds) - 1))] * 1000


def load() -> tuple[str, dict[str, tuple[str, ...]]]:
    """Fill the database with a mentor of 20 learners and 2,000 situations; return a token and addresses."""
    import django

    django.setup()
    from django.core.management import call_command

    from telemachy.apps.integrations.actions import tokens
    from telemachy.apps.people.models import Organisation, Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Party, Relationship, Situation
    from telemachy.interfaces.common import clock

    now = clock.now()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    organisation = Organisation.objects.create(name="Bench", slug="bench", created_at=now)
    mentor = Person.objects.create(organisation=organisation, name="Mentor", created_at=now)
    programme = Programme.objects.create(
        organisation=organisation, name="Bench", kind="mentoring", state="open", created_at=now
    )
    situations = []
    for number in range(20):
        learner = Person.objects.create(organisation=organisation, name=f"Learner {number}", created_at=now)
        pair = Relationship.objects.create(
            programme=programme, kind="mentoring", shape="one_to_one", state="active",
            state_since=now, created_at=now, active_at=now,
        )  # fmt: skip
        Party.objects.create(relationship=pair, person=mentor, seat="mentor", accepted_at=now)
        Party.objects.create(relationship=pair, person=learner, seat="learner", accepted_at=now)
        situations += [
            Situation(
                relationship=pair, learner=learner, title=f"Case {case}", story="A story. " * 40,
                state="consulted", awaiting="mentor", awaiting_since=now, asked="Which way?", asked_at=now,
                logged_at=now - timedelta(minutes=case),
            )
            for case in range(100)
        ]  # fmt: skip
    Situation.objects.bulk_create(situations)
    _token, secret = tokens.make(
        kind="personal", person=mentor, name="bench", scopes=["read", "guide"], days=1, by=mentor, now=now
    )
    one = f"/api/v1/situations/{situations[0].pk}"
    messages = tuple(f"/api/v1/situations/{case.pk}/messages" for case in situations)
    return secret, {
        "who calls": ("/api/v1/me",),
        "a situation": (one,),
        "20 of 2,000": ("/api/v1/situations?limit=20",),
        WRITES[0]: messages,
        WRITES[1]: messages[:1],
    }


def serve(target: str, folder: str, **environment: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server as the container does, with one process, and wait until it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--blocking-threads", "8", "--log-level", "error", target,
    ]  # fmt: skip
    paths = os.pathsep.join([folder, str(SOURCE)])
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths, **environment})
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server, port
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def press(port: int, paths: tuple[str, ...], secret: str, n_clients: int, seconds: float) -> Load:
    """Have clients call as fast as they are answered, each one address on a connection of its own."""
    took: list[float] = []
    failed: list[int] = []
    ends_at = time.perf_counter() + seconds
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    method, body = ("POST", b'{"text": "On my way"}') if paths[0].endswith("messages") else ("GET", None)

    def call(path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < ends_at:
            begun = time.perf_counter()
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            response.read()
            took.append(time.perf_counter() - begun)
            if response.status >= 400:
                failed.append(response.status)

    clients = [threading.Thread(target=call, args=(paths[n % len(paths)],)) for n in range(n_clients)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return Load(sorted(took), len(failed))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    secret, addresses = load()
    for name, text in {
        "bare_endpoint": BARE, "same_project": SAME_PROJECT, "same_project_urls": SAME_PROJECT_URLS
    }.items():  # fmt: skip
        Path(_folder.name, f"{name}.py").write_text(text)
    wsgi = "telemachy.project.wsgi:application"
    servers = {
        "nothing": serve("bare_endpoint:application", _folder.name),
        "bare": serve(wsgi, _folder.name, DJANGO_SETTINGS_MODULE="same_project"),
        "product": serve(wsgi, _folder.name),
    }
    bare_of = {name: "bare write" if name in WRITES else "bare read" for name in addresses}
    calls = {"nothing but ninja": ("nothing", ("/bare",)), "bare read": ("bare", ("/bare",))}
    calls |= {"bare write": ("bare", ("/bare/messages",))}
    calls |= {name: ("product", paths) for name, paths in addresses.items()}
    found: dict[str, list[Load]] = {name: [] for name in calls}
    ratios: dict[str, list[float]] = {name: [] for name in addresses}

    def measure(name: str, n_clients: int, seconds: float) -> Load:
        server, paths = calls[name]
        return press(servers[server][1], paths, secret, n_clients, seconds)

    try:
        for name in calls:
            measure(name, 2, 1)  # imports and first statements
        for _ in range(arguments.rounds):
            found["nothing but ninja"].append(measure("nothing but ninja", arguments.clients, 1))
            for name, base in bare_of.items():
                # Beside each other, so that a machine that does other things slows both down.
                beside = measure(base, arguments.clients, arguments.seconds)
                here = measure(name, arguments.clients, arguments.seconds)
                found[base].append(beside)
                found[name].append(here)
                ratios[name].append(here.at(0.95) / beside.at(0.95))
    finally:
        for process, _port in servers.values():
            process.terminate()
            process.wait()
    report(found, ratios)


def report(found: dict[str, list[Load]], ratios: dict[str, list[float]]) -> None:
    """Print the medians over the rounds, and the ratio to the bare endpoint of the same kind."""
    print(f"{'':18}{'p50 ms':>9}{'p95 ms':>9}{'ratio of p95':>14}{'lowest':>8}{'highest':>9}{'failed':>8}")
    for name, loads in found.items():
        p50, p95 = (statistics.median(load.at(share) for load in loads) for share in (0.5, 0.95))
        line = f"{name:18}{p50:9.1f}{p95:9.1f}"
        if name in ratios:
            each = ratios[name]
            line += f"{statistics.median(each):14.2f}{min(each):8.2f}{max(each):9.2f}"
        else:
            line += " " * 31
        print(f"{line}{sum(load.n_failed for load in loads):8}")


if __name__ == "__main__":
    main()
