"""The table of rule 6, at its edges and everywhere between."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scans.scoring import level_names_of, people_band
from scans.scoring.rounding import cells_for, round_mean, round_share, step_of
from tests.scans.scales import thoroughly

means = st.fractions(0, 100, max_denominator=200)
sizes = st.integers(5, 60)


@pytest.mark.parametrize(
    "people, mean, text, low, high",
    [
        (5, 0, "30 of lager", 0, 35), (9, "34.99", "30 of lager", 0, 35), (5, 35, "40", 35, 45),
        (9, 50, "50", 45, 55), (5, "64.99", "60", 55, 65), (5, 65, "70 of hoger", 65, 100),
        (9, 100, "70 of hoger", 65, 100),
        (10, "17.49", "15 of lager", 0, "17.5"), (19, "17.5", "20", "17.5", "22.5"),
        (10, "82.5", "85 of hoger", "82.5", 100), (20, "11.24", "10 of lager", 0, "11.25"),
        (20, "11.25", "12,5", "11.25", "13.75"), (500, 50, "50", "48.75", "51.25"),
        (20, "88.75", "90 of hoger", "88.75", 100),
    ],
)  # fmt: skip
def test_the_table(people, mean, text, low, high):
    shown = round_mean(Fraction(mean), people)
    assert (shown.text, shown.low, shown.high) == (text, Fraction(low), Fraction(high))


@thoroughly
@given(means, sizes)
def test_a_mean_lies_within_what_is_shown(mean, people):
    shown = round_mean(mean, people)
    assert shown.low <= mean and (mean < shown.high or mean == shown.high == 100)
    assert shown.people == people_band(people)


@pytest.mark.parametrize("people", [5, 9, 10, 19, 20, 400])
def test_classes_cover_the_scale_without_overlap(people):
    cells = cells_for(people)
    assert cells[0].low == 0 and cells[-1].high == 100
    assert all(one.high == other.low for one, other in zip(cells, cells[1:], strict=False))
    assert {cell.high - cell.low for cell in cells[1:-1]} == {step_of(people_band(people))}
    assert len({cell.text for cell in cells}) == len(cells)


@pytest.mark.parametrize("people", range(5, 130))
def test_one_insider_leaves_a_colleague_more_than_half_the_scale(people):
    """The whole argument for one figure: what fits in the open classes, less one insider at the far end."""
    cells = cells_for(people)
    assert people * cells[0].high - 100 >= 75
    assert people * (100 - cells[-1].low) - 100 >= 75


@pytest.mark.parametrize(
    "people, band",
    [(0, "minder dan 5"), (4, "minder dan 5"), (5, "5–9"), (9, "5–9"), (10, "10–19"), (20, "20 of meer")],
)
def test_people_are_shown_as_bands(people, band):
    assert people_band(people) == band


@pytest.mark.parametrize(
    "part, people, text",
    [(0, 12, "minder dan een derde"), (3, 10, "minder dan een derde"), (4, 12, "een derde tot twee derde"),
     (8, 12, "een derde tot twee derde"), (7, 10, "meer dan twee derde"), (12, 12, "meer dan twee derde")],
)  # fmt: skip
def test_shares_are_shown_in_thirds(part, people, text):
    shown = round_share(part, people)
    assert shown.text == text and shown.low <= Fraction(100 * part, people) <= shown.high


@pytest.mark.parametrize(
    "mean, names", [(0, ["Nog niet zichtbaar", "Soms"]), (40, ["Soms", "Afgesproken"]), (50, ["Afgesproken"])]
)
def test_the_level_in_words_says_both_names_where_a_class_lies_across_an_edge(mean, names):
    assert [name.name for name in level_names_of(round_mean(Fraction(mean), 5))] == names


@pytest.mark.parametrize("mean", [Fraction(-1), Fraction(101)])
def test_a_mean_outside_the_scale_is_refused(mean):
    with pytest.raises(ValueError, match="between 0 and 100"):
        round_mean(mean, 5)
