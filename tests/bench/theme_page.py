"""Run by the bench in a process of its own: prints one ratio per round, our theme page over the hand-written one."""

import statistics
import sys
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.test import Client  # noqa: E402

from scans.views import fill_in  # noqa: E402

STEP = 2
REQUESTS = 150


def by_hand(request, state, step, form):
    """The page of the same theme from a template that was written out for it, without a form object."""
    return render(
        request,
        "bare_theme.html",
        {"state": state, "theme": state.content.themes[step - 1], "step": step, "steps": 12, "previous": step - 1,
         "skip_to": step + 1, "given": state.answers},
    )  # fmt: skip


def median_time(client) -> float:
    times = []
    for _ in range(REQUESTS):
        begin = time.perf_counter()
        response = client.get(f"/scan/stap/{STEP}/")
        times.append(time.perf_counter() - begin)
        assert response.status_code == 200
    return statistics.median(times)


def main(rounds: int, role: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.TEMPLATES[0]["DIRS"].append(settings.BASE_DIR / "tests" / "bench" / "bare")
    client = Client()
    client.get("/rol/")
    client.post("/scan/beginnen/", {"role": role})
    ours = fill_in._theme_page
    for _ in range(rounds):
        fill_in._theme_page = by_hand
        hand = median_time(client)
        fill_in._theme_page = ours
        print(median_time(client) / hand)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
