"""What somebody sees on a page before opening anything."""

import re

from lxml import html

# Not shown: what waits for a reason to appear, what only a screen reader says, what only runs without JavaScript.
_UNSEEN = "|".join(
    f".//{what}"
    for what in (
        "details[not(@open)]/*[not(self::summary)]",
        "noscript",
        "script",
        "*[@hidden]",
        "input[@type='hidden']",
        "*[contains(concat(' ', normalize-space(@class), ' '), ' visually-hidden ')]",
    )
)


def main_of(page: str):
    """The <main> of a page, as an element."""
    (main,) = html.document_fromstring(page).xpath("//main")
    return main


def visible_words(page: str) -> list[str]:
    """Every word that is shown in <main>, summaries of closed details and texts of buttons included."""
    main = main_of(page)
    for element in main.xpath(_UNSEEN):
        if element.getparent() is not None:
            element.drop_tree()
    # A dash or a dot between two words is no word.
    return [word for word in re.split(r"\s+", " ".join(main.itertext())) if re.search(r"\w", word)]
