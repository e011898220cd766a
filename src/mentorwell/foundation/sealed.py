"""Text that only its readers read: encrypted in the database.

The key lives outside the database and outside its backups (`MENTORWELL_SEAL_KEYS`), so a
copied database file, a write-ahead log or a dump shows nothing of what people wrote. Keys
rotate: the first seals, all open. Sealed text cannot be searched or sorted, by design.
"""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Unreadable(Exception):  # noqa: N818 -- reads better at the raise
    """Sealed text that no key at hand opens; the message never holds the text."""


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _box() -> MultiFernet:
    return _fernet(tuple(settings.SEAL_KEYS))


def seal(text: str) -> str:
    """Return `text` encrypted under the first key."""
    return _box().encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Return the text behind `token`.

    Raises Unreadable where no key fits, without the token or any part of the text.
    """
    try:
        return _box().decrypt(token.encode()).decode()
    except InvalidToken:
        raise Unreadable("A sealed text cannot be opened with the keys at hand.") from None


def is_under_first_key(token: str) -> bool:
    """Answer whether the first key opens `token`, so that the others are not needed for it."""
    try:
        _fernet(tuple(settings.SEAL_KEYS[:1])).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


class SealedText(models.TextField[str, str]):
    """A text field whose column holds ciphertext; an empty text stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way to the database."""
        prepared = super().get_prep_value(value)
        return seal(str(prepared)) if prepared else ""

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> str:
        """Open on the way back."""
        del expression, connection
        return unseal(value) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every comparison but with the empty text: ciphertext compares with nothing."""
        if lookup_name == "exact":
            return super().get_lookup(lookup_name)
        return None
