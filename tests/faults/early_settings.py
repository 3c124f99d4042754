"""A broken Quickscan for the negative control: it acknowledges an answer before the database has committed it."""

from quickscan.settings import *  # noqa: F403
from quickscan.settings import MIDDLEWARE

MIDDLEWARE = ["tests.faults.early_settings.acknowledge_early", *MIDDLEWARE]


def acknowledge_early(get_response):
    import itertools
    import threading
    import time

    from django.db import connections
    from django.http import JsonResponse

    # Revisions that look real: the harness must not notice anything but the loss.
    revision = itertools.count(1)

    def later(request):
        time.sleep(0.2)
        try:
            get_response(request)
        finally:
            connections.close_all()

    def middleware(request):
        if request.path != "/scan/antwoord/":
            return get_response(request)
        request.body  # noqa: B018  read it before the connection closes
        threading.Thread(target=later, args=(request,), daemon=True).start()
        response = JsonResponse({"revision": next(revision), "stale": False})
        response.headers["Content-Length"] = str(len(response.content))  # as CommonMiddleware would
        return response

    return middleware
