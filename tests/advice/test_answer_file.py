"""A file with answers is refused whole, with every mistake by question code."""

import json

import pytest
from django.core.management import CommandError

pytestmark = [pytest.mark.both, pytest.mark.django_db]


BROKEN = {
    "no JSON": (b"hello", "not readable JSON"),
    "an empty file": (b"", "not readable JSON"),
    "not UTF-8": (b'{"x": "\xff"}', "not readable JSON"),
    "half a document": (b'{"x": 1', "not readable JSON"),
    "a list": (b"[1, 2]", "must hold one object"),
    "a number": (b"3", "must hold one object"),
    "nothing": (b"null", "must hold one object"),
    "deep nesting": (b"[" * 10_000 + b"]" * 10_000, "not readable JSON"),
    "deep objects": (b'{"x":' * 10_000 + b"1" + b"}" * 10_000, "not readable JSON"),
    "a number without end": (b'{"x": ' + b"9" * 10_000 + b"}", "not readable JSON"),
    "a code that stands twice": (b'{"km-a": 1, "km-a": 2}', "stands in it twice: km-a"),
    "no answers": (b"{}", "km-visie-in-werk: no answer"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_cannot_be_used_is_refused(make, kind):
    text, said = BROKEN[kind]
    with pytest.raises(CommandError, match=said):
        make(text)


WRONG = [5, -1, 2.5, 2.0, True, False, "3", "", None, [], [3], {}, {"level": 3}, "maybe", "DONT_KNOW", 10**30,
         [[[[[1]]]]]]  # fmt: skip


@pytest.mark.parametrize("answer", WRONG, ids=repr)
def test_a_wrong_answer_is_named_by_its_question(make, answers, answer):
    code = list(answers)[3]
    with pytest.raises(CommandError, match=f"- {code}: .* is no level 0–4 and no non-answer"):
        make(answers | {code: answer})


def test_an_answer_that_is_nested_very_deep_is_refused(make, answers):
    for depth in (100, 500, 900, 990):
        code = list(answers)[3]
        text = json.dumps(answers | {code: "HERE"}).replace('"HERE"', "[" * depth + "]" * depth)
        with pytest.raises(CommandError, match="no level 0–4|not readable JSON"):
            make(text.encode())


def test_a_non_answer_that_is_not_offered_is_refused_with_what_is(make, answers, content):
    question = next(question for question in content.questions if "dont_know" not in question.non_answers)
    with pytest.raises(CommandError, match=f"{question.code}: dont_know cannot be chosen here .allowed: not_app"):
        make(answers | {question.code: "dont_know"})


def test_every_mistake_is_told_at_once(make, answers):
    first, second, *rest = answers
    given = {code: answers[code] for code in rest} | {first: 9, "km-unknown": 1, "m-vraag-discriminatie": 1}
    with pytest.raises(CommandError) as raised:
        make(given)
    said = str(raised.value)
    assert all(part in said for part in (f"{first}: 9 is no level", f"{second}: no answer"))
    assert said.count("client_manager 2026-1 has no such question") == 2
