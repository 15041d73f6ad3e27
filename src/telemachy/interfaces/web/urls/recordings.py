"""Addresses of recorded conversations."""

from django.urls import path

from telemachy.interfaces.web.views import recording_rules as rules
from telemachy.interfaces.web.views import recording_steps as steps
from telemachy.interfaces.web.views import recording_turns as turns
from telemachy.interfaces.web.views import recordings as views

urlpatterns = [
    path("recordings/", views.ListRecordings.as_view(), name="recording-list"),
    path("relationships/<uuid:pk>/recordings/ask/", steps.AskConsent.as_view(), name="recording-ask"),
    path("recordings/<uuid:pk>/", views.ShowRecording.as_view(), name="recording"),
    path("recordings/<uuid:pk>/consent/", views.ShowConsent.as_view(), name="recording-consent"),
    path("recordings/<uuid:pk>/consent/agree/", steps.AgreeToTerms.as_view(), name="recording-agree"),
    path("recordings/<uuid:pk>/terms/", steps.ChangeTerms.as_view(), name="recording-terms"),
    path("recordings/<uuid:pk>/withdraw/", steps.WithdrawConsent.as_view(), name="recording-withdraw"),
    path("recordings/<uuid:pk>/upload/", steps.Upload.as_view(), name="recording-upload"),
    path("recordings/<uuid:pk>/transcribe/", steps.Transcribe.as_view(), name="recording-transcribe"),
    path("recordings/<uuid:pk>/speakers/", steps.MapSpeakers.as_view(), name="recording-speakers"),
    path("recordings/<uuid:pk>/speakers/again/", steps.Remap.as_view(), name="recording-remap"),
    path("recordings/<uuid:pk>/progress/", views.ShowProgress.as_view(), name="recording-progress"),
    path("recordings/<uuid:pk>/measures/", views.ShowMeasures.as_view(), name="recording-measures"),
    path("recordings/<uuid:pk>/audio/", views.PlayAudio.as_view(), name="recording-audio"),
    path("recordings/<uuid:pk>/codes.csv", views.TakeCodes.as_view(), name="recording-codes"),
    path("recordings/<uuid:pk>/turns/<int:number>/", turns.ShowTurn.as_view(), name="recording-turn"),
    path("recordings/<uuid:pk>/turns/<int:number>/pin/", turns.PinEvidence.as_view(), name="evidence-pin"),
    path("evidence/<uuid:pk>/remove/", turns.UnpinEvidence.as_view(), name="evidence-remove"),
    path("organisation/recordings/corrections.csv", rules.TakeCorrections.as_view(), name="corrections"),
    path("organisation/recordings/", rules.SetRules.as_view(), name="recording-rules"),
]
