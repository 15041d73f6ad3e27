#!/usr/bin/env python3
"""Run Telemachy from a clone, with Python and git alone.

    python3 dev.py demo  [--port N] [--data DIR] [--no-browser]
    python3 dev.py test  [pytest arguments]

Each command sets up what it needs first: a virtual environment in .venv, filled from the locked and
hashed requirements. This file uses the standard library only.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
CLI = "telemachy.interfaces.cli.main"
HEADLESS = "chromium-headless-shell"  # draws no window, tabs or menus: a journey takes a third less
BROWSERS = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
LOCAL_DATABASES = [
    f"postgresql://{role}127.0.0.1:5432/postgres" for role in ("", "postgres@", "postgres:postgres@")
]
REQUIRE_ALL = os.environ.get("TELEMACHY_REQUIRE_ALL") == "1"


def say(text: str) -> None:
    """Print one line of progress at once, also into a pipe."""
    print(f"» {text}", flush=True)


def give_up(text: str) -> None:
    """End with a message that says what to do."""
    print(f"\n{text}\n", file=sys.stderr, flush=True)
    raise SystemExit(1)


def succeeds(*command: object, **options: object) -> bool:
    """Run a command from the clone's root, without any input; tell whether it succeeded."""
    options.setdefault("cwd", ROOT)
    words = [str(word) for word in command]
    return not subprocess.run(words, stdin=subprocess.DEVNULL, check=False, **options).returncode


def run(*command: object, **options: object) -> None:
    """Run a command; end when it fails."""
    if not succeeds(*command, **options):
        give_up(f"This command failed: {' '.join(map(str, command))}")


def choose_python() -> None:
    """Continue under a newer Python when this one is too old and a newer one is installed."""
    if sys.version_info >= OLDEST:
        return
    for minor in (14, 13, 12, 11):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    give_up("Telemachy needs Python 3.11 or newer: from python.org, Homebrew or your system's packages.")


def prepare_environment(lock_name: str) -> None:
    """Fill .venv from requirements/<lock_name>.txt, unless it already is."""
    stamps = {name: lock_stamp(name) for name in ("base", "dev")}
    stamp_file = VENV / "telemachy.stamp"
    present = stamp_file.read_text().strip() if stamp_file.exists() else ""
    if present and present in (stamps[lock_name], stamps["dev"]):
        return
    lock = ROOT / "requirements" / f"{lock_name}.txt"
    n_packages = sum(1 for line in lock.read_text().splitlines() if re.match(r"[A-Za-z0-9]", line))
    uv = shutil.which("uv")
    say(f"Setting up .venv with {n_packages} locked packages ({'uv' if uv else 'pip: one or two minutes'})")
    exact = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock)
    if uv:
        run(uv, "venv", "--clear", "--python", sys.executable, VENV)
        run(uv, "pip", "install", "--python", PYTHON, *exact)
    else:
        require_ensurepip()
        run(sys.executable, "-m", "venv", "--clear", VENV)
        quiet = ("--disable-pip-version-check", "--progress-bar", "off")
        # Python compiles what is imported; compiling all of it beforehand takes as long as half the download.
        run(PYTHON, "-m", "pip", "install", "--no-compile", *quiet, *exact)
    put_telemachy_on_the_path()
    stamp_file.write_text(stamps[lock_name])


def lock_stamp(name: str) -> str:
    """Return what .venv must have been made from to serve this lock."""
    content = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    version = ".".join(map(str, sys.version_info[:2]))
    return f"{name} {hashlib.sha256(content).hexdigest()} python{version} {ROOT}"


def require_ensurepip() -> None:
    """End with the line to type where Debian has split venv from Python."""
    if importlib.util.find_spec("ensurepip") is None:
        version = ".".join(map(str, sys.version_info[:2]))
        give_up(
            "This Python cannot make virtual environments yet. On Debian or Ubuntu:\n"
            f"    sudo apt-get install -y python{version}-venv\nthen run the same command again."
        )


def put_telemachy_on_the_path() -> None:
    """Make `import telemachy` and `.venv/bin/telemachy` work without building a package."""
    site_packages = next((VENV / "lib").glob("python3*/site-packages"))
    (site_packages / "telemachy_source.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "telemachy"
    command.write_text(f"#!{PYTHON}\nfrom {CLI} import main\nraise SystemExit(main())\n")
    command.chmod(0o755)


def compile_catalogues() -> None:
    """Compile the message catalogues that changed; needs no gettext tools."""
    for source in sorted((ROOT / "src").rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        say(f"Compiling {source.relative_to(ROOT)}")
        babel = (PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile")
        run(*babel, "-i", source, "-o", compiled)


def demo(arguments: argparse.Namespace) -> int:
    """Show a living programme in the browser; Ctrl-C stops it."""
    require_free_port(arguments.port)
    prepare_environment("base")
    compile_catalogues()
    data = Path(arguments.data).expanduser().resolve()
    (data / "log").mkdir(parents=True, exist_ok=True)
    url = f"http://localhost:{arguments.port}"
    ours = {"TELEMACHY_DEMO": "1", "TELEMACHY_DATA_DIR": str(data), "TELEMACHY_BASE_URL": url}
    environment = {**os.environ, **ours, "TELEMACHY_DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    for what, command in (
        ("Collecting static files", ("-m", CLI, "manage", "collectstatic", "--noinput", "--verbosity", "0")),
        ("Preparing the database", ("-m", CLI, "manage", "migrate", "--noinput", "--verbosity", "0")),
        ("Preparing the cache", ("-m", CLI, "manage", "createcachetable", "--verbosity", "0")),
        ("Loading the demo organisation", ("-m", CLI, "demo", "load")),
    ):
        say(what)
        run(PYTHON, *command, env=environment)
    granian = (VENV / "bin" / "granian", "--interface", "wsgi", "--blocking-threads", 8)
    address = ("--host", "127.0.0.1", "--port", arguments.port)
    with Processes(data / "log", environment) as processes:
        processes.start("web", *granian, *address, "telemachy.project.wsgi:application")
        processes.start("worker", PYTHON, "-m", CLI, "worker")
        say("Starting the web server and the worker")
        wait_until_ready(f"{url}/health/ready", processes)
        run(PYTHON, "-m", CLI, "demo", "links", env=environment)
        say(f"Telemachy is ready: {url}")
        say(f"Data: {data}   Logs: {data / 'log'}   Stop with Ctrl-C")
        if not arguments.no_browser:
            webbrowser.open(url)
        return processes.wait()


def require_free_port(port: int) -> None:
    """End with a message when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            give_up(f"Port {port} is in use. Choose another: python3 dev.py demo --port {port + 1}")


def wait_until_ready(url: str, processes: Processes, seconds: int = 90) -> None:
    """Wait until the health endpoint answers 200; end with the logs' place when it does not."""
    last = ""
    for _ in range(seconds * 4):
        processes.require_running()
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            last = error.read().decode(errors="replace")
        except OSError as error:
            last = str(error)
        time.sleep(0.25)
    give_up(f"Not ready after {seconds} seconds. {last}\nLogs: {processes.logs}")


class Processes:
    """Child processes, each in a group of its own, none of which outlives this one."""

    def __init__(self, logs: Path, environment: dict[str, str]) -> None:
        self.logs = logs
        self.environment = environment
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Processes:
        # SIGTERM and a closed terminal take the same way out as Ctrl-C.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        return self

    def start(self, name: str, *command: object) -> None:
        """Start a process that logs to <logs>/<name>.log."""
        with (self.logs / f"{name}.log").open("ab") as log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT}
            words = [str(word) for word in command]
            self.running[name] = subprocess.Popen(
                words, cwd=ROOT, env=self.environment, start_new_session=True, **streams
            )

    def require_running(self) -> None:
        """End with the log's last lines when a process has ended by itself."""
        for name, process in self.running.items():
            if process.poll() is not None:
                tail = (self.logs / f"{name}.log").read_text(errors="replace").splitlines()[-15:]
                give_up(f"The {name} process ended ({process.returncode}):\n" + "\n".join(tail))

    def wait(self) -> int:
        """Block until Ctrl-C, or until a process ends by itself."""
        while True:
            self.require_running()
            time.sleep(0.5)

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> bool:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for process in self.running.values():
            signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + 10
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            signal_group(process, signal.SIGKILL)
            process.wait()
        if kind is KeyboardInterrupt:
            say("Stopped")
            return True
        return False


def signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to a process and its children; quietly when they are gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


LINTERS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("djlint", "--lint", "--quiet", "src/telemachy/interfaces/web/templates"),
)


#: Compiles the matching engine, as each of the suite's workers would for half a minute on a fresh clone.
WARM_UP = "from telemachy.core.matching.solver import warm_up; warm_up()"

#: Tests of engines, pictures, commands, clients and of the code itself, which no database can change, and
#: of the demo, which lives in the embedded one and takes a minute to load.
NO_DATABASE = (
    "tests/client/*",
    "tests/core/*",
    "tests/generative/test_matching_*",
    "tests/interfaces/api/test_examples.py",
    "tests/interfaces/api/test_reference.py",
    "tests/interfaces/cli/test_growth.py",
    "tests/interfaces/cli/test_lab*.py",
    "tests/interfaces/cli/test_match.py",
    "tests/interfaces/common/test_language_models.py",
    "tests/interfaces/demo/*",
    "tests/interfaces/web/test_charts.py",
    "tests/interfaces/web/test_contrast.py",
    "tests/repository/*",
)

#: Walks whose browser is what they test: each address they call is called on PostgreSQL by tests/interfaces.
#: Those walks stay that also let a job work, two people write, or files and sign-ins come in between.
ONE_DATABASE = tuple(
    f"tests/journeys/test_{walk}.py"
    for walk in (
        *("applications", "assist", "charter", "development", "frame", "interventions", "outcomes"),
        *("practice", "programme", "programme_health", "ribbon", "supervision", "threshold", "training"),
    )
)


def test(pytest_arguments: list[str]) -> int:
    """Lint, then run the suite on SQLite and on PostgreSQL; with arguments, run only what they name."""
    prepare_environment("dev")
    compile_catalogues()
    failed = [] if pytest_arguments else lint()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **browser_environment()}
    # Each worker has its processor: threads of linear algebra would only wait for each other.
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Journeys come last and take seconds each: whoever is done takes over some of the others.
    spread = ("-n", min(4, os.cpu_count() or 2), "--dist", "worksteal")
    suite = (PYTHON, "-m", "pytest", *spread, *pytest_arguments)
    say("The suite on SQLite")
    if not succeeds(*suite, env={**environment, "TELEMACHY_DATABASE_URL": "sqlite:///:memory:"}):
        failed.append("the suite on SQLite")
    with postgresql() as url:
        if not url:
            missing("NOT TESTED ON POSTGRESQL: none found. Install it, or set TELEMACHY_TEST_DATABASE_URL.")
        else:
            say("The suite on PostgreSQL")
            # What knows no database runs once.
            left_out = (f"--ignore-glob={path}" for path in (*NO_DATABASE, *ONE_DATABASE))
            again = suite if pytest_arguments else (*suite, *left_out)
            if not succeeds(*again, env={**environment, "TELEMACHY_DATABASE_URL": url}):
                failed.append("the suite on PostgreSQL")
    if failed:
        give_up("Failed: " + "; ".join(failed))
    say("All passed")
    return 0


def lint() -> list[str]:
    """Run the linters and return those that found something; compile the engine beside them."""
    failed = []
    # mypy's Django plugin loads the settings, which want to know what kind of installation this is.
    compiled = os.environ.get("NUMBA_CACHE_DIR", ROOT / ".pytest_cache" / "compiled")
    environment = {**os.environ, "TELEMACHY_DEBUG": "1", "NUMBA_CACHE_DIR": str(compiled)}
    with subprocess.Popen([PYTHON, "-c", WARM_UP], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL):
        for command in LINTERS:
            say(" ".join(command))
            if not succeeds(VENV / "bin" / command[0], *command[1:], env=environment):
                failed.append(command[0])
    return failed


def missing(text: str) -> None:
    """Say loudly that part of the tests cannot run; fail where everything is required (CI)."""
    if REQUIRE_ALL:
        give_up(text)
    print(f"\n!!! {text}\n", flush=True)


def browser_environment() -> dict[str, str]:
    """Find or install Chromium, unless one is named; return where the tests find it."""
    if os.environ.get("TELEMACHY_TEST_BROWSER"):
        return {}
    found = next(filter(None, map(shutil.which, (*BROWSERS, MAC_BROWSERS))), None)
    # Where everything is required, time is short; elsewhere nobody wants a second browser.
    wanted = not found or (REQUIRE_ALL and Path(found).name != HEADLESS)
    if wanted and shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing Chromium")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        succeeds("apt-get", "update", "-qq", env=environment)
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "--no-remove")
        if succeeds(*install, HEADLESS, env=environment):
            found = shutil.which(HEADLESS)
        elif not found and succeeds(*install, "chromium", env=environment):
            found = shutil.which("chromium")
    if found:
        return {"TELEMACHY_TEST_BROWSER": found}
    say("Installing Playwright's Chromium")
    if not succeeds(PYTHON, "-m", "playwright", "install", "--only-shell", "chromium"):
        missing("NOT TESTED IN A BROWSER: no Chromium was found and none could be installed.")
        return {"PYTEST_ADDOPTS": "-m 'not journey'"}
    return {}


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Yield the URL of a PostgreSQL where databases may be created, or "" when there is none."""
    given = os.environ.get("TELEMACHY_TEST_DATABASE_URL")
    url = given or next(filter(may_create_databases, LOCAL_DATABASES), "")
    in_path = shutil.which("initdb")
    found = [Path(in_path).resolve()] if in_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if url or not found:
        yield url
        return
    with temporary_cluster(found[0].parent) as url:
        yield url


def may_create_databases(url: str) -> bool:
    """Whether a PostgreSQL answers at this URL and lets us create databases."""
    probe = (
        "import sys, psycopg\n"
        "with psycopg.connect(sys.argv[1], connect_timeout=3) as link:\n"
        "    role = 'select rolcreatedb or rolsuper from pg_roles where rolname = current_user'\n"
        "    sys.exit(not link.execute(role).fetchone()[0])\n"
    )
    return succeeds(PYTHON, "-c", probe, url, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def temporary_cluster(tools: Path) -> Iterator[str]:
    """Yield the URL of a PostgreSQL of our own that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="telemachy-pg-"))
    as_owner: tuple[str, ...] = ()
    if os.geteuid() == 0:  # initdb refuses root
        as_owner = ("runuser", "-u", "postgres", "--")
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    control = (*as_owner, tools / "pg_ctl", "-D", folder / "data", "-w", "-s")
    say("Starting a temporary PostgreSQL")
    try:
        layout = f"-D {folder}/data -U postgres -A trust -E UTF8 --locale=C --no-sync".split()
        run(*as_owner, tools / "initdb", *layout, cwd="/", stdout=subprocess.DEVNULL)
        run(*control, "-l", folder / "log", "-o", options, "start", cwd="/")
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        succeeds(*control, "-m", "immediate", "stop", cwd="/", stderr=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    choose_python()
    # Told to keep no compiled code, each of the many processes would compile every library anew, for seconds.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    demo_parser = commands.add_parser("demo", help="show a living programme in the browser")
    demo_parser.add_argument("--port", type=int, default=8000)
    demo_parser.add_argument("--data", default=str(ROOT / "data"), help="where the demo keeps its files")
    demo_parser.add_argument("--no-browser", action="store_true", help="print the address only")
    commands.add_parser("test", help="lint, and run the suite on SQLite and PostgreSQL", add_help=False)
    arguments, rest = parser.parse_known_args()
    if arguments.command == "test":
        return test(rest)
    if rest:
        parser.error(f"unknown arguments: {' '.join(rest)}")
    return demo(arguments)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
