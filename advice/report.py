"""The result of one scan as one frozen object. Page, PDF and export get the same one, so they cannot disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advice import rules
from advice.recommendations import CombinedAdvice, Recommendation, combined_advice, recommend
from advice.selectors import AdviceContent, InterventionContent, ThemeFact, advice_content
from scans.models import NonAnswer
from scans.scoring import OverallScore, ScoredQuestion, ThemeScore, as_points, score_scan
from scans.selectors.content import CitationContent, QuestionContent, QuestionnaireContent, ThemeContent


@dataclass(frozen=True)
class AnswerLine:
    """One question with what was answered. `points` 0–100 and `level` 0–4 are None for a non-answer."""

    code: str
    question: str
    choice: str
    label: str
    level: int | None
    points: int | None
    weight: int
    prompt: str
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True)
class NextLevel:
    """The what-if of a theme in words: from which answer to which, and what that would score."""

    name: str
    points: int
    steps: tuple[tuple[str, str], ...]  # (question, the answer text one level up)


@dataclass(frozen=True)
class ThemeResult:
    code: str
    position: int
    title: str
    phrase: str
    points: int | None
    level: int | None
    level_name: str
    meaning: str
    score: ThemeScore
    answers: tuple[AnswerLine, ...]
    recommendations: tuple[Recommendation, ...]
    next_level: NextLevel | None
    discussion: str
    fact: ThemeFact | None
    stop: str
    interventions: tuple[InterventionContent, ...]  # what the guides offer this role, whatever was answered

    @property
    def left_out(self) -> tuple[AnswerLine, ...]:
        return tuple(answer for answer in self.answers if answer.level is None)

    @property
    def counted(self) -> tuple[AnswerLine, ...]:
        return tuple(answer for answer in self.answers if answer.level is not None)


@dataclass(frozen=True)
class Report:
    """Everything that the result page, the PDF and the export say. Points are whole numbers from 0 to 100."""

    role: str
    role_label: str
    version: str
    date: date
    headline: str
    points: int | None
    level_name: str
    meaning: str
    overall: OverallScore
    themes: tuple[ThemeResult, ...]
    strengths: tuple[ThemeResult, ...]
    furthest: ThemeResult | None
    steps: tuple[Recommendation, ...]
    combined: tuple[CombinedAdvice, ...]
    dont_know: tuple[AnswerLine, ...]
    discussion: str
    stop: str

    @property
    def counted(self) -> int:
        """How many of the questions have a level."""
        return sum(len(theme.counted) for theme in self.themes)

    @property
    def questions(self) -> int:
        return sum(len(theme.answers) for theme in self.themes)

    @property
    def citations(self) -> tuple[CitationContent, ...]:
        """Every citation of the whole report, once, in the order of source and first use."""
        seen: dict[tuple[str, str], CitationContent] = {}
        for advice in self.combined:
            seen.update({(c.source, c.heading): c for c in advice.citations})
        for theme in self.themes:
            seen.update({(c.source, c.heading): c for c in theme.fact.citations} if theme.fact else {})
            for answer in theme.answers:
                seen.update({(c.source, c.heading): c for c in answer.citations})
            for item in (*theme.recommendations, *(i for r in theme.recommendations for i in r.interventions)):
                seen.update({(c.source, c.heading): c for c in item.citations})
        return tuple(sorted(seen.values(), key=lambda citation: citation.source))


def build_report(content: QuestionnaireContent, choices: Mapping[str, str], day: date) -> Report:
    """Score the choices ({question code: "0"–"4" or a non-answer}) and word the result as of `day`."""
    advice = advice_content(content.id)
    answers: dict[str, int | str] = {
        code: int(choice) if choice not in NonAnswer.values else choice for code, choice in choices.items()
    }
    score = score_scan(
        {
            theme.code: [ScoredQuestion(question.code, question.weight) for question in theme.questions]
            for theme in content.themes
        },
        answers,
    )
    chosen = rules.choose_rules(advice.rules, answers, score)
    combined = rules.fired(advice.combined, answers, rules.turns(chosen)[1])
    recommendations = recommend(content, advice, choices, chosen, combined, day)
    themes = tuple(
        _theme_result(theme, theme_score, choices, advice, recommendations)
        for theme, theme_score in zip(content.themes, score.themes, strict=True)
    )
    by_code = {theme.code: theme for theme in themes}
    steps = tuple(sorted((item for item in recommendations if item.step), key=lambda item: item.step))
    strong = tuple(by_code[code] for code in rules.strengths(score))
    furthest = None if strong else by_code.get(rules.furthest(score))
    # The talk is about the first step; without one, about the first theme.
    subject = by_code[steps[0].theme] if steps else themes[0]
    return Report(
        role=content.role,
        role_label=content.role_label,
        version=content.version,
        date=day,
        headline=_headline(strong, furthest, steps, by_code, score),
        points=None if score.score is None else as_points(score.score),
        level_name=score.level.name if score.level else "",
        meaning=score.level.meaning if score.level else "",
        overall=score,
        themes=themes,
        strengths=strong,
        furthest=furthest,
        steps=steps,
        combined=combined_advice(content, advice, choices, combined),
        dont_know=tuple(a for theme in themes for a in theme.answers if a.choice == NonAnswer.DONT_KNOW),
        discussion=subject.discussion,
        stop=subject.stop,
    )


def _theme_result(
    theme: ThemeContent, score: ThemeScore, choices, advice: AdviceContent, recommendations
) -> ThemeResult:
    words = advice.themes[theme.code]
    return ThemeResult(
        code=theme.code,
        position=theme.position,
        title=theme.title,
        phrase=theme.phrase,
        points=None if score.score is None else as_points(score.score),
        level=score.level.level if score.level else None,
        level_name=score.level.name if score.level else "Geen score",
        meaning=score.level.meaning if score.level else "Er zijn te weinig antwoorden met een niveau.",
        score=score,
        answers=tuple(_answer_line(q, choices[q.code]) for q in theme.questions if q.code in choices),
        recommendations=tuple(r for r in recommendations if r.theme == theme.code),
        next_level=_next_level(theme, score),
        discussion=words.discussion,
        fact=words.fact,
        stop=words.stop,
        interventions=advice.interventions[theme.code],
    )


def _answer_line(question: QuestionContent, choice: str) -> AnswerLine:
    level = None if choice in NonAnswer.values else int(choice)
    return AnswerLine(
        code=question.code,
        question=question.text,
        choice=choice,
        label=question.label(choice),
        level=level,
        points=None if level is None else level * 25,
        weight=question.weight,
        prompt=question.prompt if level is not None and level >= 3 else "",
        citations=question.citations,
    )


def _next_level(theme: ThemeContent, score: ThemeScore) -> NextLevel | None:
    if score.what_if is None:
        return None
    questions = {question.code: question for question in theme.questions}
    # Steps on the same question are told as one: where it ends is what counts.
    ends = {step.question: step.to_level for step in score.what_if.steps}
    steps = tuple((questions[code].text, questions[code].label(str(level))) for code, level in ends.items())
    return NextLevel(score.what_if.level.name, as_points(score.what_if.score), steps)


def _headline(strong, furthest, steps, by_code, score: OverallScore) -> str:
    """One sentence that a colleague would say."""
    if not score.scored:
        return "Er zijn nog te weinig antwoorden met een niveau om een beeld te geven."
    win = by_code[steps[0].theme].phrase if steps else ""
    if strong and win and steps[0].theme != strong[0].code:
        return f"{_capital(strong[0].phrase)} staat stevig; bij {win} kun je het snelst iets winnen."
    if strong and not steps and all(theme.level and theme.level.level >= 3 for theme in score.themes):
        return f"{_capital(strong[0].phrase)} staat stevig, en de rest ook: nu gaat het om vasthouden en delen."
    if furthest and win and furthest.code != steps[0].theme:
        return f"{_capital(furthest.phrase)} is het verst; bij {win} kun je het snelst iets winnen."
    return f"Bij {win} kun je het snelst iets winnen." if win else f"{_capital(strong[0].phrase)} staat stevig."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
