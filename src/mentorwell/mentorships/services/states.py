"""Turns, moves and signs of life: what every change in a mentorship shares."""

from datetime import datetime

from mentorwell.core.lifecycles import MENTORSHIP_MOVES, MentorshipState
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.mentorships import queries, rules
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.people.models import Participation


def take_turn(*, mentorship: Mentorship) -> None:
    """Read the mentorship afresh and keep its row until the transaction ends.

    Every change in a mentorship begins here, so that two at once are done one after the other
    and the second is judged by what the first has left. On PostgreSQL the row is locked; SQLite
    lets one transaction write at a time in any case.
    """
    mentorship.refresh_from_db(from_queryset=Mentorship.objects.select_for_update())


def take_turns_of(*, participation: Participation) -> None:
    """Take the turns of all open mentorships of somebody who leaves, before their own row.

    Every other change takes the mentorship's row first and those of its people later.
    """
    theirs = Membership.objects.filter(participation=participation, left_at=None)
    rows = Mentorship.objects.select_for_update().filter(pk__in=theirs.values("mentorship"))
    list(rows.order_by("pk").values_list("pk"))


def move(*, mentorship: Mentorship, to: MentorshipState) -> None:
    """Move what the members see to `to`; call it in one's turn.

    While an ending waits for its hour, that is the state beneath CLOSING: for everybody but its
    writer nothing has happened, so everything goes on as before. Raises NotPossibleNow where
    the table of states does not know the move.
    """
    before = queries.state_beneath(mentorship)
    if to not in MENTORSHIP_MOVES[before]:
        raise NotPossibleNow(rules.JUST_CHANGED)
    field = "before_closing" if mentorship.state == MentorshipState.CLOSING else "state"
    changes = {field: to, "before_pause": before if to == MentorshipState.PAUSED else ""}
    change(mentorship=mentorship, **changes)


def change(*, mentorship: Mentorship, **fields: object) -> None:
    """Write some fields of a mentorship, compared with the state that was read in one's turn."""
    Mentorship.objects.filter(pk=mentorship.pk, state=mentorship.state).update(**fields)
    for name, value in fields.items():
        setattr(mentorship, name, value)


def note_sign_of_life(*, mentorship: Mentorship, now: datetime, met: bool = False) -> None:
    """Remember that somebody did something here; a question after a silence is off.

    With `met`, because they met or say that all is well, and where it answers the question,
    the days without a meeting are counted anew: not by every small thing, or one of the two
    could keep the question away for ever. Not audited: the caller's own line says what was done.
    """
    if met or mentorship.silence_asked_at is not None:
        change(mentorship=mentorship, silent_since=now, silence_asked_at=None)


def note_arranged(*, mentorship: Mentorship, until: datetime | None) -> None:
    """Remember until when meetings are arranged; until then it is not silent. In one's turn.

    Not audited: the meeting's own line says it.
    """
    if mentorship.arranged_until != until:
        change(mentorship=mentorship, arranged_until=until)


def set_going(*, mentorship: Mentorship) -> None:
    """Let a forming mentorship be under way: its first meeting has a date. In one's turn.

    Not audited: the meeting's own line says it.
    """
    if queries.state_beneath(mentorship) == MentorshipState.FORMING:
        move(mentorship=mentorship, to=MentorshipState.ACTIVE)


def note_first_meeting(*, mentorship: Mentorship, met_at: datetime | None) -> None:
    """Remember when the members first met, if they did. In one's turn; not audited, as above."""
    if mentorship.first_met_at != met_at:
        change(mentorship=mentorship, first_met_at=met_at)
