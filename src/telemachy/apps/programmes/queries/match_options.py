"""What a match run can be asked for beside weights and hard rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.programmes.snapshots import Pool
    from telemachy.core.matching import Profile

#: The largest share of the total score that may be given up for the worst-off.
MOST_LOSS = 0.2
#: Peers in a circle; 2 is a pair.
CIRCLES = range(2, 9)
MOST_IN_A_GROUP = 20
#: By what people can be grouped to see whether all groups are matched equally well.
GROUPS = ("function", "location", "time_zone", "language", "seniority")


@dataclass(frozen=True, slots=True)
class Options:
    """The wishes of a run.

    Attributes
    ----------
    fairness : share of the total score, 0 to 0.2, that may be given up to raise the weakest pairs
    spread : spread learners evenly over the mentors where the total does not suffer
    waiting : who has waited longest comes first where seats are short
    group_min, group_max : learners of a circle around one mentor
    circle : peers in a circle; 2 for pairs
    keep : the pairs of the run it is based on are kept, unless a change brings `gain` of score, 0 to 1
    groups : names of GROUPS to compare
    """

    fairness: float = 0.0
    spread: bool = False
    waiting: bool = False
    group_min: int = 2
    group_max: int = 8
    circle: int = 2
    keep: bool = False
    gain: float = 0.05
    groups: tuple[str, ...] = ()

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Options:
        """Return the options of a mapping, defaults for names left out; raise BadInput for other values."""
        unknown = values.keys() - set(cls.__slots__)
        if unknown:
            raise BadInput(_("There is no option called %(name)s.") % {"name": min(unknown)})
        options = cls(**{**values, "groups": tuple(values.get("groups", ()))})
        options._check()
        return options

    def _check(self) -> None:
        if not 0 <= self.fairness <= MOST_LOSS:
            raise BadInput(_("Between 0 and 20 per cent."), field="fairness")
        if not 1 <= self.group_min <= self.group_max <= MOST_IN_A_GROUP:
            raise BadInput(
                _("The smallest circle must not be larger than the largest, and the largest holds 20."),
                field="group_min",
            )
        if not 0 <= self.gain <= 1:
            raise BadInput(_("Between 0 and 100 points."), field="gain")
        if self.circle not in CIRCLES:
            raise BadInput(_("Between 2 and 8 people."), field="circle")
        if not set(self.groups) <= set(GROUPS):
            raise BadInput(_("Choose among the groups offered."), field="groups")

    def as_dict(self) -> dict[str, Any]:
        """Return name -> value as JSON can hold it."""
        return asdict(self) | {"groups": list(self.groups)}


def options_of(pool: Pool) -> Options:
    """Return the wishes that a pool is matched under; raise BadInput for what cannot be worked with."""
    return Options.read(pool.options)


def group_of(person: Profile, by: str) -> str:
    """Return the group of a person; "" where it is not known."""
    if by == "language":
        return str(person.languages[0]) if person.languages else ""
    if by == "seniority":
        return "" if person.seniority is None else _BANDS[person.seniority]
    return str(getattr(person, by))


#: Seniority level -> band; a single level would often be too small a group.
_BANDS = {1: "1-2", 2: "1-2", 3: "3-4", 4: "3-4", 5: "5-7", 6: "5-7", 7: "5-7"}
