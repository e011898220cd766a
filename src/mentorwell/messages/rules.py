"""Who may write, change and take back. `check_*` raises with a sentence; `can_*` answers."""

from datetime import datetime, timedelta

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MentorshipState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.queries import state_seen_by
from mentorwell.mentorships.rules import check_member, check_not_over
from mentorwell.messages.models import Message, Note


MESSAGE_LENGTH = 4000
NOTE_LENGTH = 10_000

CHANGE_TIME = timedelta(hours=1)
"""How long one's own message can be changed or taken back, and a deleted note brought back."""

AGAIN_TIME = timedelta(seconds=30)
"""The same words by the same member within this time were sent once and arrived twice."""

# One sentence for every pause, whoever asked for it and why: it must not tell more than the state.
RESTING = "This mentorship is paused. You can write again when it goes on."


def check_can_write(user: User, mentorship: Mentorship) -> Membership:
    """Let members write while it runs for them; return the membership."""
    member = check_not_over(user, mentorship)
    if state_seen_by(member, mentorship) == MentorshipState.PAUSED:
        raise NotPossibleNow(RESTING)
    return member


def why_not_write(user: User, mentorship: Mentorship) -> str:
    """Return the sentence that keeps the user from writing, or nothing where they may."""
    try:
        check_can_write(user, mentorship)
    except Refusal as refusal:
        return str(refusal)
    return ""


def can_write(user: User, mentorship: Mentorship) -> bool:
    """Answer whether the user may write here now."""
    return not why_not_write(user, mentorship)


def check_text(text: str, *, most: int) -> str:
    """Return what was written, without the blanks around it; refuse nothing, and too much."""
    kept = text.replace("\r\n", "\n").strip()
    if not kept:
        raise NotPossibleNow("There is nothing in it yet.")
    if len(kept) > most:
        raise NotPossibleNow(f"Keep it to {most} letters, please. This has {len(kept)}.")
    return kept


def check_can_edit(user: User, message: Message, *, now: datetime) -> Membership:
    """Let the author change a message for an hour, while they may write at all."""
    _check_own(user, message, now=now)
    return check_can_write(user, message.mentorship)


def can_edit(user: User, message: Message, *, now: datetime) -> bool:
    """Answer whether the user may change this message now."""
    try:
        check_can_edit(user, message, now=now)
    except Refusal:
        return False
    return True


def check_can_take_back(user: User, message: Message, *, now: datetime) -> Membership:
    """Let the author take a message back for an hour, also where it rests or is over."""
    _check_own(user, message, now=now)
    return check_member(user, message.mentorship)


def can_take_back(user: User, message: Message, *, now: datetime) -> bool:
    """Answer whether the user may take this message back now."""
    try:
        check_can_take_back(user, message, now=now)
    except Refusal:
        return False
    return True


def is_own(user: User, message: Message, *, now: datetime) -> bool:
    """Answer whether the author's hour for this message runs; needs no query."""
    try:
        _check_own(user, message, now=now)
    except Refusal:
        return False
    return True


def _check_own(user: User, message: Message, *, now: datetime) -> None:
    if message.author.participation.person_id != user.pk:
        raise NotAllowed("Somebody else wrote this.")
    if message.taken_back_at is not None:
        raise NotPossibleNow("You have taken this back.")
    if now >= message.written_at + CHANGE_TIME:
        raise NotPossibleNow("This stays as it is: a message can be changed for an hour.")


def check_can_note(user: User, mentorship: Mentorship) -> Membership:
    """Let members write notes for themselves at any time, also when it rests or is over."""
    return check_member(user, mentorship)


def check_own_note(user: User, note: Note) -> None:
    """Let the author alone touch a note."""
    if note.membership.participation.person_id != user.pk:
        raise NotAllowed("This note is not yours.")


def check_can_undo(user: User, note: Note, *, now: datetime) -> None:
    """Let the author bring a deleted note back for an hour."""
    check_own_note(user, note)
    if note.deleted_at is None:
        raise NotPossibleNow("There is nothing to undo.")
    if now >= note.deleted_at + CHANGE_TIME:
        raise NotPossibleNow("The hour is over, and the note is gone.")
