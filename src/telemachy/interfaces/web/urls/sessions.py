"""Addresses of sessions and of calendar feeds."""

from django.urls import path

from telemachy.interfaces.web.views import calendar_feeds as feeds
from telemachy.interfaces.web.views import session_steps as steps
from telemachy.interfaces.web.views import session_times as times
from telemachy.interfaces.web.views import session_work as work
from telemachy.interfaces.web.views import sessions as views

urlpatterns = [
    path("sessions/", views.ListSessions.as_view(), name="session-list"),
    path("sessions/calendar/", feeds.ShowFeed.as_view(), name="calendar-feed"),
    path("sessions/calendar/revoke/", feeds.RevokeFeed.as_view(), name="calendar-feed-revoke"),
    path("feed/<str:token>.ics", feeds.ReadFeed.as_view(), name="feed"),
    path("relationships/<uuid:pk>/sessions/add/", times.PlanSession.as_view(), name="session-add"),
    path("relationships/<uuid:pk>/sessions/record/", times.RecordSession.as_view(), name="session-record"),
    path("sessions/<uuid:pk>/", views.ShowSession.as_view(), name="session"),
    path("sessions/<uuid:pk>/times/", times.ProposeAgain.as_view(), name="session-times"),
    path("sessions/<uuid:pk>/move/", times.Reschedule.as_view(), name="session-move"),
    path("sessions/<uuid:pk>/confirm/", steps.Confirm.as_view(), name="session-confirm"),
    path("sessions/<uuid:pk>/cancel/", steps.Cancel.as_view(), name="session-cancel"),
    path("sessions/<uuid:pk>/hold/", steps.Hold.as_view(), name="session-hold"),
    path("sessions/<uuid:pk>/miss/", steps.Miss.as_view(), name="session-miss"),
    path("sessions/<uuid:pk>/goal/", steps.Serve.as_view(), name="session-goal"),
    path("sessions/<uuid:pk>/guide/", steps.UseGuide.as_view(), name="session-guide"),
    path("sessions/<uuid:pk>/agenda/", work.AddAgendaItem.as_view(), name="agenda-add"),
    path("agenda/<uuid:pk>/", work.ChangeAgendaItem.as_view(), name="agenda-item"),
    path("sessions/<uuid:pk>/notes/private/", work.WritePrivateNote.as_view(), name="session-note-private"),
    path("sessions/<uuid:pk>/notes/shared/", work.WriteSharedNote.as_view(), name="session-note-shared"),
    path("sessions/<uuid:pk>/notes/draft/", work.KeepNoteDraft.as_view(), name="session-note-draft"),
    path("sessions/<uuid:pk>/actions/", work.AddActionItem.as_view(), name="action-item-add"),
    path("action-items/<uuid:pk>/", work.ChangeActionItem.as_view(), name="action-item"),
]
