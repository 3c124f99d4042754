"""Importing: look first, then all or nothing."""

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile

from teams.import_file import read_people
from teams.models import Person, Team
from teams.services import importing, people
from teams.services.errors import NotAllowed, PlanChanged
from tests.teams.files import GOOD, HEAD, KIM, LEE, ZOE, csv, with_part, xlsx

pytestmark = [pytest.mark.both, pytest.mark.django_db]
CHOOSE = "/gemeente/mensen/importeren/"
LOOK, DO, STOP = CHOOSE + "bekijken/", CHOOSE + "uitvoeren/", CHOOSE + "stoppen/"


def send(client, content, name="mensen.csv"):
    return client.post(CHOOSE, {"file": SimpleUploadedFile(name, content)})


def page(response):
    return response.content.decode()


def digest(client) -> str:
    return client.get(LOOK).context["digest"]


def people_of(own):
    return sorted(own.municipality.people.values_list("name", "email", "team__name", "role"))


@pytest.mark.parametrize(
    "content",
    [csv(GOOD), csv(GOOD, ",", "cp1252"), csv(GOOD, "\t", "utf-16"), csv([["sep=;"], *GOOD]), xlsx(GOOD)],
    ids=["csv", "cp1252", "utf-16", "sep", "xlsx"],
)
def test_a_list_is_shown_and_then_imported(coordinator, own, content):
    assert send(coordinator, content)["Location"] == LOOK
    shown = page(coordinator.get(LOOK))
    assert (
        "2 nieuw, 0 aangepast, 1 blijft gelijk" in shown and "Nieuwe teams: Zuid" in shown and "Zoë Müller" in shown
    )
    assert people_of(own) == [("Kim de Boer", "kim@aadorp.nl", "Noord", "client_manager")]
    assert "2 nieuw en 0 aangepast" in page(coordinator.post(DO, {"digest": digest(coordinator)}, follow=True))
    assert people_of(own) == [
        ("Kim de Boer", "kim@aadorp.nl", "Noord", "client_manager"),
        ("Lee Bos", "lee@aadorp.nl", "Zuid", "manager"),
        ("Zoë Müller", "zoe@aadorp.nl", "Zuid", "policy_officer"),
    ]
    assert own.municipality.teams.count() == 2  # "zuid" and "Zuid" are one team


def test_somebody_who_is_there_is_changed_and_who_is_missing_stays(coordinator, own):
    people.add_person(own.coordinator, name="Blijft", email="blijft@a.nl", team=own.team, role="manager")
    send(coordinator, csv([HEAD, ["Kim Bakker", "KIM@aadorp.nl", "West", "manager"]]))
    assert "0 nieuw, 1 aangepast" in page(coordinator.get(LOOK))
    coordinator.post(DO, {"digest": digest(coordinator)})
    assert people_of(own) == [
        ("Blijft", "blijft@a.nl", "Noord", "manager"), ("Kim Bakker", "kim@aadorp.nl", "West", "manager"),
    ]  # fmt: skip
    assert Person.objects.get(pk=own.person.pk).public_id == own.person.public_id


def test_the_same_list_twice_changes_nothing(coordinator, own):
    for _ in range(2):
        send(coordinator, csv(GOOD))
        coordinator.post(DO, {"digest": digest(coordinator)})
    before = people_of(own)
    send(coordinator, csv(GOOD))
    assert "0 nieuw, 0 aangepast, 3 blijft gelijk" in page(coordinator.get(LOOK))
    assert people_of(own) == before and Team.objects.filter(municipality=own.municipality).count() == 2


def test_one_mistake_and_nothing_is_imported(coordinator, own):
    response = send(coordinator, csv([HEAD, ZOE, ["Fout", "geen adres", "Zuid", "manager"]]))
    body = page(response)
    assert response.status_code == 200 and "Er is één fout" in body
    assert "<td>3</td><td>e-mail</td><td>Dit is geen geldig e-mailadres.</td>" in body
    assert coordinator.get(LOOK)["Location"] == CHOOSE
    assert coordinator.post(DO, {"digest": "x"})["Location"] == CHOOSE
    assert len(people_of(own)) == 1


def test_a_workbook_with_macros_reads_how_to_save_it(coordinator, own):
    body = page(send(coordinator, with_part(xlsx(GOOD), "xl/vbaProject.bin"), "mensen.xlsm"))
    assert "Sla het bestand op als gewone Excel-werkmap (.xlsx) zonder macro’s." in body
    assert coordinator.get(LOOK)["Location"] == CHOOSE and len(people_of(own)) == 1


def test_a_bad_file_after_a_good_one_makes_the_good_one_forgotten(coordinator, own):
    send(coordinator, csv(GOOD))
    send(coordinator, b"")
    assert coordinator.get(LOOK)["Location"] == CHOOSE


def test_hundreds_of_mistakes_are_counted_and_not_all_shown(coordinator):
    body = page(send(coordinator, csv([HEAD] + [["", f"p{n}@a.nl", "T", "manager"] for n in range(250)])))
    assert "Er zijn 250 fouten" in body and body.count("Hier staat niets.") == 100 and "En nog 150 fouten" in body


def test_no_file_and_a_file_that_is_too_big_say_so(coordinator):
    assert "Kies een bestand" in page(coordinator.post(CHOOSE, {}))
    assert "groter dan 2 MB" in page(send(coordinator, b"x" * (2 * 1024 * 1024 + 1)))
    assert send(coordinator, b"x" * (3 * 1024 * 1024 + 1)).status_code == 413


def test_elsewhere_the_limit_is_what_it_was(coordinator):
    file = SimpleUploadedFile("x.csv", b"x" * (1024 * 1024 + 1))
    assert coordinator.post("/gemeente/mensen/nieuw/", {"file": file}).status_code == 413


def test_two_megabytes_come_through(coordinator):
    row = ["N" * 150, "{}@" + "a" * 60 + ".nl", "T" * 100, "klantmanager"]
    rows = [[row[0], row[1].format(f"p{n}"), *row[2:]] for n in range(4999)]
    content = csv([HEAD, *rows])
    assert 1.5 * 1024 * 1024 < len(content) < 2 * 1024 * 1024
    assert send(coordinator, content)["Location"] == LOOK
    assert coordinator.get(LOOK).status_code == 200


def test_when_the_list_changed_meanwhile_it_is_shown_again_and_nothing_is_done(coordinator, own):
    send(coordinator, csv(GOOD))
    seen = digest(coordinator)
    people.add_person(own.second, name="Zoë", email="zoe@aadorp.nl", team=own.team, role="manager")
    response = coordinator.post(DO, {"digest": seen}, follow=True)
    assert "intussen veranderd" in page(response) and "1 nieuw, 1 aangepast" in page(response)
    assert len(people_of(own)) == 2
    coordinator.post(DO, {"digest": digest(coordinator)})
    assert len(people_of(own)) == 3


@pytest.mark.parametrize("said", ["", "x", "0" * 64])
def test_without_having_seen_the_plan_nothing_is_done(coordinator, own, said):
    send(coordinator, csv(GOOD))
    coordinator.post(DO, {"digest": said})
    assert len(people_of(own)) == 1


def test_stopping_forgets_the_rows(coordinator, own):
    send(coordinator, csv(GOOD))
    assert "zoe@aadorp.nl" in repr(coordinator.session["people_import"])
    coordinator.post(STOP)
    assert "people_import" not in coordinator.session and len(people_of(own)) == 1


def test_the_session_keeps_four_columns_and_is_clean_afterwards(coordinator, own):
    rows = [[*HEAD, "bsn"], [*ZOE, "123456782"]]
    send(coordinator, csv(rows))
    unpacked = repr([session.get_decoded() for session in Session.objects.all()])
    assert "zoe@aadorp.nl" in unpacked and "123456782" not in unpacked
    coordinator.post(DO, {"digest": digest(coordinator)})
    assert "zoe@aadorp.nl" not in repr([session.get_decoded() for session in Session.objects.all()])


def test_somebody_who_lost_the_right_imports_nothing(own, foreign):
    rows, _ = read_people(csv(GOOD))
    plan = importing.plan_import(own.municipality, rows)
    for actor in (own.manager, foreign.manager):
        with pytest.raises(NotAllowed):
            importing.apply_import(actor, rows, plan.digest)
    assert len(people_of(own)) == 1


def test_an_import_touches_the_own_municipality_only(coordinator, own, foreign):
    send(coordinator, csv([HEAD, ["Ander", foreign.person.email, "Noord", "manager"]]))
    coordinator.post(DO, {"digest": digest(coordinator)})
    foreign.person.refresh_from_db()
    assert foreign.person.name == "Kim de Boer" and own.municipality.people.count() == 2


def test_half_way_broken_means_nothing_done(own, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the power went out")

    rows, _ = read_people(csv(GOOD))
    digest = importing.plan_import(own.municipality, rows).digest
    monkeypatch.setattr(Person.objects, "bulk_update", broken)
    with pytest.raises(RuntimeError):
        importing.apply_import(own.coordinator, rows, digest)
    assert len(people_of(own)) == 1 and own.municipality.teams.count() == 1


def test_a_plan_is_the_same_only_when_it_does_the_same(own):
    rows, _ = read_people(csv([HEAD, KIM, LEE]))
    before = importing.plan_import(own.municipality, rows).digest
    assert importing.plan_import(own.municipality, rows).digest == before
    people.add_team(own.coordinator, name="Zuid")
    with pytest.raises(PlanChanged):
        importing.apply_import(own.coordinator, rows, before)
