"""A broken Quickscan for the negative control: it acknowledges an answer before the database has committed it."""

from quickscan.settings import *  # noqa: F403
from quickscan.settings import MIDDLEWARE

MIDDLEWARE = ["tests.faults.early_settings.acknowledge_early", *MIDDLEWARE]


def acknowledge_early(get_response):
    import threading
    import time

    from django.db import connections
    from django.http import JsonResponse

    def later(request):
        time.sleep(0.2)
        try:
            get_response(request)
        finally:
            connections.close_all()

    def middleware(request):
        if request.path != "/scan/antwoord/":
            return get_response(request)
        # Looks real and is read before the connection closes: the harness must not notice anything but the loss.
        # The late save comes without a revision, so that it is refused for no other reason.
        request.POST = request.POST.copy()
        revision = int(request.POST.pop("seen")[0]) + 1
        threading.Thread(target=later, args=(request,), daemon=True).start()
        response = JsonResponse({"revision": revision})
        response.headers["Content-Length"] = str(len(response.content))  # as CommonMiddleware would
        return response

    return middleware
