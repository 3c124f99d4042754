"""The log of staff acts: who, what, whom. Public ids only: no name, no address, no secret."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

_log = logging.getLogger("quickscan.staff")
_silent = ContextVar("_silent", default=False)


def staff_act(who, what: str, whom: object = "") -> None:
    """Write one line. `who` is a User, or a word for who is none ("command-line")."""
    if not _silent.get():
        _log.info("%s %s %s", getattr(who, "public_id", who), what, getattr(whom, "public_id", whom))


@contextmanager
def without_staff_log():
    """Write no lines meanwhile, in this thread: what made-up colleagues do is no act of staff."""
    before = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(before)
