"""A made-up client manager, for the example page and the README."""

from datetime import date
from functools import lru_cache
from itertools import cycle

from advice.report import Report, build_report
from scans.models import Role
from scans.selectors.content import current_questionnaire

# Level per question in the order of the questionnaire; None: "weet ik niet" where allowed, else level 1.
_PATTERN = (2, 1, 1, 2, 2, 1, 1, None, 3, 3, 3, 2, 2, 3, None, 1, 2, 2, 1, 0, 1, 2, 2, 3)
_DAY = date(2026, 11, 20)


@lru_cache(maxsize=1)
def example_report() -> Report:
    content = current_questionnaire(Role.CLIENT_MANAGER)
    choices = {}
    for question, level in zip(content.questions, cycle(_PATTERN), strict=False):
        if level is None:
            choices[question.code] = "dont_know" if "dont_know" in question.non_answers else "1"
        else:
            choices[question.code] = str(level)
    return build_report(content, choices, _DAY)
