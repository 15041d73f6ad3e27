"""One-click sign-in of the demo's people."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View

from telemachy.interfaces.common import demo_links


class DemoEnter(View):
    """Sign in as one of the demo's people; outside of demo mode there is no such page."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Enter, and go to the person's first page."""
        user_id = demo_links.read(token) if settings.DEMO else None
        if user_id is None:
            raise Http404
        user = get_object_or_404(get_user_model(), pk=user_id, is_active=True, is_staff=False)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(settings.LOGIN_REDIRECT_URL)
