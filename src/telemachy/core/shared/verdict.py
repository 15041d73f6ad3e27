"""The answer of a policy: may it be done, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass

from telemachy.core.shared.errors import BudgetSpent, NotAllowed, WrongState


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may be done; `reason` explains a refusal to the person refused."""

    allowed: bool
    reason: str = ""
    #: The refusal is about the state of the thing, not about who asks: later or earlier it was possible.
    is_about_state: bool = False
    #: What a refusal that has nothing to do with the state is raised as.
    error: type[NotAllowed] = NotAllowed

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise NotAllowed with the reason unless allowed; WrongState when that is about the state."""
        if not self.allowed:
            raise WrongState(self.reason) if self.is_about_state else self.error(self.reason)


ALLOWED = Verdict(True)


def refused(reason: str) -> Verdict:
    """Return a refusal that says why."""
    return Verdict(False, reason)


def not_now(reason: str) -> Verdict:
    """Return a refusal of a step that is not possible in the present state, whoever asks."""
    return Verdict(False, reason, is_about_state=True)


def spent(reason: str) -> Verdict:
    """Return a refusal because nothing is left of what was agreed."""
    return Verdict(False, reason, error=BudgetSpent)
