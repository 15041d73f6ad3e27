"""Terms that mean the same are compared as the same, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telemachy.core import matching
from telemachy.core.matching.columns import plain
from tests.core.matching.people import ATHENA, TELEMACHUS, problem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Negotiation", "  NEGOTIATION "),
        ("Machine-learning", "machine learning"),
        ("Négociations", "negociation"),
        ("Führung", "FÜHRUNG"),
        ("Straße", "STRASSE"),
        ("presentation skills", "Presentation Skill"),
        ("UX/UI", "ux ui"),
    ],
)
def test_spellings_of_one_term_are_alike(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("process", "proces"), ("analysis", "analysi"), ("es", "e"), ("C", "C++"), ("lead", "leadership")],
)
def test_other_terms_stay_apart(one, other):
    assert plain(one) != plain(other)


def test_a_skill_written_otherwise_is_still_offered():
    learner = replace(TELEMACHUS, skills_sought=("Crew-leading", "Négociations"))
    mentor = replace(ATHENA, skills_offered=("negociation", "crew leading"))
    proposal = matching.plan(problem(learners=[learner], mentors=[mentor])).proposals[0]
    assert {part.name: part.value for part in proposal.parts}["skills"] == 1
    assert proposal.reasons[1].params["n_shared"] == 2
