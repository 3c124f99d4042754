"""Measuring: the content that is asked (content) and what a person answers (scan)."""

from .content import (
    AnswerOption,
    Citation,
    NonAnswer,
    Publication,
    Question,
    Questionnaire,
    Role,
    Source,
    Theme,
)
from .scan import Answer, ResumeLink, Scan

__all__ = [
    "Answer",
    "AnswerOption",
    "Citation",
    "NonAnswer",
    "Publication",
    "Question",
    "Questionnaire",
    "ResumeLink",
    "Role",
    "Scan",
    "Source",
    "Theme",
]
