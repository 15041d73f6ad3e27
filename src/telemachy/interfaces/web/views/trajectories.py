"""The trajectory of a learner: as a page, and to take along as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries import trajectories as queries
from telemachy.interfaces.common.ratelimit import DownloadView
from telemachy.interfaces.web.charts import MixReport
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.forms import situation_words
from telemachy.interfaces.web.views import growth_reports, question_words, trajectory_pdf
from telemachy.interfaces.web.views import trajectory_words as words
from telemachy.interfaces.web.views.base import PersonView
from telemachy.interfaces.web.views.relationships import relationship_tabs

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship, Situation


@dataclass(frozen=True, slots=True)
class Step:
    """A situation, its address, one line about it, and the word of its rating, "" before one."""

    situation: Situation
    url: str
    line: str
    rating: str


#: On the page, the latest situations and the most exercised competencies; the PDF holds all.
STEPS_SHOWN, COMPETENCIES_SHOWN = 12, 3


class TrajectoryView(PersonView):
    """What the page and the PDF share."""

    def find_trajectory(self, pk: UUID, asked_for: str | None) -> tuple[queries.Trajectory, list[Person]]:
        """Return the growth arc and whose else may be asked for; 404 to all but the parties."""
        relationship: Relationship = self.find(relationships.for_page(self.person), pk=pk)
        learners = queries.learners_for(relationship, self.person)
        learner = next((one for one in learners if str(one.pk) == asked_for), None)
        if learner is None and (asked_for or not learners):
            raise Http404
        return queries.trajectory(relationship, learner or learners[0]), learners


class ShowTrajectory(TrajectoryView):
    """The growth arc on one page."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it; a mentor of a circle chooses the learner."""
        found, learners = self.find_trajectory(pk, request.GET.get("learner"))
        mine = found.learner.pk == self.person.pk
        context = {
            "trajectory": found,
            "relationship": found.relationship,
            "mine": mine,
            "pair_tabs": relationship_tabs(found.relationship, "trajectory"),
            "tabs": learner_tabs(learners, found.learner) if len(learners) > 1 else [],
            "curves": curves(found, COMPETENCIES_SHOWN),
            "mix": MixReport(found.mix) if found.mix else None,
            "goals": [(goal, growth_reports.attainment_of(goal)) for goal in found.goals],
            "t_score": growth_reports.t_score_of(found.goals),
            "steps": [step(one) for one in found.situations[-STEPS_SHOWN:]],
            "changes": [
                (one.competency, [step(one.first), step(one.last)])
                for one in found.changes[:COMPETENCIES_SHOWN]
            ],
            "obstacles": [(one, address(one.situation), words.obstacle(one)) for one in found.obstacles],
            "threshold": words.threshold(found.proof),
            "turns": [(one, address(one.after), words.turn(one)) for one in found.turns],
            "turns_rule": words.TURNS,
            "claims": [
                (claim, situation_words.THRESHOLDS[claim.state], words.claim(claim)) for claim in found.claims
            ],
            "questions": question_words.told(found.own_questions),
            "questions_rule": question_words.RULE,
            "caution": words.ATTRIBUTION,
            "verdict": words.VERDICTS[found.attribution.verdict],
            "attribution": words.attribution(found.attribution),
            "limits": words.LIMITS,
            "pdf_url": pdf_url(found, learners),
            "n_left_out": max(found.n_situations - STEPS_SHOWN, 0),
            "missing": missing(found.proof),
        }
        return render(request, "development/trajectory.html", context)


class PrintTrajectory(DownloadView, TrajectoryView):
    """The growth arc as a tagged PDF."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send the file."""
        found, _learners = self.find_trajectory(pk, request.GET.get("learner"))
        file = trajectory_pdf.draw(found, curves(found), missing(found.proof), self.now)
        name = trajectory_pdf.file_name(found.learner.name, self.now)
        response = HttpResponse(file, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def curves(found: queries.Trajectory, n_most: int | None = None) -> list[Any]:
    """Return the curves of the competencies exercised in this relationship, the most exercised first."""
    mark = found.relationship.programme.threshold_mark
    order = growth_reports.most_exercised(found.evidence)[:n_most]
    return growth_reports.curves(found.evidence, found.fitted, order, found.charted, found.goals, mark)


def missing(proof: queries.Proof | None) -> list[str]:
    """Say in the reader's language what is still missing for the threshold."""
    return [_(one.template) % dict(one.params) for one in proof.check.missing] if proof else []


def step(situation: Situation) -> Step:
    """Return a situation as the page tells it."""
    line = [words.guided(situation)]
    if situation.competency is not None:
        line.append(situation.competency.name)
    grades = {"difficulty": situation.difficulty, "novelty": situation.novelty}
    line.append(_("difficulty %(difficulty)d, novelty %(novelty)d") % grades)
    rating = situation.rating
    word = "" if rating is None else str(situation_words.RATINGS[rating][0])
    return Step(situation, address(situation), " · ".join(line), word)


def address(situation: Situation) -> str:
    """Return where a situation is read."""
    return reverse("situation", args=[situation.pk])


def pdf_url(found: queries.Trajectory, learners: list[Person]) -> str:
    """Return the address of the same trajectory as a PDF."""
    url = reverse("trajectory-pdf", args=[found.relationship.pk])
    return f"{url}?learner={found.learner.pk}" if len(learners) > 1 else url


def learner_tabs(learners: list[Person], current: Person) -> list[NavItem]:
    """Return one tab for each learner of a circle."""
    return [NavItem(one.name, f"?learner={one.pk}", current=one.pk == current.pk) for one in learners]
