"""Forty questions to the library, written down before any search code existed; they do not change while tuning.

Each line: what kind of question it is, what somebody types, and the codes of the entries that this reader is after;
one of them in the first five is a hit. Written from the reader's need, not from the words of the entries.
"""

from typing import NamedTuple


class Query(NamedTuple):
    kind: str
    text: str
    expected: tuple[str, ...]


QUERIES = (
    # short: one or two words
    Query("short", "intervisie",
          ("gemengde-intervisiegroep-enschede", "landelijke-intervisiegesprekken",
           "structurele-intervisie-casuistiek")),
    Query("short", "kinderopvang",
          ("dichtbij-en-kinderopvang", "meegaan-kennismaking-kinderopvang", "opvangtoeslag-bespreken")),
    Query("short", "VR bril", ("vr-bril",)),
    Query("short", "aanbesteding",
          ("inkoopbepalingen", "uitsluitingsgrond-aanbesteding", "social-return-voor-bijstandsklanten")),
    Query("short", "anoniem solliciteren", ("anoniem-solliciteren", "anoniem-solliciteren-den-haag")),
    Query("short", "meldpunt discriminatie", ("adv-vindbaar-maken", "uitleg-over-melding")),
    Query("short", "te hoge caseload", ("meer-tijd-per-klant",)),
    Query("short", "charter diversiteit ondertekenen", ("charter-diversiteit-gemeente",)),
    # abbreviations
    Query("abbreviation", "ADV", ("adv-vindbaar-maken", "adv-vroeg-betrekken", "adv-positie-versterken")),
    Query("abbreviation", "SROI", ("social-return-voor-bijstandsklanten", "inkoopbepalingen")),
    Query("abbreviation", "WEP", ("werkervaringsplekken", "begeleiding-op-werkervaringsplek")),
    Query("abbreviation", "LKS",
          ("lks-begeleiding-no-riskpolis", "financiele-tegemoetkoming-werkgevers",
           "proefplaatsing-en-subsidie-breder")),
    # questions, as one would ask a colleague
    Query("question", "werkgever discrimineert, wat nu?",
          ("protocol-drie-partijen", "stoppen-met-discriminerende-werkgevers", "gesprek-met-weigerende-werkgever")),
    Query("question", "hoe voorkom ik dat mijn vooroordelen meespelen",
          ("objectief-toewijzen", "app-kopkrakers", "onderbuikgevoel-opmerken")),
    Query("question", "wat kost intensieve begeleiding en wat levert het op", ("maatschappelijke-business-case",)),
    Query("question", "hoe praat ik met mijn team over racisme",
          ("gesprek-vanuit-actualiteit", "discriminatie-bespreekbaar-maken", "open-cultuur-consulenten")),
    Query("question", "wat is de definitie van discriminatie?", ("gedeelde-definities", "begrippenlijstje")),
    Query("question", "alleen de man komt naar het gesprek, hoe bereik ik zijn vrouw", ("partners-apart-oproepen",)),
    Query("question", "wie krijgt welke voorziening in onze regio",
          ("gelijke-kansenspiegel", "toekenning-voorzieningen-nalopen")),
    # synonyms: other words than the guides use
    Query("synonym", "mystery shoppers", ("mystery-guests",)),
    Query("synonym", "oudere werklozen", ("aanpak-45plus-almere", "speciaal-aanbod-per-groep")),
    Query("synonym", "bedrijven aan de schandpaal nagelen", ("naming-shaming",)),
    Query("synonym", "baan zonder sollicitatie", ("open-hiring", "programma-open-hiring")),
    Query("synonym", "cijfers over herkomst van klanten",
          ("gelijke-kansenspiegel", "cbs-dashboard-kis-wijkmonitor", "zelfbenoemde-achtergrond-enschede")),
    Query("synonym", "werkdruk klantmanagers verlagen", ("meer-tijd-per-klant",)),
    Query("synonym", "e-learning interculturele communicatie",
          ("onlinetraining-intercultureel-vakmanschap", "cursus-cultuursensitieve-communicatie")),
    # compounds and parts of them
    Query("compound", "uitstroomcijfers", ("pijlen-op-proces", "welzijn-bij-evaluatie-bestuur")),
    Query("compound", "taalcoach op de werkvloer", ("taalmaatjes", "maatwerk-hattem", "vaste-contactpersonen")),
    Query("compound", "stage discriminatie",
          ("checklist-stagediscriminatie", "toolbox-stagediscriminatie", "melden-stagediscriminatie")),
    Query("compound", "vacaturetekst", ("inclusieve-vacatureteksten", "werving-selectie-inclusiever")),
    Query("compound", "functioneringsgesprek", ("gelijke-kansen-in-personeelsgesprekken",)),
    # plurals and verb forms
    Query("form", "proefplaatsingen",
          ("werkervaringsplekken", "financiele-tegemoetkoming-werkgevers", "proefplaatsing-en-subsidie-breder")),
    Query("form", "begrijpelijker brieven schrijven",
          ("begrijpelijke-taal-helmond", "begrijpelijke-taal-eindhoven", "brief-schrijven-met-doelgroep")),
    Query("form", "gemotiveerd gesprek voeren",
          ("motiverende-gespreksvoering", "handboek-motiverende-gespreksvoering")),
    Query("form", "gesprekken opnemen en terugkijken",
          ("video-stimulated-recall", "videobeelden-intervisie-zoetermeer")),
    Query("form", "buitenlandse diploma's", ("diplomawaardering", "inhoud-boven-diploma")),
    # typing errors
    Query("typo", "weerbaarheidtraining", ("weerbaarheidstraining", "werkvormen-weerbaarheidstraining")),
    Query("typo", "discrimnatie melden", ("adv-vindbaar-maken", "uitleg-over-melding")),
    # a municipality's name
    Query("place", "statushouders Capelle", ("casusregisseurs-capelle", "projectleiders-capelle")),
    Query("place", "accountmanagers Amersfoort", ("trainingen-accountmanagers-amersfoort",)),
)  # fmt: skip

# Codes that have been merged into another entry since the queries were written: {old: new}.
MERGED: dict[str, str] = {
    "meegaan-kennismaking-kinderopvang": "dichtbij-en-kinderopvang",
    "opvangtoeslag-bespreken": "werktijden-alleenstaande-ouders",
    "uitsluitingsgrond-aanbesteding": "inkoopbepalingen",
    "proefplaatsing-en-subsidie-breder": "lks-begeleiding-no-riskpolis",
    "onderbuikgevoel-opmerken": "doorvragen-naar-vaardigheden",
    "speciaal-aanbod-per-groep": "dedicated-voorzieningen",
    "programma-open-hiring": "open-hiring",
    "cursus-cultuursensitieve-communicatie": "lokale-cursussen-landelijk-aanbod",
    "checklist-stagediscriminatie": "toolbox-stagediscriminatie",
    "brief-schrijven-met-doelgroep": "begrijpelijke-taal-eindhoven",
    "inhoud-boven-diploma": "skillsbenadering",
}
