"""One row that is written once per request."""

from django.db import models


class Note(models.Model):
    key = models.CharField(max_length=40, unique=True)
    value = models.CharField(max_length=20)

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.key
