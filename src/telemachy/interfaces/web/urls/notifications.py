"""Addresses of notifications."""

from django.urls import path

from telemachy.interfaces.web.views import notifications

urlpatterns = [
    path("notifications/", notifications.ListNotifications.as_view(), name="notification-list"),
    path("notifications/read/", notifications.MarkAllRead.as_view(), name="notifications-read"),
    path("notifications/<uuid:pk>/", notifications.OpenNotification.as_view(), name="notification"),
    path("mail/<str:token>/", notifications.MailChoice.as_view(), name="mail-choice"),
]
