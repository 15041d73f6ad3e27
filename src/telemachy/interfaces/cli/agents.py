"""`telemachy agents import-traces FILE`: an agent's past cases, through the same calls as any program's.

Who brings them is whom the token in TELEMACHY_TOKEN stands for, a mentor of the agent. With --url the calls
go to that installation, without it to the database of this one.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from telemachy.core.shared.addresses import check_not_overheard
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    import httpx

DONE, UNREADABLE = 0, 1
SECONDS = 60.0

_EPILOG = """\
FILE holds JSON lines or OpenTelemetry spans of generative AI; docs/guides/training-agents.md has both shapes.
The token in TELEMACHY_TOKEN is one of a mentor of the agent, with the scope guide.

Exit codes: 0 done; 1 some lines cannot be read, so nothing was taken in; 2 the file, the token or the
installation cannot be worked with.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument("step", choices=("import-traces",), help="take past cases in, to be reviewed")
    parser.add_argument("file", type=Path, metavar="FILE", help="the agent's past cases")
    parser.add_argument(
        "--relationship", type=UUID, required=True, metavar="ID", help="the agent's with its mentor"
    )
    parser.add_argument("--learner", type=UUID, metavar="ID", help="which agent, where it has several")
    parser.add_argument("--goal", type=UUID, metavar="ID", help="the goal that the cases belong to")
    parser.add_argument("--skip-unreadable", action="store_true", help="take the other lines in all the same")
    parser.add_argument("--dry-run", action="store_true", help="say what would be taken in, and stop")
    parser.add_argument("--url", help="the installation to call, such as https://mentoring.example.org")


def run(options: argparse.Namespace) -> int:
    """Take the cases in and return the exit code. Raises BadInput."""
    data = _read(options.file)
    with _api(options.url) as api:
        query = {"name": options.file.name, "learner_id": options.learner, "goal_id": options.goal}
        read = _call(
            api,
            f"/relationships/{options.relationship}/traces",
            params={name: str(value) for name, value in query.items() if value},
            content=data,
            headers={"Content-Type": "application/octet-stream"},
        )
        for problem in read["problems"]:
            print(f"{options.file}:{problem}", file=sys.stderr)
        is_refused = bool(read["problems"]) and not options.skip_unreadable
        step = "discard" if is_refused or options.dry_run or not read["n_new"] else "commit"
        decided = _call(api, f"/trace-imports/{read['id']}/{step}")
    print(_said(read, decided))
    return UNREADABLE if is_refused else DONE


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _said(read: dict[str, Any], decided: dict[str, Any]) -> str:
    n_unreadable = len({problem.partition(":")[0] for problem in read["problems"]})
    found = f"Cases: {read['n_new']} new, {read['n_known']} there already, {n_unreadable} unreadable"
    if decided["state"] == "committing":
        return f"{found}. They are being taken in in the background."
    return f"{found}. Taken in: {decided['n_taken']}."


def _api(url: str | None) -> httpx.Client:
    import httpx

    token = os.environ.get("TELEMACHY_TOKEN", "").strip()
    if not token:
        raise BadInput("Set TELEMACHY_TOKEN to a token of a mentor of the agent.")
    if url:
        check_not_overheard(url)
    return httpx.Client(
        base_url=f"{(url or 'http://localhost').rstrip('/')}/api/v1",
        headers={"Authorization": f"Bearer {token}"},
        timeout=SECONDS,
        transport=None if url else _inside(),
    )


def _inside() -> httpx.WSGITransport:
    """Return the way into this installation: the API's own door, past network and pages."""
    import httpx

    from telemachy.interfaces.cli.main import set_up

    set_up()
    from django.core.handlers.wsgi import WSGIRequest

    from telemachy.interfaces.api.middleware import answer

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        response = answer(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]

    return httpx.WSGITransport(app=app)


def _call(api: httpx.Client, path: str, **sent: Any) -> dict[str, Any]:
    import httpx

    try:
        response = api.post(path, **sent)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise BadInput(f"{api.base_url.host or api.base_url} cannot be reached: {error}.") from error
    try:
        told: dict[str, Any] = response.json()
    except ValueError:
        raise BadInput(f"{response.url} does not answer as Telemachy does.") from None
    if response.is_success:
        return told
    errors = [f"{error['path']}: {error['message']}" for error in told.get("errors", ())]
    raise BadInput(" ".join([told.get("detail", response.reason_phrase), *errors]))
