"""Load, check and publish the content in one transaction: all of it or nothing."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from advice.content_check import content_faults
from advice.models import AdviceRule, CombinedRule, Fact, Intervention, Term, ThemeAdvice
from advice.remembered import forget_content
from scans.clock import database_today
from scans.content_files import ContentError, Record, fixture_files, load_records, natural_key, read_records
from scans.models import AnswerOption, Citation, Publication, Question, Questionnaire, Source, Theme

# Content that no answer hangs on: what leaves the fixtures leaves the database.
_REPLACEABLE = (AdviceRule, CombinedRule, ThemeAdvice, Intervention, Fact, Term, Citation, Source)
# Content that answers mean something by: it may never just disappear. The largest first, so that it is named.
_KEPT = (Theme, Questionnaire, Question, AnswerOption)


@dataclass(frozen=True)
class Loaded:
    """How many records were read and which versions were published now."""

    records: int
    published: tuple[str, ...]


@transaction.atomic
def load_content(root: Path | None = None) -> Loaded:
    """Bring the database up to the fixtures. Loading the same twice changes nothing. Raises ContentError."""
    records = read_records(fixture_files(root))
    _remove_stale(records)
    saved = load_records(records)
    places = {item: record.where for item, record in zip(saved, records, strict=True)}
    _refuse_missing(places)
    faults = [f"{places[item]}: {reason}" if item in places else reason for item, reason in content_faults()]
    if faults:
        raise ContentError("The content is not complete:\n- " + "\n- ".join(faults))
    published = _publish()
    forget_content()
    return Loaded(len(records), published)


def _remove_stale(records: list[Record]) -> None:
    """Before the rest is saved: a rule under a new code may take the place of the one that left."""
    for model in _REPLACEABLE:
        label = model._meta.label_lower
        keep = {natural_key(model, record.fields) for record in records if record.model == label}
        for item in model.objects.select_related():
            if item.natural_key() not in keep:
                item.delete()


def _refuse_missing(places: dict) -> None:
    for model in _KEPT:
        for item in model.objects.all():
            if item not in places:
                # What is gone has no line any more; the questionnaire that it belongs to has.
                owner = getattr(item, "question", item)
                place = places.get(getattr(owner, "questionnaire", owner))
                key = " / ".join(str(part) for part in item.natural_key())
                raise ContentError(
                    f"{place + ': ' if place else ''}{model._meta.label_lower} {key} is in the database but no "
                    "longer in the fixtures. Content that people have answered stays; put it back and make a new "
                    "version without it."
                )


def _publish() -> tuple[str, ...]:
    """Publish the version that new scans get, which was just checked, and see that nothing published has changed.

    Another version stays a draft, open to correction, until settings.QUESTIONNAIRE_VERSION names it.
    """
    published = []
    for questionnaire in Questionnaire.objects.all():
        sha256 = content_hash(questionnaire)
        publication = Publication.objects.filter(questionnaire=questionnaire).first()
        if publication is None:
            if questionnaire.version != settings.QUESTIONNAIRE_VERSION:
                continue
            Publication.objects.create(questionnaire=questionnaire, published_on=database_today(), sha256=sha256)
            published.append(str(questionnaire))
        elif publication.sha256 != sha256:
            raise ContentError(f"{questionnaire} was published and has changed. Make a new version.")
    return tuple(published)


def content_hash(questionnaire: Questionnaire) -> str:
    """The SHA-256 of what a questionnaire asks: codes, questions, levels, weights; not its citations."""
    # Spelled out, apart from the export: a new field there must not make published versions look changed.
    document = [
        [question.theme.code, question.code, question.text, question.weight]
        + [question.allows_dont_know, question.allows_not_applicable, question.allows_prefer_not_to_say]
        + [[option.level, option.label] for option in question.options.all()]
        for question in questionnaire.questions.select_related("theme").prefetch_related("options")
    ]
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
