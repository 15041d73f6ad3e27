"""A relationship: the invitation, what is next, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import relationships as actions
from telemachy.apps.relationships.policies import relationships as policies
from telemachy.apps.relationships.queries import overviews, situations, thresholds
from telemachy.apps.relationships.queries import relationships as queries
from telemachy.apps.supervision.policies import recordings as recording_policies
from telemachy.apps.supervision.queries import recordings
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.forms import match_words, situation_words
from telemachy.interfaces.web.forms.relationship_words import GOAL_STATES
from telemachy.interfaces.web.forms.relationships import MeetForm
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Party, Relationship

PER_PAGE = 30
#: Recordings shown at a glance; their own page has all.
N_RECORDINGS = 3


def relationship_tabs(relationship: Relationship, current: str) -> list[NavItem]:
    """Return the navigation of a relationship for its parties; `current` is the name of the page's address.

    Addresses: relationship, charter, goal-list, plan, session-list, relationship-situations,
    trajectory, feedback. While people are still deciding there is nothing to navigate to.
    """
    if relationship.state in {"proposed", "accepted", "declined"}:
        return []
    own = [relationship.pk]
    pages = [
        ("relationship", _("Overview"), reverse("relationship", args=own)),
        ("charter", _("Charter"), reverse("charter", args=own)),
        ("goal-list", _("Goals"), reverse("goal-list", args=own)),
        ("plan", _("Plan"), reverse("plan", args=own)),
        ("session-list", _("Sessions"), f"{reverse('session-list')}?relationship={relationship.pk}"),
        ("relationship-situations", _("Situations"), reverse("relationship-situations", args=own)),
        ("trajectory", _("Trajectory"), reverse("trajectory", args=own)),
        ("feedback", _("Feedback"), reverse("feedback", args=own)),
    ]
    return [NavItem(label, url, current=name == current) for name, label, url in pages]


class ShowRelationship(PersonView):
    """Where the pair stands and what comes next."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show a party what is next, and whoever runs the programme the signals."""
        visible = queries.visible_to(self.person).select_related("programme", "proposal")
        relationship = self.find(queries.with_seats(visible), pk=pk)
        party = queries.party_of(relationship, self.person)
        if party is not None:
            return _party_page(request, self, relationship, party)
        if not queries.run_by(self.person).filter(pk=pk).exists():
            claims = [
                (claim, situation_words.THRESHOLDS[claim.state])
                for claim in thresholds.of_trajectory(relationship, self.person)
            ]
            kept = {"relationship": relationship, "claims": claims}
            return render(request, "relationships/left.html", kept)
        context = {
            "relationship": relationship,
            "signals": overviews.signals(relationship, self.now),
            "goal_states": GOAL_STATES,
            "may_call_off": policies.call_off(self.person, relationship),
            "may_transfer": policies.transfer(self.person, relationship),
        }
        return render(request, "relationships/signals.html", context)


class StepRelationship(PersonView):
    """Accept, decline, unwind, wind down, resume, graduate, complete."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take the step and show what it led to."""
        relationship = self.find(queries.for_page(self.person), pk=pk)
        verb = request.POST.get("verb", "")
        in_circle = queries.is_circle_learner(relationship, self.person)
        seat = {"relationship": relationship, "by": self.person, "now": self.now}
        try:
            if verb in {"accept", "decline", "unwind"}:
                getattr(actions, verb)(**seat)
            else:
                actions.step(verb=verb, **seat)
        except TelemachyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _said("leave" if verb == "unwind" and in_circle else verb))
        return redirect("relationship", pk)


class MeetBeforehand(PersonView):
    """Note when the chemistry meeting is."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the time, in the person's own zone."""
        relationship = self.find(queries.for_page(self.person).select_related("proposal"), pk=pk)
        form = MeetForm(request.POST)
        if form.is_valid():
            try:
                actions.meet(
                    relationship=relationship, at=form.cleaned_data["at"], by=self.person, now=self.now
                )
            except TelemachyError as error:
                form.add_error("at", str(error))
            else:
                messages.success(request, _("Noted, and the other side is told."))
                return redirect("relationship", pk)
        party = queries.party_of(relationship, self.person)
        if party is None:
            raise Http404
        return _party_page(request, self, relationship, party, meet_form=form)


class ListRelationshipSituations(PersonView):
    """The situations of one relationship, as far as the reader has a part in them."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show open ones first, then the latest."""
        relationship = self.find(queries.for_page(self.person), pk=pk)
        found = (
            situations.of_party(self.person)
            .filter(relationship=relationship)
            .select_related("learner", "competency")
            .order_by("debriefed_at", "-logged_at")
        )
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        party = queries.party_of(relationship, self.person)
        context = {
            "relationship": relationship,
            "tabs": relationship_tabs(relationship, "relationship-situations"),
            "page": page,
            "rows": [(one, situation_words.STATES[one.state]) for one in page],
            "seat": party.seat if party else "",
            "may_write": policies.write(self.person, relationship),
            "now": self.now,
        }
        return render(request, "relationships/situations.html", context)


def _party_page(
    request: HttpRequest,
    view: PersonView,
    relationship: Relationship,
    party: Party,
    meet_form: MeetForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "relationship": relationship,
        "party": party,
        "tabs": relationship_tabs(relationship, "relationship"),
        "others": overviews.others(relationship, view.person),
    }
    if relationship.state in {"proposed", "accepted"}:
        context |= {
            "why": _why(relationship, party),
            "meet_form": meet_form or MeetForm(initial={"at": relationship.chemistry_at}),
            "may_meet": policies.meet(view.person, relationship),
            "waiting_for": [one for one in context["others"] if one.accepted_at is None],
            "profiles": [(one, match_words.languages(one.person.languages)) for one in context["others"]],
            "now": timezone.localtime(view.now),
        }
        return render(request, "relationships/invitation.html", context)
    if relationship.state == "declined":
        return render(request, "relationships/declined.html", context)
    told = overviews.overview(relationship, view.person, view.now)
    context |= {
        "told": told,
        "goals": [(goal, GOAL_STATES[goal.state]) for goal in told.goals],
        "cases": [(one, situation_words.STATES[one.state]) for one in told.situations],
        "may": {
            verb: bool(rule(view.person, relationship))
            for verb, rule in (actions.STEPS | {"unwind": policies.unwind, "write": policies.write}).items()
        },
        "leaves_circle": queries.is_circle_learner(relationship, view.person),
        "recordings": list(recordings.of_relationship(view.person, relationship)[:N_RECORDINGS]),
        "may_record": recording_policies.ask(view.person, relationship),
        "now": view.now,
    }
    return render(request, "relationships/relationship.html", context)


def _why(relationship: Relationship, party: Party) -> list[tuple[str, list[str]]]:
    """Return for each learner whom the reader may know why the pair was proposed."""
    told = overviews.reasons(relationship)
    names = {one.person_id: one.person.name for one in relationship.parties.all()}
    mine = {party.person_id: told.get(party.person_id, [])} if party.seat == "learner" else told
    is_peer = relationship.shape == "peer"
    found = [
        (names[key], match_words.reasons_for_people(kept, is_peer=is_peer))
        for key, kept in mine.items()
        if key in names
    ]
    return [(name, said) for name, said in found if said]


def _said(verb: str) -> str:
    return {
        "accept": _("You accepted."),
        "decline": _("Declined. Nobody is told why, and the programme looks again."),
        "unwind": _("The relationship has ended. Nobody is asked or told why."),
        "leave": _("You have left the circle; it goes on without you. Nobody is asked or told why."),
        "wind_down": _("You are winding down now: use the last sessions to look back."),
        "resume": _("The relationship goes on."),
        "graduate": _("Graduated: the learner decides alone now."),
        "complete": _("Complete. What you wrote stays readable for both of you."),
    }[verb]
