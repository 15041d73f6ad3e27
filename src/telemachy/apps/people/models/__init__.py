from .accounts import Invitation, Organisation, User
from .notifications import Notification
from .persons import Consent, Person

__all__ = ["Consent", "Invitation", "Notification", "Organisation", "Person", "User"]
