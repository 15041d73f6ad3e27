from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "telemachy.interfaces.common"
    label = "common"

    def ready(self) -> None:
        """Hear of wrong codes, for which allauth has no method of the adapter."""
        from allauth.mfa.signals import authentication_failed

        from telemachy.interfaces.common.accounts import note_failure

        authentication_failed.connect(lambda user, **_: note_failure(user), weak=False, dispatch_uid="trail")
