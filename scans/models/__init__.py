"""Measuring: the content that is asked (content), what a person answers (scan) and who is asked (rounds)."""

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
from .rounds import (
    FEWEST,
    Attribution,
    Group,
    Invitation,
    InvitationSecret,
    MeasurementRound,
    OutgoingMail,
    RoundDraft,
    RoundResult,
    Tally,
)
from .scan import Answer, ResumeLink, Scan

__all__ = [
    "Answer",
    "AnswerOption",
    "Attribution",
    "Citation",
    "FEWEST",
    "Group",
    "Invitation",
    "InvitationSecret",
    "MeasurementRound",
    "NonAnswer",
    "OutgoingMail",
    "Publication",
    "Question",
    "Questionnaire",
    "ResumeLink",
    "Role",
    "RoundDraft",
    "RoundResult",
    "Scan",
    "Source",
    "Tally",
    "Theme",
]
