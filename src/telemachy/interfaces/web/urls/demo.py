"""Addresses of demo."""

from django.urls import URLPattern, URLResolver, path

from telemachy.interfaces.web.views.demo import DemoEnter

urlpatterns: list[URLPattern | URLResolver] = [
    path("demo/enter/<str:token>/", DemoEnter.as_view(), name="demo-enter"),
]
