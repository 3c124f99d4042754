"""What the library must be before it is published. As advice.content_check: each fault is (row, sentence)."""

from collections.abc import Iterator

from advice.models import AdviceRule, CombinedRule, Fact, Intervention, Term
from scans.models import Question, Role, Theme

MAX_RELATED = 4


def library_faults(version: str) -> list[tuple]:
    """Every reason why the library is not complete; none means good."""
    questions = {
        question.code: question
        for question in Question.objects.filter(questionnaire__version=version).select_related(
            "questionnaire", "theme"
        )
    }
    return [
        *_entry_faults(questions),
        *_fact_faults(),
        *_term_faults(),
        *_combined_faults(questions),
        *_advised_faults(version),
    ]


def _entry_faults(questions: dict[str, Question]) -> Iterator[tuple]:
    places = set(questions) | set(Theme.objects.values_list("code", flat=True))
    entries = {entry.code: entry for entry in Intervention.objects.prefetch_related("citations", "themes")}
    for entry in entries.values():
        name = f"intervention {entry.code}"
        if not entry.citations.all():
            yield entry, f"{name} has no citation"
        if not entry.themes.all():
            yield entry, f"{name} has no theme"
        if set(entry.roles) - set(Role.values):
            yield entry, f"{name} has the roles {entry.roles}"
        if not entry.target_groups or set(entry.target_groups) - set(Intervention.TargetGroup.values):
            yield entry, f"{name} has the target groups {entry.target_groups}"
        if entry.addressee == Intervention.Addressee.MUNICIPALITY and not (entry.roles and entry.helps):
            yield entry, f"{name} speaks to the municipality but names no role or no question that it helps"
        themes = {theme.code for theme in entry.themes.all()}
        for code in entry.helps:
            question = questions.get(code)
            if not (question and question.theme.code in themes and question.questionnaire.role in entry.roles):
                yield entry, f"{name} helps {code}, which is no question of its themes and roles"
            elif {code, question.theme.code} & set(entry.not_for):
                yield entry, f"{name} both helps {code} and is not for it"
        if set(entry.not_for) - places:
            yield entry, f"{name} is not for {sorted(set(entry.not_for) - places)}, which nothing is called"
        strangers = [code for code in entry.related if code not in entries or code == entry.code]
        if strangers or len(entry.related) > MAX_RELATED:
            yield entry, f"{name} is related to {entry.related}"


def _fact_faults() -> Iterator[tuple]:
    for fact in Fact.objects.prefetch_related("citations"):
        if not fact.citations.all():
            yield fact, f"fact {fact.code} has no citation"
        if fact.reading == Fact.Reading.SHARE and "kans" in fact.statement.casefold().split():
            yield fact, f"fact {fact.code} writes the composition of a group as a chance"


def _term_faults() -> Iterator[tuple]:
    terms = list(Term.objects.prefetch_related("citations"))
    codes, taken = {term.code for term in terms}, {}
    for term in terms:
        if not term.citations.all():
            yield term, f"term {term.code} has no citation"
        if not term.forms or any(form != form.lower() for form in term.forms):
            yield term, f"term {term.code} has the forms {term.forms}"
        if set(term.see_also) - codes:
            yield term, f"term {term.code} points to {sorted(set(term.see_also) - codes)}"
        for form in term.forms:
            if taken.setdefault(form, term.code) != term.code:
                yield term, f"the form {form} belongs to {taken[form]} and to {term.code}"


def _combined_faults(questions: dict[str, Question]) -> Iterator[tuple]:
    for rule in CombinedRule.objects.prefetch_related("interventions", "citations"):
        name = f"combined rule {rule.code}"
        if not rule.citations.all():
            yield rule, f"{name} has no citation"
        if not 1 <= len(rule.interventions.all()) <= 3:
            yield rule, f"{name} leads to {len(rule.interventions.all())} interventions, not one to three"
        if len(rule.conditions) < 2:
            yield rule, f"{name} looks at fewer than two answers"
        for code, answers in rule.conditions:
            question = questions.get(code)
            allowed = {0, 1, 2, 3, 4} | ({"dont_know"} if question and question.allows_dont_know else set())
            if question is None or question.questionnaire.role != rule.role:
                yield rule, f"{name} looks at {code}, which is no question of {rule.role}"
            elif not answers or set(answers) - allowed:
                yield rule, f"{name} looks at {code} for the answers {answers}"
        asked = {code for code, _ in rule.conditions}
        if {code for code in (rule.first, rule.waits) if code} - asked or (rule.first and rule.first == rule.waits):
            yield rule, f"{name} puts {rule.first or 'nothing'} before {rule.waits or 'nothing'}"


def _advised_faults(version: str) -> Iterator[tuple]:
    """A rule names only what its role can act on and what nothing in the guides speaks against."""
    rules = AdviceRule.objects.filter(question__questionnaire__version=version)
    for rule in rules.select_related("question__questionnaire", "question__theme").prefetch_related("interventions"):
        question = rule.question
        for entry in rule.interventions.all():
            if reason := _unfit(entry, question.questionnaire.role, {question.code, question.theme.code}):
                yield rule, f"rule {rule.code} names {entry.code}, {reason}"
    for rule in CombinedRule.objects.select_related("theme").prefetch_related("interventions"):
        for entry in rule.interventions.all():
            if reason := _unfit(entry, rule.role, {rule.theme.code}):
                yield rule, f"combined rule {rule.code} names {entry.code}, {reason}"


def _unfit(entry: Intervention, role: str, places: set[str]) -> str:
    if role not in entry.roles:
        return f"which is not for {role}"
    if entry.evidence == Intervention.Evidence.DISPUTED:
        return "which the guides call not effective or disputed"
    return "which says itself that it does not fit there" if places & set(entry.not_for) else ""
