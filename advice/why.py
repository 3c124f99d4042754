"""Why this advice, in words: the answer, the rule, and what moved it. For "Waarom dit advies"."""

from dataclasses import dataclass

from advice.rules import Chosen, Rule


@dataclass(frozen=True)
class Reason:
    """`rule`: for which answers the advice is meant; `why_now`: why it comes now, later or not at all as a step."""

    rule: str
    why_now: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a recommendation stands. `step`: 1–3, or 0; `in_theme`: the question of its theme that has a step.

    `first` and `waits` are the titles of the rules over several answers that moved it, "" when none did.
    """

    step: int = 0
    steps: int = 0
    in_theme: str = ""
    first: str = ""
    waits: str = ""


def reason(chosen: Chosen, place: Place) -> Reason:
    return Reason(_rule(chosen.rule), tuple(_why_now(chosen, place)))


def _rule(rule: Rule) -> str:
    if rule.dont_know:
        return "Dit advies hoort bij “weet ik niet” op deze vraag."
    levels = [str(level) for level in rule.levels]
    if len(levels) == 1:
        return f"Dit advies hoort bij niveau {levels[0]} van deze vraag."
    return f"Dit advies hoort bij niveau {', '.join(levels[:-1])} en {levels[-1]} van deze vraag."


def _why_now(chosen: Chosen, place: Place):
    if place.first:
        yield f"Je antwoorden zeggen samen iets: “{place.first}”. Daarom gaat deze stap voor."
    if place.waits:
        yield f"Je antwoorden zeggen samen iets: “{place.waits}”. Daarom kan deze stap even wachten."
    if chosen.answer == 4:
        yield "Je koos het hoogste niveau. Daarom gaat dit over vasthouden, verdiepen en delen."
    elif place.step:
        if not (place.first or place.waits):
            yield "Wij beginnen bij je laagste antwoorden, met één stap per thema."
        if chosen.rule.dont_know:
            yield "“Weet ik niet” telt daarbij als niveau 1: navragen is een kleine stap die veel kan opleveren."
    elif place.in_theme:
        yield f"In dit thema gaat een andere eerste stap voor, bij de vraag “{place.in_theme}”"
    elif not place.waits:
        yield _after(place.steps)


def _after(steps: int) -> str:
    return f"Er {'gaat een andere stap' if steps == 1 else f'gaan {_count(steps)} andere stappen'} voor. " + (
        "Wij noemen er niet meer tegelijk, zodat het te doen blijft."
    )


def _count(number: int) -> str:
    return {2: "twee", 3: "drie"}.get(number, str(number))
