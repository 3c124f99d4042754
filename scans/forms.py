"""Forms check the shape of what was sent. A field's name is the question's code."""

from django import forms

from scans.models import Role
from scans.selectors.content import QuestionContent, ThemeContent
from scans.selectors.scan import GivenAnswer

NOTHING_SEEN = GivenAnswer(choice="", revision=0)


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        choices=Role.choices,
        error_messages={"required": "Kies je rol.", "invalid_choice": "Kies een van de drie rollen."},
    )


class ChoiceField(forms.CharField):
    """One of the values that a question offers: a level or a non-answer.

    Not Django's ChoiceField, which goes through all its labels for every page; ours come from the content.
    """

    def __init__(self, question: QuestionContent, **kwargs):
        super().__init__(strip=False, **kwargs)
        self.question = question

    def validate(self, value):
        super().validate(value)
        if value not in self.question.values:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class QuestionField(ChoiceField):
    """One question with its five levels and its non-answers. `seen` is what the page showed when it was made."""

    def __init__(self, question: QuestionContent, given: GivenAnswer | None):
        super().__init__(
            question,
            label=question.text,
            initial=given.choice if given else "",
            error_messages={
                "required": "Kies een antwoord.",
                "invalid_choice": "Dit antwoord hoort niet bij deze vraag. Kies een van de antwoorden.",
            },
        )
        self.seen = given or NOTHING_SEEN


class ThemeForm(forms.Form):
    """The two questions of one theme."""

    def __init__(self, *args, theme: ThemeContent, answers: dict[str, GivenAnswer], **kwargs):
        super().__init__(*args, **kwargs)
        for question in theme.questions:
            self.fields[question.code] = QuestionField(question, answers.get(question.code))

    def seen(self, code: str) -> GivenAnswer:
        """What this page showed for a question, as the page itself reports it (`revision:choice`)."""
        revision, _, choice = self.data.get(f"seen-{code}", "").partition(":")
        written_by_us = revision.isascii() and revision.isdigit() and len(revision) <= 10
        return GivenAnswer(choice, int(revision)) if written_by_us else NOTHING_SEEN


class AnswerForm(forms.Form):
    """One choice, sent at once when it is made."""

    seen = forms.IntegerField(min_value=0, max_value=2**31, required=False)

    def __init__(self, *args, question: QuestionContent, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"] = ChoiceField(question, error_messages={"invalid_choice": ""})
