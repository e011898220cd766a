"""A mentee writes, sends and takes back an invitation."""

from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import InvitationState, ProposalState, RoundState
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.models import Invitation, PlaceWish, Proposal
from mentorwell.matching.services import holding, wishing
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people.models import Participation


@transaction.atomic
def draft_invitation(
    *,
    mentee: Participation,
    mentor: Participation,
    why_you: str,
    what_i_bring: str,
    by: User,
    now: datetime,
) -> Invitation:
    """Keep what a mentee has written to a mentor so far; a second draft replaces the first.

    Needs no free place: one may write while waiting. Refuses anybody but the mentee
    (NotAllowed) and a mentor they cannot turn to (NotPossibleNow).
    """
    # Two presses at once keep one draft: the second looks when the first is done.
    holding.lock(participations=[mentee.pk, mentor.pk])
    rules.check_can_ask(by, mentee, mentor, now=now)
    draft, created = Invitation.objects.update_or_create(
        mentee=mentee,
        mentor=mentor,
        state=InvitationState.DRAFT,
        defaults={"why_you": why_you, "what_i_bring": what_i_bring, "drafted_at": now},
    )
    if created:
        audit.record(verb="matching.invitation.draft", target=draft, by=by, now=now)
    return draft


@transaction.atomic
def send_invitation(
    *, invitation: Invitation, by: User, now: datetime, acknowledges_link: bool = False
) -> Invitation:
    """Send a draft to its mentor, who is told at once; the invitation clock begins.

    It takes one of the mentee's slots and one slot of a free place of the mentor's. Refuses
    anybody but the mentee (NotAllowed); raises NotPossibleNow where nothing is written, where
    the two cannot be paired, where a disclosed link is not acknowledged, and where either
    side has no slot left, saying what to do then.
    """
    mentee, mentor = invitation.mentee, invitation.mentor
    holding.lock(participations=[mentee.pk, mentor.pk])
    standing = rules.check_can_send(by, mentee, mentor, now=now)
    rules.check_link_acknowledged(standing, acknowledged=acknowledges_link)
    if not invitation.why_you.strip():
        raise NotPossibleNow("Write a line on why you ask this mentor, then send it.")
    policy = mentee.programme.policy
    invitation.sent_at = now
    invitation.reminder_days, invitation.expiry_days = policy.reminder_days, policy.expiry_days
    remind_at, expires_at = queries.clock(invitation, leave=queries.leave_of(mentor.person_id))
    holding.hold_slots(
        invitation=invitation,
        sent_at=now,
        reminder_days=policy.reminder_days,
        expiry_days=policy.expiry_days,
        remind_at=remind_at,
        expires_at=expires_at,
        link_id=standing.links[0].id if standing.links else None,
        mentee_acknowledged_at=now if standing.links else None,
    )
    # A suggestion of a round is answered by it, whichever page they wrote from.
    Proposal.objects.filter(mentee=mentee, mentor=mentor, state=ProposalState.OPEN).update(
        state=ProposalState.INVITED, ended_at=now, invitation=invitation
    )
    # What was waited for has come.
    PlaceWish.objects.filter(mentee=mentee, mentor=mentor, ended_at=None).update(ended_at=now)
    audit.record(verb="matching.invitation.send", target=invitation, by=by, now=now)
    notices.tell(
        person=mentor.person,
        kind=emails.RECEIVED,
        ids={"invitation": str(invitation.uid)},
        now=now,
        urgency=Urgency.AT_ONCE,
        key=f"{emails.RECEIVED}:{invitation.uid}",
    )
    return invitation


@transaction.atomic
def invite_mentor(
    *,
    mentee: Participation,
    mentor: Participation,
    why_you: str,
    what_i_bring: str,
    by: User,
    now: datetime,
    acknowledges_link: bool = False,
) -> Invitation:
    """Write to a mentor and send it at once: all of it, or nothing. Refuses as both do."""
    draft = draft_invitation(
        mentee=mentee, mentor=mentor, why_you=why_you, what_i_bring=what_i_bring, by=by, now=now
    )
    return send_invitation(invitation=draft, by=by, now=now, acknowledges_link=acknowledges_link)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Take an invitation back, or throw a draft away; its slots are free at once.

    The mentor is not mailed: their page says that it was taken back, and a mail about it that
    has not left yet never does. Refuses anybody but the mentee (NotAllowed) and an invitation
    that is no longer open (NotPossibleNow).
    """
    holding.lock(participations=[invitation.mentee_id, invitation.mentor_id])
    rules.check_can_withdraw(by, invitation)
    if invitation.state == InvitationState.DRAFT:
        # The suggestion that it began from is open again.
        Proposal.objects.filter(
            invitation=invitation,
            state=ProposalState.INVITED,
            round__state=RoundState.PUBLISHED,
        ).update(state=ProposalState.OPEN, ended_at=None, invitation=None)
    holding.move(invitation=invitation, state=InvitationState.WITHDRAWN, ended_at=now)
    audit.record(verb="matching.invitation.withdraw", target=invitation, by=by, now=now)
    wishing.tell_wishers(now=now, mentor=invitation.mentor)
