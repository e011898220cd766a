"""An invitation in words: where it stands, for the one who wrote it and the one who reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching import rules
from mentorwell.matching.enums import Answer, Release
from mentorwell.matching.models import Invitation
from mentorwell.people.content import Outcome, prompts
from mentorwell.people.models import Participation
from mentorwell.people.queries import KnownLink, topic_tree, topics_chosen
from mentorwell.people.rules import NO_PAIRING
from mentorwell.web.matching.words import RELATIONS, listed


@dataclass(frozen=True)
class Words:
    """Where an invitation stands: a word or two for a list, a sentence or two for its page."""

    short: str
    sentence: str
    kind: str = ""  # of the chip


@dataclass(frozen=True)
class Row:
    """One line of the list of invitations."""

    invitation: Invitation
    name: str
    words: Words
    ends_at: datetime | None


OPEN_SENT = Words("Waits for an answer", "They may say yes, not now, or no.", "sun")
OPEN_RECEIVED = Words("Waits for your answer", "Yes, not now and no are all good answers.", "sun")
DRAFT = Words("Draft", "Only you can read this.")
FOUND = Words(
    "Closed", "They have found a mentor, so this invitation closed. Thank you for being there."
)


@cache
def _outcomes() -> dict[str, Outcome]:
    return {outcome.slug: outcome for outcome in prompts().outcome}


def row(invitation: Invitation, reader: User) -> Row:
    """Return one invitation as a line of its reader's list."""
    to_mentor = invitation.mentor.person_id == reader.pk
    other = invitation.mentee if to_mentor else invitation.mentor
    words = outcome_for_mentor(invitation) if to_mentor else outcome_for_mentee(invitation)
    is_open = invitation.state == InvitationState.SENT
    return Row(invitation, other.person.name, words, invitation.expires_at if is_open else None)


def outcome_for_mentee(invitation: Invitation) -> Words:
    """Return where an invitation stands, in the words its writer reads.

    Not now and no read the same, and so do all private reasons to let one go.
    """
    state = InvitationState(invitation.state)
    if state == InvitationState.DRAFT:
        return DRAFT
    if state == InvitationState.SENT:
        return OPEN_SENT
    outcome = _outcomes()[state]
    if invitation.release == Release.MENTOR_FOUND:
        return Words("Closed", "You have found your mentor, so this invitation closed.")
    if invitation.release == Release.NOT_POSSIBLE:
        return Words(outcome.name, f"{NO_PAIRING} Nobody turned you down.")
    kind = "yes" if state == InvitationState.ACCEPTED else ""
    return Words(outcome.name, outcome.to_mentee, kind)


def outcome_for_mentor(invitation: Invitation) -> Words:
    """Return where an invitation stands, in the words its reader reads."""
    state = InvitationState(invitation.state)
    if state == InvitationState.SENT:
        return OPEN_RECEIVED
    if invitation.release == Release.MENTOR_FOUND:
        return FOUND
    if invitation.release == Release.NOT_POSSIBLE:
        return Words("Closed", NO_PAIRING)
    # To its mentor a not now is named as what it was; its mentee reads the same words for both.
    outcome = _outcomes()[Answer.NOT_NOW if invitation.answer == Answer.NOT_NOW else state]
    kind = "yes" if state == InvitationState.ACCEPTED else ""
    return Words(outcome.name, outcome.to_mentor, kind)


def about_mentee(invitation: Invitation) -> list[tuple[str, str]]:
    """Return what a mentee tells those they ask, as label and words, while they ask."""
    if invitation.state != InvitationState.SENT:
        return []
    mentee = invitation.mentee
    names = {one.slug: one.name for one in topic_tree(mentee.programme.organisation_id)}
    sought = [names[slug] for slug in topics_chosen(mentee) if slug in names]
    told = [
        ("Looks for", listed(sought)),
        ("Their story", mentee.story),
        ("Their strengths", mentee.strengths),
        ("Their hopes", mentee.hopes),
    ]
    return [(label, words) for label, words in told if words]


def reason_words(invitation: Invitation) -> str:
    """Return the kind words that a mentor chose to add to a no, or nothing."""
    known = {one.slug: one.words for one in prompts().decline_reason}
    return known.get(invitation.decline_reason, "")


def links_between(links: Iterable[KnownLink], name: str, *, to_mentor: bool = False) -> list[str]:
    """Return what is known between two, read by one of them about the other of this name.

    A link is known from the mentee's side: `other_evaluates` means that the mentor does.
    """
    said = []
    for link in links:
        how = RELATIONS[link.relation]
        if link.other_evaluates == to_mentor:
            said.append(f"You evaluate {name} {how}.")
        else:
            said.append(f"{name} evaluates you {how}.")
    return said


def next_for(invitation: Invitation, user: User, *, now: datetime) -> Participation | None:
    """Return whom to ask next after this invitation, where they can still be asked."""
    suggested = invitation.next_suggestion
    if suggested is None or not rules.can_invite(user, invitation.mentee, suggested, now=now):
        return None
    return suggested
