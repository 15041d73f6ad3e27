"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("telemachy.interfaces.web.urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "telemachy.interfaces.web.views.errors.bad_request"
handler403 = "telemachy.interfaces.web.views.errors.forbidden"
handler404 = "telemachy.interfaces.web.views.errors.not_found"
handler500 = "telemachy.interfaces.web.views.errors.server_error"
