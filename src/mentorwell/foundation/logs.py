"""What the log leaves out."""

import logging
import re

from mentorwell.foundation.errors import where


# Mailed links carry their secret as one part of the address; ids of things are shorter.
SECRET = re.compile(r"(?<=/)[\w-]{40,}")


class SecretsLeftOut(logging.Filter):
    """Keeps the secrets of mailed links, and what people wrote, out of the log.

    Whoever reads it must not use the one nor read the other: an error's message may quote a
    row of the database, so the lines it passed through stand in its place.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask what looks like a secret, and tell of an error without its message."""
        words = SECRET.sub("…", record.getMessage())
        if record.exc_info and record.exc_info[1]:
            words = f"{words}\n{where(record.exc_info[1])}"
        record.msg, record.args, record.exc_info, record.exc_text = words, (), None, None
        return True
