"""Who may invite and answer, and when. `check_*` raises with a sentence; `can_*` says yes or no."""

from datetime import date, datetime

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import queries
from mentorwell.matching.enums import Bar, Release
from mentorwell.matching.models import Invitation
from mentorwell.people.content import prompts
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.people.rules import NO_PAIRING, check_can_pair
from mentorwell.programmes.queries import today


# --- Sentences ----------------------------------------------------------------------------


def opening_sentence(opening: queries.SearchOpening) -> str:
    """Return whether the search is open, by what, or what it waits for."""
    if not opening.running:
        return "This programme is not running at the moment."
    if opening.by_mentors:
        ready = "1 mentor is" if opening.ready == 1 else f"{opening.ready or 'no'} mentors are"
        return f"The search is open: {ready} ready."
    waits = f"{opening.ready} of {opening.needed} are"
    if opening.opens_date is None:
        return f"The search opens as soon as {opening.needed} mentors are ready; {waits} by now."
    day = day_words(opening.opens_date)
    if opening.by_date:
        return f"The search is open since {day}, the date your office set."
    return (
        f"The search opens on {day}, or as soon as {opening.needed} mentors are ready; "
        f"{waits} by now."
    )


def gap_sentence(gap: queries.Gap) -> str:
    """Return how scarce places are, or nothing where participants are not to be told."""
    if not gap.may_be_told:
        return ""
    places = "1 place" if gap.places == 1 else f"{gap.places or 'No'} places"
    return f"{places}, {gap.looking} looking."


def refusal(bar: Bar, name: str, *, ask_again: date | None = None) -> str:
    """Return why the mentor of this name cannot be invited; private reasons share one sentence."""
    if bar == Bar.ASKED_LATELY and ask_again:
        return f"{name} has answered you already. You can ask again from {day_words(ask_again)}."
    return {
        Bar.SELF: "You cannot invite yourself.",
        Bar.PRIVATE: NO_PAIRING,
        Bar.PAIRED: f"You and {name} have a mentorship already.",
        Bar.ASKED: f"Your invitation to {name} is on its way. Give it a few days.",
        Bar.STAGE: "This programme pairs people with mentors who are further along.",
        Bar.LANGUAGE: f"You and {name} have not named a language that you both speak.",
    }[bar]


def help_sentence(from_date: date) -> str:
    """Return from when on a coordinator looks along with a mentee who asks for it."""
    day = day_words(from_date)
    return f"From {day}, or after two invitations without an answer, somebody looks with you."


def no_slot(mentor: Participation) -> str:
    """Return that a mentor has no room for another invitation, and what to do."""
    return (
        f"As many people as {mentor.person.name} has room for have asked already. "
        "Choose “tell me when a place is free”, or ask somebody else meanwhile."
    )


def all_invitations_out(most: int) -> str:
    """Return that a mentee has no invitation left to send, and what to do."""
    return (
        f"You can have {most} open {'invitation' if most == 1 else 'invitations'} at a time. "
        "Wait for an answer, or take one back."
    )


def no_longer_open(invitation: Invitation) -> str:
    """Return what has become of an invitation that can no longer be answered or changed."""
    if invitation.state == InvitationState.RELEASED:
        return {
            Release.PLACE_GONE: "The last place has just gone to someone else.",
            Release.MENTOR_FOUND: f"{invitation.mentee.person.name} has found a mentor meanwhile.",
            Release.NOT_POSSIBLE: NO_PAIRING,
        }[Release(invitation.release or "")]
    return {
        InvitationState.DRAFT: "This invitation has not been sent yet.",
        InvitationState.SENT: "This invitation has been sent.",
        InvitationState.ACCEPTED: "This invitation has been accepted.",
        InvitationState.DECLINED: "This invitation has been answered.",
        InvitationState.WITHDRAWN: "This invitation has been taken back.",
        InvitationState.EXPIRED: "This invitation has run out. Nobody is to blame.",
    }[InvitationState(invitation.state)]


def day_words(day: date) -> str:
    """Return a day as people read it, such as 9 January 2030."""
    return f"{day.day} {day:%B %Y}"


# --- Searching and inviting ---------------------------------------------------------------


def check_can_search(user: User, mentee: Participation, *, now: datetime) -> None:
    """Let a mentee who is ready search for themselves, once the search is open."""
    if mentee.person_id != user.pk or mentee.part != Part.MENTEE:
        raise NotAllowed("Only a mentee looks for a mentor, and only for themselves.")
    if mentee.state not in queries.SEARCHING_STATES:
        raise NotPossibleNow("You are not looking at the moment. Start again on your own page.")
    opening = queries.search_opening(mentee.programme, on_date=today(mentee.programme, now))
    if not opening.is_open:
        raise NotPossibleNow(opening_sentence(opening))


def check_has_place_to_fill(mentee: Participation) -> None:
    """Let nobody look on who has found whom they looked for."""
    if not queries.knows_free_place(mentee):
        raise NotPossibleNow("You have found your mentor here. There is no place left to fill.")


def check_can_ask(
    user: User, mentee: Participation, mentor: Participation, *, now: datetime
) -> queries.Standing:
    """Let a mentee turn to a mentor of their programme, whether or not a place is free.

    Returns how the mentor stands towards them, for what the caller asks next.
    """
    check_can_search(user, mentee, now=now)
    found = queries.standings(mentee, now=now, only=[mentor.pk]).get(mentor.pk)
    if found is None:
        raise NotAllowed("This person is no mentor of your programme.")
    if found.bar is not None:
        raise NotPossibleNow(refusal(found.bar, mentor.person.name, ask_again=found.ask_again_date))
    return found


def can_ask(user: User, mentee: Participation, mentor: Participation, *, now: datetime) -> bool:
    """Answer whether a mentee may turn to a mentor, and so keep what they write to them."""
    try:
        check_can_ask(user, mentee, mentor, now=now)
    except (NotAllowed, NotPossibleNow):
        return False
    return True


def check_can_send(
    user: User, mentee: Participation, mentor: Participation, *, now: datetime
) -> queries.Standing:
    """Let a mentee with a place to fill invite a mentor, as far as the two are concerned.

    Whether either side has a slot left is not asked here: the database says, when it is held.
    """
    found = check_can_ask(user, mentee, mentor, now=now)
    check_has_place_to_fill(mentee)
    return found


def check_can_invite(
    user: User, mentee: Participation, mentor: Participation, *, now: datetime
) -> queries.Standing:
    """Let a mentee invite a mentor: nothing bars the two, and both have room as things stand.

    For buttons and lists; between the look and the press the last slot may go.
    """
    found = check_can_send(user, mentee, mentor, now=now)
    if found.room.slots < 1:
        raise NotPossibleNow(no_slot(mentor))
    most = mentee.programme.policy.open_invitations_most
    if queries.open_invitations().filter(mentee=mentee).count() >= most:
        raise NotPossibleNow(all_invitations_out(most))
    return found


def can_invite(user: User, mentee: Participation, mentor: Participation, *, now: datetime) -> bool:
    """Answer whether a mentee may invite a mentor."""
    try:
        check_can_invite(user, mentee, mentor, now=now)
    except (NotAllowed, NotPossibleNow):
        return False
    return True


def check_link_acknowledged(standing: queries.Standing, *, acknowledged: bool) -> None:
    """Let nobody go on without having seen a link that is told to both."""
    if standing.links and not acknowledged:
        raise NotPossibleNow(
            "One of you evaluates the other at some point. Please confirm that you know."
        )


def check_can_wish(
    user: User, mentee: Participation, mentor: Participation, *, now: datetime
) -> None:
    """Let a mentee wait for a mentor whom they could invite if only there were room."""
    found = check_can_ask(user, mentee, mentor, now=now)
    check_has_place_to_fill(mentee)
    if found.room.slots > 0:
        raise NotPossibleNow(f"{mentor.person.name} has room now. You can ask at once.")


def check_can_ask_for_help(user: User, mentee: Participation, *, now: datetime) -> None:
    """Let a mentee ask the office to look with them after two silences or fourteen days."""
    check_can_search(user, mentee, now=now)
    check_has_place_to_fill(mentee)
    if queries.open_help(mentee):
        raise NotPossibleNow("Somebody is looking with you already.")
    from_date = queries.help_date(mentee, now=now)
    if from_date > today(mentee.programme, now):
        raise NotPossibleNow(help_sentence(from_date))


def can_ask_for_help(user: User, mentee: Participation, *, now: datetime) -> bool:
    """Answer whether a mentee may press "find someone with me"."""
    try:
        check_can_ask_for_help(user, mentee, now=now)
    except (NotAllowed, NotPossibleNow):
        return False
    return True


# --- Answering ----------------------------------------------------------------------------


def check_can_answer(user: User, invitation: Invitation, *, now: datetime) -> None:
    """Let only the invited mentor answer, once, and before the invitation has run out."""
    if invitation.mentor.person_id != user.pk:
        raise NotAllowed("Only the invited mentor can answer this invitation.")
    if invitation.state != InvitationState.SENT:
        raise NotPossibleNow(no_longer_open(invitation))
    if invitation.expires_at is None or invitation.expires_at <= now:
        raise NotPossibleNow("This invitation has run out. Nobody is to blame.")


def check_can_accept(user: User, invitation: Invitation, *, now: datetime) -> queries.Standing:
    """Let the invited mentor say yes where the two may still be paired, on every path alike.

    A mentor whom nobody finds just now, because they let others wait, may still say yes.
    """
    check_can_answer(user, invitation, now=now)
    mentee, mentor = invitation.mentee, invitation.mentor
    if not mentee.person.is_active:
        raise NotPossibleNow(NO_PAIRING)
    check_can_pair(mentee, mentor, on_date=today(mentee.programme, now))
    return queries.standings(mentee, now=now, only=[mentor.pk])[mentor.pk]


def check_decline_reason(reason: str) -> None:
    """Let a mentor add one of the kind reasons, or none."""
    if reason and reason not in {known.slug for known in prompts().decline_reason}:
        raise NotPossibleNow("Choose one of the reasons, or leave it out. You owe none.")


def can_answer(user: User, invitation: Invitation, *, now: datetime) -> bool:
    """Answer whether this person may answer this invitation."""
    try:
        check_can_answer(user, invitation, now=now)
    except (NotAllowed, NotPossibleNow):
        return False
    return True


def check_can_withdraw(user: User, invitation: Invitation) -> None:
    """Let only the mentee take an invitation back, as long as nobody has answered."""
    if invitation.mentee.person_id != user.pk:
        raise NotAllowed("Only the person who wrote this invitation can take it back.")
    if invitation.state not in (InvitationState.DRAFT, InvitationState.SENT):
        raise NotPossibleNow(no_longer_open(invitation))


def can_withdraw(user: User, invitation: Invitation) -> bool:
    """Answer whether this person may take this invitation back."""
    try:
        check_can_withdraw(user, invitation)
    except (NotAllowed, NotPossibleNow):
        return False
    return True
