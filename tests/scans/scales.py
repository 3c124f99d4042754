"""Made-up themes for the scoring tests: small, weighted, with holes."""

from hypothesis import settings
from hypothesis import strategies as st

from scans.scoring import ScoredQuestion

NON_ANSWERS = ("dont_know", "not_applicable", "prefer_not_to_say")
thoroughly = settings(max_examples=2000, deadline=None, derandomize=True, database=None)

levels = st.integers(0, 4)
weights = st.integers(1, 4)
non_answers = st.sampled_from((*NON_ANSWERS, None))  # None: no answer at all
rows = st.tuples(weights, levels | non_answers)
# Mostly two questions, as in the real questionnaires, up to five.
themes = st.lists(rows, min_size=1, max_size=5)
answered_themes = st.lists(st.tuples(weights, levels), min_size=1, max_size=5)
scans = st.lists(themes, min_size=1, max_size=6)


def questions(theme, prefix="q"):
    """The questions of a theme that is written as [(weight, answer), …]."""
    return [ScoredQuestion(f"{prefix}{number}", weight) for number, (weight, _) in enumerate(theme)]


def answers(theme, prefix="q"):
    return {f"{prefix}{number}": answer for number, (_, answer) in enumerate(theme) if answer is not None}


def scan_of(themes):
    """(themes, answers) as `score_scan` wants them, for a list of themes."""
    asked = {f"t{number}": questions(theme, f"t{number}-") for number, theme in enumerate(themes)}
    given = {}
    for number, theme in enumerate(themes):
        given |= answers(theme, f"t{number}-")
    return asked, given
