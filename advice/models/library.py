"""The library: what the guides offer, the figures that they give and the words that they use."""

from django.db import models
from django.db.models import Q

from scans.models import Citation, Theme
from scans.models.content import NaturalKeyManager


class Fact(models.Model):
    """One figure of a guide, with its group and denominator. Cells of a table also say where they stand in it."""

    class Reading(models.TextChoices):
        SHARE = "aandeel", "aandeel in een groep"
        DIFFERENCE = "verschil", "verschil tussen groepen"
        CHANCE = "kans", "kans"
        COUNT = "aantal", "aantal"
        CHANGE = "verandering", "verandering in de tijd"
        JUDGEMENT = "oordeel", "wat mensen zeiden"
        MEAN = "gemiddelde", "gemiddelde"
        PERIOD = "periode", "periode"
        AMOUNT = "bedrag", "bedrag"

    code = models.SlugField(max_length=70, unique=True)
    position = models.PositiveSmallIntegerField("volgorde")
    statement = models.TextField("wat")
    value = models.CharField("getal", max_length=60)
    unit = models.CharField("eenheid", max_length=120)
    reading = models.CharField("soort getal", max_length=20, choices=Reading)
    group = models.CharField("groep", max_length=300)
    denominator = models.CharField("noemer", max_length=300, blank=True)
    period = models.CharField("periode", max_length=160)
    themes = models.ManyToManyField(Theme, verbose_name="thema’s", related_name="facts", blank=True)
    opens = models.OneToOneField(
        Theme,
        verbose_name="opent thema",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="opening_fact",
    )  # opens nothing without its theme
    table = models.CharField("tabel", max_length=40, blank=True)
    row = models.CharField("rij", max_length=80, blank=True)
    column = models.CharField("kolom", max_length=80, blank=True)
    citations = models.ManyToManyField(Citation, verbose_name="vindplaatsen", related_name="facts")

    natural_fields = ("code",)
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "feit"
        verbose_name_plural = "feiten"
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "row", "column"], condition=~Q(table=""), name="one_fact_per_cell"
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["scans.theme", "scans.citation"]


class Term(models.Model):
    """A word that readers meet, as a guide uses it. `forms`: how it occurs in running text, in lower case."""

    code = models.SlugField(max_length=60, unique=True)
    term = models.CharField("woord", max_length=80)
    forms = models.JSONField("woordvormen", default=list)
    definition = models.TextField("betekenis")
    nuance = models.TextField("let op", blank=True)
    see_also = models.JSONField("zie ook", default=list)
    citations = models.ManyToManyField(Citation, verbose_name="vindplaatsen", related_name="terms")

    natural_fields = ("code",)
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "woord"
        verbose_name_plural = "woorden"
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["scans.citation"]


class Intervention(models.Model):
    """One thing that a guide offers, with what the guide says about effect and what it warns of.

    `helps` are codes of questions that it helps to move forward, from an answer at level `lowest` to `highest`.
    `not_for` are codes of questions and themes for which the target group or the caution speaks against it.
    Codes instead of references: a question keeps its code over all versions of a questionnaire.
    """

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

    class Addressee(models.TextChoices):
        """Whom the guide speaks to. What is not for the municipality stands in the library as context."""

        MUNICIPALITY = "gemeente", "de gemeente"
        STATE = "rijk", "het Rijk"
        NATIONAL = "landelijk", "landelijke organisaties zoals VNG, Divosa en SAM"
        EMPLOYERS = "werkgevers", "werkgevers"
        OTHERS = "anderen", "andere organisaties"

    class TargetGroup(models.TextChoices):
        EVERYBODY = "alle-klanten", "alle klanten"
        MIGRATION = "migratieachtergrond", "mensen met een migratieachtergrond"
        STATUS_HOLDERS = "statushouders", "statushouders en inburgeraars"
        WOMEN = "vrouwen", "vrouwen"
        YOUNG = "jongeren", "jongeren"
        OLDER = "45-plus", "45-plussers"
        LANGUAGE = "nederlands-leren", "mensen die Nederlands leren"
        HEALTH = "gezondheid", "mensen met gezondheidsklachten"
        STAFF = "medewerkers", "medewerkers van de gemeente"
        EMPLOYERS = "werkgevers", "werkgevers"
        RESIDENTS = "inwoners", "inwoners"

    class Evidence(models.TextChoices):
        PROVEN = "bewezen-effectief", "bewezen effectief"
        GOOD_EXPERIENCE = "goede-ervaringen", "goede ervaringen"
        DISPUTED = "niet-effectief-of-betwist", "niet effectief of betwist"
        NO_STATEMENT = "geen-uitspraak", "geen uitspraak over effect"

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField("naam", max_length=140)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    summary = models.TextField("samenvatting")
    asks = models.TextField("wat het vraagt")
    gives = models.TextField("wat het oplevert")
    start = models.TextField("zo begin je")
    for_whom = models.TextField("voor wie")
    target_groups = models.JSONField("doelgroepen", default=list)
    organisation = models.CharField("gemeente of organisatie", max_length=160, blank=True)
    addressee = models.CharField("gericht aan", max_length=20, choices=Addressee, default=Addressee.MUNICIPALITY)
    roles = models.JSONField("rollen", default=list)
    themes = models.ManyToManyField(Theme, verbose_name="thema’s", related_name="interventions")
    phase = models.CharField("fase", max_length=20, choices=Phase)
    evidence = models.CharField("effect", max_length=30, choices=Evidence)
    evidence_note = models.TextField("wat de gids over effect zegt")
    caution = models.TextField("waar de gids voor waarschuwt", blank=True)
    as_of = models.CharField("peildatum", max_length=7, help_text="jaar of jaar-maand")
    note = models.TextField("wat sindsdien veranderde", blank=True)
    url = models.URLField("adres", blank=True, max_length=300)
    helps = models.JSONField("helpt bij vragen", default=list)
    lowest = models.PositiveSmallIntegerField("vanaf niveau", default=0)
    highest = models.PositiveSmallIntegerField("tot en met niveau", default=4)
    not_for = models.JSONField("niet bij", default=list)
    related = models.JSONField("zie ook", default=list)
    figures = models.ManyToManyField(Fact, verbose_name="cijfers", related_name="interventions", blank=True)
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
            models.CheckConstraint(
                condition=Q(lowest__range=(0, 4), highest__range=(0, 4), highest__gte=models.F("lowest")),
                name="entry_helps_at_levels",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["scans.theme", "scans.citation", "advice.fact"]
