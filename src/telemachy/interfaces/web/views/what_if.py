"""What if other things counted: sliders over a run, and what they would change, before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.programmes import policies
from telemachy.apps.programmes.actions import match_runs as actions
from telemachy.apps.programmes.queries import what_if as queries
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.match_options import WhatIfForm
from telemachy.interfaces.web.views import match_figures
from telemachy.interfaces.web.views.base import add_error
from telemachy.interfaces.web.views.match_runs import RunView

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import MatchRun

#: People who would move that a page names.
MOST_NAMED = 30


class WhatIf(RunView):
    """Weights and wishes of a run as sliders, with the effect on its report."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the sliders; once one was moved, what it changes."""
        run = self.run(pk)
        form = _form(run, request.GET if "weight_skills" in request.GET else None)
        context = self._context(run, form)
        if request.htmx and form.is_bound:
            return render(request, "match_runs/_effect.html", context)
        return render(request, "match_runs/what_if.html", context)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the effect, make a run of what the sliders say, or try it out where the pool is large."""
        run = self.run(pk)
        form = _form(run, request.POST)
        if form.is_valid() and request.POST.get("verb") == "show":
            asked = {name: request.POST[name] for name in form.fields if name in request.POST}
            return redirect(f"{reverse('match-run-what-if', args=[run.pk])}?{urlencode(asked)}")
        if form.is_valid():
            wanted: dict[str, Any] = {"weights": form.weights(), "options": form.options(), "by": self.person}
            try:
                if request.POST.get("verb") == "run":
                    made = actions.run(
                        programme=run.programme, rules=run.rules, keeping=None, now=self.now, **wanted
                    )
                else:
                    made = actions.try_out(match_run=run, now=self.now, **wanted)
            except TelemachyError as error:
                add_error(form, error)
            else:
                return redirect("match-run", made.pk)
        return render(request, "match_runs/what_if.html", self._context(run, form))

    def _context(self, run: MatchRun, form: WhatIfForm) -> dict[str, Any]:
        may = policies.try_out(self.person, run)
        context: dict[str, Any] = {
            "run": run,
            "programme": run.programme,
            "form": form,
            "may": may,
            "is_small": True,
        }
        if not may or (form.is_bound and not form.is_valid()):
            return context
        if queries.is_surely_large(run.programme, self.now.date()):
            return context | {"is_small": False}
        weights = form.weights() if form.is_bound else run.weights
        options = form.options() if form.is_bound else run.options
        try:
            pool = queries.pool_of(run, weights, options, self.now.date())
            context["is_small"] = queries.is_small(pool)
            if form.is_bound and context["is_small"]:
                context |= _told(queries.effect(run, pool), is_peer=pool.shape == "peer")
        except TelemachyError as error:
            if form.is_bound:
                add_error(form, error)
        return context


class KeepTrial(RunView):
    """Make a trial a run."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep it, and show it as the run it is now."""
        run = self.run(pk)
        try:
            actions.keep_trial(match_run=run, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Kept as a run. Nothing is published yet."))
        return redirect("match-run", run.pk)


def _form(run: MatchRun, data: Any) -> WhatIfForm:
    return WhatIfForm(data, shape=run.programme.shape, weights=run.weights, options=run.options)


def _told(effect: queries.Effect, *, is_peer: bool) -> dict[str, Any]:
    moves = effect.comparison
    everybody = [*moves.gained, *moves.lost, *moves.moved]
    return {
        "effect": effect,
        "lines": match_figures.lines(effect.before, effect.after, is_peer=is_peer),
        "parts": match_figures.part_lines(effect.before, effect.after),
        "moves": everybody[:MOST_NAMED],
        "n_moves": len(everybody),
        "n_more": max(len(everybody) - MOST_NAMED, 0),
    }
