"""Who may propose and who may agree."""

from dataclasses import dataclass
from datetime import date

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import AgreementState
from mentorwell.foundation.errors import NotPossibleNow, Refusal
from mentorwell.mentorships.content import Choice, agreement_choices
from mentorwell.mentorships.models import Agreement, Membership, Mentorship
from mentorwell.mentorships.rules.beginning import known_format
from mentorwell.mentorships.rules.members import check_can_take_part


PURPOSE_LENGTH = 300
REVIEW_DAYS_MOST = 730


@dataclass(frozen=True)
class Terms:
    """What an agreement says: a purpose in a line, four choices, a date to look again.

    The four choices are slugs of `agreement_choices()`.
    """

    purpose: str
    relationship: str
    meetings_like: str
    agenda_by: str
    schedules_by: str
    review_date: date


def check_can_propose(user: User, mentorship: Mentorship) -> Membership:
    """Let any member propose an agreement where its format has one."""
    member = check_can_take_part(user, mentorship)
    if not known_format(mentorship.format).agreement_expected:
        raise NotPossibleNow("This needs no agreement: one good talk, and nothing owed.")
    return member


def can_propose(user: User, mentorship: Mentorship) -> bool:
    """Answer whether the user may propose an agreement here."""
    try:
        check_can_propose(user, mentorship)
    except Refusal:
        return False
    return True


def check_terms(terms: Terms, *, today: date) -> None:
    """Refuse an empty or long purpose, an unknown choice, and a date that is past or far off."""
    if not 0 < len(terms.purpose.strip()) <= PURPOSE_LENGTH:
        raise NotPossibleNow(f"Say in a line why you meet, in up to {PURPOSE_LENGTH} letters.")
    offered = agreement_choices()
    _check_choice(terms.relationship, offered.relationship)
    _check_choice(terms.meetings_like, offered.meetings)
    _check_choice(terms.agenda_by, offered.agenda)
    _check_choice(terms.schedules_by, offered.scheduling)
    if not 0 < (terms.review_date - today).days <= REVIEW_DAYS_MOST:
        raise NotPossibleNow("Choose a day to look again within the next two years.")


def _check_choice(slug: str, offered: tuple[Choice, ...]) -> None:
    if slug not in {choice.slug for choice in offered}:
        raise NotPossibleNow("Choose one of the answers on the page.")


def check_can_agree(user: User, agreement: Agreement) -> Membership:
    """Let a member agree who has not yet, while the proposal stands."""
    member = check_can_take_part(user, agreement.mentorship)
    if agreement.state != AgreementState.PROPOSED:
        raise NotPossibleNow("This version no longer waits for an answer.")
    if agreement.signatures.filter(membership=member).exists():
        raise NotPossibleNow("You have agreed. Now it is the other’s turn.")
    return member


def can_agree(user: User, agreement: Agreement) -> bool:
    """Answer whether the user may press "I agree" now."""
    try:
        check_can_agree(user, agreement)
    except Refusal:
        return False
    return True
