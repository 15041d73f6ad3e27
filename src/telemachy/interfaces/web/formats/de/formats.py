"""Dates in German as every page writes them, as short as the English ones."""

DATE_FORMAT = "j. M Y"
SHORT_DATE_FORMAT = "j. M Y"
DATETIME_FORMAT = "j. M Y, H:i"

# The first is what a box for a day is filled with, and a browser understands no other.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
