"""One question as HTML. Published content never changes, so each state of a question is rendered once per process."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def question_block(field):
    """The question of a bound form field: what this page has seen, then the block with its answers."""
    question, seen, given = field.field.question, field.field.seen, field.value()
    chosen = given if given in question.values else ""  # what is no answer is never remembered
    error = field.errors[0] if field.errors else ""
    hidden = '<input type="hidden" name="seen-{}" value="{}:{}" autocomplete="off">'
    return format_html(hidden, field.name, seen.revision, seen.choice) + _block(
        question, chosen, error, bool(seen.choice) and not error
    )


@lru_cache(maxsize=4096)  # 72 questions of at most nine states each, with and without a message
def _block(question, chosen: str, error: str, saved: bool) -> str:
    context = {"question": question, "chosen": chosen, "error": error, "saved": saved}
    return render_to_string("nldesign/question.html", context)
