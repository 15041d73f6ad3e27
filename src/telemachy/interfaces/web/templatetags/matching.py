"""Numbers of match runs as they are read."""

from django import template

from telemachy.interfaces.web.forms import match_words

register = template.Library()

register.filter("percent", match_words.percent)
