from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "telemachy.apps.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"
