"""Load the content fixtures: real Django fixtures, read record by record so that a mistake has a file and a line."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import Error as DatabaseError
from django.db import transaction

# The order in which content can refer to what was loaded before it.
FOLDERS = ("sources", "questionnaires", "rubrics", "facts", "words", "interventions", "rules")


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
        if not isinstance(root, yaml.SequenceNode | None):
            raise ContentError(f"{name}, line 1: a fixture is a list of objects")
        for node, value in zip(root.value if root else [], values or [], strict=True):
            line = node.start_mark.line + 1
            if not (
                isinstance(value, dict)
                and isinstance(value.get("model"), str)
                and isinstance(value.get("fields"), dict)
            ):
                raise ContentError(f"{name}, line {line}: an object needs a model and fields")
            _refuse_doubles(name, node)
            records.append(Record(name, line, value["model"], value["fields"]))
    return records


def _refuse_doubles(name: str, node: yaml.Node) -> None:
    """YAML lets the last of two equal keys win in silence; here that is a mistake."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise ContentError(f"{name}, line {key.start_mark.line + 1}: {key.value} stands here twice")
            seen.add(key.value)
            _refuse_doubles(name, value)


def natural_key(model, fields: dict) -> tuple[str, ...]:
    """The natural key as a record spells it; a reference in it is a list, the natural key of the other row."""
    parts: list = []
    for name in dict.fromkeys(path.split("__")[0] for path in model.natural_fields):
        value = fields.get(name)
        parts += value if isinstance(value, list) else [value]
    return tuple(str(part) for part in parts)


class _Rows:
    """Which row a natural key means, and what its lists hold. Reads each table once: a question to the database per
    reference is slow.
    """

    def __init__(self):
        self._known: dict = {}
        self._lists: dict = {}

    def of(self, model) -> dict[tuple[str, ...], int]:
        """{natural key: primary key}; add to it what is saved."""
        if model not in self._known:
            rows = model.objects.values_list("pk", *model.natural_fields)
            self._known[model] = {tuple(str(part) for part in key): pk for pk, *key in rows}
        return self._known[model]

    def resolve(self, field, value):
        """The value of a field with references as primary keys. Raises ValueError for an unknown one."""
        if field.many_to_many:
            return [self._find(field, key) for key in value]
        return self._find(field, value) if field.is_relation and value is not None else value

    def changed_lists(self, item) -> dict[str, list[int]]:
        """Of a deserialized object the many-to-many values that are not in the database already."""
        model, pk = type(item.object), item.object.pk
        return {
            name: value
            for name, value in item.m2m_data.items()
            if {int(one) for one in value} != self._listed(model._meta.get_field(name)).get(pk, set())
        }

    def _listed(self, field) -> dict[int, set[int]]:
        if field not in self._lists:
            found = self._lists[field] = defaultdict(set)
            pairs = field.remote_field.through.objects.values_list(field.m2m_column_name(), field.m2m_reverse_name())
            for one, other in pairs:
                found[one].add(other)
        return self._lists[field]

    def _find(self, field, key) -> int:
        found = self.of(field.related_model).get(tuple(str(part) for part in key)) if isinstance(key, list) else None
        if found is None:
            raise ValueError(f"{field.name}: there is no {field.related_model._meta.label_lower} {key}")
        return found


def load_records(records: list[Record]) -> list:
    """Save the records in one transaction and return the saved objects.

    Raises ContentError for a double key, an unknown reference or field, and a change in a published version.
    """
    seen: dict[tuple, Record] = {}
    saved = []
    rows = _Rows()
    with transaction.atomic():
        for record in records:
            item, key = _deserialize(record, rows)
            if (record.model, key) in seen:
                raise ContentError(
                    f"{record.where}: {_name(record, key)} stands in {seen[record.model, key].where} too"
                )
            seen[record.model, key] = record
            try:
                # References were found above; Django would look each of them up once more.
                lists = {name for name, value in record.fields.items() if isinstance(value, list)}
                item.object.clean_fields(exclude={"id", *lists})
                item.m2m_data = rows.changed_lists(item)
                item.save()
            except ValidationError as error:
                raise ContentError(f"{record.where}: {_name(record, key)}: {error.message_dict}") from error
            except DatabaseError as error:
                reason = str(error).partition("\n")[0]
                raise ContentError(f"{record.where}: {_name(record, key)} was refused: {reason}") from error
            rows.of(type(item.object))[key] = item.object.pk
            saved.append(item.object)
    return saved


def _deserialize(record: Record, rows: _Rows):
    """The object, not yet saved, and its natural key."""
    try:
        model = apps.get_model(record.model)
        if not hasattr(model, "natural_fields"):
            raise ValueError(f"{record.model} is no content")
        key = natural_key(model, record.fields)
        fields = {name: rows.resolve(model._meta.get_field(name), value) for name, value in record.fields.items()}
        (item,) = Deserializer([{"model": record.model, "pk": rows.of(model).get(key), "fields": fields}])
    except (DeserializationError, FieldDoesNotExist, LookupError, ObjectDoesNotExist, TypeError, ValueError) as error:
        raise ContentError(f"{record.where}: {error}") from error
    return item, key


def _name(record: Record, key: tuple[str, ...]) -> str:
    return f"{record.model} {' / '.join(key)}"
