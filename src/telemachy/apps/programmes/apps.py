from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "telemachy.apps.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
    #: Called when somebody leaves the organisation (apps/people, mark_left).
    go_on_without = "telemachy.apps.programmes.actions.pair_rules.go_on_without"
