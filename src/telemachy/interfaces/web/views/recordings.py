"""Recordings: the list, the pages of one, its sound, and its codes to take along."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from telemachy.apps.supervision.policies import assessments as review_policies
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import assessments as reviews
from telemachy.apps.supervision.queries import consents, recordings
from telemachy.core.conversation import kinds
from telemachy.core.roster.export import write_csv
from telemachy.interfaces.common import ranges
from telemachy.interfaces.common.ratelimit import DownloadView
from telemachy.interfaces.web.forms import recording_words as words
from telemachy.interfaces.web.forms.recordings import UploadForm
from telemachy.interfaces.web.views import recording_page as pages
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Recording, Utterance

PER_PAGE = 30
COLUMNS = ("turn", "speaker", "start", "end", "text", "code", "corrected")


class ListRecordings(PersonView):
    """The recordings that the person may open, and whom they could ask for one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the latest first."""
        found = recordings.named_in(self.person).order_by("-held_on", "-created_at")
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "page": page,
            "rows": [self._row(one) for one in page],
            "pairs": list(recordings.coached_by(self.person)),
        }
        return render(request, "recordings/list.html", context)

    def _row(self, recording: Recording) -> dict[str, Any]:
        word, tone = words.STATES[recording.state]
        mine = recordings.is_party(self.person, recording)
        return {
            "row": recording,
            "word": word,
            "tone": tone,
            "turn": _whose_turn(recording, self.person.pk) if mine else "",
        }


def _whose_turn(recording: Recording, pk: UUID) -> str:
    """Return "mine" or "theirs" where a step is waited for, else ""."""
    if recording.state == "asked":
        return "mine" if pk == recording.client_id else "theirs"
    if recording.state in ("agreed", "mapping"):
        return "mine" if pk == recording.coach_id else "theirs"
    return ""


class ShowRecording(PersonView):
    """A recording, as far as it has come."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show what is next, or the conversation."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        if recording.state == "asked":
            return redirect("recording-consent", pk)
        if recording.state == "mapping" and self.person.pk == recording.coach_id:
            return redirect("recording-speakers", pk)
        context = pages.frame(request, recording, "recording", self.now)
        if recording.state in ("ready", "expired"):
            return render(
                request, "recordings/recording.html", context | self._conversation(request, recording)
            )
        context |= {
            "form": UploadForm(),
            "may_upload": policies.replace_transcript(self.person, recording),
            "may_transcribe": policies.transcribe(self.person, recording),
            "problem": words.problem(recording.problem) if recording.problem else "",
            "listeners": recordings.listeners(recording),
        }
        template = {"withdrawn": "withdrawn", "coding": "working", "transcribing": "working"}
        return render(request, f"recordings/{template.get(recording.state, 'upload')}.html", context)

    def _conversation(self, request: HttpRequest, recording: Recording) -> dict[str, Any]:
        n_parts = recordings.n_parts(recording)
        wanted = request.GET.get("part", "1")
        part = min(max(int(wanted), 1), n_parts) if wanted.isdecimal() and len(wanted) < 7 else 1
        rows = recordings.turns(recording, part)
        _choices, names = pages.competencies(self.person, recording)
        pins = pages.pins(self.person, recording, names)
        n_pins = Counter(pin.row.utterance.number for pin in pins)
        turns = [pages.as_turn(row, recording, n_pins[row.number]) for row in rows]
        return {
            "turns": turns,
            "ribbon": pages.ribbon_turns(turns, rows),
            "kinds": words.kind_list(),
            "part": part,
            "parts": range(1, n_parts + 1) if n_parts > 1 else (),
            "pins": pins,
            "measures": words.measures(recording.measures),
            "notes": words.notes(recording.notes),
            "audio_url": reverse("recording-audio", args=[recording.pk]) if recording.audio else "",
            "may_correct": policies.correct(self.person, recording),
            "openable": recording.state == "ready",
            "may_remap": policies.remap(self.person, recording),
            "to_rate": reviews.to_rate(self.person).filter(review__recording=recording).first(),
            "may_ask_review": review_policies.ask(self.person, recording),
        }


class ShowProgress(PersonView):
    """The part of a page that waits for a job."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show that it is under way, or have the page read again."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        if recording.state in ("coding", "transcribing"):
            return render(request, "recordings/_working.html", {"recording": recording})
        answer = redirect("recording", pk)
        if request.htmx:
            answer = HttpResponse(headers={"HX-Redirect": reverse("recording", args=[pk])})
        return answer


class ShowMeasures(PersonView):
    """Every measure with its value, range, source, threshold and limits."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show them all, each with the turns behind it."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        if recording.state not in ("ready", "expired"):
            return redirect("recording", pk)
        context = pages.frame(request, recording, "recording-measures", self.now)
        context["measures"] = words.measures(recording.measures)
        context["n_unsure"] = sum(bool(one.holds.get("unsure")) for one in recording.utterances.all())
        return render(request, "recordings/measures.html", context)


class PlayAudio(PersonView):
    """The sound, in the ranges that a player asks for."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        """Answer with the part that is asked for; nobody keeps it."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        if not recording.audio or not policies.read(self.person, recording):
            raise Http404
        try:
            file = recording.audio.open("rb")
        except OSError as error:
            raise Http404 from error
        return ranges.answer(
            file, recording.audio_size, recording.audio_type, request.headers.get("Range", "")
        )


class TakeCodes(DownloadView, PersonView):
    """The turns with the engine's codes and people's corrections, as a table."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with a CSV; corrections are its last column."""
        recording = self.find(recordings.readable_by(self.person), pk=pk)
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="turns-{recording.held_on:%Y-%m-%d}.csv"'
        answer["Cache-Control"] = "private, no-store"
        write_csv(answer, COLUMNS, map(_row_of, recordings.turns_of(recording).iterator()))
        return answer


def _row_of(turn: Utterance) -> tuple[object, ...]:
    codes = (kinds.kind_of(turn.code), kinds.kind_of(turn.corrected or {}))
    return turn.number + 1, turn.seat, turn.start, turn.end, turn.text, *codes


class ShowConsent(PersonView):
    """The terms in force, those proposed, and who agreed when."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show them; whoever has still to agree can do it here."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        context = pages.frame(request, recording, "recording-consent", self.now)
        terms, proposed = recording.terms, recordings.proposed(recording)
        if terms is not None:
            terms.recording = recording
            context |= {
                "wording": consents.wording(terms, sorted(terms.listeners.all(), key=str)),
                "given": recordings.consents(terms),
            }
        if proposed is not None and recordings.is_party(self.person, recording):
            proposed.recording = recording
            context |= {
                "proposed": proposed,
                "proposed_wording": consents.wording(proposed, sorted(proposed.listeners.all(), key=str)),
                "proposed_given": recordings.consents(proposed),
                "may_agree": policies.agree(self.person, recording),
            }
        context["may_change"] = policies.change_terms(self.person, recording)
        return render(request, "recordings/consent.html", context)
