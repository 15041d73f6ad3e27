from .accounts import Invitation, Organisation, User
from .notifications import Notification
from .persons import AgentCard, Consent, Person
from .privacy import DataExport

__all__ = [
    "AgentCard",
    "Consent",
    "DataExport",
    "Invitation",
    "Notification",
    "Organisation",
    "Person",
    "User",
]
