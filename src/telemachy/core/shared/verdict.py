"""The answer of a policy: may it be done, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass

from telemachy.core.shared.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may be done; `reason` explains a refusal to the person refused."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise NotAllowed with the reason unless allowed."""
        if not self.allowed:
            raise NotAllowed(self.reason)


ALLOWED = Verdict(True)


def refused(reason: str) -> Verdict:
    """Return a refusal that says why."""
    return Verdict(False, reason)
