"""Every component in every state, for those who build pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.views.generic import TemplateView

from telemachy.interfaces.common.clock import now
from telemachy.interfaces.web import icons
from telemachy.interfaces.web.charts import samples as chart_samples
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.templatetags import ui


class Sample(forms.Form):
    """One field of each kind; its words are shown to developers only and stay English."""

    name = forms.CharField(max_length=60, help_text="As your pair knows you.")
    email = forms.EmailField(label="E-mail")
    view = forms.CharField(
        label="What do you make of it yourself?",
        widget=forms.Textarea,
        help_text="Your own reasoning first. It is kept as you wrote it, before any help.",
    )
    kind = forms.ChoiceField(choices=[("mentoring", "Mentoring"), ("coaching", "Coaching")])
    structure = forms.ChoiceField(
        label="How much structure?",
        choices=[("light", "Light: a charter, then you decide"), ("guided", "Guided: themes and reminders")],
        widget=forms.RadioSelect,
        initial="guided",
    )
    skills = forms.MultipleChoiceField(
        choices=[("feedback", "Giving feedback"), ("planning", "Planning"), ("delegation", "Delegation")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    due_on = forms.DateField(label="Due on", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    roster = forms.FileField(required=False, help_text="CSV or XLSX, up to 50 MB.")
    agree = forms.BooleanField(label="I agree to this version of the charter")
    closed = forms.CharField(disabled=True, initial="Cannot be changed here", required=False)


class Gallery(TemplateView):
    """Show the gallery."""

    template_name = "gallery/gallery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add samples of what components take."""
        wrong = Sample({"email": "athena", "kind": "mentoring", "structure": "guided"})
        wrong.is_valid()
        moment = now()
        samples = {
            "form": Sample(),
            "wrong": wrong,
            "icons": icons.icon_names(),
            "tones": ui.TONES,
            "variants": ui.VARIANTS,
            "levels": range(4, -1, -1),
            "just_now": moment - timedelta(hours=3),
            "days_ago": moment - timedelta(days=2, hours=1),
            "long_ago": moment - timedelta(days=16),
            "tabs": [
                NavItem("Overview", "#1", current=True),
                NavItem("Situations", "#2", badge=3),
                NavItem("Goals", "#3"),
            ],
            "parts": [("Skills", 0.34), ("Working hours", 0.21), ("Languages", 0.16), ("Seniority", 0.11)],
            "page": Paginator(range(120), 25).page(2),
            "charts": chart_samples.samples(),
            "inks": ("ink", "ink-muted", "accent", "positive", "caution", "danger"),
        }
        return super().get_context_data(**kwargs) | samples
