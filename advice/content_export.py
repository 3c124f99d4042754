"""The whole content as one document, so that anyone can reuse or check it. Schema: docs/content.md."""

from advice.models import AdviceRule, CombinedRule, Fact, Intervention, Term, ThemeAdvice
from scans.models import NonAnswer, Questionnaire, Source

SCHEMA = 1


def export_content() -> dict:
    """Everything, in a fixed order. Every row that says something about a guide has its citations."""
    return {
        "schema": SCHEMA,
        "sources": [
            {
                "code": source.code,
                "title": source.title,
                "publisher": source.publisher,
                "year": source.year,
                "url": source.url,
                "authors": source.authors,
                "sections": [citation.heading for citation in source.citations.all()],
            }
            for source in Source.objects.prefetch_related("citations")
        ],
        "questionnaires": [export_questionnaire(item) for item in Questionnaire.objects.all()],
        "interventions": [
            _intervention(item)
            for item in Intervention.objects.prefetch_related("themes", "figures", "citations__source")
        ],
        "facts": [
            _fact(item)
            for item in Fact.objects.select_related("opens").prefetch_related("themes", "citations__source")
        ],
        "glossary": [_term(item) for item in Term.objects.prefetch_related("citations__source")],
        "recommendations": _recommendations(),
        "rules": [
            _rule(item)
            for item in CombinedRule.objects.select_related("theme").prefetch_related(
                "interventions", "citations__source"
            )
        ],
        "theme_advice": [
            {"theme": item.theme.code, "role": item.role, "discussion": item.discussion, "stop": item.stop}
            for item in ThemeAdvice.objects.select_related("theme").order_by("theme__position", "role")
        ],
    }


def export_questionnaire(questionnaire: Questionnaire) -> dict:
    themes: dict[str, dict] = {}
    questions = questionnaire.questions.select_related("theme").prefetch_related("options", "citations__source")
    for question in questions.order_by("theme__position", "position"):
        theme = question.theme
        entry = themes.setdefault(
            theme.code,
            {
                "code": theme.code,
                "title": theme.title,
                "intro": theme.intro,
                "phrase": theme.phrase,
                "questions": [],
            },
        )
        entry["questions"].append(
            {
                "code": question.code,
                "text": question.text,
                "why": question.why,
                "prompt": question.prompt,
                "weight": question.weight,
                "non_answers": [value.value for value in NonAnswer if getattr(question, f"allows_{value.value}")],
                "relation": question.relation,
                "predecessor": question.predecessor.code if question.predecessor else None,
                "options": [
                    {"code": f"{question.code}-{option.level}", "level": option.level, "label": option.label}
                    for option in question.options.all()
                ],
                "citations": _citations(question),
            }
        )
    return {
        "role": questionnaire.role,
        "version": questionnaire.version,
        "title": questionnaire.title,
        "themes": list(themes.values()),
    }


def _intervention(item: Intervention) -> dict:
    return {
        "code": item.code,
        "name": item.name,
        "kind": item.kind,
        "summary": item.summary,
        "asks": item.asks,
        "gives": item.gives,
        "start": item.start,
        "for_whom": item.for_whom,
        "target_groups": item.target_groups,
        "organisation": item.organisation,
        "addressee": item.addressee,
        "roles": item.roles,
        "themes": [theme.code for theme in item.themes.all()],
        "helps": item.helps,
        "lowest": item.lowest,
        "highest": item.highest,
        "not_for": item.not_for,
        "phase": item.phase,
        "evidence": item.evidence,
        "evidence_note": item.evidence_note,
        "caution": item.caution,
        "as_of": item.as_of,
        "note": item.note,
        "url": item.url,
        "related": item.related,
        "facts": [fact.code for fact in item.figures.all()],
        "citations": _citations(item),
    }


def _fact(item: Fact) -> dict:
    return {
        "code": item.code,
        "statement": item.statement,
        "value": item.value,
        "unit": item.unit,
        "reading": item.reading,
        "group": item.group,
        "denominator": item.denominator,
        "period": item.period,
        "themes": [theme.code for theme in item.themes.all()],
        "opens": item.opens.code if item.opens else None,
        "table": item.table,
        "row": item.row,
        "column": item.column,
        "citations": _citations(item),
    }


def _term(item: Term) -> dict:
    return {
        "code": item.code,
        "term": item.term,
        "forms": item.forms,
        "definition": item.definition,
        "nuance": item.nuance,
        "see_also": item.see_also,
        "citations": _citations(item),
    }


def _rule(item: CombinedRule) -> dict:
    return {
        "code": item.code,
        "role": item.role,
        "theme": item.theme.code,
        "conditions": [{"question": question, "answers": answers} for question, answers in item.conditions],
        "first": item.first,
        "waits": item.waits,
        "title": item.title,
        "text": item.text,
        "interventions": [intervention.code for intervention in item.interventions.all()],
        "citations": _citations(item),
    }


def _recommendations() -> list[dict]:
    rules = AdviceRule.objects.select_related("question__questionnaire").prefetch_related(
        "interventions", "citations__source"
    )
    rows = []
    for rule in rules.order_by(
        "question__questionnaire", "question__theme__position", "question__position", "lowest"
    ):
        levels = ["dont_know"] if rule.lowest is None else range(rule.lowest, rule.highest + 1)
        for level in levels:
            rows.append(
                {
                    "code": f"{rule.question.code}-{level}",
                    "role": rule.question.questionnaire.role,
                    "question": rule.question.code,
                    "level": level,
                    "text": rule.text,
                    "first_step": rule.first_step,
                    "who": rule.who,
                    "weeks": rule.weeks,
                    "interventions": [item.code for item in rule.interventions.all()],
                    "citations": _citations(rule),
                }
            )
    return rows


def _citations(item) -> list[dict]:
    return [{"source": c.source.code, "section": c.heading} for c in item.citations.all()]
