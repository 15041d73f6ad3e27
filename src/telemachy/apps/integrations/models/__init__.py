from .calls import KeptAnswer, Meter
from .oauth import Application, AuthorisationCode, Renewal
from .tokens import Token
from .webhooks import Delivery, Webhook

__all__ = [
    "Application",
    "AuthorisationCode",
    "Delivery",
    "KeptAnswer",
    "Meter",
    "Renewal",
    "Token",
    "Webhook",
]
