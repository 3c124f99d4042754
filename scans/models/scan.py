"""What a person answers. No name, no address, no time finer than a day, no number that counts up."""

import uuid

from django.db import models

from .content import NonAnswer, Question, Questionnaire


class ScanQuerySet(models.QuerySet):
    def alive(self, today):
        """Not yet due to be erased. A row that waits for the eraser is as good as gone."""
        return self.filter(erase_on__gt=today)

    def expired(self, today):
        return self.filter(erase_on__lte=today)


class Scan(models.Model):
    """One person's questionnaire: a draft until `submitted_on` is set."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # random: no order of arrival
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT
    )  # a scan ends on the version it began with
    submitted_on = models.DateField(null=True)
    erase_on = models.DateField()

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "scan"
        verbose_name_plural = "scans"
        indexes = [models.Index(fields=["erase_on"], name="scan_erase_on")]

    def __str__(self) -> str:
        return f"scan {self.id}"


class Answer(models.Model):
    """The answer to one question in one scan: a level or a non-answer, never both.

    `revision` counts the saves of this answer, so that a second tab can be told that it was behind.
    """

    pk = models.CompositePrimaryKey("scan_id", "question_id")
    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="answers")  # erased together
    question = models.ForeignKey(Question, on_delete=models.PROTECT)  # an answer needs its question
    level = models.PositiveSmallIntegerField(null=True)
    non_answer = models.CharField(max_length=20, choices=NonAnswer, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        constraints = [
            models.CheckConstraint(
                # "Not null" said out loud: a check that comes to NULL lets the row pass.
                condition=models.Q(level__isnull=False, level__range=(0, 4), non_answer="")
                | models.Q(level=None, non_answer__in=NonAnswer.values),
                name="answer_is_level_or_non_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.level if self.level is not None else self.non_answer}"


class ResumeLink(models.Model):
    """A way back into a scan. Only the SHA-256 of its 256-bit secret is stored."""

    secret_hash = models.CharField(max_length=64, primary_key=True)
    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="links")  # erased together

    class Meta:
        verbose_name = "link"
        verbose_name_plural = "links"

    def __str__(self) -> str:
        return "link"
