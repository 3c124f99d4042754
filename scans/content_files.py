"""Load the content fixtures: real Django fixtures, read record by record so that a mistake has a file and a line."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import Error as DatabaseError
from django.db import transaction

# The order in which content can refer to what was loaded before it.
FOLDERS = ("sources", "questionnaires", "rubrics", "interventions", "rules")


class ContentError(Exception):
    """The content cannot be loaded as it is; the message names file, line and key. Nothing was changed."""


@dataclass(frozen=True)
class Record:
    """One object of a fixture file, with where it stands."""

    file: str
    line: int
    model: str
    fields: dict

    @property
    def where(self) -> str:
        return f"{self.file}, line {self.line}"

    def as_object(self) -> dict:
        return {"model": self.model, "fields": self.fields}


def fixture_files(root: Path | None = None) -> list[Path]:
    root = root or settings.FIXTURE_DIRS[0]
    return [path for folder in FOLDERS for path in sorted((root / folder).glob("*.yaml"))]


def read_records(files: list[Path]) -> list[Record]:
    """Every record of the files in order. Raises ContentError for a file that is not a list of objects."""
    records = []
    for path in files:
        name = f"{path.parent.name}/{path.name}"
        try:
            text = path.read_text(encoding="utf-8")
            root = yaml.compose(text, Loader=yaml.CSafeLoader)
            values = yaml.load(text, Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ContentError(f"{name}: this is not readable YAML: {error}") from error
        nodes = root.value if root is not None else []
        for node, value in zip(nodes, values or [], strict=True):
            line = node.start_mark.line + 1
            if not isinstance(value, dict) or not {"model", "fields"} <= set(value):
                raise ContentError(f"{name}, line {line}: an object needs a model and fields")
            records.append(Record(name, line, value["model"], value["fields"]))
    return records


def load_records(records: list[Record]) -> list:
    """Save the records in one transaction and return the saved objects.

    Raises ContentError for a double key, an unknown reference or field, and a change in a published version.
    """
    seen: dict[tuple, Record] = {}
    saved = []
    with transaction.atomic():
        for record in records:
            item = _deserialize(record)
            key = (record.model, item.object.natural_key())
            if key in seen:
                raise ContentError(f"{record.where}: {_name(key)} stands in {seen[key].where} too")
            seen[key] = record
            try:
                item.object.clean_fields(exclude=["id"])
                item.save()
            except ValidationError as error:
                raise ContentError(f"{record.where}: {_name(key)}: {error.message_dict}") from error
            except DatabaseError as error:
                raise ContentError(f"{record.where}: {_name(key)} was refused: {error}") from error
            saved.append(item.object)
    return saved


def _deserialize(record: Record):
    try:
        (item,) = Deserializer([record.as_object()])
    except (DeserializationError, ValueError, TypeError) as error:
        raise ContentError(f"{record.where}: {error}") from error
    return item


def _name(key: tuple) -> str:
    model, natural_key = key
    return f"{model} {' / '.join(str(part) for part in natural_key)}"
