"""Which answer leads to what."""

from django.db import models
from django.db.models import Q

from scans.models import Citation, Question, Role, Theme
from scans.models.content import NaturalKeyManager

from .library import Intervention


class AdviceRule(models.Model):
    """What to advise when a question is answered with a level from `lowest` to `highest`, or "weet ik niet"."""

    question = models.ForeignKey(
        Question, verbose_name="vraag", on_delete=models.CASCADE, related_name="rules"
    )  # advice hangs on the answer
    code = models.SlugField(max_length=70, unique=True)
    lowest = models.PositiveSmallIntegerField("vanaf niveau", null=True, blank=True)
    highest = models.PositiveSmallIntegerField("tot en met niveau", null=True, blank=True)
    text = models.TextField("advies")
    first_step = models.CharField("eerste stap", max_length=250)
    who = models.CharField("wie", max_length=80)
    weeks = models.PositiveSmallIntegerField("binnen weken")
    interventions = models.ManyToManyField(
        Intervention, verbose_name="interventies", related_name="rules", blank=True
    )
    citations = models.ManyToManyField(Citation, verbose_name="vindplaatsen", related_name="rules")

    natural_fields = ("code",)
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "adviesregel"
        verbose_name_plural = "adviesregels"
        ordering = ["question", "lowest"]
        constraints = [
            models.CheckConstraint(
                # "Not null" said out loud: a check that comes to NULL lets the row pass.
                condition=Q(lowest=None, highest=None)
                | Q(
                    lowest__isnull=False,
                    highest__isnull=False,
                    lowest__range=(0, 4),
                    highest__range=(0, 4),
                    highest__gte=models.F("lowest"),
                ),
                name="rule_covers_levels_or_dont_know",
            ),
            models.CheckConstraint(condition=Q(weeks__range=(1, 4)), name="first_step_within_a_month"),
            models.UniqueConstraint(
                fields=["question", "lowest"], condition=Q(lowest__isnull=False), name="one_rule_per_lowest_level"
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(lowest__isnull=True), name="one_rule_for_dont_know"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["scans.question", "advice.intervention", "scans.citation"]


class CombinedRule(models.Model):
    """What several answers say together, and which step then goes first.

    `conditions`: [[question code, [levels 0–4 or "dont_know"]], …], all of one role; it fires when every one holds.
    `first` and `waits` are codes of questions among them, or empty: the step of `first` is taken before all others,
    the step of `waits` after all others.
    """

    code = models.SlugField(max_length=70, unique=True)
    role = models.CharField("rol", max_length=20, choices=Role)
    theme = models.ForeignKey(
        Theme, verbose_name="thema", on_delete=models.CASCADE, related_name="combined_rules"
    )  # says nothing without its theme
    conditions = models.JSONField("voorwaarden", default=list)
    first = models.CharField("gaat voor", max_length=60, blank=True)
    waits = models.CharField("wacht", max_length=60, blank=True)
    title = models.CharField("kop", max_length=120)
    text = models.TextField("advies")
    interventions = models.ManyToManyField(
        Intervention, verbose_name="interventies", related_name="combined_rules", blank=True
    )
    citations = models.ManyToManyField(Citation, verbose_name="vindplaatsen", related_name="combined_rules")

    natural_fields = ("code",)
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "regel over meer antwoorden"
        verbose_name_plural = "regels over meer antwoorden"
        ordering = ["role", "theme", "code"]

    def __str__(self) -> str:
        return self.code

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["scans.theme", "advice.intervention", "scans.citation"]


class ThemeAdvice(models.Model):
    """Per theme and role: one question to discuss with colleagues and one thing to stop doing."""

    theme = models.ForeignKey(
        Theme, verbose_name="thema", on_delete=models.CASCADE, related_name="advice"
    )  # says nothing without its theme
    role = models.CharField("rol", max_length=20, choices=Role)
    discussion = models.CharField("gespreksvraag", max_length=250)
    stop = models.CharField("stop hiermee", max_length=250)

    natural_fields = ("theme__code", "role")
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "themaadvies"
        verbose_name_plural = "themaadviezen"
        ordering = ["theme", "role"]
        constraints = [models.UniqueConstraint(fields=["theme", "role"], name="one_advice_per_theme_and_role")]

    def __str__(self) -> str:
        return f"{self.theme} ({self.role})"

    def natural_key(self):
        return (self.theme.code, self.role)

    natural_key.dependencies = ["scans.theme"]
