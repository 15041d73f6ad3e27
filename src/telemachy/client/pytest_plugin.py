"""Reports tests as checks of situations: `@pytest.mark.telemachy("ticket-7")`, with a verifier's key.

It never changes the outcome of a run: whatever keeps a check from being sent is said in the summary.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from telemachy.client.checks import Check
from telemachy.client.queue import Flushed, Kept, OfflineQueue
from telemachy.client.situations import Sender
from telemachy.client.transport import Patience, Refused, TelemachyError, Transport

MARK = "telemachy"
KEY = "TELEMACHY_VERIFIER_KEY"
#: Nobody waits long for a report at the end of a run; what is not sent then waits in the queue.
HURRIED = Patience(n_tries=2, longest_wait=2.0, timeout=5.0)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the address and what else is no secret; the key comes from the environment alone."""
    group = parser.getgroup("telemachy", "checks of situations")
    for name, what in {
        "url": "the installation that is told of checks; also TELEMACHY_URL",
        "evidence": "address of this run, shown beside each check; also TELEMACHY_EVIDENCE_URI",
        "learner": "id of the agent whose cases are checked, where two use the same references",
        "queue": "file in which checks wait that could not be sent (default: in pytest's cache)",
    }.items():
        group.addoption(f"--telemachy-{name}", default="", help=what)
        parser.addini(f"telemachy_{name}", what, default="")


def pytest_configure(config: pytest.Config) -> None:
    """Know the mark, and report where results arrive: in the one process that started the others."""
    config.addinivalue_line("markers", f"{MARK}(external_ref): checks the case that its learner calls so")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Reporter(config), "telemachy-reporter")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write the mark where a report carries it, from another process too."""
    for item in items:
        for mark in item.iter_markers(MARK):
            item.user_properties += [(MARK, str(ref)) for ref in mark.args]


class Reporter:
    """Gathers how the tests of each situation went, and tells the server at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.checks: dict[str, Check] = {}
        #: What the summary says.
        self.lines: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test of a situation went."""
        for ref in dict.fromkeys(str(value) for name, value in report.user_properties if name == MARK):
            check = self.checks.setdefault(ref, Check(ref))
            check.note_result(report.nodeid, report.outcome, str(report.when))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Send what waits from earlier, then what is new. Nothing that happens here fails the run."""
        if not self.checks or exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
            return
        # A run that was cut short has not seen all tests of a case: only a failure is certain then.
        is_whole = not (session.shouldstop or session.shouldfail)
        checks = [check for check in self.checks.values() if check.says and (is_whole or check.failed)]
        for check in self.checks.values():
            if check not in checks:
                self.lines.append(f"{check.situation_ref}: not all of its tests ran, nothing reported")
        try:
            if checks:
                self._report(checks)
        except Exception as error:
            self.lines.append(f"reporting broke off: {type(error).__name__}: {error}")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was told."""
        if self.lines:
            terminalreporter.section("telemachy", sep="-")
            for line in self.lines:
                terminalreporter.line(line)

    def _report(self, checks: list[Check]) -> None:
        url, key = self._setting("url", "TELEMACHY_URL"), os.environ.get(KEY, "").strip()
        if not (url and key):
            self.lines.append(f"{len(checks)} situations checked, none told: set TELEMACHY_URL and {KEY}")
            return
        sender = Sender(Transport(url, key, None, HURRIED), self._queue())
        try:
            self._tell(sender, checks)
        finally:
            sender.transport.http.close()

    def _tell(self, sender: Sender, checks: list[Check]) -> None:
        waited = _flush(sender)
        evidence = self._setting("evidence", "TELEMACHY_EVIDENCE_URI")
        learner = self._setting("learner", "TELEMACHY_LEARNER")
        if waited.n_sent:
            self.lines.append(f"{waited.n_sent} checks of earlier runs sent")
        for check in checks:
            result = "passed" if check.success else "failed"
            try:
                told = sender.write(check.call(evidence, learner))
            except TelemachyError as error:
                self.lines.append(f"{check.situation_ref}: {result}, not reported: {error}")
            else:
                how = "kept for the next run" if isinstance(told, Kept) else "reported"
                self.lines.append(f"{check.situation_ref}: {result}, {how}")

    def _setting(self, name: str, variable: str) -> str:
        given = self.config.getoption(f"--telemachy-{name}") or self.config.getini(f"telemachy_{name}")
        return str(given or os.environ.get(variable, "")).strip()

    def _queue(self) -> OfflineQueue | None:
        chosen = self._setting("queue", "TELEMACHY_QUEUE")
        if chosen:
            return OfflineQueue(Path(chosen))
        cache = getattr(self.config, "cache", None)
        return OfflineQueue(Path(cache.mkdir("telemachy")) / "checks.jsonl") if cache is not None else None


def _flush(sender: Sender) -> Flushed:
    try:
        return sender.flush()
    except Refused:
        # Of the key itself: the new checks meet the same refusal, and tell it.
        return Flushed(0, 0, ())
