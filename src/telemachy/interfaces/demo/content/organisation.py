"""Norrvane, the invented company of the demo: its sites, its clients, its programmes, its two agents."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "Norrvane"
SLUG = "norrvane"
DOMAIN = "norrvane.example"


@dataclass(frozen=True, slots=True)
class Site:
    """Where people work: the zone they live in, and what is spoken there beside English."""

    name: str
    country: str
    time_zone: str
    languages: tuple[str, ...]


SITES = (
    Site("Hamburg", "Germany", "Europe/Berlin", ("de", "en")),
    Site("Lisbon", "Portugal", "Europe/Lisbon", ("pt", "en")),
    Site("Nairobi", "Kenya", "Africa/Nairobi", ("en",)),
    Site("Pune", "India", "Asia/Kolkata", ("en",)),
    Site("Santos", "Brazil", "America/Sao_Paulo", ("pt", "en")),
    Site("Montréal", "Canada", "America/Toronto", ("fr", "en")),
)

#: Clients that stories speak of.
CLIENTS = (
    "Alvor Terminals",
    "Stadtwerke Brunsee",
    "Lakeview Water Board",
    "Kijani Grid",
    "Ghatpur Dairy",
    "Baía Norte",
    "Hydro Rivière-Haute",
    "Port of Sandvig",
    "Tagus Water",
    "Marand Irrigation",
)

#: Places that mentors remember.
PAST_SITES = (
    "Bremerhaven",
    "Gdynia",
    "Rostock",
    "Sines",
    "Mombasa",
    "Constanța",
    "Trois-Rivières",
    "Cuxhaven",
)

#: First names of colleagues in stories; they could be anybody's.
COLLEAGUES = (
    "Alex",
    "Robin",
    "Kim",
    "Noa",
    "Sasha",
    "Jules",
    "Dominique",
    "Mika",
    "Charlie",
    "Toni",
    "Sam",
    "Jo",
    "Renée",
    "Ariel",
    "Nikita",
    "Chris",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeText:
    """A programme as its manager has described it."""

    key: str
    name: str
    purpose: str
    audience: str
    kind: str
    shape: str
    structure: str
    cadence_days: int
    length_weeks: int
    chemistry: bool
    competencies: tuple[str, ...]
    #: The lower end of the chance to decide alone that proves independence.
    threshold_mark: float = 0.6


LEADERSHIP = ProgrammeText(
    key="leadership",
    name="Leading at Norrvane",
    purpose=(
        "People who lead crews, projects and sites learn to judge hard and new situations for themselves. "
        "A pair works for nine months on real cases and ends when the mentor is no longer needed."
    ),
    audience="Team leads, site managers and project leads with one to six years of leading others.",
    kind="mentoring",
    shape="one_to_one",
    structure="guided",
    cadence_days=14,
    length_weeks=39,
    chemistry=True,
    threshold_mark=0.55,
    competencies=(
        "difficult-conversations",
        "stakeholder-judgement",
        "delegation",
        "decisions",
        "priorities",
        "conflict",
        "feedback",
        "influence",
        "safety",
        "inclusion",
    ),
)
ONBOARDING = ProgrammeText(
    key="onboarding",
    name="First Season",
    purpose=(
        "Newcomers, people and agents, find their footing within six months: what counts here, who decides, "
        "and what they may decide alone. Coaches ask; where they answer, they say why."
    ),
    audience="Everybody in the first year at Norrvane, and agents before they work unwatched.",
    kind="coaching",
    shape="one_to_one",
    structure="structured",
    cadence_days=14,
    length_weeks=26,
    chemistry=False,
    competencies=(
        "landing",
        "safety",
        "influence",
        "decisions",
        "feedback",
        "policy-judgement",
        "review-judgement",
    ),
)
REVERSE = ProgrammeText(
    key="reverse",
    name="Upstream",
    purpose=(
        "Directors learn from colleagues in their first years: how tools change decisions, what people below "
        "them do not say, and which habits are paid for by others."
    ),
    audience="The executive committee and directors, with mentors from the first five years of a career.",
    kind="mentoring",
    shape="reverse",
    structure="light",
    cadence_days=21,
    length_weeks=39,
    chemistry=True,
    competencies=("digital", "inclusion"),
)
PROGRAMMES = (LEADERSHIP, ONBOARDING, REVERSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentText:
    """An agent among the learners: what it is for, and who answers for it."""

    key: str
    name: str
    owner: str
    site: str
    function: str
    job_title: str
    purpose: str
    about: str


AGENTS = (
    AgentText(
        key="refund.desk.agent",
        name="Pilot, the refunds agent",
        owner="tessa.vollmer",
        site="Hamburg",
        function="Customer Desk",
        job_title="Agent for refunds and returns",
        purpose="Decides refund requests up to 500 euro and hands over everything beyond its mandate.",
        about="Works on about 190 tickets a day. Its lessons are its own, at most 500 tokens of them.",
    ),
    AgentText(
        key="change.review.agent",
        name="Lantern, the change review agent",
        owner="farhan.shaikh",
        site="Pune",
        function="Digital",
        job_title="Agent for change reviews and release notes",
        purpose="Reads every change before a release, and drafts the notes that go to the sites.",
        about="Reads what was removed before what was added. Comments in three lines or fewer.",
    ),
)
