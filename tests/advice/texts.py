"""Every text that a user reads, with where it stands, and small functions that find what is wrong with one.

Headings and titles of sources are quotations and stay out.
"""

import re
from collections import Counter
from dataclasses import dataclass

from advice.models import AdviceRule, CombinedRule, Fact, Intervention, Term, ThemeAdvice
from scans.models import AnswerOption, Question, Source, Theme

FIELDS = {  # fmt: skip
    Theme: ("title", "intro", "phrase"),
    Question: ("text", "why", "prompt"),
    AnswerOption: ("label",),
    Intervention: (
        "name",
        "summary",
        "asks",
        "gives",
        "start",
        "for_whom",
        "evidence_note",
        "caution",
        "note",
    ),
    Fact: ("statement",),
    Term: ("term", "definition", "nuance"),
    AdviceRule: ("text", "first_step", "who"),
    CombinedRule: ("title", "text"),
    ThemeAdvice: ("discussion", "stop"),
    Source: ("about",),
}
MAX_WORDS = 20  # in one sentence
MEAN_WORDS = 12

# themes.md E. `anoniem` may stand in the name of what the guide itself calls "Anoniem solliciteren"; `niet-westers`
# where the text says that it is an older term; `werkzoekenden` as one of the parties of the guide's protocol, and
# `werkzoekendebegeleider` as the name of a function in Enschede.
AVOIDED = re.compile(
    r"cliënt|uitkeringsgerechtigd|autochto|allochto|knuffelba|zelfselectie|iedereen discrimineert"
    r"|anoniem(?! solliciteren)|niet-westers(?!.*(?:term van toen|heette))"
    r"|(?<!werkgevers, )(?<!discriminerende werkgevers, )werkzoekend(?!ebegeleider)",
    re.IGNORECASE,
)
SOUNDS_LIKE_DONT_KNOW = re.compile(
    r"\bweet\b.*\bniet\b|\bniet\b.*\bweet\b|onbekend|geen idee|geen zicht|ken ik niet|niet bekend|nooit van gehoord",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Text:
    """`where`: model, natural key and field, for instance "question … km-visie-in-werk: why"."""

    where: str
    text: str


def user_texts(*models) -> list[Text]:
    """All texts of these models (all models when none is given)."""
    found = []
    for model in models or FIELDS:
        for item in model.objects.select_related():
            for field in FIELDS[model]:
                key = " ".join(str(part) for part in item.natural_key())
                found.append(Text(f"{model._meta.model_name} {key}: {field}", getattr(item, field)))
    return [text for text in found if text.text]


def words(text: str) -> list[str]:
    return text.split()


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])[”’\"']?\s+(?=[A-ZÉ0-9‘“'\"])", text.strip()) if part]


def avoided(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if AVOIDED.search(sentence)]


def too_long(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if len(words(sentence)) > MAX_WORDS]


def mean_words(texts: list[str]) -> float:
    lengths = [len(words(sentence)) for text in texts for sentence in sentences(text)]
    return sum(lengths) / len(lengths)


def shouts(text: str) -> bool:
    return "!" in text.replace("K!X Works", "")  # the name of a programme


def sounds_like_dont_know(label: str) -> bool:
    return bool(SOUNDS_LIKE_DONT_KNOW.search(label))


def normalised(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def doubles(texts: list[str]) -> list[str]:
    return sorted(text for text, count in Counter(normalised(text) for text in texts).items() if count > 1)


def begins_with_a_vision(first_step: str) -> bool:
    return normalised(first_step).startswith(("stel een visie", "maak een visie", "schrijf een visie"))
