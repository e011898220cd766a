"""Words that occur nowhere but where somebody wrote them."""

from dataclasses import dataclass, field
from hashlib import sha256


def word(key: str) -> str:
    """Return the word for one place of writing: letters and digits that no page holds by chance."""
    return f"plum{sha256(key.encode()).hexdigest()[:12]}"


@dataclass
class Words:
    """What has been written so far, by the name of its place."""

    planted: dict[str, str] = field(default_factory=dict)

    def sentence(self, key: str) -> str:
        """Return a sentence with this place's word in it, and remember the word."""
        return f"I write {self.plain(key)} here."

    def plain(self, key: str) -> str:
        """Return this place's word alone, and remember it."""
        self.planted[key] = word(key)
        return self.planted[key]
