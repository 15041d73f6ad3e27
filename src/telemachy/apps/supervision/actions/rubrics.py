"""Write rubrics: a new version for each change, since reviews stay on the one they were rated against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import queries as people
from telemachy.apps.supervision.models import Rubric, RubricVersion
from telemachy.apps.supervision.policies import rubrics as policies
from telemachy.apps.supervision.queries import rubrics as queries
from telemachy.core.assessment import read_rubric
from telemachy.core.shared.errors import BadInput, WrongState

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def add(*, name: str, about: str, content: Mapping[str, Any], by: Person, now: datetime) -> Rubric:
    """Write a rubric of the own organisation. Raises NotAllowed, BadInput."""
    policies.manage(by, by.organisation_id).require()
    read = read_rubric(content)
    _check_name(by, name)
    rubric = Rubric.objects.create(
        organisation_id=by.organisation_id, name=name.strip(), about=about.strip(), made_by=by, created_at=now
    )
    RubricVersion.objects.create(rubric=rubric, number=1, content=read.as_data(), made_by=by, made_at=now)
    events.record("rubric.added", by=by, now=now, on=rubric, n_competencies=len(read.competencies))
    return rubric


@action
def revise(
    *,
    rubric: Rubric,
    name: str,
    about: str,
    content: Mapping[str, Any],
    based_on: int,
    by: Person,
    now: datetime,
) -> RubricVersion:
    """Change a rubric; words of the rubric make a new version, its name and purpose do not.

    Raises NotAllowed, BadInput, and WrongState when somebody wrote a version after `based_on`.
    """
    rubric = queries.locked(rubric)
    policies.revise(by, rubric).require()
    version = queries.latest(rubric)
    if version.number != based_on:
        raise WrongState(
            _("Version %(n)d was written in the meantime. Open it and make your changes there.")
            % {"n": version.number}
        )
    read = read_rubric(content)
    _check_name(by, name, rubric)
    rubric.name, rubric.about = name.strip(), about.strip()
    rubric.save(update_fields=["name", "about"])
    if read != queries.content(version):
        version = RubricVersion.objects.create(
            rubric=rubric, number=based_on + 1, content=read.as_data(), made_by=by, made_at=now
        )
    events.record("rubric.revised", by=by, now=now, on=rubric, version=version.number)
    return version


@action
def duplicate(*, rubric: Rubric, by: Person, now: datetime) -> Rubric:
    """Copy the latest version into a rubric of its own. Raises NotAllowed."""
    policies.manage(by, rubric.organisation_id).require()
    version = queries.latest(rubric)
    copy = Rubric.objects.create(
        organisation_id=rubric.organisation_id,
        name=_free_name(by, rubric.name),
        about=rubric.about,
        made_by=by,
        created_at=now,
    )
    RubricVersion.objects.create(rubric=copy, number=1, content=version.content, made_by=by, made_at=now)
    events.record("rubric.duplicated", by=by, now=now, on=copy, of=str(rubric.pk))
    return copy


@action
def archive(*, rubric: Rubric, by: Person, now: datetime) -> None:
    """Take a rubric out of use; reviews that are on it go on. Raises NotAllowed."""
    policies.revise(by, rubric).require()
    rubric.archived_at = now
    rubric.save(update_fields=["archived_at"])
    events.record("rubric.archived", by=by, now=now, on=rubric)


@action
def restore(*, rubric: Rubric, by: Person, now: datetime) -> None:
    """Bring an archived rubric back into use. Raises NotAllowed."""
    policies.manage(by, rubric.organisation_id).require()
    rubric.archived_at = None
    rubric.save(update_fields=["archived_at"])
    events.record("rubric.restored", by=by, now=now, on=rubric)


def _check_name(by: Person, name: str, rubric: Rubric | None = None) -> None:
    if not name.strip():
        raise BadInput(_("Give the rubric a name."), field="name")
    people.hold_organisation(by.organisation_id)
    others = queries.visible_to(by).filter(name=name.strip())
    if rubric is not None:
        others = others.exclude(pk=rubric.pk)
    if others.exists():
        raise BadInput(_("There is a rubric of this name already."), field="name")


def _free_name(by: Person, name: str) -> str:
    people.hold_organisation(by.organisation_id)
    taken = set(queries.visible_to(by).values_list("name", flat=True))
    n_copies = 1
    while (copy := _("%(name)s, copy %(n)d") % {"name": name[:100], "n": n_copies}) in taken:
        n_copies += 1
    return copy
