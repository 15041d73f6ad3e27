"""One row of everything, in Ithaca, for tests that walk every address of the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import models

from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.knowledge.models import Competency
from telemachy.apps.people.models import DataExport, Notification
from telemachy.apps.practice.models import Commitment, RolePlay
from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.actions import match_runs, rosters
from telemachy.apps.programmes.models import (
    Enrolment,
    EnrolmentLink,
    MatchRun,
    PairRule,
    Proposal,
)
from telemachy.apps.relationships.models import (
    ActionItem,
    AgendaItem,
    Attachment,
    Charter,
    Goal,
    PlanActivity,
    Reflection,
    Session,
    Situation,
    ThresholdClaim,
)
from telemachy.apps.supervision.actions import cases as supervision_cases
from telemachy.apps.supervision.actions import credentials, evidence, hours
from telemachy.core.assessment import RuleSet
from tests import conversations, programs
from tests.apps.supervision import reviewing, supervising
from tests.cast import NOW, Cast


@dataclass
class World:
    """The cast, and a row of each kind by the name that the authorisation table gives it."""

    cast: Cast
    rows: dict[str, models.Model]


def finished_run(cast: Cast) -> MatchRun:
    """Match the programme's pool as a manager does."""
    run = match_runs.run(programme=cast.programme, weights={}, rules={}, by=cast.eurycleia, now=NOW)
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    return run


def build(cast: Cast) -> World:
    """Create the rows: content belongs to the pair, the roster and the run to the programme."""
    pair, programme, learner = cast.relationship, cast.programme, cast.telemachus
    places = {place.role: place for place in Enrolment.objects.filter(programme=programme)}
    run, other_run = finished_run(cast), finished_run(cast)
    recording = conversations.ready(cast, cast.nestor, audio=True)
    competency = Competency.objects.create(organisation=cast.ithaca, name="Seafaring", created_at=NOW)
    goal = Goal.objects.create(
        relationship=pair,
        learner=learner,
        statement="Sail home",
        baseline="Never sailed",
        levels=["a", "b", "c", "d", "e"],
        state="active",
        created_at=NOW,
    )
    session = Session.objects.create(
        relationship=pair, state="scheduled", starts_at=NOW + timedelta(days=2), created_at=NOW
    )
    situation = Situation.objects.create(
        relationship=pair,
        learner=learner,
        competency=competency,
        goal=goal,
        title="The suitors eat everything",
        state="reasoned",
        own_view="They must go.",
        logged_at=NOW,
        reasoned_at=NOW,
        awaiting="learner",
        awaiting_since=NOW,
    )
    Charter.objects.create(relationship=pair, version=1, success="Home", proposed_by=learner, created_at=NOW)
    room = reviewing.room(cast, alone=True)
    answered = reviewing.answered(room)
    to_review = reviewing.recording(cast, listeners=[cast.nestor])
    supervision = supervising.opened(cast)
    case = supervising.shared(cast, supervision)
    rows: dict[str, models.Model] = {
        "programme": programme,
        "enrolment": places["learner"],
        "link": EnrolmentLink.objects.create(
            programme=programme,
            role="learner",
            token="a-secret-of-ithaca",
            created_at=NOW,
            expires_at=NOW + timedelta(days=9999),
        ),
        "roster": rosters.upload(
            programme=programme,
            uploads=[rosters.Upload("people.csv", ContentFile(b"Name,E-mail\nMentes,m@ithaca.example\n"))],
            by=cast.eurycleia,
            now=NOW,
        ),
        "run": run,
        "proposal": Proposal.objects.create(
            run=run, learner=places["learner"], mentor=places["mentor"], score=0.7
        ),
        "pair_rule": PairRule.objects.create(
            programme=programme,
            learner=places["learner"],
            mentor=places["mentor"],
            kind="lock",
            created_at=NOW,
        ),
        "competency": competency,
        "pair": pair,
        "goal": goal,
        "activity": PlanActivity.objects.create(
            relationship=pair, learner=learner, kind="reading", title="The Iliad", created_at=NOW
        ),
        "session": session,
        "agenda_item": AgendaItem.objects.create(session=session, text="The raft"),
        "action_item": ActionItem.objects.create(
            relationship=pair, session=session, owner=learner, text="Mend the sail", created_at=NOW
        ),
        "situation": situation,
        "attachment": Attachment.objects.create(
            situation=situation,
            file=ContentFile(b"a chart", name="chart.txt"),
            name="chart.txt",
            content_type="text/plain",
            size=7,
            uploaded_by=learner,
            uploaded_at=NOW,
        ),
        "threshold": ThresholdClaim.objects.create(
            relationship=pair,
            learner=learner,
            competency=competency,
            situation=situation,
            state="rating",
            rater=cast.nestor,
            p_alone=0.8,
            p_low=0.7,
            p_high=0.9,
            mark=0.6,
            claimed_at=NOW,
            shared_at=NOW,
        ),
        "reflection": Reflection.objects.create(
            person=learner, relationship=pair, prompt="What changed?", text="I did.", written_at=NOW
        ),
        "recording": recording,
        "rubric": room.rubric,
        "to_review": reviewing.recording(cast, listeners=[cast.nestor]),
        "review": reviewing.asked(room, recording=to_review),
        "answered_review": answered,
        "supervision_room": supervision,
        "supervision_case": case,
        "supervision_note": supervision_cases.note(case=case, text="Wait longer.", by=cast.nestor, now=NOW),
        "point": answered.points.get(place=1),
        "hours": hours.log(
            kind="client",
            held_on=NOW.date(),
            minutes=60,
            with_person=cast.telemachus,
            by=cast.athena,
            now=NOW,
        ),
        "credential": credentials.add(name="First", about="", rules=RuleSet(), by=cast.penelope, now=NOW),
        "coach": cast.athena,
        "pin": evidence.pin(recording=recording, number=2, note="Hears both", by=cast.nestor, now=NOW),
        "notification": Notification.objects.create(
            person=learner, kind="pair.ready", params={"other": "Athena"}, path="/", created_at=NOW
        ),
        "role_play": RolePlay.objects.create(
            person=cast.athena, scenario="silence", language="en", line="a", started_at=NOW
        ),
        "commitment": Commitment.objects.create(
            person=cast.athena, partner="Medon", due_on=NOW.date(), made_at=NOW
        ),
        "export": DataExport.objects.create(person=learner, requested_at=NOW),
        "mail": OutboxMessage.objects.create(
            to="x@ithaca.example",
            subject="News",
            text="News",
            key="x",
            state="dead",
            organisation_id=cast.ithaca.pk,
            next_attempt_at=NOW,
            created_at=NOW,
        ),
        "colleague": cast.nestor,
        "learner": places["learner"],
        "mentor": places["mentor"],
        "other_run": other_run,
    }
    return World(cast, rows | programs.rows(cast, situation))
