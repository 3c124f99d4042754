"""Advising: what the guides offer (Intervention) and which answer leads to what (AdviceRule, ThemeAdvice)."""

from django.db import models
from django.db.models import Q

from scans.models import Citation, Question, Role, Theme
from scans.models.content import NaturalKeyManager


class Intervention(models.Model):
    """One thing that a guide offers, with what the guide says about effect and what it warns of."""

    class Kind(models.TextChoices):
        INTERVENTION = "interventie", "interventie"
        EXAMPLE = "praktijkvoorbeeld", "praktijkvoorbeeld"
        TOOL = "tool", "hulpmiddel"
        TRAINING = "training", "training"
        CHECKLIST = "checklist", "checklist"
        RECOMMENDATION = "aanbeveling", "aanbeveling"

    class Phase(models.TextChoices):
        INVITE = "uitnodigen", "uitnodigen"
        GET_TO_KNOW = "leren-kennen", "leren kennen"
        FITTING = "passende-inzet", "passende inzet"
        STRENGTHEN = "versterken", "versterken"
        FIND_EMPLOYER = "werkgever-vinden", "werkgever vinden"
        RECRUIT = "werven-selecteren", "werven en selecteren"
        WORK_FLOOR = "werkvloer", "op de werkvloer"
        ORGANISATION = "organisatie", "organisatie"

    class Evidence(models.TextChoices):
        PROVEN = "bewezen-effectief", "bewezen effectief"
        GOOD_EXPERIENCE = "goede-ervaringen", "goede ervaringen"
        DISPUTED = "niet-effectief-of-betwist", "niet effectief of betwist"
        NO_STATEMENT = "geen-uitspraak", "geen uitspraak over effect"

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField("naam", max_length=120)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    summary = models.TextField("samenvatting")
    start = models.TextField("zo begin je")
    for_whom = models.TextField("voor wie")
    roles = models.JSONField("rollen", default=list)
    themes = models.ManyToManyField(Theme, verbose_name="thema’s", related_name="interventions")
    phase = models.CharField("fase", max_length=20, choices=Phase)
    evidence = models.CharField("effect", max_length=30, choices=Evidence)
    evidence_note = models.TextField("wat de gids over effect zegt")
    caution = models.TextField("waar de gids voor waarschuwt", blank=True)
    as_of = models.CharField("peildatum", max_length=7, help_text="jaar of jaar-maand")
    note = models.TextField("wat sindsdien veranderde", blank=True)
    url = models.URLField("adres", blank=True, max_length=300)
    citations = models.ManyToManyField(Citation, verbose_name="vindplaatsen", related_name="interventions")

    natural_fields = ("code",)
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "interventie"
        verbose_name_plural = "interventies"
        ordering = ["code"]
        constraints = [
            # The word "proven" is for what the guides themselves call proven; the content tests name the two.
            models.CheckConstraint(condition=~Q(evidence_note=""), name="evidence_says_what_the_guide_says"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["scans.theme", "scans.citation"]


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
