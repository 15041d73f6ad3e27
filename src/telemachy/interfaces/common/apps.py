from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "telemachy.interfaces.common"
    label = "common"
