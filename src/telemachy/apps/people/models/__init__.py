from .accounts import Invitation, Organisation, User
from .notifications import Notification
from .persons import Consent, Person
from .privacy import DataExport

__all__ = ["Consent", "DataExport", "Invitation", "Notification", "Organisation", "Person", "User"]
