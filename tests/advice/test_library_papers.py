"""An entry and my list on paper: tagged, complete, in order, and a page when it cannot be made."""

import pytest

from advice.library.content import library
from advice.pdf import PdfBusy, PdfFailed
from tests.advice.test_library_pages import links_of, text_in
from tests.pdf_checks import faults, pages_of_anchors, text_of

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def keep(client, *codes: str) -> None:
    for code in codes:
        assert client.post("/bibliotheek/mijn-lijst/wijzigen/", {"do": "add", "code": code}).status_code == 302


def test_an_entry_on_paper_is_tagged_and_says_the_same(client, content):
    fullest = max(library().entries, key=lambda e: (len(e.figures), len(e.citations)))
    for entry in (library().by_code["skills-training"], fullest):
        response = client.get(f"/bibliotheek/{entry.code}/pdf/", secure=True)
        assert response["Content-Type"] == "application/pdf"
        assert f'filename="quickscan-{entry.code}.pdf"' in response["Content-Disposition"]
        assert faults(response.content) == []
        printed = "".join(text_of(response.content).split())
        for part in (entry.name, entry.caution, entry.evidence_note, f"/bibliotheek/{entry.code}/"):
            assert "".join(part.split()) in printed or entry.evidence == "geen-uitspraak"


def test_my_list_on_paper_is_tagged_and_keeps_its_order(client, content):
    codes = [entry.code for entry in library().entries][40:60][::-1]
    for some in (codes[:3], codes):  # with the contents on the cover, and on a page of their own
        client.cookies.clear()
        keep(client, *some)
        response = client.get("/bibliotheek/mijn-lijst/pdf/", secure=True)
        assert "quickscan-mijn-lijst-" in response["Content-Disposition"]
        assert faults(response.content) == []
        at = pages_of_anchors(response.content)
        assert [at[f"deel-{code}"] for code in some] == sorted(at[f"deel-{code}"] for code in some)


def test_an_empty_list_is_no_document(client, content):
    assert client.get("/bibliotheek/mijn-lijst/pdf/").url == "/bibliotheek/mijn-lijst/"


@pytest.mark.parametrize(("error", "said"), [(PdfBusy, "Het is druk"), (PdfFailed, "De PDF lukte niet")])
def test_when_no_document_can_be_made_a_page_says_so_and_leads_back(client, content, monkeypatch, error, said):
    def refuse(html):
        raise error("")

    monkeypatch.setattr("advice.pdf_response.render_pdf", refuse)
    response = client.get("/bibliotheek/skills-training/pdf/")
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert said in text_in(page) and "/bibliotheek/skills-training/" in links_of(page)
    assert "/resultaat/" not in links_of(page)
