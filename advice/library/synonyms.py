"""Words that mean the same to somebody who looks something up: our own list, and the forms of every glossary word."""

from collections.abc import Iterable, Mapping

from .words import stem, tokens

# What people in a municipality say, beside what the guides write. Each line is one circle.
CIRCLES = """
sroi, social return, social return on investment
lks, loonkostensubsidie
wep, werkervaringsplek, werkervaringsplaats
adv, antidiscriminatievoorziening, antidiscriminatiebureau, adb, meldpunt, discriminatie.nl
rdo, regionaal discriminatie overleg
p&o, personeelszaken, hr, hrm
pso, prestatieladder
esf, europees sociaal fonds
mkb, midden- en kleinbedrijf
nugger, niet-uitkeringsgerechtigd, zonder uitkering
pip, persoonlijk plan inburgering
ai, algoritme, kunstmatige intelligentie
avg, privacy, persoonsgegevens
vso, pro, praktijkonderwijs
nt2, taalles, nederlands leren, inburgering
bijstand, uitkering, participatiewet
klant, cliënt, bijstandsgerechtigde, werkzoekende, kandidaat
klantmanager, consulent, werkcoach, casemanager, werkconsulent
accountmanager, jobhunter, werkgeversadviseur, bedrijfscontactpersoon
leidinggevende, manager, teamleider, afdelingshoofd
statushouder, vluchteling, nieuwkomer, asielzoeker, inburgeraar
migratieachtergrond, herkomst, afkomst, allochtoon, culturele achtergrond, migranten
oudere, ouderen, 45-plus, 45-plusser, 55-plusser, 50-plus, senior
jongere, jongeren, jeugd, leerling, student
werkloos, werkloze, werklozen, werkloosheid, bijstand
werkdruk, caseload, tijd per klant
vooroordeel, vooroordelen, aanname, bias, onderbuikgevoel, stereotype
racisme, discriminatie
mystery guest, mystery shopper, mystery call, schijn-stagiair
naming & shaming, schandpaal, openbaar maken
naming & faming, in het zonnetje zetten
anoniem solliciteren, solliciteren zonder naam
sollicitatie, solliciteren, sollicitatiegesprek
werven, werving, recruitment
aanbesteding, aanbesteden, inkoop, inkopen, gunning
vacature, vacaturetekst
cursus, training, e-learning, onlinetraining, workshop, scholing, bijscholing
intercultureel, cultuursensitief, diversiteitssensitief
intervisie, casusbespreking, casuïstiek, intercollegiaal overleg
dashboard, monitor, cijfers
begrijpelijk, eenvoudig, taalniveau b1, klare taal
brief, brieven, uitnodiging
diploma, diplomawaardering, opleiding
praktijkverklaring, certificaat, praktijkleren
partner, echtgenoot, man, echtgenote
vrouw, vrouwen, moeder
mentor, buddy, maatje
taalcoach, taalmaatje
kosten, business case, baten, opbrengsten
draagvlak, weerstand
gemeenteraad, raadsleden, raad
doelgroepregister, banenafspraak
geloof, religie, levensbeschouwing
schulden, leefgebieden, armoede
lhbti, gender, geslacht
"""

Synonyms = Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]


def synonyms(glossary: Iterable[Iterable[str]]) -> Synonyms:
    """{the stems of a form: the words of each other form in its circles}; `glossary` holds the forms of each Term."""
    circles = [line.split(", ") for line in CIRCLES.strip().splitlines()]
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
    for circle in [*circles, *glossary]:
        forms = {stems(form): tuple(tokens(form)) for form in circle}
        for own in forms:
            others = found.setdefault(own, {})
            others.update({words: None for key, words in forms.items() if key != own and words})
    return {own: tuple(others) for own, others in found.items() if own}


def stems(form: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in tokens(form.casefold()))
