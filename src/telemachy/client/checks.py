"""What a verifier reports: the results of automatic checks of decided cases."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from telemachy.client.answers import Checked
from telemachy.client.transport import Call

#: Names of tests that failed are listed up to so many.
MOST_NAMED = 20


@dataclass(slots=True)
class Check:
    """How the tests of one situation went. Their names are told, nothing of what they printed."""

    situation_ref: str
    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    #: Tests that broke before or after themselves, in a fixture: they say nothing of the case.
    broken: list[str] = field(default_factory=list)

    def note_result(self, nodeid: str, outcome: str, when: str) -> None:
        """Take in how a phase of a test went; one that was skipped says nothing about a case."""
        if outcome == "failed":
            (self.failed if when == "call" else self.broken).append(nodeid)
        elif outcome == "passed" and when == "call":
            self.passed.append(nodeid)

    @property
    def says(self) -> bool:
        """Whether it says anything: some test ran, and none broke outside of itself."""
        return bool(self.failed or (self.passed and not self.broken))

    @property
    def success(self) -> bool:
        """Whether every test that ran has passed."""
        return not self.failed

    @property
    def note(self) -> str:
        """The result in words."""
        n_ran = len(self.passed) + len(self.failed)
        named = [*self.failed[:MOST_NAMED], *(["and others"] if len(self.failed) > MOST_NAMED else [])]
        failed = f" Failed: {', '.join(named)}." if named else ""
        return f"pytest: {len(self.passed)} of {n_ran} tests passed.{failed}"

    def call(self, evidence_uri: str, learner_id: str) -> Call[Checked]:
        """Return the call that reports it. The same result of the same run, said again, counts once."""
        body: dict[str, object] = {
            "situation_ref": self.situation_ref,
            "success": self.success,
            "note": self.note,
            "evidence_uri": evidence_uri,
            "external_ref": _reference(evidence_uri, self.passed, self.failed),
        }
        return Call(Checked, "POST", "/checks", body | ({"learner_id": learner_id} if learner_id else {}))


def _reference(evidence_uri: str, passed: Sequence[str], failed: Sequence[str]) -> str:
    told = "\n".join([evidence_uri, *sorted(passed), "", *sorted(failed)])
    return f"pytest-{hashlib.sha256(told.encode()).hexdigest()[:32]}"
