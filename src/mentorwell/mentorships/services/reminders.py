"""Reminders of an agreement that is missing, or due to be looked at again."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import AgreementState
from mentorwell.foundation.clockwork import in_turn
from mentorwell.mentorships import emails, queries
from mentorwell.mentorships.models import Agreement, Mentorship
from mentorwell.mentorships.services.telling import tell_members


def remind_agreements(*, now: datetime) -> int:
    """Remind members of an agreement that is missing, or due to be looked at; return how many.

    Missing is one in a running mentorship older than the programme's `agreement_due_days`; due
    is an agreed one whose day to look again has come. Everybody is told once for each, with the
    week's digest. A duty of the clockwork.
    """
    missing = [
        mentorship
        for mentorship in queries.running_without_agreement()
        if mentorship.began_at
        <= now - timedelta(days=mentorship.programme.policy.agreement_due_days)
    ]
    due = queries.agreements_to_look_at(now.date())
    return in_turn(
        [
            *(partial(_ask_for_agreement, each, now) for each in missing),
            *(partial(_ask_to_look_again, each, now) for each in due),
        ]
    )


@transaction.atomic
def _ask_for_agreement(mentorship: Mentorship, now: datetime) -> bool:
    if not Mentorship.objects.filter(pk=mentorship.pk, agreement_asked_at=None).update(
        agreement_asked_at=now
    ):
        return False  # another worker was quicker
    audit.record(verb="mentorships.agreement.ask", target=mentorship, by=None, now=now)
    members = queries.members_at_it(mentorship)
    proposal = mentorship.agreements.filter(state=AgreementState.PROPOSED).first()
    if proposal is None:
        about: Mentorship | Agreement = mentorship
    else:
        about = proposal
        agreed = set(proposal.signatures.values_list("membership_id", flat=True))
        members = [each for each in members if each.pk not in agreed]
    tell_members(
        members=members,
        kind=emails.AGREEMENT_PROPOSED if proposal else emails.AGREEMENT_DUE,
        about=about,
        mentorship=mentorship,
        now=now,
        once=now.isoformat(),
    )
    return True


@transaction.atomic
def _ask_to_look_again(agreement: Agreement, now: datetime) -> bool:
    if not Agreement.objects.filter(pk=agreement.pk, review_told_at=None).update(
        review_told_at=now
    ):
        return False  # another worker was quicker
    audit.record(verb="mentorships.agreement.look_again", target=agreement, by=None, now=now)
    tell_members(
        members=queries.members_at_it(agreement.mentorship),
        kind=emails.AGREEMENT_REVIEW,
        about=agreement,
        mentorship=agreement.mentorship,
        now=now,
    )
    return True
