"""What the models of every app share."""

from __future__ import annotations

import uuid

from django.db import models


class Record(models.Model):
    """A row with an unguessable key, so that an address never tells how many rows there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
