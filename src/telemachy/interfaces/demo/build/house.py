"""The organisation before any pair: people, catalogue, programmes, places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telemachy.apps.knowledge.actions import catalogue
from telemachy.apps.people.actions import organisations, persons, sign_ins
from telemachy.apps.programmes.actions import agents, enrolments, programmes
from telemachy.interfaces.demo import content
from telemachy.interfaces.demo.content import organisation as norrvane
from telemachy.interfaces.demo.content.organisation import ProgrammeText
from telemachy.interfaces.demo.plan import people as cast

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Organisation, Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.interfaces.demo.build.moments import Moments
    from telemachy.interfaces.demo.plan.people import PersonPlan
    from telemachy.interfaces.demo.plan.plan import Plan

#: Days before today on which the organisation began, the programmes opened, and places were taken.
FOUNDED, OPENED, ENROLLED = 300, 285, 280

SIGN_INS = (
    cast.ADMINISTRATOR,
    cast.MANAGER,
    cast.LEAD_LEARNER,
    cast.LEAD_MENTOR,
    cast.COACH,
    cast.SECOND_LEARNER,
    cast.ALIKE_MENTOR,
)


@dataclass(frozen=True, slots=True)
class House:
    """What the pairs move into; everything by the key of its plan."""

    organisation: Organisation
    people: dict[str, Person]
    competencies: dict[str, Competency]
    programmes: dict[str, Programme]

    @property
    def manager(self) -> Person:
        """Who runs the three programmes."""
        return self.people[cast.MANAGER]


def build(plan: Plan, moments: Moments) -> House:
    """Found the organisation and open its programmes."""
    founded = moments.at(FOUNDED)
    organisation = organisations.found(
        name=norrvane.NAME,
        slug=norrvane.SLUG,
        language="en",
        time_zone="Europe/Berlin",
        by=None,
        now=founded,
    )
    people = _people(plan, organisation, moments)
    administrator = people[cast.ADMINISTRATOR]
    competencies = _catalogue(administrator, moments)
    opened = {text.key: _programme(text, people, competencies, moments) for text in norrvane.PROGRAMMES}
    house = House(organisation, people, competencies, opened)
    _places(plan, house, moments)
    return house


def _people(plan: Plan, organisation: Organisation, moments: Moments) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for planned in _managers_first(plan.people.values()):
        found[planned.key] = persons.add(
            organisation_id=organisation.pk,
            name=planned.name,
            email=planned.email,
            by=None,
            now=moments.at(FOUNDED - 1),
            kind="agent" if planned.is_agent else "human",
            external_id=f"N-{1000 + len(found)}",
            job_title=planned.job_title,
            function=planned.function,
            seniority=planned.seniority,
            line_manager=found.get(planned.manager),
            location=f"{planned.site.name}, {planned.site.country}",
            time_zone=planned.site.time_zone,
            languages=list(planned.languages),
            skills_offered=list(planned.skills_offered),
            skills_sought=list(planned.skills_sought),
            goals_text=planned.goals_text,
            style=planned.style,
            about=planned.about,
            working_hours=planned.working_hours,
            capacity=planned.capacity,
            # Nine months of news must not be mailed to anybody on the first evening.
            mail="off",
            is_administrator=planned.key == cast.ADMINISTRATOR,
            owner=found.get(planned.owner),
            purpose=planned.purpose,
        )
    for key in SIGN_INS:
        sign_ins.open_without_password(person=found[key], by=None, now=moments.at(FOUNDED - 1))
    return found


def _managers_first(people: Iterable[PersonPlan]) -> list[PersonPlan]:
    """Return people so that whoever answers for somebody comes before them."""
    waiting, ordered, known = list(people), [], {""}
    while waiting:
        ready = [person for person in waiting if {person.manager, person.owner} <= known]
        ordered += ready
        known |= {person.key for person in ready}
        waiting = [person for person in waiting if person.key not in known]
    return ordered


def _catalogue(administrator: Person, moments: Moments) -> dict[str, Competency]:
    now = moments.at(FOUNDED - 3)
    competencies = {
        text.key: catalogue.add_competency(
            name=text.name,
            description=text.description,
            proficient=text.proficient,
            by=administrator,
            now=now,
        )
        for text in content.COMPETENCIES
    }
    for question in content.QUESTIONS:
        catalogue.add_question(
            text=question.text,
            moment=question.moment,
            phase=question.phase,
            competency=competencies.get(question.competency),
            by=administrator,
            now=now,
        )
    return competencies


def _programme(
    text: ProgrammeText, people: dict[str, Person], competencies: dict[str, Competency], moments: Moments
) -> Programme:
    administrator = people[cast.ADMINISTRATOR]
    charter = content.CHARTERS[text.key]
    programme = programmes.create(
        by=administrator,
        now=moments.at(OPENED + 5),
        competencies=[competencies[key] for key in text.competencies],
        name=text.name,
        purpose=text.purpose,
        audience=text.audience,
        kind=text.kind,
        shape=text.shape,
        structure=text.structure,
        cadence_days=text.cadence_days,
        length_weeks=text.length_weeks,
        starts_on=moments.on(OPENED - 15),
        chemistry=text.chemistry,
        threshold_mark=text.threshold_mark,
        charter_draft={
            "success": charter.success,
            "cadence": charter.cadence,
            "feedback_kinds": charter.feedback_kinds,
            "out_of_scope": charter.out_of_scope,
            "confidentiality": charter.confidentiality,
            "escalation": charter.escalation,
        },
    )
    now = moments.at(OPENED)
    programmes.add_manager(programme=programme, person=people[cast.MANAGER], by=administrator, now=now)
    programmes.remove_manager(programme=programme, person=administrator, by=administrator, now=now)
    programmes.step(programme=programme, verb="open", by=people[cast.MANAGER], now=now)
    return programme


def _places(plan: Plan, house: House, moments: Moments) -> None:
    for key, pool in plan.pools.items():
        seated = [pair.match for pair in plan.pairs if pair.match.programme == key]
        roles = (
            ("learner", {*pool.learners, *(match.learner for match in seated)}),
            ("mentor", {*pool.mentors, *(match.mentor for match in seated)}),
        )
        for role, places in roles:
            for person in sorted(places):
                if plan.people[person].is_agent:
                    agents.allow(
                        agent=house.people[person],
                        programmes=[house.programmes[key]],
                        by=house.people[plan.people[person].owner],
                        now=moments.at(ENROLLED, 9),
                    )
                enrolments.enrol(
                    programme=house.programmes[key],
                    person=house.people[person],
                    role=role,
                    capacity=3 if person in (cast.LEAD_MENTOR, cast.COACH, cast.ALIKE_MENTOR) else None,
                    by=house.manager,
                    now=moments.at(ENROLLED, 10),
                )
