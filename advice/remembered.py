"""What a process remembers of the content, and how it forgets."""

from advice.library import find, search
from advice.library.content import library
from advice.library.index import index
from advice.selectors import advice_content, all_interventions
from scans.selectors.content import questionnaire_content


def forget_content() -> None:
    """Read everything anew; for the command that loads content and for tests."""
    for remembered in (advice_content, all_interventions, library, questionnaire_content):
        remembered.cache_clear()
    index.cache_clear()
    search.forget()
    find.forget()
