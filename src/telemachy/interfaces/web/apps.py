from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "telemachy.interfaces.web"
    label = "web"
