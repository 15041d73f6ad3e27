"""What may be known of rubrics: an organisation's own, by everybody in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from telemachy.apps.supervision.models import Assessment, Recording, Rubric, RubricVersion, Terms
from telemachy.core.assessment import Rubric as RubricContent
from telemachy.core.assessment import read_rubric

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def visible_to(person: Person) -> QuerySet[Rubric]:
    """Return the rubrics of the person's organisation with their versions."""
    versions = Prefetch("versions", RubricVersion.objects.select_related("made_by").order_by("number"))
    return Rubric.objects.filter(organisation_id=person.organisation_id).prefetch_related(versions)


def in_use(person: Person) -> QuerySet[Rubric]:
    """Return the rubrics that a review can be asked for on."""
    return visible_to(person).filter(archived_at__isnull=True)


def latest(rubric: Rubric) -> RubricVersion:
    """Return the version that new reviews are rated against."""
    return list(rubric.versions.all())[-1]


def version(rubric: Rubric, number: int | None) -> RubricVersion | None:
    """Return the version of a number, the latest for None; None where there is no such."""
    if number is None:
        return latest(rubric)
    return next((one for one in rubric.versions.all() if one.number == number), None)


def content(found: RubricVersion) -> RubricContent:
    """Return what a version says."""
    return read_rubric(found.content)


def is_assessor(person: Person) -> bool:
    """Tell whether somebody named the person to hear a recording or to rate one."""
    heard = Terms.objects.filter(listeners=person, in_force_at__isnull=False)
    named = Recording.objects.filter(Exists(heard.filter(recording=OuterRef("pk"))))
    asked = Assessment.objects.filter(assessor=person, declined_at__isnull=True)
    return asked.exists() or named.exclude(state="withdrawn").exists()


def locked(rubric: Rubric) -> Rubric:
    """Hold the row for the action that asked, and read it afresh."""
    return Rubric.objects.select_for_update(of=("self",)).get(pk=rubric.pk)
