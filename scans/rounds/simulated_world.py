"""The input of a simulation: whether it can be used, and if not, why, in one line."""

from scans.models import FEWEST, NonAnswer, Role

MOST = 50  # the largest k
LONGEST_TEAM, LONGEST_ID = 100, 150
LONGEST_SHOWN = 80  # characters of what was given
CHOICES = {*map(str, range(5)), *NonAnswer.values}
SHAPE = 'the input is one object: {"rounds": [{"k": 5, "people": [{"id": …, "team": …, "role": …}, …]}, …]}'


class BadWorld(Exception):
    """The input cannot be used; the message says what is wrong, in one line."""


def check_world(world) -> None:
    """Raises BadWorld. What it lets through is as docs/privacy/simulate.md describes it."""
    rounds = world.get("rounds") if isinstance(world, dict) else None
    if not isinstance(rounds, list) or not rounds:
        raise BadWorld(f"{SHAPE}, not {given(world)}")
    for number, one in enumerate(rounds):
        _check_round(f"round {number}", one)
    _check_teams(rounds)


def _check_round(where: str, one) -> None:
    if not isinstance(one, dict):
        raise BadWorld(f"{where}: a round is an object, not {given(one)}")
    k, people = one.get("k", FEWEST), one.get("people")
    if type(k) is not int or not FEWEST <= k <= MOST:
        raise BadWorld(f"{where}: k lies between {FEWEST} and {MOST}; it is {given(k)}")
    if not isinstance(people, list):
        raise BadWorld(f"{where}: people is a list, not {given(people)}")
    if not people:
        raise BadWorld(f"{where}: people is empty; a round needs somebody to invite")
    _check_ids(where, people)
    for person in people:
        _check_person(f"{where}, person {given(person['id'])}", person)


def _check_ids(where: str, people: list) -> None:
    seen = set()
    for place, person in enumerate(people):
        who = f"{where}, people[{place}]"
        if not isinstance(person, dict):
            raise BadWorld(f"{who}: a person is an object, not {given(person)}")
        _check_text(who, "id", person.get("id"), LONGEST_ID)
        if str(person["id"]) in seen:
            raise BadWorld(f"{who}: every person has an id of its own; {given(person['id'])} stands there twice")
        seen.add(str(person["id"]))


def _check_person(who: str, person: dict) -> None:
    _check_text(who, "team", person.get("team"), LONGEST_TEAM)
    if person.get("role") not in Role.values:
        raise BadWorld(f"{who}: role is one of {', '.join(Role.values)}, not {given(person.get('role'))}")
    if not isinstance(person.get("consent", False), bool):
        raise BadWorld(f"{who}: consent is true or false, not {given(person['consent'])}")
    answers = person.get("answers")
    if answers is None:
        return
    if not isinstance(answers, dict):
        raise BadWorld(f"{who}: answers are null or an object by question code, not {given(answers)}")
    for code, answer in answers.items():
        if type(answer) not in (int, str) or str(answer) not in CHOICES:
            raise BadWorld(f"{who}: an answer is one of the levels 0–4 or one of {', '.join(NonAnswer.values)}; "
                           f"the answer to {given(code)} is {given(answer)}")  # fmt: skip


def _check_teams(rounds: list[dict]) -> None:
    first = {}  # lower case → (name, where it stood first)
    for number, one in enumerate(rounds):
        for person in one["people"]:
            who, name = f"round {number}, person {given(person['id'])}", str(person["team"])
            before, where = first.setdefault(name.lower(), (name, who))
            if before != name:
                raise BadWorld(f"{who}: two teams have the same name but for capitals: {given(name)}, and "
                               f"{given(before)} in {where}")  # fmt: skip


def _check_text(who: str, key: str, value, longest: int) -> None:
    """Text that a page can show, or a whole number: 7 and "7" are the same."""
    text = str(value) if type(value) in (int, str) else ""
    if not (text.strip() and text.isprintable() and len(text) <= longest):
        raise BadWorld(f"{who}: {key} is text of 1 to {longest} characters that can be printed, or a whole number, "
                       f"not {given(value)}")  # fmt: skip


def given(value) -> str:
    """What was given, on one line and not too long."""
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
