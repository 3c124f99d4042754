"""Text that tries to fetch, run or attach something, for every field that somebody else can fill."""

from pathlib import Path


def hostile_pieces(address: str, secret: Path) -> list[str]:
    file = secret.as_uri()
    return [
        f'<script src="{address}/a"></script>',
        f'<img src="{address}/b">',
        f'<img src="{file}">',
        f'<link rel="attachment" href="{file}">',
        f'<a rel="attachment" href="{file}">stuk</a>',
        f'<link rel="stylesheet" href="{address}/c">',
        f'<style>@import "{address}/d"; @font-face {{ font-family: x; src: url({file}) }}</style>',
        f'<p style="background: url({address}/e)">tekst</p>',
        f'<object data="{file}"></object>',
        f'<svg><image href="{address}/f"/></svg>',
    ]
