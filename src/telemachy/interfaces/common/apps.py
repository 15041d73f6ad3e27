from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "telemachy.interfaces.common"
    label = "common"

    def ready(self) -> None:
        """Check the settings of the installation; hear of wrong codes, for which allauth has no method."""
        from allauth.mfa.signals import authentication_failed
        from django.core import checks

        from telemachy.interfaces.common.accounts import note_failure
        from telemachy.interfaces.common.checks import check_installation

        checks.register(check_installation)
        authentication_failed.connect(lambda user, **_: note_failure(user), weak=False, dispatch_uid="trail")
