"""What a programme's rated situations taken together say, worked out at night; numbers, never content."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class GrowthStudy(Record):
    """What the guidance of a programme changed, as far as the lots of all its pairs together tell."""

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, related_name="growth_study"
    )
    #: Pairs in whose situations lots were drawn, and those situations, rated.
    n_pairs = models.PositiveIntegerField()
    n_situations = models.PositiveIntegerField()
    #: The answer of core.growth.attribute: verdict, code and params of its sentence.
    verdict = models.CharField(max_length=12)
    code = models.CharField(max_length=20)
    params = models.JSONField(default=dict)
    model_version = models.CharField(max_length=20)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.verdict} of {self.programme_id} at {self.computed_at:%Y-%m-%d}"


class GrowthPopulation(Record):
    """What a programme has learned of situations, guidance and growth from all its learners together."""

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, related_name="growth_population"
    )
    n_learners = models.PositiveIntegerField()
    n_situations = models.PositiveIntegerField()
    #: The competencies by key, in the order of `parameters`, which `core.growth.stored` wrote.
    competencies = models.JSONField()
    parameters = models.JSONField()
    model_version = models.CharField(max_length=20)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.n_learners} learners of {self.programme_id} at {self.computed_at:%Y-%m-%d}"
