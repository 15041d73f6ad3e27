"""What may be known of programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import privacy
from telemachy.apps.programmes.models import Enrolment, EnrolmentLink, Programme

if TYPE_CHECKING:
    from datetime import datetime

    from telemachy.apps.people.models import Person


def managed_by(person: Person) -> QuerySet[Programme]:
    """Return the programmes that the person runs."""
    return Programme.objects.filter(organisation_id=person.organisation_id, managers__person=person)


def visible_to(person: Person) -> QuerySet[Programme]:
    """Return the programmes the person may open: those run, and all of them for an administrator."""
    own = Programme.objects.filter(organisation_id=person.organisation_id)
    return own if person.is_administrator else own.filter(managers__person=person)


def told_of(programme: Programme) -> QuerySet[Person]:
    """Return who gets the news of a programme: those who run it and are still there, else administrators."""
    there = people.present(programme.organisation_id)
    running = there.filter(manages__programme=programme)
    return running if running.exists() else there.filter(is_administrator=True)


def with_counts(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Add n_learners and n_mentors (active places) to each programme."""
    places = Enrolment.objects.filter(state=Enrolment.State.ACTIVE)
    return programmes.annotate(
        n_learners=_count(places.filter(role=Enrolment.Role.LEARNER)),
        n_mentors=_count(places.filter(role=Enrolment.Role.MENTOR)),
    )


def _count(places: QuerySet[Enrolment]) -> Coalesce:
    # A subquery for each count: joining places twice would multiply them.
    of_programme = places.filter(programme=OuterRef("pk")).order_by().values("programme")
    return Coalesce(Subquery(of_programme.annotate(n=Count("*")).values("n")), 0)


def participants(
    programme: Programme, *, search: str = "", role: str = "", state: str = ""
) -> QuerySet[Enrolment]:
    """Return the places of a programme with their persons, filtered; withdrawn ones only when asked for."""
    found = with_agreement(Enrolment.objects.filter(programme=programme).select_related("person"))
    found = found.filter(state=state) if state else found.exclude(state=Enrolment.State.WITHDRAWN)
    if role:
        found = found.filter(role=role)
    if search:
        found = found.filter(Q(person__name__icontains=search) | Q(person__email__icontains=search))
    return found.order_by("person__name", "role")


def with_agreement(places: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Add `shows_profile`: False where the person took back that those who run programmes see the profile."""
    agrees = ~Q(person__in=privacy.withdrew("matching"))
    return places.annotate(shows_profile=ExpressionWrapper(agrees, BooleanField()))


def to_invite(programme: Programme, asker: Person, now: datetime) -> QuerySet[Person]:
    """Return who has a place in the programme but neither a sign-in nor an invitation under way."""
    places = Enrolment.objects.filter(programme=programme).exclude(state=Enrolment.State.WITHDRAWN)
    persons = people.of_organisation(asker).filter(pk__in=places.values("person_id"))
    return people.without_sign_in(persons, now).order_by("name", "pk")


def enrolments_managed_by(person: Person) -> QuerySet[Enrolment]:
    """Return the places in programmes the person may run."""
    return Enrolment.objects.filter(programme__in=visible_to(person)).select_related("programme", "person")


def own_places(person: Person) -> QuerySet[Enrolment]:
    """Return the person's active places in programmes that go on, with whom they asked for and rather not."""
    places = Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE)
    places = places.exclude(programme__state="archived").select_related("programme")
    return places.prefetch_related("preferred", "avoided").order_by("programme__name", "role")


def mentors_somewhere(person: Person) -> bool:
    """Tell whether the person holds a mentor's place, with or without a learner yet."""
    return own_places(person).filter(role="mentor").exists()


def links_managed_by(person: Person) -> QuerySet[EnrolmentLink]:
    """Return the enrolment links of programmes the person may run."""
    return EnrolmentLink.objects.filter(programme__in=visible_to(person)).select_related("programme")


def open_links(programme: Programme, now: datetime) -> QuerySet[EnrolmentLink]:
    """Return the programme's links that still work."""
    return programme.links.filter(revoked_at__isnull=True, expires_at__gt=now).order_by("created_at")


def link_by_token(token: str) -> EnrolmentLink | None:
    """Return the enrolment link with a secret, whatever its state."""
    return (
        EnrolmentLink.objects.filter(token=token)
        .select_related("programme", "programme__organisation")
        .first()
    )


def allowed_for(agent: Person) -> QuerySet[Programme]:
    """Return the programmes in which an agent may take a place."""
    return Programme.objects.filter(agents=agent).order_by("name")


def of_organisation(person: Person) -> QuerySet[Programme]:
    """Return the programmes of the person's organisation that are not archived, for choosing among them."""
    found = Programme.objects.filter(organisation_id=person.organisation_id)
    return found.exclude(state="archived").order_by("name")
