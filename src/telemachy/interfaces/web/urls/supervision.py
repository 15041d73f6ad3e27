"""Addresses of supervision: rooms, cases, notes."""

from django.urls import path

from telemachy.interfaces.web.views import supervision as views
from telemachy.interfaces.web.views import supervision_cases as cases

urlpatterns = [
    path("supervision/", views.ShowSupervision.as_view(), name="supervision"),
    path("supervision/ask/", views.AskForSupervision.as_view(), name="supervision-ask"),
    path("supervision/rooms/<uuid:pk>/", views.ShowRoom.as_view(), name="supervision-room"),
    path("supervision/rooms/<uuid:pk>/answer/", views.AnswerRoom.as_view(), name="supervision-answer"),
    path("supervision/rooms/<uuid:pk>/invite/", views.InviteToRoom.as_view(), name="supervision-invite"),
    path("supervision/rooms/<uuid:pk>/leave/", views.LeaveRoom.as_view(), name="supervision-leave"),
    path("supervision/cases/add/", cases.WriteCase.as_view(), name="supervision-case-add"),
    path("supervision/cases/draft/", cases.KeepCaseDraft.as_view(), name="supervision-draft"),
    path("supervision/cases/<uuid:pk>/", cases.ShowCase.as_view(), name="supervision-case"),
    path("supervision/cases/<uuid:pk>/write/", cases.ReviseCase.as_view(), name="supervision-case-write"),
    path(
        "supervision/cases/<uuid:pk>/write/draft/",
        cases.KeepCaseDraft.as_view(),
        name="supervision-case-draft",
    ),
    path("supervision/cases/<uuid:pk>/share/", cases.ShareCase.as_view(), name="supervision-case-share"),
    path("supervision/cases/<uuid:pk>/back/", cases.TakeCaseBack.as_view(), name="supervision-case-back"),
    path("supervision/cases/<uuid:pk>/close/", cases.CloseCase.as_view(), name="supervision-case-close"),
    path("supervision/cases/<uuid:pk>/remove/", cases.RemoveCase.as_view(), name="supervision-case-remove"),
    path(
        "supervision/cases/<uuid:pk>/draft/<slug:step>/",
        cases.KeepStepDraft.as_view(),
        name="supervision-step-draft",
    ),
    path("supervision/cases/<uuid:pk>/notes/", cases.WriteNote.as_view(), name="supervision-note-add"),
    path("supervision/notes/<uuid:pk>/remove/", cases.RemoveNote.as_view(), name="supervision-note-remove"),
]
