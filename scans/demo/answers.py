"""Plausible answers: a level around what team and role do, leaning as this person leans. The same at every run."""

from random import Random

from scans.models import NonAnswer, Role
from scans.scoring.score import TOP_LEVEL
from scans.selectors.content import QuestionContent, QuestionnaireContent, ThemeContent

from .people import DemoPerson
from .profiles import DEVELOPMENT, GROWTH, LEVELS, TEAM_LEAN, UNAWARE, UNAWARE_HERE

# How far answers lie apart, in levels: between people, between themes of one person, between rounds.
BETWEEN_PEOPLE, BETWEEN_THEMES, BETWEEN_ROUNDS, BETWEEN_QUESTIONS = 0.35, 0.45, 0.2, 0.3
NOT_APPLICABLE_CHANCE = 0.02


def answers_of(municipality: str, person: DemoPerson, turn: int, content: QuestionnaireContent) -> dict[int, str]:
    """A choice for every question, as {question id: choice}, of this person in round `turn` (from 0)."""
    chosen = {}
    for theme in content.themes:
        chosen |= _theme(municipality, person, turn, theme)
    return chosen


def _theme(municipality: str, person: DemoPerson, turn: int, theme: ThemeContent) -> dict[int, str]:
    middle = _middle(municipality, person, turn, theme.code) + _lean(person, theme.code)
    silent = _non_answer(municipality, person, turn, theme)
    lead = Random(f"lead {theme.code}").gauss(0, BETWEEN_QUESTIONS)  # one question of a theme lies ahead
    return {
        question.id: silent.get(question.code) or _level(middle + (lead, -lead)[place % 2], person, turn, question)
        for place, question in enumerate(theme.questions)
    }


def _middle(municipality: str, person: DemoPerson, turn: int, theme: str) -> float:
    developing = DEVELOPMENT.get((municipality, person.team))
    if developing and person.role == Role.CLIENT_MANAGER:
        return developing[theme][turn]
    lean = TEAM_LEAN.get(person.team, 0) if person.role == Role.CLIENT_MANAGER else 0
    return LEVELS[municipality, person.role][theme] + lean + GROWTH * turn


def _lean(person: DemoPerson, theme: str) -> float:
    own = Random(f"lean {person.email}").gauss(0, BETWEEN_PEOPLE)
    return own + Random(f"lean {person.email} {theme}").gauss(0, BETWEEN_THEMES)


def _level(middle: float, person: DemoPerson, turn: int, question: QuestionContent) -> str:
    now = middle + Random(f"now {person.email} {turn} {question.code}").gauss(0, BETWEEN_ROUNDS)
    return str(min(TOP_LEVEL, max(0, round(now))))


def _non_answer(municipality: str, person: DemoPerson, turn: int, theme: ThemeContent) -> dict[str, str]:
    """At most one question of the theme without a level, so that everybody who answers is scored in every theme."""
    draw = Random(f"non-answer {person.email} {turn} {theme.code}")
    for question in theme.questions:
        for non_answer, chance in (
            (NonAnswer.DONT_KNOW, _unaware(municipality, person, turn, theme.code)),
            (NonAnswer.NOT_APPLICABLE, NOT_APPLICABLE_CHANCE),
        ):
            if non_answer in question.non_answers and draw.random() < chance:
                return {question.code: non_answer.value}
    return {}


def _unaware(municipality: str, person: DemoPerson, turn: int, theme: str) -> float:
    if person.role != Role.CLIENT_MANAGER:
        return 0.03
    here = UNAWARE_HERE.get((municipality, person.team), {})
    return here[theme][turn] if theme in here else UNAWARE.get(theme, 0)
