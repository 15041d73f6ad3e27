"""Addresses of programmes and their participants."""

from django.urls import path

from telemachy.interfaces.web.views import invitations, participants, programmes

urlpatterns = [
    path("programmes/", programmes.ListProgrammes.as_view(), name="programme-list"),
    path("programmes/new/", programmes.ChooseTemplate.as_view(), name="programme-new"),
    path("programmes/new/<slug:template>/", programmes.CreateProgramme.as_view(), name="programme-create"),
    path("programmes/<uuid:pk>/", programmes.ShowProgramme.as_view(), name="programme"),
    path("programmes/<uuid:pk>/edit/", programmes.EditProgramme.as_view(), name="programme-edit"),
    path("programmes/<uuid:pk>/step/", programmes.StepProgramme.as_view(), name="programme-step"),
    path(
        "programmes/<uuid:pk>/duplicate/", programmes.DuplicateProgramme.as_view(), name="programme-duplicate"
    ),
    path("programmes/<uuid:pk>/managers/", programmes.ChangeManagers.as_view(), name="programme-managers"),
    path(
        "programmes/<uuid:pk>/people/", participants.ListParticipants.as_view(), name="programme-participants"
    ),
    path("programmes/<uuid:pk>/people/add/", participants.EnrolPerson.as_view(), name="programme-enrol"),
    path("programmes/<uuid:pk>/people/links/", participants.OfferLink.as_view(), name="programme-links"),
    path(
        "programmes/<uuid:pk>/people/export/",
        participants.ExportParticipants.as_view(),
        name="programme-export",
    ),
    path(
        "programmes/<uuid:pk>/people/invite/",
        invitations.InviteParticipants.as_view(),
        name="programme-invite",
    ),
    path("enrolments/<uuid:pk>/invite/", invitations.InviteParticipant.as_view(), name="enrolment-invite"),
    path("enrolments/<uuid:pk>/", participants.ChangeEnrolment.as_view(), name="enrolment"),
    path(
        "enrolment-links/<uuid:pk>/revoke/", participants.RevokeLink.as_view(), name="enrolment-link-revoke"
    ),
    path("join/<str:token>/", participants.Join.as_view(), name="join"),
]
