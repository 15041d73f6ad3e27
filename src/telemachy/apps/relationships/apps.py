from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "telemachy.apps.relationships"
    label = "relationships"
    default_auto_field = "django.db.models.BigAutoField"
    #: Called when somebody leaves the organisation (apps/people, mark_left).
    go_on_without = "telemachy.apps.relationships.actions.relationships.go_on_without"
