"""What content must be before it is published.

Each check yields (row, sentence): what is wrong, and the row it is about, so that the loader can say where it stands.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Model

from advice.library.check import library_faults
from advice.models import AdviceRule, ThemeAdvice
from scans.models import Question, Questionnaire, Role, Theme

THEMES = 12
QUESTIONS_PER_THEME = 2
MAX_QUESTIONS = 26


Fault = tuple[Model | None, str]


def content_faults(version: str | None = None) -> list[Fault]:
    """Every reason why the content of a version is not complete; none means good."""
    version = version or settings.QUESTIONNAIRE_VERSION
    return [
        *_questionnaire_faults(version),
        *_question_faults(version),
        *_rule_faults(version),
        *_theme_faults(),
        *library_faults(version),
    ]


def _questionnaire_faults(version: str) -> Iterator[Fault]:
    if Theme.objects.count() != THEMES:
        yield None, f"there are {Theme.objects.count()} themes, not {THEMES}"
    for role in Role.values:
        questionnaire = Questionnaire.objects.filter(role=role, version=version).first()
        if questionnaire is None:
            yield None, f"{role} has no questionnaire {version}"
            continue
        if questionnaire.questions.count() > MAX_QUESTIONS:
            yield questionnaire, f"{role} has more than {MAX_QUESTIONS} questions"
        for theme in Theme.objects.all():
            count = questionnaire.questions.filter(theme=theme).count()
            if count < QUESTIONS_PER_THEME:
                yield questionnaire, f"{role}, theme {theme.code}: {count} questions, not {QUESTIONS_PER_THEME}"


def _question_faults(version: str) -> Iterator[Fault]:
    questions = Question.objects.filter(questionnaire__version=version).prefetch_related("options", "citations")
    for question in questions:
        levels = [option.level for option in question.options.all()]
        if sorted(levels) != [0, 1, 2, 3, 4]:
            yield question, f"question {question.code} has the levels {levels}"
        if not question.citations.all():
            yield question, f"question {question.code} has no citation"
        if not (question.allows_dont_know or question.allows_not_applicable or question.allows_prefer_not_to_say):
            yield question, f"question {question.code} allows no way of not answering"


def _rule_faults(version: str) -> Iterator[Fault]:
    rules: dict[int, list[AdviceRule]] = {}
    for rule in AdviceRule.objects.prefetch_related("interventions", "citations"):
        rules.setdefault(rule.question_id, []).append(rule)
        if not rule.citations.all():
            yield rule, f"rule {rule.code} has no citation"
        if rule.lowest != 4 and not 1 <= len(rule.interventions.all()) <= 4:
            yield rule, f"rule {rule.code} leads to {len(rule.interventions.all())} interventions, not one to four"
    for question in Question.objects.filter(questionnaire__version=version):
        own = rules.get(question.pk, [])
        covered = sorted(
            level for rule in own if rule.lowest is not None for level in range(rule.lowest, rule.highest + 1)
        )
        if covered != [0, 1, 2, 3, 4]:
            yield question, f"question {question.code}: its rules cover the levels {covered}"
        if question.allows_dont_know and not any(rule.lowest is None for rule in own):
            yield question, f"question {question.code}: no rule for ‘weet ik niet’"


def _theme_faults() -> Iterator[Fault]:
    for theme in Theme.objects.all():
        for role in Role.values:
            if not ThemeAdvice.objects.filter(theme=theme, role=role).exists():
                yield theme, f"theme {theme.code} has no question to discuss for {role}"
