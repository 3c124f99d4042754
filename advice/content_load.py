"""Load, check and publish the content in one transaction: all of it or nothing."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from advice.content_check import content_faults
from advice.content_export import export_questionnaire
from advice.models import AdviceRule, Intervention, ThemeAdvice
from advice.selectors import forget_content
from scans.clock import database_today
from scans.content_files import ContentError, fixture_files, load_records, read_records
from scans.models import AnswerOption, Citation, Publication, Question, Questionnaire

# Content that no answer hangs on: what leaves the fixtures leaves the database.
_REPLACEABLE = (AdviceRule, ThemeAdvice, Intervention, Citation)
# Content that answers mean something by: it may never just disappear.
_KEPT = (AnswerOption, Question, Questionnaire)


@dataclass(frozen=True)
class Loaded:
    """How many records were read and which versions were published now."""

    records: int
    published: tuple[str, ...]


@transaction.atomic
def load_content(root: Path | None = None) -> Loaded:
    """Bring the database up to the fixtures. Loading the same twice changes nothing. Raises ContentError."""
    records = read_records(fixture_files(root))
    saved = load_records(records)
    _remove_stale(saved)
    _refuse_missing(saved)
    faults = content_faults()
    if faults:
        raise ContentError("The content is not complete:\n- " + "\n- ".join(faults))
    published = _publish()
    forget_content()
    return Loaded(len(records), published)


def _remove_stale(saved: list) -> None:
    for model in _REPLACEABLE:
        keep = {item.pk for item in saved if isinstance(item, model)}
        for item in model.objects.exclude(pk__in=keep):
            item.delete()


def _refuse_missing(saved: list) -> None:
    for model in _KEPT:
        keep = {item.pk for item in saved if isinstance(item, model)}
        missing = [item for item in model.objects.all() if item.pk not in keep]
        if missing:
            key = " / ".join(str(part) for part in missing[0].natural_key())
            raise ContentError(
                f"{model._meta.label} {key} is in the database but no longer in the fixtures. Content that people "
                "have answered stays; put it back and make a new version without it."
            )


def _publish() -> tuple[str, ...]:
    """Publish what is not yet published, and check that what was has not changed."""
    published = []
    for questionnaire in Questionnaire.objects.all():
        sha256 = content_hash(questionnaire)
        publication = Publication.objects.filter(questionnaire=questionnaire).first()
        if publication is None:
            Publication.objects.create(questionnaire=questionnaire, published_on=database_today(), sha256=sha256)
            published.append(str(questionnaire))
        elif publication.sha256 != sha256:
            raise ContentError(f"{questionnaire} was published and has changed. Make a new version.")
    return tuple(published)


def content_hash(questionnaire: Questionnaire) -> str:
    """The SHA-256 of what a questionnaire asks: codes, questions, levels, weights; not its citations."""
    document = export_questionnaire(questionnaire)
    for theme in document["themes"]:
        del theme["title"], theme["intro"]
        for question in theme["questions"]:
            del question["citations"]
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
