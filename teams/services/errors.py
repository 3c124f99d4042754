"""What can stand in the way of a verb."""


class NotAllowed(Exception):
    """This person may not do this (any more), or not to this object."""


class UnknownLink(Exception):
    """No living invitation or password link belongs to this secret."""


class AlreadyColleague(Exception):
    """The address has an account in the same municipality."""


class InUse(Exception):
    """Something else still needs this row, for instance an open round."""


class PlanChanged(Exception):
    """What the import would do is no longer what was shown."""
