"""The fields a column of a roster can hold."""

from __future__ import annotations

from enum import StrEnum

from telemachy.core.shared.wording import gettext_noop as _


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
    PREFERRED = "preferred"
    AVOIDED = "avoided"
    GROUP = "group"
    ABOUT = "about"
    IGNORE = "ignore"


#: Several columns may be mapped to one of these; their values are put together.
MANY_COLUMNS = frozenset(
    {
        Field.LANGUAGES,
        Field.SKILLS_OFFERED,
        Field.SKILLS_SOUGHT,
        Field.GOALS,
        Field.PREFERRED,
        Field.AVOIDED,
        Field.ABOUT,
    }
)

#: English labels, the source of the translations a page shows.
LABELS: dict[Field, str] = {
    Field.EXTERNAL_ID: _("Personnel number"),
    Field.EMAIL: _("E-mail address"),
    Field.NAME: _("Full name"),
    Field.FIRST_NAME: _("First name"),
    Field.LAST_NAME: _("Last name"),
    Field.ROLE: _("Role (mentor or learner)"),
    Field.JOB_TITLE: _("Job title"),
    Field.FUNCTION: _("Function or department"),
    Field.SENIORITY: _("Seniority"),
    Field.LINE_MANAGER: _("Line manager"),
    Field.TIME_ZONE: _("Time zone"),
    Field.LANGUAGES: _("Languages"),
    Field.LOCATION: _("Location"),
    Field.SKILLS_OFFERED: _("Skills offered"),
    Field.SKILLS_SOUGHT: _("Skills sought"),
    Field.GOALS: _("Goals"),
    Field.STYLE: _("Style"),
    Field.WORKING_HOURS: _("Working hours"),
    Field.CAPACITY: _("Capacity (number of pairs)"),
    Field.PREFERRED: _("Whom they would like"),
    Field.AVOIDED: _("Whom they would rather not"),
    Field.GROUP: _("Group or cohort"),
    Field.ABOUT: _("About"),
    Field.IGNORE: _("Leave this column out"),
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
