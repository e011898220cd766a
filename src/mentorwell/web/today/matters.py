"""One thing that concerns a person today, and which of many comes first."""

from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """What comes first: people before papers, what others wait for before what one could do."""

    MEET = 1
    ANSWER = 2
    LINK = 3
    MET = 4
    CHOOSE = 5
    READ = 6
    AGREE = 7
    HELP = 8
    START = 9
    CONFIRM = 10
    STILL_TAKING = 11
    QUIET = 12
    FIND = 13
    EXPECT = 14
    PLAN = 15
    WAIT = 20  # nothing to do but to know
    LOOK_AFTER = 21  # the office, when nothing else is there


@dataclass(frozen=True)
class Matter:
    """A line of the page: what it is, in a sentence, and where it leads."""

    rank: Rank
    icon: str
    title: str
    words: str
    address: str
    action: str = "Open"
    eyebrow: str = ""

    @property
    def can_lead(self) -> bool:
        """Whether this may be the one strong thing of the page."""
        return self.rank != Rank.WAIT

    @property
    def waits(self) -> bool:
        """Whether there is something for the person to do."""
        return self.rank < Rank.WAIT
