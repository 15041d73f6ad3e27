from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "telemachy.apps.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let searches find what is written in capitals, whatever the database."""
        from telemachy.apps import lookups  # noqa: F401 - importing it registers the lookup
