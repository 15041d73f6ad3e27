"""Addresses of organisation."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("organisation/", not_found, name="organisation"),
    path("organisation/audit/", not_found, name="audit-trail"),
]
