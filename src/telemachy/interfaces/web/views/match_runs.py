"""Match runs of a programme: run, look, compare, publish, put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from telemachy.apps.programmes import policies
from telemachy.apps.programmes.actions import match_runs as actions
from telemachy.apps.programmes.actions import pair_rules
from telemachy.apps.programmes.queries import match_runs as queries
from telemachy.apps.programmes.queries import match_together
from telemachy.apps.programmes.queries.pool_counts import pool_counts
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.match_runs import FilterForm, MatchRunForm, PairForm, PairRuleForm
from telemachy.interfaces.web.forms.match_words import STAGES, STATES
from telemachy.interfaces.web.views import match_figures, match_reports, match_rows
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.programmes import ProgrammeView, tabs

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Enrolment, MatchRun, Programme

UNDER_WAY = ("queued", "running", "publishing")
PER_PAGE = 15
RUNS_PER_PAGE = 20
LEFT_PER_PAGE = 10
MOVES_PER_PAGE = 25


class RunView(PersonView):
    """A page of one run, for those who run its programme."""

    def run(self, pk: UUID) -> MatchRun:
        """Return the run, or answer 404."""
        return self.find(queries.visible_to(self.person), pk=pk)


class ExplainMethod(PersonView):
    """How matching works, for those who answer for it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return render(request, "match_runs/method.html")


class ListMatchRuns(ProgrammeView):
    """The runs of a programme, what is decided beforehand, and the form of the next run."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show them; how large the pool is comes a moment later, because counting takes its time."""
        programme = self.programme(pk)
        if request.htmx and "counts" in request.GET:
            counts = pool_counts(programme, self.now.date())
            return render(request, "match_runs/_counts.html", {"programme": programme, "counts": counts})
        return self._page(request, programme, self._form(programme))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Queue a run and go to it."""
        programme = self.programme(pk)
        form = self._form(programme, request.POST)
        if form.is_valid():
            asked = {"programme": programme, "by": self.person, "now": self.now, **form.design()}
            try:
                run = (
                    actions.run_together(others=form.others, **asked) if form.others else actions.run(**asked)
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                return redirect("match-run", run.pk)
        return self._page(request, programme, form)

    def _form(self, programme: Programme, data: Any = None) -> MatchRunForm:
        return MatchRunForm(
            data,
            weights=programme.weights,
            rules=programme.rules,
            shape=programme.shape,
            options=queries.last_options(programme),
            sharing=match_together.sharing(programme, self.person),
        )

    def _page(self, request: HttpRequest, programme: Programme, form: MatchRunForm) -> HttpResponse:
        page = Paginator(queries.of_programme(programme), RUNS_PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "programme": programme,
            "tabs": tabs(programme, "match-run-list"),
            "form": form,
            "rule_form": PairRuleForm(is_peer=programme.shape == "peer"),
            "rules": queries.rules_of(programme),
            "page": page,
            "runs": [(run, *STATES[run.state]) for run in page],
            "counts": pool_counts(programme, self.now.date()) if "counts" in request.GET else None,
            "may": policies.match(self.person, programme),
        }
        return render(request, "match_runs/list.html", context)


class DecidePair(ProgrammeView):
    """Lock or forbid a pair beforehand."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Find the two and decide; without both, ask again."""
        programme = self.programme(pk)
        form = PairRuleForm(request.POST, is_peer=programme.shape == "peer")
        if form.is_valid() and (places := find_pair(form, programme)):
            learner, mentor = places
            try:
                pair_rules.decide(
                    programme=programme,
                    learner=learner,
                    mentor=mentor,
                    kind=form.cleaned_data["kind"],
                    by=self.person,
                    now=self.now,
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("Kept. It holds from the next run on."))
                return redirect("match-run-list", programme.pk)
        context = {"programme": programme, "rule_form": form, "tabs": tabs(programme, "match-run-list")}
        return render(request, "match_runs/decide.html", context)


class UndoPairRule(PersonView):
    """Leave a pair to the matching again."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Undo the decision."""
        rule = self.find(queries.rules_visible_to(self.person), pk=pk)
        pair_rules.undo(rule=rule, by=self.person, now=self.now)
        messages.success(request, _("Undone. The next run decides about this pair."))
        return redirect("match-run-list", rule.programme_id)


class ShowMatchRun(RunView):
    """What a run proposes, and why."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page of the run's present state."""
        run = self.run(pk)
        if run.is_trial and run.based_on and run.state == "ready":
            return redirect(f"{reverse('match-run-compare', args=[run.pk])}?with={run.based_on_id}")
        word, tone = STATES[run.state]
        context = {"run": run, "programme": run.programme, "word": word, "tone": tone}
        if run.state in UNDER_WAY:
            return render(request, "match_runs/progress.html", context | _progress(run))
        if run.finished_at is None or run.state == "failed":
            return render(request, "match_runs/nothing.html", context)
        return render(request, "match_runs/run.html", context | self._result(request, run))

    def _result(self, request: HttpRequest, run: MatchRun) -> dict[str, Any]:
        filters = FilterForm.read(request.GET, is_peer=run.programme.shape == "peer")
        chosen = filters.chosen
        page = Paginator(queries.proposals(run, **chosen), PER_PAGE).get_page(request.GET.get("page"))
        unmatched = Paginator(queries.unmatched(run), LEFT_PER_PAGE).get_page(request.GET.get("left"))
        is_peer = run.programme.shape == "peer"
        return {
            "filters": filters,
            "filtered": bool(chosen["search"] or chosen["show"]),
            "page": page,
            "rows": match_rows.rows(page, is_peer=is_peer),
            "unmatched": unmatched,
            "left_over": match_rows.left_over(unmatched, is_peer=is_peer),
            "is_peer": is_peer,
            "circles": Paginator(queries.circles(run), PER_PAGE).get_page(request.GET.get("circle"))
            if is_peer
            else None,
            "headline": match_rows.headline(run),
            "load": match_rows.load(run),
            "left_out": match_rows.left_out(run),
            "wanted": match_rows.wanted(run),
            "figures": match_figures.facts(run.report, is_peer=is_peer),
            "report": match_reports.told(run),
            "counts": queries.n_by_state(run),
            "n_opened": queries.n_opened(run) if run.state == "published" else 0,
            "together": match_together.runs_of(run.together).exclude(pk=run.pk),
            "others": queries.comparable(run)[:RUNS_PER_PAGE],
            "may_arrange": policies.arrange(self.person, run),
            "may_again": policies.match_again(self.person, run),
            "may_move": (policies.change_places if is_peer else policies.move)(self.person, run),
            "may_try": policies.try_out(self.person, run),
            "may_publish": policies.publish(self.person, run),
            "may_discard": policies.step_run(self.person, run, "discard"),
        }


class ShowProgress(RunView):
    """Whether the work is done, asked for every two seconds by the page."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it; when the work is done, have the page show what came of it."""
        run = self.run(pk)
        if not request.htmx:
            return redirect("match-run", run.pk)
        if run.state not in UNDER_WAY:
            return HttpResponseClientRefresh()
        return render(request, "match_runs/_progress.html", {"run": run} | _progress(run))


class PublishMatchRun(RunView):
    """Turn proposals into invitations."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Publish; a second click changes nothing."""
        run = self.run(pk)
        try:
            actions.publish(match_run=run, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("match-run", run.pk)


class DiscardMatchRun(RunView):
    """Put a run away."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Discard it; what is published stays as it is."""
        run = self.run(pk)
        try:
            actions.discard(match_run=run, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
            return redirect("match-run", run.pk)
        messages.success(request, _("The run is put away. Locked and forbidden pairs stay decided."))
        return redirect("match-run-list", run.programme_id)


class MatchAgain(RunView):
    """Match again after people joined, left or were locked, keeping what was proposed."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Queue the run and go to it."""
        run = self.run(pk)
        try:
            made = actions.run_again(match_run=run, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
            return redirect("match-run", run.pk)
        return redirect("match-run", made.pk)


class CompareMatchRuns(RunView):
    """Two runs side by side."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show what differs from the run named in the address to this one."""
        after = self.run(pk)
        if after.finished_at is None or after.state == "failed":
            raise Http404
        before = self.find(queries.comparable(after), pk=_key(request.GET.get("with", "")))
        comparison = queries.compare(before, after)
        context = {
            "programme": after.programme,
            "before": before,
            "after": after,
            "lines": match_figures.lines(
                before.report, after.report, is_peer=after.programme.shape == "peer"
            ),
            "parts": match_figures.part_lines(before.report, after.report),
            "weights": match_figures.weight_lines(before.weights, after.weights),
            "wishes": match_figures.wish_lines(before, after),
            "comparison": comparison,
            "groups": _groups(request, comparison),
            "may_keep": policies.keep_trial(self.person, after),
        }
        return render(request, "match_runs/compare.html", context)


def _groups(request: HttpRequest, found: queries.Comparison) -> list[tuple[str, str, Page[queries.Move]]]:
    """Return those who moved, in the order of what it means to them, each a page of its own."""
    kinds = [
        ("lost", _("No match any more"), found.lost),
        ("gained", _("A match now, none before"), found.gained),
        ("moved", _("Another match"), found.moved),
    ]
    return [
        (kind, title, Paginator(moves, MOVES_PER_PAGE).get_page(request.GET.get(kind)))
        for kind, title, moves in kinds
        if moves
    ]


def find_pair(form: PairForm, programme: Programme) -> tuple[Enrolment, Enrolment] | None:
    """Return the two places that the form names, or put into the form what is unclear."""
    found = [find_one(form, programme, role) for role in ("learner", "mentor")]
    return (found[0], found[1]) if found[0] and found[1] else None


def find_one(form: forms.Form, programme: Programme, role: str) -> Enrolment | None:
    """Return the place that a field names, or put into the form what is unclear."""
    places = queries.find_place(programme, role, form.cleaned_data[role].strip())
    if len(places) == 1:
        return places[0]
    if places:
        names = ", ".join(f"{place.person.name} <{place.person.email}>" for place in places)
        form.add_error(
            role, _("Several people are called so: %(names)s. Write the e-mail address.") % {"names": names}
        )
    elif programme.shape == "peer":
        form.add_error(role, _("Nobody active in this programme has this name or e-mail address."))
    elif role == "learner":
        form.add_error(role, _("No active learner of this programme has this name or e-mail address."))
    else:
        form.add_error(role, _("No active mentor of this programme has this name or e-mail address."))
    return None


def _progress(run: MatchRun) -> dict[str, Any]:
    if run.state == "publishing":
        return {"n_opened": queries.n_opened(run)}
    return {"share": run.progress or None, "stage": STAGES.get(run.stage, STAGES["matching"])}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
