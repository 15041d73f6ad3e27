"""How every write happens: in one transaction, with an event that says who did it.

@action
def pause(*, enrolment: Enrolment, by: Person, now: datetime) -> None:
    policies.pause(by, enrolment).require()
    ...
    events.record("enrolment.paused", by=by, now=now, on=enrolment)
"""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from telemachy.core.shared.errors import WrongState

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger("telemachy.actions")

#: Events recorded since the outermost running action began; None outside of any action.
recorded: ContextVar[int | None] = ContextVar("recorded", default=None)


class UnauditedWriteError(RuntimeError):
    """An action ended without recording an event: a mistake in the action."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run the verb in one transaction and insist that it recorded an event.

    The verb takes keyword arguments only, among them `by` and `now`. A verb that finds nothing to
    change says so with `events.unchanged()`. A row that somebody removed since it was found, which the verb
    notices where it reads it afresh, is told as WrongState.
    """
    parameters = inspect.signature(function).parameters
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    loose = [p.name for p in parameters.values() if p.kind not in by_name]
    missing = {"by", "now"} - parameters.keys()
    if loose or missing:
        raise TypeError(f"{function.__qualname__}: actions take keywords only, and by= and now=")

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = recorded.get()
        token = recorded.set(0)
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if not recorded.get():
                    raise UnauditedWriteError(function.__qualname__)
        except ObjectDoesNotExist as error:
            # Logged with its trace: it may be a slip of the verb, too, which nobody would hear of otherwise.
            logger.warning("%s reads a row that is gone", function.__qualname__, exc_info=error)
            raise WrongState(
                _(
                    "Somebody may have changed it in the meantime. "
                    "Go back and load the page again to see how things stand."
                )
            ) from error
        finally:
            count = recorded.get() or 0
            recorded.reset(token)
            if outer is not None:
                recorded.set(outer + count)
        return result

    run.is_action = True  # type: ignore[attr-defined]  # read by the repository tests
    return run
