"""Ask the language model: a budget is reserved, the question goes out, and its cost is written down.

The call itself stands between two transactions, so that a slow model holds up no one else's writes.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.assist import policies
from telemachy.apps.assist.models import AssistRules, Use
from telemachy.apps.assist.queries import budgets
from telemachy.apps.audit.actions import action, events
from telemachy.core.assist import Kind, LanguageModel, NoReply, Prompt, Reply, Silence, tidy
from telemachy.core.shared.errors import TelemachyError, WrongState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telemachy.apps.people.models import Person


def ask(*, prompt: Prompt, whose: Iterable[Person], model: LanguageModel, by: Person, now: datetime) -> str:
    """Return the model's answer as text that may be shown. `whose` words are in the prompt.

    Raises NotAllowed, WrongState for an exhausted budget, TelemachyError when there is no answer.
    """
    use = begin(prompt=prompt, whose=whose, by=by, now=now)
    try:
        reply = model(prompt)
    except NoReply as error:
        fail(use=use, may_cost=error.may_cost, by=by, now=now)
        raise TelemachyError(_why(error.why)) from error
    finish(use=use, reply=reply, by=by, now=now)
    answer = tidy(reply.text, prompt)
    if not answer:
        raise TelemachyError(_why(Silence.BROKEN))
    return answer


@action
def begin(*, prompt: Prompt, whose: Iterable[Person], by: Person, now: datetime) -> Use:
    """Reserve what the question can cost at most. Raises NotAllowed, WrongState."""
    policies.ask(by, whose).require()
    rules = AssistRules.objects.select_for_update().get(organisation=by.organisation_id)
    if budgets.waits(by, now):
        raise WrongState(_("An answer to you is on its way already. Wait for it before you ask again."))
    if budgets.n_used(by.organisation_id, now) + prompt.n_tokens_at_most > rules.tokens_per_month:
        raise WrongState(_("Your organisation's budget for the language model is used up for this month."))
    use = Use.objects.create(
        organisation_id=by.organisation_id,
        person=by,
        kind=prompt.kind,
        n_counted=prompt.n_tokens_at_most,
        asked_at=now,
    )
    _record("assist.asked", use, by, now)
    return use


@action
def finish(*, use: Use, reply: Reply, by: Person, now: datetime) -> None:
    """Write down what the answer cost. Raises nothing."""
    use.state = Use.State.ANSWERED
    use.n_input_tokens, use.n_output_tokens = reply.n_input_tokens, reply.n_output_tokens
    use.n_counted = reply.n_input_tokens + reply.n_output_tokens
    use.save()
    _record("assist.answered", use, by, now)


@action
def fail(*, use: Use, may_cost: bool, by: Person, now: datetime) -> None:
    """Note that nothing came back; what may have been paid for keeps counting in full. Raises nothing."""
    use.state = Use.State.FAILED
    use.n_counted = use.n_counted if may_cost else 0
    use.save()
    _record("assist.failed", use, by, now)


def _record(verb: str, use: Use, by: Person, now: datetime) -> None:
    """Tell the trail who asked for what; of practice only that it was asked (docs/adr/0010)."""
    who = None if use.kind == Kind.CLIENT else by
    events.record(
        verb,
        by=who,
        now=now,
        on=use,
        organisation_id=by.organisation_id,
        kind=use.kind,
        tokens=use.n_counted,
    )


def _why(why: Silence) -> str:
    if why == Silence.TOO_LATE:
        return _("The language model did not answer in time. Go on without it, or try again later.")
    if why == Silence.REFUSED:
        return _("The language model cannot be reached or turned the question away. Go on without it.")
    return _("The language model gave no answer that can be used. Go on without it.")
