"""Read a questionnaire as frozen dataclasses.

A published questionnaire never changes, so each process reads it once and keeps it.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings

from scans.models import NonAnswer, Question, Questionnaire


@dataclass(frozen=True)
class CitationContent:
    source: str
    source_title: str
    year: int
    heading: str


@dataclass(frozen=True)
class QuestionContent:
    """One question. `options` holds (level 0–4, label); `non_answers` the values that it allows."""

    id: int
    code: str
    text: str
    why: str
    prompt: str
    weight: int
    options: tuple[tuple[int, str], ...]
    non_answers: tuple[str, ...]
    citations: tuple[CitationContent, ...]

    @cached_property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Every choice as (value, label): five levels, then the non-answers."""
        levels = tuple((str(level), label) for level, label in self.options)
        return levels + tuple((value, NonAnswer(value).label) for value in self.non_answers)

    @property
    def values(self) -> tuple[str, ...]:
        """What may be sent as an answer."""
        return tuple(value for value, _ in self.choices)

    def label(self, choice: str) -> str:
        return self._labels[choice]

    @cached_property
    def _labels(self) -> dict[str, str]:
        return dict(self.choices)


@dataclass(frozen=True)
class ThemeContent:
    code: str
    position: int
    title: str
    intro: str
    phrase: str
    questions: tuple[QuestionContent, ...]


@dataclass(frozen=True)
class QuestionnaireContent:
    id: int
    role: str
    role_label: str
    version: str
    title: str
    themes: tuple[ThemeContent, ...]

    @property
    def questions(self) -> tuple[QuestionContent, ...]:
        return tuple(question for theme in self.themes for question in theme.questions)

    def question(self, code: str) -> QuestionContent | None:
        return next((question for question in self.questions if question.code == code), None)


@lru_cache(maxsize=32)
def questionnaire_content(questionnaire_id: int) -> QuestionnaireContent:
    """The whole questionnaire in four queries, once per process. Raises Questionnaire.DoesNotExist."""
    questionnaire = Questionnaire.objects.get(pk=questionnaire_id)
    questions = (
        Question.objects.filter(questionnaire=questionnaire)
        .select_related("theme")
        .prefetch_related("options", "citations__source")
        .order_by("theme__position", "position")
    )
    themes: dict[str, tuple] = {}
    for question in questions:
        themes.setdefault(question.theme.code, (question.theme, []))[1].append(_question(question))
    return QuestionnaireContent(
        id=questionnaire.pk,
        role=questionnaire.role,
        role_label=questionnaire.get_role_display(),
        version=questionnaire.version,
        title=questionnaire.title,
        themes=tuple(
            ThemeContent(
                code=theme.code,
                position=theme.position,
                title=theme.title,
                intro=theme.intro,
                phrase=theme.phrase,
                questions=tuple(items),
            )
            for theme, items in themes.values()
        ),
    )


def current_questionnaire(role: str) -> QuestionnaireContent:
    """The published questionnaire that a new scan of this role gets. Raises Questionnaire.DoesNotExist."""
    questionnaire = Questionnaire.objects.get(
        role=role, version=settings.QUESTIONNAIRE_VERSION, publication__isnull=False
    )
    return questionnaire_content(questionnaire.pk)


def citation_content(citation) -> CitationContent:
    return CitationContent(
        source=citation.source.code,
        source_title=citation.source.title,
        year=citation.source.year,
        heading=citation.heading,
    )


def _question(question: Question) -> QuestionContent:
    allowed = {
        NonAnswer.DONT_KNOW: question.allows_dont_know,
        NonAnswer.NOT_APPLICABLE: question.allows_not_applicable,
        NonAnswer.PREFER_NOT_TO_SAY: question.allows_prefer_not_to_say,
    }
    return QuestionContent(
        id=question.pk,
        code=question.code,
        text=question.text,
        why=question.why,
        prompt=question.prompt,
        weight=question.weight,
        options=tuple((option.level, option.label) for option in question.options.all()),
        non_answers=tuple(value.value for value, allows in allowed.items() if allows),
        citations=tuple(citation_content(citation) for citation in question.citations.all()),
    )
