"""The agreements about the building: who may look at whom, and which part knows no Django."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOMS = ["teams", "scans", "advice", "quickscan"]  # each looks only to its left
PURE = ["scans/scoring", "advice/rules"]
# What the pure heart may use: itself and what comes with Python.
ALLOWED_IN_PURE = {"collections", "dataclasses", "fractions", "scans"}


def imports(source: str) -> set[str]:
    """The modules that a source imports by name; relative imports stay within their own room."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return found


def files(*places: str) -> list[Path]:
    paths = [settings.BASE_DIR / place for place in places]
    return [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]


def looks_right(room: str, source: str) -> set[str]:
    """What a file of this room imports from a room to its right."""
    right = set(ROOMS[ROOMS.index(room) + 1 :])
    return {name for name in imports(source) if name.split(".")[0] in right}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_looks_only_to_its_left(room):
    assert files(room)
    found = {str(file): looks_right(room, file.read_text()) for file in files(room)}
    assert {file: names for file, names in found.items() if names} == {}


def test_a_look_to_the_right_is_found_however_it_is_written():
    for source in (
        "import advice",
        "import advice.report as r",
        "from advice.rules import Rule",
        "def late():\n    from quickscan import views",
        "importlib.import_module('quickscan.settings')",
    ):
        assert looks_right("scans", source), source
    for source in ("import teams.models", "from .models import Scan", "from scans import road", "import adviceful"):
        assert not looks_right("scans", source), source


def beyond_pure(source: str) -> set[str]:
    return {name for name in imports(source) if name.split(".")[0] not in ALLOWED_IN_PURE}


def test_the_pure_heart_knows_no_django_and_no_clock():
    for file in files(*PURE):
        assert beyond_pure(file.read_text()) == set(), file
        assert {name for name in imports(file.read_text()) if name.startswith("scans")} <= {
            "scans.scoring",
            "scans.scoring.OverallScore",
        }, file


@pytest.mark.parametrize(
    "line", ["from django.db import models", "import time", "import random", "import advice.models"]
)
def test_an_impure_line_is_found(line):
    assert beyond_pure(line)


def loud_labels(models) -> list[str]:
    """The labels that do not begin in lower case. Names that Django makes up itself are its own."""
    labels = []
    for model in models:
        labels += [(model.__name__, model._meta.verbose_name), (model.__name__, model._meta.verbose_name_plural)]
        labels += [
            (f"{model.__name__}.{field.name}", field.verbose_name)
            for field in model._meta.local_fields
            if not field.auto_created
        ]
    return [where for where, label in labels if str(label)[:1].isupper()]


def test_labels_begin_in_lower_case():
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    own = [model for model in models if model.__module__.startswith(tuple(ROOMS))]
    assert len(own) > 10
    assert loud_labels(own) == []


def test_a_loud_label_is_found():
    class Field:
        name, verbose_name, auto_created = "x", "Naam", False

    class Loud:
        class _meta:
            verbose_name, verbose_name_plural, local_fields = "Bron", "bronnen", [Field]

    assert loud_labels([Loud]) == ["Loud", "Loud.x"]


def test_every_module_says_what_it_is():
    for file in files(*ROOMS):
        text = file.read_text()
        if text.strip() and "migrations" not in file.parts and "management" not in file.parts:
            assert ast.get_docstring(ast.parse(text)), file
