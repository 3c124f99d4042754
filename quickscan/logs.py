"""Logging filters: what never reaches a log."""

import logging
import re

# A secret in a path is at least 40 characters of the URL-safe alphabet.
_SECRET = re.compile(r"[A-Za-z0-9_-]{40,}")
# With a refused row PostgreSQL tells its values: the answer and whose it is.
_DETAIL = re.compile(r"^(\s*DETAIL:).*$", re.MULTILINE)


class HideSecrets(logging.Filter):
    """Hides every secret-shaped run of characters and every detail of a row, in messages and in stack traces."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _hide(record.getMessage())
        record.args = ()
        if record.exc_info:  # a formatter that finds this text makes none of its own
            record.exc_text = _hide(logging.Formatter().formatException(record.exc_info))
        return True


def _hide(text: str) -> str:
    return _SECRET.sub("[secret]", _DETAIL.sub(r"\1 [hidden]", text))
