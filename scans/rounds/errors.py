"""What can stand in the way of a verb of a round. Views turn these into Dutch."""


class RoundClosed(Exception):
    """The answers do not count: the round has closed, or the invitation was withdrawn."""


class GroupChanged(Exception):
    """The group is no longer the one that was shown before the first question."""


class UnknownInvitation(Exception):
    """No living invitation belongs to this secret: unknown, used, withdrawn and closed are one."""


class CannotOpen(Exception):
    """Why the round cannot open, as Dutch sentences in `reasons`."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class WrongClosingDate(Exception):
    """The closing date lies in the past, too near or too far, or not after the one that was promised."""


class NotInThisState(Exception):
    """A draft was expected and the round is open, or the other way round."""


class NothingToCopy(Exception):
    """There is no set-up of an earlier round to take over, or another round is being prepared already."""
