"""What to do next about each answer and about several together, with entries of the library and receipts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advice import rules
from advice.rules import Choice, Chosen, Combined
from advice.selectors import AdviceContent, InterventionContent
from advice.why import Place, Reason, reason
from scans.selectors.content import CitationContent, QuestionnaireContent


@dataclass(frozen=True)
class Recommendation:
    """What to do next about one answer, with its receipt.

    `interventions` stand here in full, `again` in full at another recommendation of this report, `also` are further
    names. `step`: 1–3 for a first step, else 0. `share`: at level 3 and 4 what there is to tell others, else "".
    """

    code: str
    theme: str
    theme_title: str
    question: str
    question_text: str
    answer_label: str
    keeps: bool  # level 4: what keeps it there
    step: int
    text: str
    first_step: str
    who: str
    weeks: int
    by: date
    interventions: tuple[InterventionContent, ...]
    again: tuple[InterventionContent, ...]
    also: tuple[InterventionContent, ...]
    share: str
    reason: Reason
    citations: tuple[CitationContent, ...]

    @property
    def shown(self) -> tuple[InterventionContent, ...]:
        return (*self.interventions, *self.again)


@dataclass(frozen=True)
class CombinedAdvice:
    """What several answers say together. `answers`: (question, what was answered); `first`/`waits`: questions."""

    code: str
    theme: str
    theme_title: str
    title: str
    text: str
    answers: tuple[tuple[str, str], ...]
    first: str
    waits: str
    interventions: tuple[InterventionContent, ...]
    citations: tuple[CitationContent, ...]


def recommend(
    content: QuestionnaireContent,
    advice: AdviceContent,
    choices: Mapping[str, str],
    chosen: Sequence[Chosen],
    combined: Sequence[Combined],
    day: date,
) -> tuple[Recommendation, ...]:
    """A recommendation for every rule that was chosen, in the same order."""
    for_themes, for_entries = rules.turns(chosen)
    moved = rules.moves(combined)
    steps = rules.first_steps(chosen, moved, for_themes)
    shown = rules.choose_entries(_wanted(advice, chosen, steps), for_entries)
    themes = {theme.code: theme.title for theme in content.themes}
    questions = {question.code: question for question in content.questions}
    made = []
    for one in chosen:
        question, place = (
            questions[one.rule.question],
            _place(one, steps, _movers(one, moved, combined, advice), questions),
        )
        made.append(
            _recommendation(one, place, themes[one.rule.theme], question, choices, advice, shown[one.rule.code], day)
        )
    return tuple(made)


def combined_advice(
    content: QuestionnaireContent, advice: AdviceContent, choices: Mapping[str, str], combined: Sequence[Combined]
) -> tuple[CombinedAdvice, ...]:
    """The words of the rules over several answers that fired, at most three."""
    themes = {theme.code: theme.title for theme in content.themes}
    questions = {question.code: question for question in content.questions}
    made = []
    for rule in combined[: rules.MAX_COMBINED]:
        words, asked = advice.combined_words[rule.code], [questions[code] for code, _ in rule.conditions]
        made.append(
            CombinedAdvice(
                code=rule.code,
                theme=words.theme,
                theme_title=themes[words.theme],
                title=words.title,
                text=words.text,
                answers=tuple((question.text, question.label(choices[question.code])) for question in asked),
                first=questions[rule.first].text if rule.first else "",
                waits=questions[rule.waits].text if rule.waits else "",
                interventions=words.interventions,
                citations=words.citations,
            )
        )
    return tuple(made)


def _wanted(advice: AdviceContent, chosen: Sequence[Chosen], steps: Sequence[Chosen]) -> list[rules.Wanted]:
    return [
        rules.Wanted(
            code=one.rule.code,
            groups=advice.ranked[one.rule.code, rules.level_of(one.answer)],
            named=advice.words[one.rule.code].names,
            answer=one.answer,
            is_first_step=one in steps,
        )
        for one in chosen
    ]


def _movers(one: Chosen, moved: Mapping[str, int], combined: Sequence[Combined], advice: AdviceContent) -> dict:
    """The title of the rule over several answers that moved this step, as {"first": title} or {"waits": title}."""
    side = {-1: "first", 1: "waits"}.get(moved.get(one.rule.question, 0), "")
    titles = [advice.combined_words[r.code].title for r in combined if side and getattr(r, side) == one.rule.question]
    return {side: titles[0]} if titles else {}


def _place(one: Chosen, steps: Sequence[Chosen], movers: dict, questions) -> Place:
    in_theme = next((step.rule.question for step in steps if step.rule.theme == one.rule.theme and step != one), "")
    return Place(
        step=steps.index(one) + 1 if one in steps else 0,
        steps=len(steps),
        in_theme=questions[in_theme].text if in_theme else "",
        **movers,
    )


def _recommendation(
    one: Chosen, place: Place, theme_title: str, question, choices, advice: AdviceContent, shown: Choice, day: date
) -> Recommendation:
    words, label = advice.words[one.rule.code], question.label(choices[question.code])
    return Recommendation(
        code=one.rule.code,
        theme=one.rule.theme,
        theme_title=theme_title,
        question=question.code,
        question_text=question.text,
        answer_label=label,
        keeps=one.answer == 4,
        step=place.step,
        text=words.text,
        first_step=words.first_step,
        who=words.who,
        weeks=words.weeks,
        by=day + timedelta(weeks=words.weeks),
        interventions=_entries(advice, shown.cards),
        again=_entries(advice, shown.again),
        also=_entries(advice, shown.also),
        share=_share(one.answer),
        reason=reason(one, place),
        citations=words.citations,
    )


def _share(answer: int | str) -> str:
    if answer == 4:
        return "Laat een ander team of een andere gemeente zien hoe jullie dit doen. Vertel ook wat niet werkte."
    if answer == 3:
        return "Vertel collega’s hoe dit bij jullie vast is komen te liggen. Zo kan een ander team ermee verder."
    return ""


def _entries(advice: AdviceContent, codes: Sequence[str]) -> tuple[InterventionContent, ...]:
    return tuple(advice.entries[code] for code in codes)
