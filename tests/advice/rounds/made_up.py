"""Closed rounds without a round: frozen results as closing writes them, with any number of teams and any names."""

import hashlib
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

from advice.rounds import frozen as freezer
from scans.rounds.closing import canonical
from scans.scoring.publication import DIFFERENCE, DONT_KNOW, LEADS, MUNICIPALITY, SCORE, TOO_FEW
from scans.scoring.rounding import round_mean, round_share
from scans.selectors.content import current_questionnaire
from tests.conftest import ROLES

FIRST_DAY = date(2025, 3, 3)
SIZES = (12, 6, 26, 5, 8, 15, 22, 7, 10, 5)


def names_of(count: int) -> list[str]:
    return [f"Team {number:02}" for number in range(1, count + 1)]


def frozen_rounds(names, rounds=1, *, hidden=(), roles=("policy_officer", "manager"), municipality="Aadorp"):
    """Oldest first. `hidden`: positions of teams of which nothing is shown; None: of nobody anything."""
    results = [_result(list(names), number, hidden, roles, municipality) for number in range(rounds)]
    return tuple(freezer.thaw(results))


def _result(names, number, hidden, roles, municipality):
    contents = {role: current_questionnaire(role) for role in ROLES}
    content = _content(names, number, hidden, roles, municipality, contents)
    text = canonical(content)
    return SimpleNamespace(
        measurement_round=SimpleNamespace(public_id=f"round{number:011}"), content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(), questionnaires=content["questionnaires"],
    )  # fmt: skip


def _content(names, number, hidden, roles, municipality, contents):
    opened = FIRST_DAY + timedelta(days=200 * number)
    teams = [
        {"id": f"team:t{place}", "kind": "team", "role": "client_manager", "teams": [[f"t{place}", name]],
         "invited": "5–9"}
        for place, name in enumerate(names)
    ]  # fmt: skip
    others = [{"id": f"role:{role}", "kind": "role", "role": role, "teams": [], "invited": "5–9"} for role in roles]
    figures, suppressed = [], []
    for place, theme in enumerate(contents["client_manager"].themes):
        for group in [*teams, {"id": MUNICIPALITY, "role": "client_manager"}, *others]:
            shown = _score(group, teams, place, number, hidden)
            if shown is None:
                suppressed.append({"group": group["id"], "theme": theme.code, "kind": SCORE, "reason": TOO_FEW})
            else:
                figures.append(_figure(group["id"], theme.code, None, SCORE, shown))
                figures += _leads(group["id"], theme, shown, place)
        share = None if hidden is None else round_share(place * 2, 30)
        if share is None:
            suppressed.append({"group": MUNICIPALITY, "theme": theme.code, "kind": DONT_KNOW, "reason": TOO_FEW})
        else:
            figures.append(_figure(MUNICIPALITY, theme.code, None, DONT_KNOW, share))
    return {
        "municipality": municipality, "policy": "1", "k": 5, "opened_on": opened.isoformat(),
        "last_day": (opened + timedelta(days=13)).isoformat(),
        "questionnaires": sorted([role, one.version] for role, one in contents.items()),
        "groups": sorted([*teams, *others], key=lambda one: one["id"]), "client_managers_invited": "20 of meer",
        "figures": figures, "suppressed": suppressed, "attributed": [],
    }  # fmt: skip


def _score(group, teams, place, number, hidden):
    if hidden is None:
        return None
    if group["id"] == MUNICIPALITY:
        return round_mean(Fraction(min(100, 20 + 6 * place + 4 * number)), 60) if teams else None
    if group["role"] != "client_manager":
        return round_mean(Fraction(min(100, 72 + place)), 7)
    which = teams.index(group)
    if which in hidden:
        return None
    mean = Fraction((17 * which + 23 * place + 12 * number) % 101)
    return round_mean(mean, SIZES[which % len(SIZES)])


def _leads(group, theme, shown, place):
    if shown.people != "20 of meer" or place % 4 or group == MUNICIPALITY:
        return []
    cells = (LEADS[3], LEADS[1])
    return [
        _figure(group, theme.code, question.code, DIFFERENCE, SimpleNamespace(**vars(cell), people=shown.people))
        for question, cell in zip(theme.questions, cells, strict=True)
    ]


def _figure(group, theme, question, kind, shown):
    return {"group": group, "theme": theme, "question": question, "kind": kind, "shown": shown.text,
            "low": str(shown.low), "high": str(shown.high), "people": shown.people}  # fmt: skip
