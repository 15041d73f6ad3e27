from django.apps import AppConfig


class AssistConfig(AppConfig):
    name = "telemachy.apps.assist"
    label = "assist"
    default_auto_field = "django.db.models.BigAutoField"
    #: Asked when somebody takes their data along or is erased (apps/relationships, own_data and erasure).
    own_data = "telemachy.apps.assist.queries.own_data.own_data"
    forget = "telemachy.apps.assist.actions.erasure.forget"
