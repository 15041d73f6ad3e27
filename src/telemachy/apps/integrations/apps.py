from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "telemachy.apps.integrations"
    label = "integrations"
    default_auto_field = "django.db.models.BigAutoField"
    #: Asked when somebody takes their data along or is erased (apps/relationships, own_data and erasure).
    own_data = "telemachy.apps.integrations.queries.own_data.own_data"
    forget = "telemachy.apps.integrations.actions.erasure.forget"
