"""Evaluation links that appear on a running pair: both are asked what to do."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.clockwork import in_turn
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.enums import LinkAnswer
from mentorwell.mentorships.models import LinkQuestion, Membership, Mentorship
from mentorwell.mentorships.services.endings import end_mentorship
from mentorwell.mentorships.services.pauses import (
    go_on_if_possible,
    mentorship_rests,
    pause,
    pause_mentorship,
)
from mentorwell.mentorships.services.states import take_turn
from mentorwell.mentorships.services.telling import tell_members
from mentorwell.notices.enums import Urgency
from mentorwell.people.models import EvaluationLink


@transaction.atomic
def ask_about_link(*, link: EvaluationLink, now: datetime) -> None:
    """Ask the two members of each open mentorship that a new link touches, once a link."""
    for mentorship, members in queries.mentorships_touched_by(
        link, on_date=day_in(link.organisation.time_zone, now)
    ):
        _ask(mentorship, members, link, now)


@transaction.atomic
def ask_member_about_links(
    *, mentorship: Mentorship, person: User, links: Collection[EvaluationLink], now: datetime
) -> None:
    """Ask one member about links that they were not shown before the mentorship began."""
    member = mentorship.members.select_related("participation__person").get(
        participation__person=person
    )
    for link in links:
        _ask(mentorship, [member], link, now)


def _ask(
    mentorship: Mentorship, members: Collection[Membership], link: EvaluationLink, now: datetime
) -> None:
    """Ask those of these members who have not been asked about the link yet."""
    known = set(LinkQuestion.objects.filter(link=link).values_list("membership_id", flat=True))
    new = [each for each in members if each.pk not in known]
    asked = LinkQuestion.objects.bulk_create(
        LinkQuestion(membership=each, link=link, asked_at=now) for each in new
    )
    audit.record_many(verb="mentorships.link.ask", targets=asked, by=None, now=now)
    tell_members(
        members=new,
        kind=emails.LINK_ASKED,
        about=link,
        mentorship=mentorship,
        now=now,
        # At once: a *never* link waits for an answer for a week only.
        urgency=Urgency.AT_ONCE,
    )


@transaction.atomic
def answer_link_question(
    *, question: LinkQuestion, by: User, answer: LinkAnswer, now: datetime
) -> None:
    """Answer a new evaluation link: pause, close, or know of it and go on.

    Pausing and closing are the same as by their own buttons, the undo hour included. Where the
    mentorship had paused for want of an answer, the last "we know of it" lets it go on.

    Raises NotAllowed for anybody but the member asked; NotPossibleNow where they have answered
    or it has ended for them.
    """
    mentorship = question.membership.mentorship
    take_turn(mentorship=mentorship)
    question.refresh_from_db(fields=["answered_at"])
    rules.check_can_answer_link(by, question)
    LinkQuestion.objects.filter(pk=question.pk, answered_at=None).update(
        answer=answer, answered_at=now
    )
    audit.record(verb="mentorships.link.answer", target=question, by=by, now=now)
    if answer == LinkAnswer.CLOSE:
        end_mentorship(mentorship=mentorship, by=by, now=now)
    elif answer == LinkAnswer.PAUSE and rules.can_pause(by, mentorship):
        pause_mentorship(mentorship=mentorship, by=by, now=now)
    elif answer == LinkAnswer.ACKNOWLEDGE:
        go_on_if_possible(mentorship=mentorship, by=question.membership, now=now)


def pause_unanswered_links(*, now: datetime) -> int:
    """Pause what has a *never* link that a member left unanswered for a week; return how many.

    A duty of the clockwork.
    """
    return in_turn(
        partial(_pause, mentorship, now)
        for mentorship in queries.with_never_question_since(now - rules.ANSWER_TIME)
    )


@transaction.atomic
def _pause(mentorship: Mentorship, now: datetime) -> bool:
    take_turn(mentorship=mentorship)
    unanswered = queries.never_questions_open(mentorship)
    if mentorship_rests(mentorship=mentorship) or not unanswered.exists():
        return False  # answered or paused while this one waited
    pause(mentorship=mentorship, tell=queries.members_at_it(mentorship), now=now)
    audit.record(verb="mentorships.mentorship.pause", target=mentorship, by=None, now=now)
    return True
