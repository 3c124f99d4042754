"""The log of staff acts: who, what, whom. Public ids only: no name, no address, no secret."""

import logging

_log = logging.getLogger("quickscan.staff")


def staff_act(who, what: str, whom: object = "") -> None:
    """Write one line. `who` is a User, or a word for who is none ("command-line")."""
    _log.info("%s %s %s", getattr(who, "public_id", who), what, getattr(whom, "public_id", whom))
