"""No secret and no answer in any log, through the handler that is really used."""

import io
import logging

import pytest
from django.db import IntegrityError
from django.urls import reverse

from quickscan.logs import HideSecrets
from scans import services
from scans.models import Answer

SECRET = "Vv3k_9hG-" * 5  # 45 characters, as in a link
LOGGERS = ["", "django.request", "django.server", "django.security.csrf", "scans"]


@pytest.fixture
def log():
    """What the configured handler writes."""
    handlers = [h for h in logging.getLogger().handlers if any(isinstance(f, HideSecrets) for f in h.filters)]
    assert len(handlers) == 1, "settings.LOGGING sets up one handler, with the filter"
    stream = io.StringIO()
    before = handlers[0].setStream(stream)
    yield stream
    handlers[0].setStream(before)


def unfiltered(message, *args, **kwargs) -> str:
    """The same record through a handler without the filter: the control."""
    stream = io.StringIO()
    logger = logging.Logger("control")
    logger.addHandler(logging.StreamHandler(stream))
    logger.error(message, *args, **kwargs)
    return stream.getvalue()


PATHS = ["/verder/", "/uitnodiging/", "/toegang/"]


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_no_mailed_link_and_no_address_of_a_visitor_is_logged(log, client, path):
    client.get(f"{path}{SECRET[:43]}/")
    client.post(path, {"secret": SECRET[:43], "x": "\x00"})
    assert f"Not Found: {path}[secret]/" in log.getvalue() and "This text cannot be read" in log.getvalue()
    assert SECRET[:43] not in log.getvalue() and "127.0.0.1" not in log.getvalue()


@pytest.mark.parametrize("path", PATHS)
def test_the_server_of_development_logs_no_link_either(log, path):
    logging.getLogger("django.server").warning('"%s" %s %s', f"GET {path}{SECRET[:43]}/ HTTP/1.1", "404", "9")
    assert f"GET {path}[secret]/ HTTP/1.1" in log.getvalue() and SECRET[:43] not in log.getvalue()


@pytest.mark.parametrize("name", LOGGERS)
def test_a_secret_in_a_message_is_hidden(log, name):
    logging.getLogger(name).error("Not Found: %s", f"/verder/{SECRET}/")
    assert "Not Found: /verder/[secret]/" in log.getvalue()
    assert SECRET not in log.getvalue()
    assert SECRET in unfiltered("Not Found: %s", f"/verder/{SECRET}/"), "there is something to hide"


def failing():
    row = "-".join(["a", "row"])  # put together, because a stack trace shows this line as it stands here
    raise ValueError(f"cannot read {SECRET}\nDETAIL:  Failing row contains {row}.")


def test_a_secret_or_a_row_in_a_stack_trace_is_hidden(log):
    try:
        failing()
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/verder/")
        control = unfiltered("x", exc_info=True)
    assert "ValueError: cannot read [secret]" in log.getvalue() and "in failing" in log.getvalue()
    assert SECRET not in log.getvalue() and "a-row" not in log.getvalue()
    assert SECRET in control and "a-row" in control, "there is something to hide"


@pytest.mark.django_db
def test_a_row_that_postgresql_refuses_is_not_told(log, scan, content):
    services.save_answer(scan.pk, content.questions[0].id, "3")
    try:
        Answer.objects.filter(scan=scan).update(level=7)
    except IntegrityError:
        logging.getLogger("django.request").exception("Internal Server Error")
        control = unfiltered("x", exc_info=True)
    assert str(scan.pk) in control, "there is something to hide"
    assert str(scan.pk) not in log.getvalue()
    assert "answer_is_level_or_non_answer" in log.getvalue(), "what went wrong is still told"


@pytest.mark.both
@pytest.mark.django_db
def test_a_visit_logs_neither_secret_nor_answer(log, client, content):
    client.post(reverse("start"), {"role": "client_manager"})
    secret = services.make_resume_link(client.session["scan"])
    for path in (reverse("resume", args=[secret]), f"/verder/{secret}/x/", f"/nergens/?s={secret}"):
        client.get(path)
    client.post(reverse("open_link"), {"secret": secret, "x": "\x00"})
    client.post(reverse("answer"), {"question": content.questions[0].code, "choice": "prefer_not_to_say"})
    assert "Not Found" in log.getvalue(), "something was logged"
    assert secret not in log.getvalue() and "prefer_not_to_say" not in log.getvalue()
    assert "127.0.0.1" not in log.getvalue()
