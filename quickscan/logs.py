"""Logging filters: what never reaches a log."""

import logging
import re

# A secret in a path is at least 40 characters of the URL-safe alphabet.
_SECRET = re.compile(r"[A-Za-z0-9_-]{40,}")


class HideSecrets(logging.Filter):
    """Replaces every secret-shaped run of characters in a message, and drops the request object."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRET.sub("[secret]", record.getMessage())
        record.args = ()
        return True
