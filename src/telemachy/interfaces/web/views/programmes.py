"""Programmes: list, create from a template, design, open, archive, duplicate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.knowledge.queries.programme_templates import BY_KEY, TEMPLATES
from telemachy.apps.people import queries as people
from telemachy.apps.programmes import policies, queries
from telemachy.apps.programmes.actions import programmes as actions
from telemachy.apps.relationships.queries import relationships, thresholds
from telemachy.apps.supervision.queries.recordings import keep_days
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.forms.programmes import ManagerForm, ProgrammeForm, initial
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme


def tabs(programme: Programme, current: str) -> list[NavItem]:
    """Return the navigation between the pages of one programme."""
    pages = [
        ("programme", _("Overview")),
        ("programme-participants", _("People")),
        ("match-run-list", _("Matching")),
        ("programme-health", _("Health")),
        ("programme-outcomes", _("Outcomes")),
        ("programme-edit", _("Design")),
    ]
    return [
        NavItem(label, reverse(name, args=[programme.pk]), current=name == current) for name, label in pages
    ]


class ProgrammeView(PersonView):
    """A page of one programme, for those who run it."""

    def programme(self, pk: UUID) -> Programme:
        """Return the programme, or answer 404."""
        return self.find(queries.with_counts(queries.visible_to(self.person)), pk=pk)


class ListProgrammes(PersonView):
    """The programmes a person runs, open ones first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them; teach the first step where there is none."""
        rows = list(queries.with_counts(queries.visible_to(self.person)).order_by("name"))
        pairs = relationships.n_under_way([row.pk for row in rows])
        context = {
            "open": [row for row in rows if row.state == "open"],
            "drafts": [row for row in rows if row.state == "draft"],
            "archived": [row for row in rows if row.state == "archived"],
            "pairs": pairs,
            "may_create": policies.create(self.person),
        }
        return render(request, "programmes/list.html", context)


class ChooseTemplate(PersonView):
    """The templates a programme can start from."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show each with what it is for."""
        policies.create(self.person).require()
        return render(request, "programmes/choose_template.html", {"templates": TEMPLATES})


class CreateProgramme(PersonView):
    """A new programme from a template, every choice open to change."""

    def get(self, request: HttpRequest, template: str) -> HttpResponse:
        """Show the design as the template proposes it."""
        policies.create(self.person).require()
        chosen = _template(template)
        form = ProgrammeForm(initial=_of_template(chosen), **_limits(self.person))
        return render(
            request, "programmes/create.html", {"form": form, "template": chosen, "why": chosen.why}
        )

    def post(self, request: HttpRequest, template: str) -> HttpResponse:
        """Create the draft and go to it."""
        policies.create(self.person).require()
        chosen = _template(template)
        form = ProgrammeForm(request.POST, **_limits(self.person))
        if form.is_valid():
            try:
                programme = actions.create(
                    by=self.person,
                    now=self.now,
                    template=chosen.key,
                    competencies=_chosen(self.person, form),
                    **form.design(),
                )
            except BadInput as error:
                add_error(form, error)
            else:
                messages.success(request, _("The programme is a draft. Bring in people, then open it."))
                return redirect("programme", programme.pk)
        return render(
            request, "programmes/create.html", {"form": form, "template": chosen, "why": chosen.why}
        )


class ShowProgramme(ProgrammeView):
    """A programme at a glance: where it stands and what comes next."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the overview."""
        programme = self.programme(pk)
        managers = [
            row.person for row in programme.managers.select_related("person").order_by("person__name")
        ]
        context = {
            "programme": programme,
            "tabs": tabs(programme, "programme"),
            "managers": managers,
            "is_left_alone": all(person.is_gone for person in managers),
            "manager_form": ManagerForm(),
            "competencies": programme.competencies.all(),
            "n_pairs": relationships.n_under_way([programme.pk]).get(programme.pk, 0),
            "n_to_appoint": thresholds.waiting_in(programme).filter(state="shared").count(),
            "last_run": programme.match_runs.order_by("-number").first(),
        }
        return render(request, "programmes/show.html", context)


class EditProgramme(ProgrammeView):
    """The design of a programme."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it in the form."""
        programme = self.programme(pk)
        design = {name: getattr(programme, name) for name in actions.DESIGN}
        design["competencies"] = [str(key) for key in programme.competencies.values_list("pk", flat=True)]
        form = ProgrammeForm(initial=initial(design), **_limits(self.person))
        return self._page(request, programme, form)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Save it."""
        programme = self.programme(pk)
        form = ProgrammeForm(request.POST, **_limits(self.person))
        if form.is_valid():
            try:
                actions.edit(
                    programme=programme,
                    by=self.person,
                    now=self.now,
                    competencies=_chosen(self.person, form),
                    **form.design(),
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("Saved. Pairs that exist keep what they began with."))
                return redirect("programme", programme.pk)
        return self._page(request, programme, form)

    def _page(self, request: HttpRequest, programme: Programme, form: ProgrammeForm) -> HttpResponse:
        template = BY_KEY.get(programme.template)
        context = {
            "programme": programme,
            "form": form,
            "why": template.why if template else {},
            "tabs": tabs(programme, "programme-edit"),
            "may_change": policies.change(self.person, programme),
        }
        return render(request, "programmes/edit.html", context)


class StepProgramme(ProgrammeView):
    """Open, archive or restore."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take the step; archiving can be undone by restoring."""
        programme = self.programme(pk)
        verb = request.POST.get("verb", "")
        actions.step(programme=programme, verb=verb, by=self.person, now=self.now)
        said = {
            "open": _("The programme is open."),
            "archive": _("Archived. Nothing is lost: you can restore it at any time."),
            "restore": _("The programme is open again."),
        }
        messages.success(request, said[verb])
        return redirect("programme", programme.pk)


class DuplicateProgramme(ProgrammeView):
    """Copy a design into a new draft."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make the copy and go to its design."""
        copy = actions.duplicate(programme=self.programme(pk), by=self.person, now=self.now)
        messages.success(request, _("This is the copy: the design without the people."))
        return redirect("programme-edit", copy.pk)


class ChangeManagers(ProgrammeView):
    """Who runs the programme."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Add by e-mail, or remove."""
        programme = self.programme(pk)
        try:
            if "remove" in request.POST:
                person = self.find(people.of_organisation(self.person), pk=_uuid(request.POST["remove"]))
                actions.remove_manager(programme=programme, person=person, by=self.person, now=self.now)
                if not policies.manage(self.person, programme):
                    return redirect("programme-list")
            else:
                person = people.by_email(self.person, request.POST.get("email", ""))
                if person is None:
                    raise BadInput(_("Nobody in your organisation has this e-mail address."))
                actions.add_manager(programme=programme, person=person, by=self.person, now=self.now)
        except BadInput as error:
            messages.error(request, str(error))
        return redirect("programme", programme.pk)


def _template(key: str) -> Any:
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def _of_template(template: Any) -> dict[str, Any]:
    names = [
        "purpose",
        "audience",
        "kind",
        "shape",
        "structure",
        "cadence_days",
        "length_weeks",
        "chemistry",
        "weights",
        "rules",
    ]
    design = {name: getattr(template, name) for name in names}
    return initial({**design, "charter_draft": template.charter})


def _limits(person: Any) -> dict[str, Any]:
    """Return what the organisation lets a design choose from."""
    return {
        "competencies": [(str(row.pk), row.name) for row in knowledge.competencies_of(person)],
        "most_days": keep_days(person.organisation),
    }


def _chosen(person: Any, form: ProgrammeForm) -> list[Any]:
    return list(knowledge.competencies_of(person).filter(pk__in=form.cleaned_data["competencies"]))


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise Http404 from None
