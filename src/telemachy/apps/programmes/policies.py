"""Who may see and run programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.programmes import queries
from telemachy.core.shared.lifecycles import MATCH_RUN, PROGRAMME
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Enrolment, MatchRun, Programme


def create(actor: Person) -> Verdict:
    """Start a programme: administrators, and whoever runs one already."""
    if actor.is_administrator or queries.managed_by(actor).exists():
        return ALLOWED
    return refused(_("Ask an administrator of your organisation to start a programme with you."))


def manage(actor: Person, programme: Programme) -> Verdict:
    """Run the programme (participants, matching, design): its managers, and administrators."""
    if actor.organisation_id != programme.organisation_id:
        return refused(_("This programme is not yours."))
    # A handful of rows, which a page that asks often has fetched beforehand.
    if actor.is_administrator or actor.pk in {row.person_id for row in programme.managers.all()}:
        return ALLOWED
    return refused(_("Only those who run this programme can do that."))


def change(actor: Person, programme: Programme) -> Verdict:
    """Change the design or take people in: while the programme is not archived."""
    verdict = manage(actor, programme)
    if verdict and programme.state == "archived":
        return refused(_("This programme is archived. Restore it first."))
    return verdict


def step(actor: Person, programme: Programme, verb: str) -> Verdict:
    """Open, archive or restore it."""
    verdict = manage(actor, programme)
    if verdict and not PROGRAMME.allows(programme.state, verb):
        return refused(_("That step is not possible from the programme's present state."))
    return verdict


def match(actor: Person, programme: Programme) -> Verdict:
    """Run the matching, lock and forbid pairs: while the programme is not archived."""
    return change(actor, programme)


def wish(actor: Person, enrolment: Enrolment) -> Verdict:
    """Name whom one would like to be matched with: for one's own active place."""
    if enrolment.person_id != actor.pk:
        return refused(_("Everybody speaks for themselves here."))
    if enrolment.state != "active" or enrolment.programme.state == "archived":
        return refused(_("This place is not active at present."))
    return ALLOWED


def give_back(actor: Person, enrolment: Enrolment) -> Verdict:
    """Give up one's own place, whoever gave it: nobody has to take part."""
    if enrolment.person_id != actor.pk:
        return refused(_("Everybody speaks for themselves here."))
    if enrolment.state == "withdrawn":
        return refused(_("This place is given back already."))
    return ALLOWED


def try_out(actor: Person, run: MatchRun) -> Verdict:
    """Ask what other weights would change: of a run with a result that is not published."""
    verdict = change(actor, run.programme)
    if verdict and (run.is_trial or run.state not in {"ready", "discarded"} or run.finished_at is None):
        return refused(
            _("What if is asked of a run that is ready. After publishing, the people have left its pool.")
        )
    return verdict


def match_again(actor: Person, run: MatchRun) -> Verdict:
    """Match again and keep what a run proposes: of a run that is ready."""
    verdict = try_out(actor, run)
    if verdict and run.state != "ready":
        return refused(_("What is kept comes from a run that is ready. Start a new run instead."))
    return verdict


def keep_trial(actor: Person, run: MatchRun) -> Verdict:
    """Make a trial a run like any other: once it has a result."""
    verdict = change(actor, run.programme)
    if verdict and not run.is_trial:
        return refused(_("This run is kept already."))
    if verdict and run.state != "ready":
        return refused(_("There is nothing to keep yet."))
    return verdict


def arrange(actor: Person, run: MatchRun) -> Verdict:
    """Move, lock or take out what a run proposes: until it is published."""
    verdict = change(actor, run.programme)
    if verdict and run.state in {"publishing", "published"}:
        return refused(_("A published run stays as it was. Run the matching again to change something."))
    if verdict and (run.state != "ready" or run.is_trial):
        return refused(_("This run has no proposals to change."))
    return verdict


def move(actor: Person, run: MatchRun) -> Verdict:
    """Give a learner of a run another mentor: as `arrange`, and not among peers."""
    verdict = arrange(actor, run)
    if verdict and run.programme.shape == "peer":
        return refused(_("Among peers people change places, or go into another circle."))
    return verdict


def change_places(actor: Person, run: MatchRun) -> Verdict:
    """Move somebody to another pair or circle of a run: as `arrange`, and among peers."""
    verdict = arrange(actor, run)
    if verdict and run.programme.shape != "peer":
        return refused(_("This programme has learners and mentors. Give the learner another mentor."))
    return verdict


def publish(actor: Person, run: MatchRun) -> Verdict:
    """Turn proposals into invitations: from a run that is ready, in an open programme."""
    verdict = step_run(actor, run, "publish")
    if verdict and run.is_trial:
        return refused(_("This is a trial. Keep it as a run first."))
    if verdict and run.programme.state != "open":
        return refused(_("The programme is not open yet. Open it, then publish."))
    return verdict


def step_run(actor: Person, run: MatchRun, verb: str) -> Verdict:
    """Publish or discard a run."""
    verdict = change(actor, run.programme)
    if verdict and not MATCH_RUN.allows(run.state, verb):
        return refused(_("That step is not possible from the run's present state."))
    return verdict
