"""Addresses of the everyday mirror."""

from django.urls import path

from telemachy.interfaces.web.views import mirror as views

urlpatterns = [
    path("practice/mirror/", views.ShowMirror.as_view(), name="mirror"),
    path("practice/mirror/switch/", views.SwitchMirror.as_view(), name="mirror-switch"),
    path("practice/mirror/mark/", views.MarkNote.as_view(), name="mirror-mark"),
]
