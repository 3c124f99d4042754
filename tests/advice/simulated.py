"""Made-up answer sets with a fixed seed, and what the reports on them show. No database once content is remembered.

Random: every choice of every question is as likely. Typical: an office stands low, in the middle or high, with two
strong and two weak themes, answers that lie near each other within a theme, and now and then a "weet ik niet".
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from advice.report import Report, build_report
from advice.selectors import advice_content
from scans.selectors.content import QuestionnaireContent

SEED = 2026
DAY = date(2026, 11, 20)
RANDOM, TYPICAL = 3000, 300


def random_sets(content: QuestionnaireContent, number: int = RANDOM) -> Iterator[dict[str, str]]:
    draw = Random(f"{SEED} random {content.role}")
    for _ in range(number):
        yield {question.code: draw.choice(question.values) for question in content.questions}


def typical_sets(content: QuestionnaireContent, number: int = TYPICAL) -> Iterator[dict[str, str]]:
    draw = Random(f"{SEED} typical {content.role}")
    for _ in range(number):
        usual = draw.choice((0.8, 1.8, 2.8))
        special = draw.sample(content.themes, 4)
        shifts = {theme.code: shift for theme, shift in zip(special, (-1.2, -1.2, 1.2, 1.2), strict=True)}
        yield {
            question.code: _typical(draw, question, usual + shifts.get(theme.code, 0) + draw.gauss(0, 0.4))
            for theme in content.themes
            for question in theme.questions
        }


def _typical(draw: Random, question, level: float) -> str:
    if "dont_know" in question.non_answers and draw.random() < 0.2:
        return "dont_know"
    return str(min(4, max(0, round(draw.gauss(level, 0.6)))))


def one_weak_theme(content: QuestionnaireContent, weakest: str) -> dict[str, str]:
    """Everything at level 3, this theme at 0."""
    return {
        question.code: "0" if theme.code == weakest else "3"
        for theme in content.themes
        for question in theme.questions
    }


def faults(report: Report, role: str) -> list[str]:
    """What a report may never do, as sentences; an empty list when it is valid."""
    found = []
    items = [item for theme in report.themes for item in theme.recommendations]
    cards = Counter(entry.code for item in items for entry in item.interventions)
    found += [f"{code} stands {number} times in full" for code, number in cards.items() if number > 1]
    for item in items:
        places = 3 if item.step else 2
        if not item.citations:
            found.append(f"{item.code} has no receipt")
        if not (item.reason.rule and item.reason.why_now):
            found.append(f"{item.code} does not say why")
        if not (item.shown or item.keeps):
            found.append(f"{item.code} shows nothing")
        if len(item.interventions) > places or len(item.also) > 6 or len(item.again) > 2:
            found.append(f"{item.code} shows too much")
        codes = [entry.code for entry in (*item.shown, *item.also)]
        if len(set(codes)) < len(codes):
            found.append(f"{item.code} names an entry twice")
        for entry in item.again:
            if not cards[entry.code]:
                found.append(f"{item.code} points at {entry.code}, which stands nowhere in full")
        for entry in (*item.shown, *item.also):
            if role not in entry.roles:
                found.append(f"{item.code} recommends {entry.code} to a role that it is not for")
            if entry.evidence == "niet-effectief-of-betwist":
                found.append(f"{item.code} recommends {entry.code}, which is disputed")
            if {item.question, item.theme} & set(entry.not_for):
                found.append(f"{item.code} recommends {entry.code}, which is not for it")
    return found


@dataclass
class Shares:
    """Counts over reports. `reached`: shown or named; `with_steps`: {entry: reports that show it at a first step}."""

    reports: int = 0
    reached: set[str] = field(default_factory=set)
    with_steps: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, report: Report, role: str) -> None:
        self.reports += 1
        self.faults += faults(report, role)
        for theme in report.themes:
            for item in theme.recommendations:
                self.reached.update(entry.code for entry in (*item.shown, *item.also))
        self.with_steps.update({entry.code for step in report.steps for entry in step.shown})

    def __add__(self, other: "Shares") -> "Shares":
        return Shares(
            self.reports + other.reports,
            self.reached | other.reached,
            self.with_steps + other.with_steps,
            self.faults + other.faults,
        )

    @property
    def most(self) -> tuple[str, float]:
        """The entry that stands with the first steps most often, and its share of the reports."""
        ((code, number),) = self.with_steps.most_common(1)
        return code, number / self.reports

    def describe(self, own: set[str]) -> str:
        reached, (code, most) = len(self.reached & own), self.most
        return (
            f"{reached} of {len(own)} entries reached ({reached / len(own):.1%}); most with steps {code}, {most:.1%}"
        )


def own_entries(content: QuestionnaireContent) -> set[str]:
    """The entries that may be recommended to this role at all."""
    entries: Mapping = advice_content(content.id).entries
    return {
        code
        for code, entry in entries.items()
        if content.role in entry.roles and entry.evidence != "niet-effectief-of-betwist"
    }


def simulate(content: QuestionnaireContent, sets: Iterator[dict[str, str]]) -> Shares:
    shares = Shares()
    for choices in sets:
        shares.add(build_report(content, choices, DAY), content.role)
    return shares
