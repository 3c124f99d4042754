"""Who may see and manage what. Every query for a member of staff starts here."""

import secrets

from django.db import models


def new_public_id() -> str:
    """A random name for use in addresses: primary keys never leave the database."""
    return secrets.token_urlsafe(12)


class OwnMunicipality(models.QuerySet):
    """Rows of the municipality of a member of staff. For anybody else, and elsewhere: nothing."""

    municipality_field = "municipality"

    def managed_by(self, user):
        """What a coordinator sets up and changes."""
        return self._of(user, may=getattr(user, "is_coordinator", False))

    def seen_by(self, user):
        """What coordinators and managers may look at."""
        return self._of(user, may=getattr(user, "is_coordinator", False) or getattr(user, "is_manager", False))

    def _of(self, user, *, may: bool):
        if not (may and user.is_active and user.municipality_id):
            return self.none()
        return self.filter(**{self.municipality_field: user.municipality_id})
