"""Interventions: what is done about a programme's signals, and what happened after. Never content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.people import queries as people
from telemachy.apps.relationships.actions import interventions as actions
from telemachy.apps.relationships.policies import interventions as policies
from telemachy.apps.relationships.queries import health as health_queries
from telemachy.apps.relationships.queries import interventions as queries
from telemachy.core import insights
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.interventions import SignalForm
from telemachy.interfaces.web.views import health_words as words
from telemachy.interfaces.web.views.base import add_error
from telemachy.interfaces.web.views.programmes import ProgrammeView, tabs

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Intervention

#: Rows of each list; what is older has had its day.
A_LIST = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One intervention in words: about whom, what was seen then, what is done, and what happened after."""

    intervention: Intervention
    title: str
    url: str
    name: str
    evidence: str
    hand: str
    after: str
    form: SignalForm


class ActOnSignal(ProgrammeView):
    """Take a signal up, put it aside, or say that it is done."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it and go back to where the button was; what was typed in vain is shown again."""
        programme = self.programme(pk)
        form = SignalForm(request.POST)
        if form.is_forged():
            messages.warning(request, _("There is no such step."))
            return self.back(request, pk, form)
        about, signal = self.signal(programme, form.cleaned_data)
        if signal is None:
            messages.info(request, _("This signal is gone by now: there is nothing left to do."))
            return self.back(request, pk, form)
        if form.is_valid():
            try:
                self.act(about, signal, form.cleaned_data)
            except TelemachyError as refusal:
                add_error(form, refusal)
            else:
                messages.success(request, _DONE[form.cleaned_data["step"]]())
                return self.back(request, pk, form)
        return self.again(request, about, signal, form)

    def again(
        self, request: HttpRequest, about: queries.About, signal: insights.Signal, form: SignalForm
    ) -> HttpResponse:
        """Show the refused step with what was typed."""
        held = queries.acted_on(about.programme).get(about.key(signal.code))
        context = {
            "programme": about.programme,
            "title": _about_whom(about),
            "signal": words.say(signal, held),
            "may_accept": held is None or policies.step(self.person, held, "accept"),
            "form": form,
            "back": request.POST.get("back", ""),
            "back_url": self.back(request, about.programme.pk, form).url,
        }
        return render(request, "programme_health/signal.html", context)

    def act(self, about: queries.About, signal: insights.Signal, sent: dict[str, Any]) -> None:
        """Take the step that was sent."""
        rest = {"about": about, "signal": signal, "by": self.person, "now": self.now, "note": sent["note"]}
        if sent["step"] == "accept":
            actions.accept(**rest)
        elif sent["step"] == "snooze":
            actions.snooze(until=sent["until"], **rest)
        else:
            actions.finish(**rest)

    def signal(
        self, programme: Programme, sent: dict[str, Any]
    ) -> tuple[queries.About, insights.Signal | None]:
        """Return what the signal is about and the signal as it stands today, None when it is gone."""
        about = queries.About(programme=programme)
        if sent["pair"] is not None:
            relationship = self.find(health_queries.pairs_of(programme), pk=sent["pair"])
            about = queries.About(programme=programme, relationship=relationship)
            signals = health_queries.judge(health_queries.record_of(relationship, self.now)).signals
        else:
            found = health_queries.health_of(programme, self.now)
            signals = () if found is None else tuple(_of_group(found, sent["mentor"]))
            if sent["mentor"] is not None:
                mentor = self.find(people.of_organisation(self.person), pk=sent["mentor"])
                about = queries.About(programme=programme, person=mentor)
        return about, next((one for one in signals if one.code == sent["code"]), None)

    def back(self, request: HttpRequest, pk: UUID, form: SignalForm) -> HttpResponseRedirect:
        """Return to the page that was left."""
        pair = form.cleaned_data.get("pair")
        if request.POST.get("back") == "pair" and pair:
            return HttpResponseRedirect(reverse("programme-pair", args=[pk, pair]))
        if request.POST.get("back") == "list":
            return HttpResponseRedirect(reverse("programme-interventions", args=[pk]))
        return HttpResponseRedirect(reverse("programme-health", args=[pk]) + "#queue")


class ListInterventions(ProgrammeView):
    """What is in hand, what is put aside, and what happened after."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the lists; six queries, however long they are."""
        programme = self.programme(pk)
        rows = queries.of_programme(programme)
        touched = rows.filter(taken_at__isnull=False)
        in_hand = list(rows.filter(state="accepted").order_by("taken_at")[:A_LIST])
        aside = list(rows.filter(state="snoozed").order_by("snoozed_until")[:A_LIST])
        done = list(touched.exclude(state__in=("accepted", "snoozed")).order_by("-taken_at")[:A_LIST])
        names = health_queries.names_of(
            {str(one.relationship_id) for one in (*in_hand, *aside, *done) if one.relationship_id}
        )
        context = {
            "programme": programme,
            "tabs": tabs(programme, "programme-health"),
            "in_hand": items(programme, in_hand, names, self.now),
            "aside": items(programme, aside, names, self.now),
            "done": items(programme, done, names, self.now),
            "results": queries.results(programme, self.now),
            "days": queries.FOLLOW_UP.days,
        }
        return render(request, "programme_health/interventions.html", context)


_DONE = {
    "accept": lambda: _("It is in your hands. The list of interventions shows what becomes of it."),
    "snooze": lambda: _("Put aside. It comes back on that day if it is still there."),
    "finish": lambda: _("Noted as done. What becomes of the signal shows in the list of interventions."),
}


def _of_group(found: health_queries.Health, mentor: UUID | None) -> Iterable[insights.Signal]:
    """Return the signals about a mentor, or about everybody."""
    if mentor is None:
        return (signal for pulse in found.pulses for signal in pulse.signals)
    return (signal for one in found.mentors if one.person_id == str(mentor) for signal in one.signals)


def _about_whom(about: queries.About) -> str:
    """Name the pair, the mentor, or everybody."""
    if about.relationship is not None:
        pair = str(about.relationship.pk)
        return words.title(health_queries.names_of([pair]).get(pair))
    return about.person.name if about.person is not None else _("Everybody in the programme")


def items(
    programme: Programme,
    rows: Iterable[Intervention],
    names: dict[str, health_queries.Names],
    now: datetime,
) -> list[Item]:
    """Put interventions into words."""
    return [_item(programme, one, names, now) for one in rows]


def _item(
    programme: Programme, one: Intervention, names: dict[str, health_queries.Names], now: datetime
) -> Item:
    texts = insights.TEXTS[one.code]
    title, url = _("Everybody in the programme"), ""
    if one.relationship_id is not None:
        title = words.title(names.get(str(one.relationship_id)))
        url = reverse("programme-pair", args=[programme.pk, one.relationship_id])
    elif one.person is not None:
        title = one.person.name
    return Item(
        intervention=one,
        title=title,
        url=url,
        name=_(texts.name),
        evidence=_(texts.evidence) % one.evidence,
        hand=words.say_hand(one),
        after=_after(one, now),
        form=form_for(one.code, one.relationship_id, one.person_id, prefix=str(one.pk)),
    )


def form_for(code: str, pair: Any = None, mentor: Any = None, prefix: str = "") -> SignalForm:
    """Return the form about one signal."""
    return SignalForm(initial={"code": code, "pair": pair, "mentor": mentor}, auto_id=f"{prefix or code}_%s")


def _after(one: Intervention, now: datetime) -> str:
    """Say what became of a signal after it was taken up, by the dates alone."""
    if one.taken_at is None:
        return ""
    if one.outcome == "ended":
        return _("Since then the pair has ended, or one side has left.")
    if one.outcome == "gone" and one.closed_at is not None:
        n = (one.closed_at - one.taken_at).days
        return ngettext("Gone %(n)d day after.", "Gone %(n)d days after.", n) % {"n": n}
    n = (now - (one.done_at or one.taken_at)).days
    if n == 0:
        return _("Today; the coming days show whether it helped.")
    return ngettext("Still there %(n)d day after.", "Still there %(n)d days after.", n) % {"n": n}
