"""The chapters of the guides: the title of each and the heading with which it begins.

`bo`, `kis` and `vng` have chapters of their own. The summary `eaa` and the letter `via` have none: there every main
heading begins one. A section belongs to the last chapter that begins at it or before it.
"""

CHAPTERS = {
    "bo": (
        ("Samenvatting", "Samenvattende longread"),
        ("1 Inleiding", "Inleiding"),
        ("2 Gelijke kansen volgens de cijfers", "Gelijke kansen volgens de cijfers"),
        ("3 Ervaringen met kansengelijkheid in de praktijk", "Ervaringen met kansengelijkheid in de praktijk"),
        ("4 Achtergrond van kansenverschillen", "Achtergrond van kansenverschillen"),
        ("5 Behoeften van medewerkers van gemeenten", "Behoeften van medewerkers van gemeenten"),
    ),
    "eaa": (
        ("Samenvatting en onderzoeksvragen", "Samenvatting"),
        ("Ervaren discriminatie", "Conclusie: ervaren discriminatie"),
        ("Cross-sectioneel onderzoek", "Conclusie cross-sectioneel onderzoek"),
        ("Longitudinaal onderzoek", "Conclusie: longitudinaal onderzoek"),
        ("Onderzoek in de spreekkamer", "Conclusie: video-stimulated recall onderzoek in de spreekkamer"),
        ("Aanbevelingen", "Aanbevelingen voor verbetering dienstverlening"),
    ),
    "kis": (
        ("Inleiding", "Inleiding"),
        ("1 Visie en gemeentelijk beleid", "Visie en gemeentelijk beleid"),
        ("2 Leren kennen en werkfit maken", "Leren kennen en werkfit maken"),
        ("3 Aan het werk", "Aan het werk"),
        ("4 Kwaliteit handelen klantmanagers", "Kwaliteit handelen klantmanagers"),
    ),
    "via": (
        ("Inleiding van de brief", "Gelijkwaardige kansen op de arbeidsmarkt voor iedereen"),
        ("Programma en Werkagenda", "Programma en Werkagenda VIA"),
        ("Thema 1: diversiteit op het werk", "Thema 1: Meer (culturele) diversiteit op het werk"),
        ("Thema 2: eerste baan of stage", "Thema 2: Meer kans op een eerste baan of stage voor jongeren"),
        (
            "Thema 3: naar werk vanuit de bijstand of de WW",
            "Thema 3: Begeleiding naar werk vanuit de bijstand of de WW",
        ),
        ("Monitoring", "Monitoring"),
    ),
    "vng": (
        ("1 Inleiding", "1. Inleiding"),
        ("2 De cijfers en actuele aanleidingen", "2. De cijfers en actuele aanleidingen"),
        ("3 Leeswijzer", "3. Leeswijzer"),
        ("4 De gemeente als werkgever", "4. De gemeente als werkgever"),
        ("5 De gemeente als normsteller", "5. De gemeente als normsteller"),
        ("6 De gemeente als samenwerkingspartner", "6. De gemeente als samenwerkingspartner"),
        ("7 De gemeente als bemiddelaar", "7. De gemeente als bemiddelaar"),
        ("8 De gemeente als toezichthouder", "8. De gemeente als toezichthouder"),
    ),
}


def chapters_of(source: str, headings: list[str]) -> dict[str, str]:
    """{heading: title of its chapter} for the headings of a source in their order.

    Raises ValueError when a chapter begins with a heading that the source does not have in this place.
    """
    beginnings = {first: title for title, first in CHAPTERS[source]}
    found: dict[str, str] = {}
    for heading in headings:
        title = beginnings.get(heading) or (found[list(found)[-1]] if found else None)
        if title is None:
            raise ValueError(f"{source}: {heading!r} stands before the first chapter")
        found[heading] = title
    titles = [title for title, _ in CHAPTERS[source]]
    if list(dict.fromkeys(found.values())) != titles:
        raise ValueError(f"{source}: the chapters are {list(dict.fromkeys(found.values()))}, not {titles}")
    return found
