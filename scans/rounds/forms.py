"""Forms of the coordinator. They check the shape; services decide what it means."""

from django import forms

from scans.models import FEWEST, Role
from teams.plain_text import tidy

_BOX = "utrecht-textbox utrecht-textbox--html-input"


def closing_field() -> forms.DateField:
    return forms.DateField(
        label="Laatste dag",
        help_text="Op deze dag kan het nog. Om 00:00 daarna sluit de ronde.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": _BOX}),
        error_messages={"required": "Kies de laatste dag.", "invalid": "Dit is geen datum."},
    )


class RoundForm(forms.Form):
    """The field of a team is its random id: no page tells a number of the database."""

    last_day = closing_field()
    minimum = forms.IntegerField(
        label="Kleinste groep",
        help_text="Een cijfer wordt pas getoond als zoveel mensen erin meetellen. Minstens 5; hoger mag.",
        min_value=FEWEST,
        max_value=50,
        widget=forms.NumberInput(attrs={"class": _BOX}),
        error_messages={
            "required": "Vul een getal in.",
            "invalid": "Vul een getal in.",
            "min_value": "Een groep heeft minstens 5 mensen.",
            "max_value": "Meer dan 50 is niet zinvol.",
        },
    )

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.all_teams = list(teams)
        for team in self.all_teams:
            widget = forms.CheckboxInput(attrs={"class": "utrecht-checkbox utrecht-checkbox--html-input"})
            self.fields[f"team-{team.public_id}"] = forms.BooleanField(label=team.name, required=False, widget=widget)

    def clean(self):
        cleaned = super().clean()
        if not self.chosen_teams(cleaned):
            raise forms.ValidationError("Kies minstens één team.")
        return cleaned

    def chosen_teams(self, cleaned=None) -> list:
        cleaned = self.cleaned_data if cleaned is None else cleaned
        return [team for team in self.all_teams if cleaned.get(f"team-{team.public_id}")]


class ExtendForm(forms.Form):
    last_day = closing_field()


class DeleteMunicipalityForm(forms.Form):
    """Typing the name is the moment to think twice."""

    name = forms.CharField(
        label="Typ de naam van je gemeente",
        max_length=100,
        widget=forms.TextInput(attrs={"class": _BOX, "autocomplete": "off"}),
        error_messages={"required": "Typ de naam van je gemeente."},
    )

    def __init__(self, *args, municipality, **kwargs):
        super().__init__(*args, **kwargs)
        self.municipality = municipality

    def clean_name(self):
        name = tidy(self.cleaned_data["name"])
        if name.casefold() != self.municipality.name.casefold():
            raise forms.ValidationError(f"Dit is niet de naam. Typ: {self.municipality.name}.")
        return name


class CorrectForm(forms.Form):
    role = forms.ChoiceField(
        label="Rol", choices=Role.choices, widget=forms.Select(attrs={"class": "utrecht-select"})
    )
    team = forms.ChoiceField(label="Team", widget=forms.Select(attrs={"class": "utrecht-select"}))

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(team.public_id, team.name) for team in teams]
