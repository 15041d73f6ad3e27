"""The charter of a pair: read, begin, edit, agree, and what changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.relationships.actions import charters as actions
from telemachy.apps.relationships.policies import charters as policies
from telemachy.apps.relationships.policies import relationships as relationship_policies
from telemachy.apps.relationships.queries import activation, drafts, relationships
from telemachy.apps.relationships.queries import charters as queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.forms.charters import (
    BEGINNINGS,
    SECTIONS,
    SHARES,
    CharterForm,
    VersionForm,
)
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.relationships import relationship_tabs
from telemachy.interfaces.web.views.situation_drafts import keep_and_say, keep_and_stay, wants_draft

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Charter, Draft, Relationship

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class SectionText:
    """One section as it is read."""

    name: str | Promise
    text: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section before and after, with the words that differ marked."""

    name: str | Promise
    before: SafeString
    after: SafeString


@dataclass(frozen=True, slots=True)
class SectionBox:
    """One section as it is edited, and what the other party made of it meanwhile."""

    field: BoundField
    rows: int
    taken_over: bool = False
    theirs: str = ""
    both: bool = False


class CharterView(PersonView):
    """What the pages of a charter share."""

    def relationship(self, pk: UUID) -> Relationship:
        """Return the relationship if the person has a seat in it."""
        return self.find(relationships.for_page(self.person), pk=pk)

    def frame(self, relationship: Relationship) -> dict[str, Any]:
        """Return what the head of each page needs."""
        return {
            "relationship": relationship,
            "tabs": relationship_tabs(relationship, "charter"),
            "missing": activation.missing_to_begin(relationship)
            if relationship.state == "contracting"
            else (),
            "now": self.now,
        }


class ShowCharter(CharterView):
    """The charter: what holds, what waits, who has agreed."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        relationship = self.find(queries.with_versions(relationships.for_page(self.person)), pk=pk)
        standing = queries.standing(relationship)
        base = queries.compared_with(relationship, standing, self.person) if standing.pending else None
        kept = drafts.draft(self.person, queries.draft_key(relationship))
        context = {
            **self.frame(relationship),
            "standing": standing,
            "sections": read(standing.latest),
            "in_force_sections": read(standing.in_force) if standing.pending else [],
            "base": base,
            "changes": marked_changes(base, standing.pending) if base and standing.pending else [],
            "has_agreed": any(party.person_id == self.person.pk for party in standing.agreed),
            "waiting_for": ", ".join(party.person.name for party in standing.missing),
            "history": queries.history(relationship),
            "draft": kept,
            "may_write": relationship_policies.write(self.person, relationship),
            "may_agree": policies.agree(self.person, relationship),
        }
        return render(request, "charters/charter.html", context)


class BeginCharter(CharterView):
    """Begin with the programme's draft."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page: there is nothing to see here."""
        return redirect("charter", self.relationship(pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make the programme's draft the first version."""
        relationship = self.relationship(pk)
        relationship_policies.write(self.person, relationship).require()
        if policies.draft(self.person, relationship):
            actions.draft(relationship=relationship, by=self.person, now=self.now)
            messages.success(request, _("This is the programme's draft. Agree to it, or make it your own."))
        return redirect("charter", pk)


class EditCharter(CharterView):
    """Write the next version."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the latest version, or the edit that was left, brought together with what came since."""
        relationship = self.relationship(pk)
        policies.propose(self.person, relationship).require()
        latest = queries.standing(relationship).latest
        assert latest is not None  # the policy has seen it
        kept = drafts.draft(self.person, queries.draft_key(relationship))
        if kept is not None:
            form = CharterForm(kept.fields)
            form.is_valid()
            if form.cleaned_data.get("based_on", latest.version) != latest.version:
                return self.show_merged(request, relationship, form, latest, kept=kept)
            form = CharterForm(initial=kept.fields | {"based_on": latest.version})
            return self.show(request, relationship, form, latest, kept=kept)
        initial = queries.text_of(latest) | {"based_on": latest.version}
        return self.show(request, relationship, CharterForm(initial=initial), latest)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Propose it, keep the draft, or bring two edits together."""
        relationship = self.relationship(pk)
        policies.propose(self.person, relationship).require()
        form = CharterForm(request.POST)
        if wants_draft(request):
            return keep_and_stay(self, form, queries.draft_key(relationship), "charter-edit", pk)
        if form.is_valid():
            try:
                charter = actions.propose(
                    relationship=relationship,
                    by=self.person,
                    now=self.now,
                    based_on=form.cleaned_data["based_on"],
                    **form.text(),
                )
                return self.proposed(request, relationship, charter)
            except actions.Overtaken as error:
                return self.show_merged(request, relationship, form, error.latest, status=409)
            except BadInput as error:
                add_error(form, error)
        latest = queries.standing(relationship).latest
        assert latest is not None  # the policy has seen it
        return self.show(request, relationship, form, latest, status=422)

    def proposed(self, request: HttpRequest, relationship: Relationship, charter: Charter) -> HttpResponse:
        """Return to the charter and say what comes next."""
        if charter.in_force_at is not None:
            messages.success(request, _("Your charter is in force."))
        else:
            waiting = ", ".join(party.person.name for party in queries.standing(relationship).missing)
            messages.success(request, _("Proposed. It holds once %(names)s agreed too.") % {"names": waiting})
        return redirect("charter", relationship.pk)

    def show_merged(
        self,
        request: HttpRequest,
        relationship: Relationship,
        written: CharterForm,
        latest: Charter,
        kept: Draft | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Show the own edit beside what was proposed meanwhile; nothing of either is lost."""
        base = queries.version(relationship, written.cleaned_data["based_on"])
        mine = {name: written.cleaned_data.get(name, written.data.get(name, "")) for name in SECTIONS}
        merged = queries.merge(queries.text_of(base or latest), mine, queries.text_of(latest))
        initial = {one.section: one.value for one in merged} | {"based_on": latest.version}
        form = CharterForm(initial=initial)
        boxes = [
            SectionBox(
                form[one.section],
                rows_for(one.section),
                taken_over=not one.both and not queries.alike(one.value, mine[one.section]),
                theirs=plain(one.section, one.theirs),
                both=one.both,
            )
            for one in merged
        ]
        return self.page(request, relationship, form, boxes, latest, kept, status, overtaken=True)

    def show(
        self,
        request: HttpRequest,
        relationship: Relationship,
        form: CharterForm,
        latest: Charter,
        kept: Draft | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Show the form."""
        boxes = [SectionBox(form[name], rows_for(name)) for name in SECTIONS]
        return self.page(request, relationship, form, boxes, latest, kept, status)

    def page(
        self,
        request: HttpRequest,
        relationship: Relationship,
        form: CharterForm,
        boxes: list[SectionBox],
        latest: Charter,
        kept: Draft | None,
        status: int,
        *,
        overtaken: bool = False,
    ) -> HttpResponse:
        """Answer with the page."""
        context = {
            **self.frame(relationship),
            "form": form,
            "boxes": boxes,
            "latest": latest,
            "draft": kept,
            "overtaken": overtaken,
        }
        return render(request, "charters/edit.html", context, status=status)


class KeepCharterDraft(CharterView):
    """Keep the version that is being written."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with one line that says so."""
        relationship = self.relationship(pk)
        policies.propose(self.person, relationship).require()
        return keep_and_say(self, CharterForm(), queries.draft_key(relationship))


class AgreeToCharter(CharterView):
    """Agree to the version that was read."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page: there is nothing to see here."""
        return redirect("charter", self.relationship(pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Agree; when a newer version came meanwhile, show that one instead."""
        relationship = self.relationship(pk)
        form = VersionForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Read the charter once more, then agree."))
            return redirect("charter", pk)
        try:
            number = form.cleaned_data["version"]
            holds = actions.agree(relationship=relationship, by=self.person, now=self.now, version=number)
        except actions.Overtaken as error:
            messages.warning(request, _("%(reason)s Read it before you agree.") % {"reason": str(error)})
            return redirect("charter", pk)
        standing = queries.standing(relationship)
        waiting = ", ".join(party.person.name for party in standing.missing)
        messages.success(
            request,
            _("Your charter is in force.")
            if holds
            else _("You agreed. It holds once %(names)s agreed too.") % {"names": waiting},
        )
        return redirect("charter", pk)


class ShowCharterVersion(CharterView):
    """One version of the past, and what it changed."""

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        """Show the page."""
        relationship = self.relationship(pk)
        charter = queries.version(relationship, number) if number <= 32_000 else None
        if charter is None:
            raise Http404
        before = queries.version(relationship, number - 1)
        agreements = charter.agreements.select_related("party__person").order_by("agreed_at")
        context = {
            **self.frame(relationship),
            "charter": charter,
            "sections": read(charter),
            "changes": marked_changes(before, charter) if before else [],
            "agreements": agreements,
        }
        return render(request, "charters/version.html", context)


def read(charter: Charter | None) -> list[SectionText]:
    """Return the sections of a version as they are read."""
    if charter is None:
        return []
    text = queries.text_of(charter)
    return [SectionText(SECTIONS[name][0], plain(name, text[name])) for name in queries.SECTIONS]


def plain(section: str, value: Any) -> str:
    """Return a section's value in words; "" where nothing is written."""
    if value is None or value == "":
        return ""
    if section == "hours_a_month" and isinstance(value, Decimal):
        number = localize(value.normalize() if value % 1 else value.quantize(Decimal(1)))
        return ngettext("%(number)s hour", "%(number)s hours", 1 if value == 1 else 2) % {"number": number}
    if section == "withheld_one_in":
        return str(SHARES[int(value)])
    if section == "begin_by_lot":
        return str(BEGINNINGS[bool(value)])
    return str(value)


def rows_for(section: str) -> int:
    """Return how tall the box of a section is; 0 where it is a number or a choice."""
    return 0 if section in queries.NUMBERS else 5 if section == "success" else 4


def marked_changes(before: Charter, after: Charter) -> list[SectionChange]:
    """Return the sections that differ between two versions, with the words that differ marked."""
    changed = queries.changes(queries.text_of(before), queries.text_of(after))
    return [
        SectionChange(
            SECTIONS[one.section][0], *marked(plain(one.section, one.before), plain(one.section, one.after))
        )
        for one in changed
    ]


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Return both wordings, with what went marked in the first and what came in the second."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    gone, came = [], []
    for verb, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        kept = verb == "equal"
        gone.append((kept, "".join(old[i1:i2])))
        came.append((kept, "".join(new[j1:j2])))
    return _mark("<del>{}</del>", gone), _mark("<ins>{}</ins>", came)


def _mark(wrapper: str, parts: list[tuple[bool, str]]) -> SafeString:
    lines = ((text if kept else format_html(wrapper, text),) for kept, text in parts if text)
    return format_html_join("", "{}", lines)
