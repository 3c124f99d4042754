"""Guessing at personal links is slow. Only wrong ones count, and nobody with a right one is ever turned away.

The counter is that of staff (teams/throttle.py): one statement in the database, a keyed hash of the network address,
forgotten when its ten minutes are over. It has a name of its own, so that dead links keep no staff from logging in.
"""

from contextlib import suppress

from teams import throttle


def slow_down(request) -> None:
    """Wait a moment when many links from here were wrong: before looking, so that the wait tells nothing."""
    # No room to wait: go on. Who guesses at 256 bits wins nothing by it; a respondent would lose a visit.
    with suppress(throttle.Busy):
        throttle.slow_down(link=throttle.client_address(request))


def count_wrong(request) -> None:
    throttle.failed("link", throttle.client_address(request))
