"""The content as one JSON document that anybody can reuse or check."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from scans.models import NonAnswer, Role

pytestmark = [pytest.mark.both, pytest.mark.django_db]

# The fields that readers of the export count on; more may be added.
SHAPE = {
    "schema": 1,
    "sources": [{"code", "title", "publisher", "year", "url", "sections"}],
    "questionnaires": [{"role", "version", "title", "themes"}],
    "interventions": [
        {"code", "name", "kind", "summary", "asks", "gives", "start", "for_whom", "target_groups", "organisation",
         "addressee", "roles", "themes", "helps", "lowest", "highest", "not_for", "phase", "evidence",
         "evidence_note", "caution", "as_of", "note", "url", "related", "facts", "citations"}
    ],
    "facts": [
        {"code", "statement", "value", "unit", "reading", "group", "denominator", "period", "themes", "table", "row",
         "column", "citations"}
    ],
    "glossary": [{"code", "term", "forms", "definition", "nuance", "see_also", "citations"}],
    "rules": [
        {"code", "role", "theme", "conditions", "first", "waits", "title", "text", "interventions", "citations"}
    ],
    "theme_advice": [{"theme", "role", "discussion", "stop"}],
    "recommendations": [
        {"code", "role", "question", "level", "text", "first_step", "interventions", "citations"}
    ],
}  # fmt: skip
THEME = {"code", "title", "intro", "questions"}
QUESTION = {"code", "text", "why", "options", "citations"}
OPTION = {"code", "level", "label"}
CITATION = {"source", "section"}


@pytest.fixture
def document(db):
    out = StringIO()
    call_command("export_content", stdout=out)
    return json.loads(out.getvalue())


def all_of(document, name):
    themes = [theme for item in document["questionnaires"] for theme in item["themes"]]
    questions = [question for theme in themes for question in theme["questions"]]
    found = {  # fmt: skip
        "themes": themes,
        "questions": questions,
        "options": [option for question in questions for option in question["options"]],
        "cited": [
            *questions,
            *document["interventions"],
            *document["recommendations"],
            *document["facts"],
            *document["glossary"],
            *document["rules"],
        ],
    }
    return found[name]


def has_its_fields(document):
    assert set(document) == set(SHAPE)
    assert document["schema"] == SHAPE["schema"]
    for name in set(SHAPE) - {"schema"}:
        assert document[name], name
        assert all(set(item) >= SHAPE[name][0] for item in document[name]), name
    for name, fields in (("themes", THEME), ("questions", QUESTION), ("options", OPTION)):
        assert all(set(item) >= fields for item in all_of(document, name)), name
    for item in all_of(document, "cited"):
        assert item["citations"] and all(set(citation) == CITATION for citation in item["citations"])


def cites_only_what_is_on_the_list(document):
    listed = {(source["code"], heading) for source in document["sources"] for heading in source["sections"]}
    cited = {(c["source"], c["section"]) for item in all_of(document, "cited") for c in item["citations"]}
    assert cited <= listed, cited - listed


def codes_mean_one_thing(document):
    lists = [document[name] for name in ("sources", "interventions", "recommendations", "facts", "glossary", "rules")]
    lists += [all_of(document, "questions"), all_of(document, "options")]
    for items in lists:
        doubles = [code for code, count in Counter(item["code"] for item in items).items() if count > 1]
        assert doubles == []


def every_answer_has_its_advice(document):
    rows = Counter((row["question"], row["level"]) for row in document["recommendations"])
    for question in all_of(document, "questions"):
        levels = [0, 1, 2, 3, 4] + ["dont_know"] * (NonAnswer.DONT_KNOW in question["non_answers"])
        assert [rows.pop((question["code"], level), 0) for level in levels] == [1] * len(levels), question["code"]
    assert not rows, "advice for something that nobody can answer"


def names_only_what_exists(document):
    interventions = {item["code"] for item in document["interventions"]}
    themes = {theme["code"] for theme in all_of(document, "themes")}
    for row in document["recommendations"]:
        assert set(row["interventions"]) <= interventions and row["role"] in Role.values
    facts = {item["code"] for item in document["facts"]}
    questions = {item["code"] for item in all_of(document, "questions")}
    for item in document["interventions"]:
        assert set(item["themes"]) <= themes and set(item["roles"]) <= set(Role.values)
        assert set(item["facts"]) <= facts and set(item["related"]) <= interventions
        assert set(item["helps"]) <= questions and set(item["not_for"]) <= questions | themes
    for item in document["rules"]:
        assert set(item["interventions"]) <= interventions
        assert {condition["question"] for condition in item["conditions"]} <= questions


PROMISES = [
    has_its_fields, cites_only_what_is_on_the_list, codes_mean_one_thing, every_answer_has_its_advice,
    names_only_what_exists,
]  # fmt: skip


@pytest.mark.parametrize("promise", PROMISES)
def test_the_export_keeps_its_promise(document, promise):
    promise(document)


def break_fields(document):
    del document["interventions"][0]["caution"]


def break_citation(document):
    document["recommendations"][0]["citations"][0]["section"] = "Een kop die er niet is"


def break_code(document):
    document["recommendations"][1]["code"] = document["recommendations"][0]["code"]


def break_advice(document):
    del document["recommendations"][3]


def break_name(document):
    document["recommendations"][0]["interventions"] = ["bestaat-niet"]


BREAKS = [break_fields, break_citation, break_code, break_advice, break_name]


@pytest.mark.parametrize(("promise", "broken"), list(zip(PROMISES, BREAKS, strict=True)))
def test_a_broken_export_is_found(document, promise, broken):
    broken(document)
    with pytest.raises(AssertionError):
        promise(document)


def test_every_role_asks_twenty_four_questions_with_five_levels(document):
    assert [item["role"] for item in document["questionnaires"]] == sorted(Role.values)
    assert {len(item["themes"]) for item in document["questionnaires"]} == {12}
    assert len(all_of(document, "questions")) == 72
    assert all([o["level"] for o in q["options"]] == [0, 1, 2, 3, 4] for q in all_of(document, "questions"))


def test_exporting_twice_gives_the_same(document):
    out = StringIO()
    call_command("export_content", stdout=out)
    assert json.loads(out.getvalue()) == document
