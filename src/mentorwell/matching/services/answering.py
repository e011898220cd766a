"""A mentor answers: yes, not now, or no."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.enums import Answer
from mentorwell.matching.models import Invitation
from mentorwell.matching.services import holding, releasing, wishing
from mentorwell.meetings import services as meetings
from mentorwell.mentorships import services as mentorships
from mentorwell.mentorships.models import Mentorship
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.programmes.enums import Kind


FORMAT = "one-to-one"


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    by: User,
    now: datetime,
    times: Sequence[datetime] = (),
    where: str = "",
    words: str = "",
    acknowledges_link: bool = False,
) -> Mentorship:
    """Say yes: the mentorship begins, claiming a place of each side, and both are told.

    `times` are moments to meet first, in `by`'s own zone, from which the mentee chooses; `words`
    is what the mentor sees in the mentee and means to give. Other invitations that waited for the
    same place move to another free one or are let go kindly; so are the mentee's own, once
    their last place is taken. One by which the mentor had asked the mentee in turn is let go too.
    Of a link that was entered after they invited, the mentee is asked.

    Refuses anybody but the invited mentor (NotAllowed); raises NotPossibleNow where the
    invitation is no longer open or has run out, where the two cannot be paired any more, where
    a disclosed link is not acknowledged, and where either side's last place has gone. Of many
    acceptances for one place, at once, exactly one succeeds.
    """
    mentee, mentor = invitation.mentee, invitation.mentor
    # Each may be in the programme in both parts, and have asked the other.
    parts = Participation.objects.filter(
        programme=mentor.programme_id, person__in=[mentee.person_id, mentor.person_id]
    )
    holding.lock(participations=list(parts.values_list("pk", flat=True)))
    # Since the page was drawn it may have been let go, or moved to another place.
    invitation.refresh_from_db(fields=["state", "release", "place", "expires_at", "ended_at"])
    standing = rules.check_can_accept(by, invitation, now=now)
    rules.check_link_acknowledged(standing, acknowledged=acknowledges_link)
    place = invitation.place
    holding.move(
        invitation=invitation,
        state=InvitationState.ACCEPTED,
        ended_at=now,
        answer_words=words,
        mentor_acknowledged_at=now if standing.links else None,
    )
    mentorship = mentorships.begin_mentorship(
        programme=mentor.programme,
        format=FORMAT,
        members=[(mentor, Part(mentor.part)), (mentee, Part.MENTEE)],
        kinds=[Kind(kind) for kind in mentor.programme.policy.kinds] or [Kind.MENTOR],
        by=by,
        now=now,
        places={mentor.pk: place} if place else None,
    )
    Invitation.objects.filter(pk=invitation.pk).update(mentorship=mentorship)
    invitation.mentorship = mentorship
    mentorships.ask_member_about_links(
        mentorship=mentorship,
        person=mentee.person,
        links=queries.links_unknown_to_mentee(invitation, standing),
        now=now,
    )
    if times:
        meetings.propose_meeting(
            mentorship=mentorship,
            times=times,
            minutes=mentor.programme.policy.meeting_minutes,
            where=where,
            time_zone=by.time_zone,
            by=by,
            now=now,
        )
    audit.record(verb="matching.invitation.accept", target=invitation, by=by, now=now)
    notices.tell(
        person=mentee.person,
        kind=emails.ACCEPTED,
        ids={"invitation": str(invitation.uid)},
        now=now,
        urgency=Urgency.AT_ONCE,
        key=f"{emails.ACCEPTED}:{invitation.uid}",
    )
    releasing.release_crossing(invitation=invitation, by=by, now=now)
    releasing.release_stranded(now=now, mentor=mentor)
    if not queries.has_free_place(mentee):
        releasing.end_search(mentee=mentee, by=by, now=now)
    return mentorship


@transaction.atomic
def decline_invitation(
    *, invitation: Invitation, answer: Answer, by: User, now: datetime, reason: str = ""
) -> None:
    """Say not now, or no; the mentee reads the same neutral words and the next suggestion.

    `reason` is empty or one of the kind reasons of the people's prompts, whose words the mentee
    alone reads. Refuses anybody but the invited mentor (NotAllowed), an invitation that is no
    longer open or has run out, and a reason that is none of these (NotPossibleNow).
    """
    holding.lock(participations=[invitation.mentee_id, invitation.mentor_id])
    rules.check_can_answer(by, invitation, now=now)
    rules.check_decline_reason(reason)
    holding.move(
        invitation=invitation,
        state=InvitationState.DECLINED,
        ended_at=now,
        answer=answer,
        decline_reason=reason,
    )
    # One verb for both: which of the two it was is the mentor's own.
    audit.record(verb="matching.invitation.decline", target=invitation, by=by, now=now)
    releasing.suggest_next(invitation=invitation, kind=emails.DECLINED, now=now)
    wishing.tell_wishers(now=now, mentor=invitation.mentor)


@transaction.atomic
def answer_by_link(
    *,
    secret: str,
    answer: Answer | None,
    now: datetime,
    times: Sequence[datetime] = (),
    where: str = "",
    words: str = "",
    reason: str = "",
    acknowledges_link: bool = False,
) -> Invitation:
    """Answer from the mailed link, as the person it was mailed to: None says yes.

    The link is used up only if the answer counts. Raises NotPossibleNow where the link is
    used, too old or unknown, and whatever accepting or declining raises.
    """
    link = accounts.use_link(secret=secret, action=emails.ANSWER, now=now)
    invitation = queries.invitations_visible_to(link.person).filter(uid=link.target_uid).first()
    if invitation is None:
        raise NotPossibleNow("This link opens nothing any more. Sign in to see where things are.")
    if answer is None:
        accept_invitation(
            invitation=invitation,
            by=link.person,
            now=now,
            times=times,
            where=where,
            words=words,
            acknowledges_link=acknowledges_link,
        )
    else:
        decline_invitation(
            invitation=invitation, answer=answer, by=link.person, now=now, reason=reason
        )
    return invitation
