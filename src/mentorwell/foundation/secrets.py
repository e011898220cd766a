"""Keys that the installation makes for itself on its first start."""

import os
import secrets as random_source
from pathlib import Path

from cryptography.fernet import Fernet


def secret(path: Path, *, fernet: bool = False) -> str:
    """Return the key kept in `path`, making it (owner-readable only) if it is not there.

    Two processes that start at once agree: creation is exclusive and the loser reads.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Fernet.generate_key().decode() if fernet else random_source.token_urlsafe(48)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(made)
        try:
            # A hard link appears whole or not at all, and never replaces another's key.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
