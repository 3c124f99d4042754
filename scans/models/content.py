"""The content: sources, themes, questionnaires, questions and rubric levels.

Fixtures are the truth. Natural keys make them loadable twice; a published version is closed by triggers in the
database (migration "published content is closed"), which refuse a changed row and let an equal one pass.
"""

from django.db import models


class Role(models.TextChoices):
    CLIENT_MANAGER = "client_manager", "klantmanager"
    POLICY_OFFICER = "policy_officer", "beleidsmedewerker"
    MANAGER = "manager", "manager"


class NonAnswer(models.TextChoices):
    """Three different ways of giving no level. Never a number, never in a mean."""

    DONT_KNOW = "dont_know", "Weet ik niet"
    NOT_APPLICABLE = "not_applicable", "Niet van toepassing"
    PREFER_NOT_TO_SAY = "prefer_not_to_say", "Liever niet zeggen"


class NaturalKeyManager(models.Manager):
    """Finds a row by the fields that its model names in `natural_fields`."""

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.natural_fields, values, strict=True)))


class Source(models.Model):
    """One of the guides and studies that the content rests on."""

    code = models.SlugField(max_length=10, unique=True)
    title = models.CharField("titel", max_length=200)
    authors = models.CharField("auteurs", max_length=200)
    publisher = models.CharField("uitgever", max_length=100)
    year = models.PositiveSmallIntegerField("jaar")
    url = models.URLField("adres", blank=True)
    about = models.TextField("waar het over gaat")

    natural_fields = ("code",)
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    def natural_key(self):
        return (self.code,)


class Citation(models.Model):
    """One place in a source that content may cite: a section heading as it stands in the document.

    The rows of a source are its checked list; what is not on the list cannot be cited.
    """

    source = models.ForeignKey(
        Source, verbose_name="bron", on_delete=models.CASCADE, related_name="citations"
    )  # the list belongs to its source
    heading = models.CharField("kop", max_length=200)
    position = models.PositiveSmallIntegerField("volgorde")

    natural_fields = ("source__code", "heading")
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "vindplaats"
        verbose_name_plural = "vindplaatsen"
        ordering = ["source__code", "position"]
        constraints = [
            models.UniqueConstraint(fields=["source", "heading"], name="one_citation_per_heading"),
        ]

    def __str__(self) -> str:
        return f"{self.source.code}: {self.heading}"

    def natural_key(self):
        return (self.source.code, self.heading)

    natural_key.dependencies = ["scans.source"]


class Theme(models.Model):
    """One of the twelve themes, shared by the three roles. Its code means one thing for ever."""

    code = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", unique=True)
    title = models.CharField("titel", max_length=80)
    intro = models.CharField("inleiding", max_length=160)
    phrase = models.CharField("in een zin", max_length=60, help_text="past in ‘… staat stevig’")

    natural_fields = ("code",)
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema’s"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self):
        return (self.code,)


class Questionnaire(models.Model):
    """The questions of one role in one version. A change is a new version."""

    role = models.CharField("rol", max_length=20, choices=Role)
    version = models.CharField("versie", max_length=10)
    title = models.CharField("titel", max_length=100)

    natural_fields = ("role", "version")
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "vragenlijst"
        verbose_name_plural = "vragenlijsten"
        ordering = ["version", "role"]
        constraints = [
            models.UniqueConstraint(fields=["role", "version"], name="one_questionnaire_per_role_and_version"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def natural_key(self):
        return (self.role, self.version)


class Publication(models.Model):
    """The moment after which a questionnaire is closed, with the hash of what was published."""

    questionnaire = models.OneToOneField(
        Questionnaire, verbose_name="vragenlijst", on_delete=models.PROTECT
    )  # a published version stays
    published_on = models.DateField("gepubliceerd op")
    sha256 = models.CharField("sha256", max_length=64)

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.published_on})"


class Question(models.Model):
    """One question. Its code means one thing for ever, in every version."""

    class Relation(models.TextChoices):
        """How a question relates to its predecessor; trends compare only what is comparable."""

        NEW = "new", "nieuw"
        SAME = "same", "gelijk"
        REWORDED = "reworded", "anders verwoord"
        NARROWER = "narrower", "smaller"
        BROADER = "broader", "breder"

    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name="vragenlijst", on_delete=models.PROTECT, related_name="questions"
    )  # answers hang on it
    theme = models.ForeignKey(
        Theme, verbose_name="thema", on_delete=models.PROTECT, related_name="questions"
    )  # a theme in use stays
    code = models.SlugField(max_length=50)
    position = models.PositiveSmallIntegerField("volgorde")
    text = models.CharField("vraag", max_length=160)
    why = models.TextField("waarom vragen we dit")
    prompt = models.CharField("bewijsvraag", max_length=160)
    weight = models.PositiveSmallIntegerField("gewicht", default=1)
    allows_dont_know = models.BooleanField("‘weet ik niet’", default=False)
    allows_not_applicable = models.BooleanField("‘niet van toepassing’", default=False)
    allows_prefer_not_to_say = models.BooleanField("‘liever niet zeggen’", default=False)
    relation = models.CharField("relatie", max_length=10, choices=Relation, default=Relation.NEW)
    predecessor = models.ForeignKey(
        "self", verbose_name="voorganger", null=True, blank=True, on_delete=models.PROTECT
    )  # trends need it
    citations = models.ManyToManyField(Citation, verbose_name="vindplaatsen", related_name="questions")

    natural_fields = ("questionnaire__role", "questionnaire__version", "code")
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["questionnaire", "theme__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="one_question_per_code"),
            models.UniqueConstraint(fields=["questionnaire", "theme", "position"], name="one_question_per_place"),
            models.CheckConstraint(condition=models.Q(weight__gte=1), name="question_weighs_something"),
            models.CheckConstraint(
                condition=models.Q(relation="new", predecessor=None)
                | (~models.Q(relation="new") & models.Q(predecessor__isnull=False)),
                name="question_relation_has_predecessor",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self):
        return (*self.questionnaire.natural_key(), self.code)

    natural_key.dependencies = ["scans.questionnaire", "scans.theme", "scans.citation"]


class AnswerOption(models.Model):
    """One rubric level of a question: what you would see in practice."""

    question = models.ForeignKey(
        Question, verbose_name="vraag", on_delete=models.PROTECT, related_name="options"
    )  # answers mean this text
    level = models.PositiveSmallIntegerField("niveau")
    label = models.CharField("antwoord", max_length=120)

    natural_fields = ("question__questionnaire__role", "question__questionnaire__version", "question__code", "level")
    objects = NaturalKeyManager()

    class Meta:
        verbose_name = "antwoordniveau"
        verbose_name_plural = "antwoordniveaus"
        ordering = ["question", "level"]
        constraints = [
            models.UniqueConstraint(fields=["question", "level"], name="one_option_per_level"),
            models.CheckConstraint(condition=models.Q(level__range=(0, 4)), name="option_level_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.label}"

    def natural_key(self):
        return (*self.question.natural_key(), self.level)

    natural_key.dependencies = ["scans.question"]
