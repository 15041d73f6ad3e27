"""Create, change, open, archive and duplicate programmes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.programmes import policies
from telemachy.apps.programmes.models import Programme, ProgrammeManager
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import PROGRAMME

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person

#: What a manager designs; everything else of a programme has its own verb.
DESIGN = (
    "name",
    "template",
    "purpose",
    "audience",
    "kind",
    "shape",
    "structure",
    "cadence_days",
    "length_weeks",
    "starts_on",
    "chemistry",
    "weights",
    "rules",
    "charter_draft",
    "threshold_mark",
    "independent_rating",
    "recording_days",
)


@action
def create(*, by: Person, now: datetime, competencies: Iterable[Competency] = (), **design: Any) -> Programme:
    """Create a draft programme that its creator runs. Raises NotAllowed."""
    policies.create(by).require()
    programme = Programme(organisation_id=by.organisation_id, created_at=now)
    _apply(programme, design)
    programme.save(force_insert=True)
    programme.competencies.set(competencies)
    ProgrammeManager.objects.create(programme=programme, person=by, since=now)
    events.record("programme.created", by=by, now=now, on=programme, template=programme.template)
    return programme


@action
def edit(
    *,
    programme: Programme,
    by: Person,
    now: datetime,
    competencies: Iterable[Competency] | None = None,
    **design: Any,
) -> None:
    """Change the design; pairs that exist keep what they began with. Raises NotAllowed."""
    policies.change(by, programme).require()
    before = {name: getattr(programme, name) for name in design}
    _apply(programme, design)
    programme.save(update_fields=list(design))
    if competencies is not None:
        programme.competencies.set(competencies)
    changed = sorted(name for name, value in before.items() if value != getattr(programme, name))
    events.record("programme.edited", by=by, now=now, on=programme, fields=changed)


@action
def step(*, programme: Programme, verb: str, by: Person, now: datetime) -> None:
    """Open, archive or restore a programme. Raises NotAllowed."""
    policies.step(by, programme, verb).require()
    programme.state = PROGRAMME.target(programme.state, verb)
    programme.archived_at = now if programme.state == "archived" else None
    programme.save(update_fields=["state", "archived_at"])
    events.record(f"programme.{verb}", by=by, now=now, on=programme)


@action
def duplicate(*, programme: Programme, by: Person, now: datetime) -> Programme:
    """Copy the design, without the people, into a new draft. Raises NotAllowed."""
    policies.manage(by, programme).require()
    design = {name: getattr(programme, name) for name in DESIGN}
    design["name"] = _("Copy of %(name)s") % {"name": programme.name[:140]}
    return create(by=by, now=now, competencies=programme.competencies.all(), **design)


@action
def add_manager(*, programme: Programme, person: Person, by: Person, now: datetime) -> None:
    """Let another person of the organisation run the programme too. Raises NotAllowed, BadInput."""
    policies.manage(by, programme).require()
    if person.organisation_id != programme.organisation_id or person.is_agent:
        raise BadInput(_("Choose a person of your organisation."), field="person")
    _row, added = ProgrammeManager.objects.get_or_create(
        programme=programme, person=person, defaults={"since": now}
    )
    if added:
        events.record("programme.manager_added", by=by, now=now, on=programme, person=str(person.pk))
    else:
        events.unchanged()


@action
def remove_manager(*, programme: Programme, person: Person, by: Person, now: datetime) -> None:
    """Take a manager off; the last one who is still there stays. Raises NotAllowed, BadInput."""
    policies.manage(by, programme).require()
    # Held, so that the last two cannot take each other off at the same moment.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    present = programme.managers.filter(person__left_at__isnull=True, person__erased_at__isnull=True)
    if not present.exclude(person=person).exists():
        raise BadInput(_("A programme needs somebody who runs it: add another manager first."))
    programme.managers.filter(person=person).delete()
    events.record("programme.manager_removed", by=by, now=now, on=programme, person=str(person.pk))


def _apply(programme: Programme, design: dict[str, Any]) -> None:
    unknown = design.keys() - set(DESIGN)
    if unknown:
        raise TypeError(f"not part of a programme's design: {sorted(unknown)}")
    for name, value in design.items():
        setattr(programme, name, value)
