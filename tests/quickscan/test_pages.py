"""Every public page answers, with the headers that protect a respondent."""

import pytest

PUBLIC = ["/", "/rol/", "/voorbeeld/", "/uitleg/", "/bronnen/", "/toegankelijkheid/", "/gewist/", "/afgesloten/"]
PUBLIC += [
    "/bibliotheek/", "/bibliotheek/?zoek=intervisie&rol=manager", "/bibliotheek/skills-training/",
    "/bibliotheek/vergelijken/", "/bibliotheek/vergelijken/?met=skills-training&met=motiverende-gespreksvoering",
    "/bibliotheek/mijn-lijst/", "/bibliotheek/thema/visie/", "/bibliotheek/bron/kis/", "/bibliotheek/woorden/",
    "/bibliotheek/cijfers/", "/uitleg/meetronde/",
]  # fmt: skip


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_answers(client, path):
    assert client.get(path).status_code == 200
