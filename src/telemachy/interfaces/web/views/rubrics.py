"""Rubrics: the list, one with its versions, writing and changing one, copies and the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.supervision.actions import rubrics as actions
from telemachy.apps.supervision.policies import rubrics as policies
from telemachy.apps.supervision.queries import rubrics as queries
from telemachy.core.assessment import EXAMPLES
from telemachy.core.shared.errors import BadInput, WrongState
from telemachy.interfaces.web.forms.rubrics import CompetencyForms, RubricForm, content_of, initial_of
from telemachy.interfaces.web.views import assessment_words as words
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Rubric

#: Name of the button that gives more room without a script.
MORE = "more"


class ListRubrics(PersonView):
    """The rubrics of the organisation, and examples to begin with."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        rubrics = list(queries.visible_to(self.person))
        taken = {rubric.name for rubric in rubrics}
        context = {
            "tabs": words.tabs(request, "rubric-list"),
            "lines": [self.line(rubric) for rubric in rubrics if rubric.archived_at is None],
            "archived": [self.line(rubric) for rubric in rubrics if rubric.archived_at is not None],
            "examples": [
                {"key": one.key, "name": _(one.name), "about": _(one.about)}
                for one in EXAMPLES
                if _(one.name) not in taken
            ],
            "may_manage": policies.manage(self.person, self.person.organisation_id),
        }
        return render(request, "rubrics/list.html", context)

    def line(self, rubric: Rubric) -> dict[str, Any]:
        """Return a rubric as a line of the list."""
        version = queries.latest(rubric)
        return {"rubric": rubric, "version": version, "content": queries.content(version)}


class ShowRubric(PersonView):
    """One rubric in one of its versions."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page; `?version=` shows an earlier one."""
        rubric = self.find(queries.visible_to(self.person), pk=pk)
        asked = request.GET.get("version", "")
        version = queries.version(rubric, int(asked) if asked.isdecimal() and len(asked) < 6 else None)
        if version is None:
            raise Http404
        context = {
            "tabs": words.tabs(request, "rubric-list"),
            "rubric": rubric,
            "version": version,
            "versions": list(rubric.versions.all()),
            "latest": queries.latest(rubric),
            "content": queries.content(version),
            "may_manage": policies.manage(self.person, rubric.organisation_id),
            "may_revise": policies.revise(self.person, rubric),
        }
        return render(request, "rubrics/rubric.html", context)


class RubricEditor(PersonView):
    """What writing and changing a rubric share."""

    def show(
        self,
        request: HttpRequest,
        form: RubricForm,
        competencies: forms.BaseFormSet[Any],
        rubric: Rubric | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the form."""
        context = {
            "form": form,
            "competencies": competencies,
            "rubric": rubric,
            "tabs": words.tabs(request, "rubric-list"),
        }
        return render(request, "rubrics/edit.html", context, status=status)

    def more_room(self, request: HttpRequest, form: RubricForm, rubric: Rubric | None) -> HttpResponse:
        """Answer with what was typed and two more empty competencies."""
        posted = request.POST.copy()
        n_forms = posted.get("competencies-TOTAL_FORMS", "0")
        n_there = int(n_forms) if n_forms.isdecimal() and len(n_forms) < 5 else 0
        posted["competencies-TOTAL_FORMS"] = str(min(n_there, 28) + 2)
        return self.show(request, form, CompetencyForms(posted, prefix="competencies"), rubric)


class AddRubric(RubricEditor):
    """Write a rubric."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        require_visible(bool(policies.manage(self.person, self.person.organisation_id)))
        return self.show(request, RubricForm(), CompetencyForms(prefix="competencies"))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the rubric."""
        require_visible(bool(policies.manage(self.person, self.person.organisation_id)))
        form = RubricForm(request.POST)
        competencies = CompetencyForms(request.POST, prefix="competencies")
        if MORE in request.POST:
            return self.more_room(request, form, None)
        if form.is_valid() and competencies.is_valid():
            try:
                rubric = actions.add(
                    name=form.cleaned_data["name"],
                    about=form.cleaned_data["about"],
                    content=content_of(form, competencies.forms),
                    by=self.person,
                    now=self.now,
                )
                messages.success(request, _("The rubric can be used for reviews now."))
                return redirect("rubric", rubric.pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, form, competencies, status=422)


class ReviseRubric(RubricEditor):
    """Change a rubric, which makes a new version."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form with the latest version."""
        rubric = self.rubric(pk)
        version = queries.latest(rubric)
        initial, competencies = initial_of(queries.content(version))
        form = RubricForm(
            initial={**initial, "name": rubric.name, "about": rubric.about, "based_on": version.number}
        )
        return self.show(request, form, CompetencyForms(initial=competencies, prefix="competencies"), rubric)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep a new version."""
        rubric = self.rubric(pk)
        form = RubricForm(request.POST)
        competencies = CompetencyForms(request.POST, prefix="competencies")
        if MORE in request.POST:
            return self.more_room(request, form, rubric)
        status = 422
        if form.is_valid() and competencies.is_valid():
            try:
                version = actions.revise(
                    rubric=rubric,
                    name=form.cleaned_data["name"],
                    about=form.cleaned_data["about"],
                    content=content_of(form, competencies.forms),
                    based_on=form.cleaned_data["based_on"] or 0,
                    by=self.person,
                    now=self.now,
                )
                messages.success(
                    request,
                    _("Version %(n)d holds for new reviews. Those under way stay on theirs.")
                    % {"n": version.number},
                )
                return redirect("rubric", rubric.pk)
            except WrongState as error:
                form.add_error(None, str(error))
                status = 409
            except BadInput as error:
                add_error(form, error)
        return self.show(request, form, competencies, rubric, status)

    def rubric(self, pk: UUID) -> Rubric:
        """Return the rubric if the person may change it."""
        rubric = self.find(queries.visible_to(self.person), pk=pk)
        policies.revise(self.person, rubric).require()
        return rubric


class TakeExample(PersonView):
    """Take one of the examples over, in the language of whoever takes it."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Make a rubric of it."""
        require_visible(bool(policies.manage(self.person, self.person.organisation_id)))
        example = next((one for one in EXAMPLES if one.key == key), None)
        if example is None:
            raise Http404
        try:
            rubric = actions.add(
                name=_(example.name),
                about=_(example.about),
                content=_in_readers_language(example.rubric.as_data()),
                by=self.person,
                now=self.now,
            )
        except BadInput as error:
            messages.warning(request, str(error))
            return redirect("rubric-list")
        messages.success(request, _("The rubric is yours now. Change it as you like."))
        return redirect("rubric", rubric.pk)


class DuplicateRubric(PersonView):
    """Copy a rubric, to change the copy."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Go to the copy."""
        rubric = self.find(queries.visible_to(self.person), pk=pk)
        copy = actions.duplicate(rubric=rubric, by=self.person, now=self.now)
        return redirect("rubric-revise", copy.pk)


class ArchiveRubric(PersonView):
    """Take a rubric out of use."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the list."""
        rubric = self.find(queries.visible_to(self.person), pk=pk)
        actions.archive(rubric=rubric, by=self.person, now=self.now)
        messages.success(request, _("Archived. Reviews that are on it go on."))
        return redirect("rubric-list")


class RestoreRubric(PersonView):
    """Bring an archived rubric back."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the rubric."""
        rubric = self.find(queries.visible_to(self.person), pk=pk)
        actions.restore(rubric=rubric, by=self.person, now=self.now)
        return redirect("rubric", rubric.pk)


def _in_readers_language(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: value if key == "code" else _in_readers_language(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_in_readers_language(one) for one in data]
    return _(data) if isinstance(data, str) and data else data
