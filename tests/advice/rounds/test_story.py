"""What the adviser's words say over the rounds, and what they do not."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from advice.rounds.frozen import Frozen, FrozenGroup
from advice.rounds.story import named, stays_low, story_of
from advice.rounds.team import cell_of, team_page
from advice.rounds.trend import CHANGE_WORDS, trend_page
from advice.templatetags.round_words import soft_hyphens
from scans.scoring import Shown
from scans.scoring.trend import HIGHER, OTHER_GROUP
from scans.selectors.content import current_questionnaire

pytestmark = [pytest.mark.both, pytest.mark.django_db]
TEAM = FrozenGroup(1, "team:t", "team", "client_manager", (("t", "Zuid"),), "10–19", "klantmanagers van Zuid", "Zuid")
ALL = replace(TEAM, number=0, key="municipality", kind="municipality", teams=())
DAYS = (date(2025, 3, 4), date(2025, 9, 20), date(2026, 4, 8))


def shown(middle: int) -> Shown:
    """A figure as ten to nineteen people get it."""
    if middle >= 85:
        return Shown("85 of hoger", Fraction(165, 2), Fraction(100), "10–19")
    return Shown(str(middle), Fraction(2 * middle - 5, 2), Fraction(2 * middle + 5, 2), "10–19")


def a_round(number: int, figures: dict[str, Shown], teams=TEAM.teams) -> Frozen:
    content = current_questionnaire("client_manager")
    group = replace(TEAM, teams=teams)
    return Frozen(
        public_id=f"round-{number}", sha256="", text="", policy="1", minimum=5, opened_on=DAYS[number],
        last_day=DAYS[number], versions=(("client_manager", content.version),), groups=(group,), municipal=ALL,
        scores={(TEAM.key, theme): figure for theme, figure in figures.items()}, dont_know={}, leads={}, reasons={},
        attributed=(), contents={"client_manager": content},
    )  # fmt: skip


def story(*rounds: list[int], teams=()):
    """One list of middles per round, for the first themes. `teams`: those of the group in the first round."""
    codes = [theme.code for theme in current_questionnaire("client_manager").themes]
    made = [
        a_round(number, {code: shown(middle) for code, middle in zip(codes, middles, strict=False) if middle})
        for number, middles in enumerate(rounds)
    ]
    if teams:
        made[0] = replace(made[0], groups=(replace(TEAM, teams=teams),))
    return story_of(tuple(made), team_page(made[-1], TEAM))


def said(*rounds) -> dict[str, str]:
    """{heading: what is said under it}."""
    return {one.heading: f"{one.named} {one.advice}" for one in story(*rounds).changes}


def title(number: int) -> str:
    return current_questionnaire("client_manager").themes[number].title


def test_a_first_round_has_no_changes():
    found = story([40, 70])
    assert found.changes == () and found.since is None
    assert f"“{title(0)}”" in found.opening[-1] and f"“{title(1)}”" in found.opening[0]


def test_two_steps_are_higher_and_one_step_is_not():
    headings = said([40, 40, 60], [50, 45, 60])
    assert title(0) in headings["Hoger dan de vorige keer"]
    assert title(1) not in str(headings)


def test_lower_is_said_without_a_judgement():
    text = said([60], [45])["Lager dan de vorige keer"]
    assert title(0) in text and "Dat is geen oordeel" in text


def test_slow_steps_are_named_over_the_whole_time():
    found = said([40], [45], [50])
    assert title(0) in found["Hoger dan in maart 2025"]
    assert "Hoger dan de vorige keer" not in found


def test_slowly_lower_is_named_as_well():
    assert title(0) in said([70], [65], [60])["Lager dan in maart 2025"]


def test_three_low_rounds_ask_for_one_agreement():
    found = said([40, 70], [40, 70], [40, 70])
    assert title(0) in found["In 3 rondes nog geen vaste werkwijze te zien"]
    assert title(1) not in str(found)
    assert not any("rondes nog geen" in heading for heading in said([40], [40]))


def test_what_rises_is_not_called_stuck():
    assert list(said([20], [30], [40])) == ["Hoger dan de vorige keer"]


@pytest.mark.parametrize("figures", [[40, None, 40], [40, 40, 65], [65, 40, 40]])
def test_low_for_a_while_needs_every_round_to_be_certain(figures):
    assert not stays_low([figure and shown(figure) for figure in figures])
    assert stays_low([shown(40)] * 3)


def test_another_group_is_never_compared():
    changed = story([20], [70], teams=(("t", "Zuid"), ("u", "Noord")))
    assert [one.heading for one in changed.changes] == ["Nu niet te vergelijken"]
    assert story([20], [70]).changes != changed.changes


def test_a_group_without_figures_says_nothing_about_how_it_goes():
    assert "Het zegt niets over hoe het gaat." in story([]).opening


def test_a_strength_is_no_place_to_begin_unless_all_is_strong():
    content = current_questionnaire("client_manager")
    codes = [theme.code for theme in content.themes]
    mixed = team_page(a_round(0, {codes[0]: shown(85), codes[1]: shown(70), codes[2]: shown(50)}), TEAM)
    assert [one.theme for one in mixed.steps] == [codes[2]] and mixed.room.theme == codes[2]
    strong = team_page(a_round(0, {codes[0]: shown(70), codes[1]: shown(70)}), TEAM)
    assert [one.theme for one in strong.steps] == codes[:2] and strong.room is None
    assert "Daar is ruimte" not in " ".join(story([70, 70]).opening)


def test_a_strength_is_told_by_what_is_certain():
    content = current_questionnaire("client_manager")
    one = a_round(0, {content.themes[0].code: shown(85)})
    assert cell_of(one, TEAM, content.themes[0]).meaning == "Zo wordt hier gewerkt, ook als het druk is."


def test_a_long_list_is_cut_short():
    found = said([20] * 7, [50] * 7)["Hoger dan de vorige keer"]
    assert "en nog 3 andere thema’s." in found and found.count("“") == 4


def test_titles_with_commas_stay_apart():
    assert named(["A, b"]) == "“A, b”"
    assert named(["A", "B", "C"]) == "“A”, “B” en “C”"
    assert named([]) == ""


def test_long_team_names_may_break_in_dutch():
    assert soft_hyphens("Werk en Statushouders").replace("\u00ad", "|") == "Werk en Sta|tus|hou|ders"


def test_the_municipality_is_compared_only_with_the_same_teams_behind_it():
    content = current_questionnaire("client_manager")
    code = content.themes[0].code
    earlier, later = a_round(0, {code: shown(40)}), a_round(1, {code: shown(70)})
    for one, middle in ((earlier, 40), (later, 70)):
        one.scores[ALL.key, code] = shown(middle)
    assert trend_page((earlier, later), ALL).themes[0].latest == CHANGE_WORDS[HIGHER]
    del earlier.scores[TEAM.key, code]  # the team was not shown then
    assert trend_page((earlier, later), ALL).themes[0].latest == CHANGE_WORDS[OTHER_GROUP]
    assert "Hoger" not in str(story_of((earlier, later), team_page(later, ALL)).changes)
