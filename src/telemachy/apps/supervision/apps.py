from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "telemachy.apps.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"
    #: Asked when somebody takes their data along or is erased (apps/relationships, own_data and erasure).
    own_data = "telemachy.apps.supervision.queries.own_data.own_data"
    forget = "telemachy.apps.supervision.actions.erasure.forget"
