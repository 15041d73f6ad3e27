"""The situations of the demo, by who faces them; the lead pair's own are in the order they happened."""

from telemachy.interfaces.demo.content.shapes import Story
from telemachy.interfaces.demo.content.stories import (
    agent_refunds,
    agent_reviews,
    lead_autumn,
    lead_early_summer,
    lead_spring,
    lead_summer,
    leading_delegation,
    leading_feedback,
    leading_priorities,
    leading_safety,
    onboarding_first_weeks,
    onboarding_later,
    reverse_habits,
    reverse_tools,
)

LEAD = lead_spring.STORIES + lead_early_summer.STORIES + lead_summer.STORIES + lead_autumn.STORIES
LEADING = (
    leading_delegation.STORIES
    + leading_priorities.STORIES
    + leading_feedback.STORIES
    + leading_safety.STORIES
)
ONBOARDING = onboarding_first_weeks.STORIES + onboarding_later.STORIES
REVERSE = reverse_tools.STORIES + reverse_habits.STORIES
REFUNDS = agent_refunds.STORIES
REVIEWS = agent_reviews.STORIES
STORIES: tuple[Story, ...] = LEAD + LEADING + ONBOARDING + REVERSE + REFUNDS + REVIEWS

__all__ = ["LEAD", "LEADING", "ONBOARDING", "REFUNDS", "REVERSE", "REVIEWS", "STORIES"]
