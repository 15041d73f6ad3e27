from .events import Event
from .jobs import DeadLetter, ScheduleSlot, WorkerHeartbeat
from .outbox import OutboxMessage

__all__ = ["DeadLetter", "Event", "OutboxMessage", "ScheduleSlot", "WorkerHeartbeat"]
