"""Errors that name what is wrong and how to mend it; their text may be shown to a person."""


class TelemachyError(Exception):
    """A problem that a person can understand and mend; `str(error)` is safe to show."""


class BadInput(TelemachyError):
    """A value that cannot be worked with; names the field, row or column and the mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(TelemachyError):
    """A policy said no; the text is the policy's reason."""


class BudgetSpent(NotAllowed):
    """Nothing is left of what was agreed, such as an agent's questions towards a goal."""


class WrongState(TelemachyError):
    """The lifecycle has no such step from the present state."""
