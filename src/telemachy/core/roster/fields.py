"""The fields a column of a roster can hold."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """What a column means; `IGNORE` columns are read past."""

    EXTERNAL_ID = "external_id"
    EMAIL = "email"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ROLE = "role"
    JOB_TITLE = "job_title"
    FUNCTION = "function"
    SENIORITY = "seniority"
    LINE_MANAGER = "line_manager"
    TIME_ZONE = "time_zone"
    LANGUAGES = "languages"
    LOCATION = "location"
    SKILLS_OFFERED = "skills_offered"
    SKILLS_SOUGHT = "skills_sought"
    GOALS = "goals"
    STYLE = "style"
    WORKING_HOURS = "working_hours"
    CAPACITY = "capacity"
    GROUP = "group"
    ABOUT = "about"
    IGNORE = "ignore"


#: Several columns may be mapped to one of these; their values are put together.
MANY_COLUMNS = frozenset(
    {Field.LANGUAGES, Field.SKILLS_OFFERED, Field.SKILLS_SOUGHT, Field.GOALS, Field.ABOUT}
)

#: English labels, the source of the translations a page shows.
LABELS: dict[Field, str] = {
    Field.EXTERNAL_ID: "Personnel number",
    Field.EMAIL: "E-mail address",
    Field.NAME: "Full name",
    Field.FIRST_NAME: "First name",
    Field.LAST_NAME: "Last name",
    Field.ROLE: "Role (mentor or learner)",
    Field.JOB_TITLE: "Job title",
    Field.FUNCTION: "Function or department",
    Field.SENIORITY: "Seniority",
    Field.LINE_MANAGER: "Line manager",
    Field.TIME_ZONE: "Time zone",
    Field.LANGUAGES: "Languages",
    Field.LOCATION: "Location",
    Field.SKILLS_OFFERED: "Skills offered",
    Field.SKILLS_SOUGHT: "Skills sought",
    Field.GOALS: "Goals",
    Field.STYLE: "Style",
    Field.WORKING_HOURS: "Working hours",
    Field.CAPACITY: "Capacity (number of pairs)",
    Field.GROUP: "Group or cohort",
    Field.ABOUT: "About",
    Field.IGNORE: "Leave this column out",
}

#: Longest text kept of each field, in characters; longer is an error in that cell.
MAX_LENGTH: dict[Field, int] = {
    Field.EXTERNAL_ID: 100,
    Field.EMAIL: 254,
    Field.NAME: 200,
    Field.FIRST_NAME: 100,
    Field.LAST_NAME: 100,
    Field.JOB_TITLE: 200,
    Field.FUNCTION: 200,
    Field.LINE_MANAGER: 254,
    Field.LOCATION: 200,
    Field.STYLE: 500,
    Field.GROUP: 200,
    Field.GOALS: 5000,
    Field.ABOUT: 5000,
}
