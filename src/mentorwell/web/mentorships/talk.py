"""A thread as one of its members reads it, and the lines of it that the room shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mentorwell.accounts.models import User
from mentorwell.messages import queries, rules
from mentorwell.messages.models import Message
from mentorwell.web.mentorships.pairs import Pair


IN_THE_ROOM = 3  # lines of the thread


@dataclass(frozen=True)
class Said:
    """One message as the pages show it; needs its author loaded, and asks for nothing more."""

    message: Message
    name: str
    mine: bool
    is_new: bool
    can_edit: bool
    can_take_back: bool


@dataclass(frozen=True)
class Talk:
    """What the room shows of messages and notes."""

    lines: list[Said]
    new: int
    refused: str  # why one cannot write now
    notes: int
    last_noted_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether there is something to read, or one may begin."""
        return bool(self.lines) or not self.refused


def said(
    messages: Iterable[Message], pair: Pair, *, read_up_to: int, can_write: bool, now: datetime
) -> list[Said]:
    """Return messages as a member of the pair reads them. No queries."""
    me = pair.me.participation.person
    shown = []
    for one in messages:
        mine = one.author_id == pair.me.pk
        own = rules.is_own(me, one, now=now)
        shown.append(
            Said(
                message=one,
                name="You" if mine else one.author.participation.person.first_name,
                mine=mine,
                is_new=not mine and one.taken_back_at is None and one.pk > read_up_to,
                can_edit=own and can_write,
                can_take_back=own,
            )
        )
    return shown


def talk_of(pair: Pair, user: User, *, now: datetime) -> Talk:
    """Return the latest lines, how many are new and whether one keeps notes, for the room."""
    refused = rules.why_not_write(user, pair.mentorship)
    latest = list(queries.thread_of(user, pair.mentorship).reverse()[:IN_THE_ROOM])
    read = queries.read_up_to(pair.me)
    noted = queries.notes_of(user, pair.mentorship).values_list("written_at", flat=True)
    return Talk(
        lines=said(reversed(latest), pair, read_up_to=read, can_write=not refused, now=now),
        new=queries.new_to(user).filter(mentorship=pair.mentorship).count(),
        refused=refused,
        notes=len(noted),
        last_noted_at=max(noted, default=None),
    )
