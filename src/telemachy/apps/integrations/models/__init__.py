from .calls import KeptAnswer, Meter
from .tokens import Token
from .webhooks import Delivery, Webhook

__all__ = ["Delivery", "KeptAnswer", "Meter", "Token", "Webhook"]
