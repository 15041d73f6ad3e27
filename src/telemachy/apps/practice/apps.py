from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "telemachy.apps.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"
    #: Asked when somebody takes their data along or is erased (apps/relationships, own_data and erasure).
    own_data = "telemachy.apps.practice.queries.own_data.own_data"
    forget = "telemachy.apps.practice.actions.erasure.forget"
