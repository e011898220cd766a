"""Who may answer, propose and agree, and what can be agreed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import AgreementState
from mentorwell.foundation.errors import NotPossibleNow, Refusal
from mentorwell.mentorships import queries
from mentorwell.mentorships.content import Choice, agreement_choices
from mentorwell.mentorships.models import Agreement, Membership, Mentorship
from mentorwell.mentorships.rules.beginning import known_format
from mentorwell.mentorships.rules.members import check_can_take_part
from mentorwell.programmes.enums import Rhythm


PURPOSE_LENGTH = 300
WORDS_LENGTH = 300  # one's own words beside a choice
CLAUSE_LENGTH = 500
EXTRA_MOST = 5
REVIEW_DAYS_MOST = 730
MINUTES = range(10, 241)
ANSWER_FIRST = "Each of you answers three questions alone first. Then you settle the rest together."


@dataclass(frozen=True)
class Answers:
    """What one member expects: three slugs of `agreement_choices()`, each with words if they like."""

    relationship: str
    meetings_like: str
    agenda_by: str
    relationship_words: str = ""
    meetings_words: str = ""
    agenda_words: str = ""


@dataclass(frozen=True)
class Terms:
    """What an agreement says: a purpose in a line, four choices, a date to look again, clauses.

    The four choices are slugs of `agreement_choices()`; the first three may stand with words of
    the members' own. `clauses` holds a chosen slug or a text by slug of the clause, beside them
    `rhythm` (a word of `Rhythm`) and `minutes`; `extra` the programme's own questions, answered.
    """

    purpose: str
    relationship: str
    meetings_like: str
    agenda_by: str
    schedules_by: str
    review_date: date
    relationship_words: str = ""
    meetings_words: str = ""
    agenda_words: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)
    extra: Sequence[tuple[str, str]] = ()


def _check_has_agreement(user: User, mentorship: Mentorship) -> Membership:
    member = check_can_take_part(user, mentorship)
    if not known_format(mentorship.format).agreement_expected:
        raise NotPossibleNow("This needs no agreement: one good talk, and nothing owed.")
    return member


def check_can_answer(user: User, mentorship: Mentorship) -> Membership:
    """Let any member say what they expect, and change it until all have sent theirs."""
    member = _check_has_agreement(user, mentorship)
    answered = queries.members_who_answered([mentorship])[mentorship.pk]
    if answered.get(member.pk):
        raise NotPossibleNow("All answers are open by now. Settle the rest together.")
    if mentorship.agreements.exists():
        raise NotPossibleNow("You have an agreement already. Propose what you would change.")
    return member


def can_answer(user: User, mentorship: Mentorship) -> bool:
    """Answer whether the user may say, or change, what they expect."""
    try:
        check_can_answer(user, mentorship)
    except Refusal:
        return False
    return True


def check_answers(answers: Answers) -> None:
    """Refuse an unknown choice, and words too long to be read in two minutes."""
    offered = agreement_choices()
    _check_choice(answers.relationship, offered.relationship)
    _check_choice(answers.meetings_like, offered.meetings)
    _check_choice(answers.agenda_by, offered.agenda)
    _check_words(answers.relationship_words, answers.meetings_words, answers.agenda_words)


def check_can_propose(user: User, mentorship: Mentorship) -> Membership:
    """Let any member propose, once all have said what they expect, or to change what there is."""
    member = _check_has_agreement(user, mentorship)
    answered = queries.members_who_answered([mentorship])[mentorship.pk]
    if not any(answered.values()) and not mentorship.agreements.exists():
        raise NotPossibleNow(ANSWER_FIRST)
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
    _check_words(terms.relationship_words, terms.meetings_words, terms.agenda_words)
    _check_clauses(terms.clauses)
    if len(terms.extra) > EXTRA_MOST or any(
        len(answer) > CLAUSE_LENGTH for _, answer in terms.extra
    ):
        raise NotPossibleNow(f"Answer in up to {CLAUSE_LENGTH} letters each.")
    if not 0 < (terms.review_date - today).days <= REVIEW_DAYS_MOST:
        raise NotPossibleNow("Choose a day to look again within the next two years.")


def _check_choice(slug: str, offered: tuple[Choice, ...]) -> None:
    if slug not in {choice.slug for choice in offered}:
        raise NotPossibleNow("Choose one of the answers on the page.")


def _check_words(*words: str) -> None:
    if any(len(each) > WORDS_LENGTH for each in words):
        raise NotPossibleNow(f"Say it in up to {WORDS_LENGTH} letters.")


def _check_clauses(told: Mapping[str, str]) -> None:
    known = {clause.slug: clause for clause in agreement_choices().clause}
    for slug, words in told.items():
        if slug == "rhythm":
            fits = words in set(Rhythm)
        elif slug == "minutes":
            fits = words.isdecimal() and int(words) in MINUTES
        else:
            clause = known.get(slug)
            if clause is None:
                raise NotPossibleNow("Choose one of the answers on the page.")
            options = {option.slug for option in clause.options}
            fits = words in options if options else len(words) <= CLAUSE_LENGTH
        if not fits:
            raise NotPossibleNow(_misfit(slug))


def _misfit(slug: str) -> str:
    if slug == "minutes":
        return f"A meeting lasts {MINUTES.start} to {MINUTES.stop - 1} minutes."
    return f"Choose one of the answers on the page, or write up to {CLAUSE_LENGTH} letters."


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
