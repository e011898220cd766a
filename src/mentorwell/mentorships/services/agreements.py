"""What each expects, sealed until all have said it; what all agree on, kept in versions."""

import json
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import AgreementState
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.models import (
    Agreement,
    AgreementSignature,
    Membership,
    Mentorship,
    OwnAnswers,
)
from mentorwell.mentorships.rules import Answers, Terms
from mentorwell.mentorships.services.states import note_sign_of_life, take_turn
from mentorwell.mentorships.services.telling import tell_members
from mentorwell.notices import services as notices


OTHER_WAS_QUICKER = "The other has just proposed one. Read theirs first."


@transaction.atomic
def send_answers(*, mentorship: Mentorship, answers: Answers, by: User, now: datetime) -> None:
    """Say alone what one expects; once every member has, all answers are open to all of them.

    Until then one's own may be changed, and nobody else reads them.

    Raises NotAllowed for anybody but a member; NotPossibleNow where the mentorship rests or has
    ended, its format has no agreement, there is one already, the answers are open by now, or a
    choice is unknown or its words too long.
    """
    take_turn(mentorship=mentorship)
    member = rules.check_can_answer(by, mentorship)
    rules.check_answers(answers)
    words = {name: text.strip() for name, text in asdict(answers).items()}
    _, first = OwnAnswers.objects.update_or_create(
        membership=member, defaults={**words, "sent_at": now}
    )
    notices.settle(kind=emails.ANSWERS_WANTED, about=mentorship.uid, person=by, now=now)
    note_sign_of_life(mentorship=mentorship, now=now)
    audit.record(verb="mentorships.answers.send", target=mentorship, by=by, now=now)
    others = [each for each in queries.members_at_it(mentorship) if each.pk != member.pk]
    if open_answers(mentorship=mentorship, now=now):
        tell_members(
            members=others,
            kind=emails.ANSWERS_OPEN,
            about=mentorship,
            mentorship=mentorship,
            now=now,
        )
    elif first:
        answered = queries.members_who_answered([mentorship])[mentorship.pk]
        tell_members(
            members=[each for each in others if each.pk not in answered],
            kind=emails.ANSWERS_WANTED,
            about=mentorship,
            mentorship=mentorship,
            now=now,
        )


def open_answers(*, mentorship: Mentorship, now: datetime) -> bool:
    """Open the answers of all members once everybody who is in it has sent theirs.

    Call it in one's turn, also after somebody has left: the others need not wait for them.
    Answer whether they are open now. Not audited: who sent an answer, or left, is on the trail.
    """
    members = {each.pk for each in queries.members_at_it(mentorship)}
    answered = queries.members_who_answered([mentorship])[mentorship.pk]
    if not members or not members <= set(answered):
        return False
    OwnAnswers.objects.filter(membership__in=members, opened_at=None).update(opened_at=now)
    return True


@transaction.atomic
def propose_agreement(
    *,
    mentorship: Mentorship,
    terms: Terms,
    by: User,
    now: datetime,
    after_version: int | None = None,
) -> Agreement:
    """Propose an agreement, or changes to one, as its next version; the proposer agrees to it.

    A proposal that still waited is replaced; what is agreed holds until the new version is.
    `after_version` is the newest version that the proposer has seen, 0 for none.

    Raises NotAllowed for anybody but a member; NotPossibleNow where the mentorship rests or has
    ended, its format has no agreement, not all have said what they expect before a first one,
    the terms are empty, unknown or too far off, or somebody else has proposed one meanwhile.
    """
    take_turn(mentorship=mentorship)
    member = rules.check_can_propose(by, mentorship)
    rules.check_terms(terms, today=day_in(by.time_zone, now))
    newest = mentorship.agreements.order_by("-version").values_list("version", flat=True).first()
    if after_version is not None and after_version != (newest or 0):
        raise NotPossibleNow(OTHER_WAS_QUICKER)
    for older in mentorship.agreements.filter(state=AgreementState.PROPOSED):
        notices.settle(kind=emails.AGREEMENT_PROPOSED, about=older.uid, now=now)
    _replace(mentorship, AgreementState.PROPOSED)
    agreement = Agreement.objects.create(
        mentorship=mentorship,
        version=(newest or 0) + 1,
        proposed_by=member,
        proposed_at=now,
        **_stored(terms),
    )
    AgreementSignature.objects.create(agreement=agreement, membership=member, signed_at=now)
    note_sign_of_life(mentorship=mentorship, now=now)
    audit.record(verb="mentorships.agreement.propose", target=agreement, by=by, now=now)
    _tell_others(agreement, member, emails.AGREEMENT_PROPOSED, now)
    return agreement


@transaction.atomic
def agree(*, agreement: Agreement, by: User, now: datetime) -> None:
    """Sign a proposed version; when every member has, it is the agreement that holds.

    Raises NotAllowed for anybody but a member; NotPossibleNow where the version no longer
    waits, the member has signed it, or the mentorship rests or has ended.
    """
    mentorship = agreement.mentorship
    take_turn(mentorship=mentorship)
    agreement.refresh_from_db(fields=["state"])
    member = rules.check_can_agree(by, agreement)
    AgreementSignature.objects.create(agreement=agreement, membership=member, signed_at=now)
    notices.settle(kind=emails.AGREEMENT_PROPOSED, about=agreement.uid, person=by, now=now)
    note_sign_of_life(mentorship=mentorship, now=now)
    audit.record(verb="mentorships.agreement.sign", target=agreement, by=by, now=now)
    if hold_if_signed(mentorship=mentorship, now=now):
        agreement.refresh_from_db(fields=["state", "agreed_at"])
        _tell_others(agreement, member, emails.AGREEMENT_AGREED, now)


def hold_if_signed(*, mentorship: Mentorship, now: datetime) -> bool:
    """Let the version that waits hold once everybody who is in it has signed; answer whether.

    Call it in one's turn, also after somebody has left: their yes is waited for no longer. Not
    audited: who signed, or left, is on the trail.
    """
    waiting = mentorship.agreements.filter(state=AgreementState.PROPOSED).first()
    if waiting is None:
        return False
    signed = set(waiting.signatures.values_list("membership_id", flat=True))
    if not {each.pk for each in queries.members_at_it(mentorship)} <= signed:
        return False
    _replace(mentorship, AgreementState.AGREED)
    Agreement.objects.filter(pk=waiting.pk, state=AgreementState.PROPOSED).update(
        state=AgreementState.AGREED, agreed_at=now
    )
    return True


def _stored(terms: Terms) -> dict[str, object]:
    """Return terms as the fields of an agreement, with no blanks around what people wrote."""
    plain = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(terms).items()
    }
    clauses = {slug: words.strip() for slug, words in terms.clauses.items() if words.strip()}
    extra = [(question, answer.strip()) for question, answer in terms.extra if answer.strip()]
    return {
        **plain,
        "clauses": json.dumps(clauses) if clauses else "",
        "extra": json.dumps(extra) if extra else "",
    }


def _replace(mentorship: Mentorship, state: AgreementState) -> None:
    Agreement.objects.filter(mentorship=mentorship, state=state).update(
        state=AgreementState.REPLACED
    )


def _tell_others(agreement: Agreement, member: Membership, kind: str, now: datetime) -> None:
    others = [each for each in queries.members_at_it(agreement.mentorship) if each.pk != member.pk]
    tell_members(
        members=others, kind=kind, about=agreement, mentorship=agreement.mentorship, now=now
    )
