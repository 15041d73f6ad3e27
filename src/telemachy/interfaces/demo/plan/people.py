"""The people of the demo with everything their profiles say, and who answers to whom."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from telemachy.interfaces.demo import content
from telemachy.interfaces.demo.content import organisation, profiles
from telemachy.interfaces.demo.content.organisation import AgentText
from telemachy.interfaces.demo.content.shapes import PersonText

#: The people whose one-click sign-ins the demo offers.
ADMINISTRATOR = "jonas.petersen"
MANAGER = "marguerite.tremblay.roy"
LEAD_LEARNER = "ines.valadares"
LEAD_MENTOR = "ruth.brandt.adeyemi"
COACH = "samuel.barasa"
SECOND_LEARNER = "aarav.deshpande"
#: Guides every learner in the same way; rates the coach's recordings as the second assessor.
ALIKE_MENTOR = "matthias.reincke"

STYLES = ("", "reflective", "direct", "exploring", "practical")
EARLY_HOURS = {day: [["07:00", "15:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
FOUR_DAYS = {day: [["08:30", "17:30"]] for day in ("mon", "tue", "wed", "thu")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPlan:
    """One person; `manager` and `owner` are keys of other people, "" for none."""

    key: str
    name: str
    email: str
    site: organisation.Site
    function: str
    job_title: str
    seniority: int | None
    languages: tuple[str, ...]
    skills_offered: tuple[str, ...]
    skills_sought: tuple[str, ...]
    goals_text: str
    style: str
    about: str
    working_hours: dict[str, list[list[str]]]
    capacity: int
    manager: str = ""
    owner: str = ""
    purpose: str = ""

    @property
    def is_agent(self) -> bool:
        """Whether this is one of the agents."""
        return self.owner != ""

    @property
    def first_name(self) -> str:
        """How colleagues call the person."""
        return self.name.split()[0]


def everybody(rng: random.Random) -> dict[str, PersonPlan]:
    """Return all people by key: humans in the order of the personnel list, then the agents."""
    personal = rng.sample(profiles.PERSONAL_LINES, len(profiles.PERSONAL_LINES))
    found = {
        text.key: _human(text, personal[number % len(personal)], rng)
        for number, text in enumerate(content.PEOPLE)
    }
    found.update((text.key, _agent(text)) for text in organisation.AGENTS)
    return found


def reports_to(person: str, manager: str, people: dict[str, PersonPlan]) -> bool:
    """Tell whether `manager` stands anywhere above `person`."""
    above = people[person].manager
    while above:
        if above == manager:
            return True
        above = people[above].manager
    return False


def _human(text: PersonText, personal: str, rng: random.Random) -> PersonPlan:
    skills = profiles.SKILLS[text.function]
    work = profiles.WORK_LINES[text.function] if text.seniority > 1 else profiles.NEWCOMER_LINES
    return PersonPlan(
        key=text.key,
        name=text.name,
        email=f"{text.key}@{organisation.DOMAIN}",
        site=_site(text.site),
        function=text.function,
        job_title=text.job_title,
        seniority=text.seniority,
        languages=_site(text.site).languages,
        skills_offered=tuple(rng.sample(skills, min(len(skills), 1 + text.seniority // 2))),
        skills_sought=tuple(rng.sample(profiles.SOUGHT, 3 if text.seniority < 5 else 1)),
        goals_text=rng.choice(profiles.AIMS[min(text.seniority, 5)]),
        style=rng.choice(STYLES),
        about=f"{rng.choice(work)} {personal}",
        working_hours=rng.choices(({}, EARLY_HOURS, FOUR_DAYS), weights=(8, 2, 1))[0],
        capacity=2 if text.seniority >= 5 else 1,
        manager=_manager_of(text),
    )


def _agent(text: AgentText) -> PersonPlan:
    return PersonPlan(
        key=text.key,
        name=text.name,
        email="",
        site=_site(text.site),
        function=text.function,
        job_title=text.job_title,
        seniority=None,
        languages=("en", "de", "pt", "fr"),
        skills_offered=(),
        skills_sought=("decision making",),
        goals_text="",
        style="",
        about=text.about,
        working_hours={},
        capacity=1,
        owner=text.owner,
        purpose=text.purpose,
    )


def _site(name: str) -> organisation.Site:
    return next(site for site in organisation.SITES if site.name == name)


def _manager_of(text: PersonText) -> str:
    """Return the nearest superior: in the own team, else at the own site, else in the own function."""
    if text.function == "Board":
        return ""
    above = [
        other for other in content.PEOPLE if other.seniority > text.seniority or other.function == "Board"
    ]
    circles: tuple[Sequence[PersonText], ...] = (
        [other for other in above if (other.site, other.function) == (text.site, text.function)],
        [other for other in above if other.site == text.site and other.seniority >= 5],
        [other for other in above if other.function == text.function],
        [other for other in above if other.function == "Board"],
    )
    for circle in circles:
        if circle:
            return min(circle, key=lambda other: (other.seniority, other.key)).key
    return ""
