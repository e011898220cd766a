"""The button “tell me when a place is free”: a queue for each mentor, in the order of asking."""

from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.errors import NotAllowed
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.models import PlaceWish
from mentorwell.matching.services import holding
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people import queries as people
from mentorwell.people.models import Participation


HEAD_START = timedelta(days=3)
"""How long a free slot is kept in mind for the one who was told of it."""


@transaction.atomic
def wish_for_place(
    *, mentee: Participation, mentor: Participation, by: User, now: datetime
) -> PlaceWish:
    """Wait to be told when this mentor has room again; wishing twice is one wish.

    Refuses anybody but the mentee (NotAllowed), and a mentor whom they could not turn to or
    who has room already (NotPossibleNow).
    """
    rules.check_can_wish(by, mentee, mentor, now=now)
    try:
        with transaction.atomic():
            wish = PlaceWish.objects.create(mentee=mentee, mentor=mentor, wished_at=now)
    except IntegrityError:
        return PlaceWish.objects.get(mentee=mentee, mentor=mentor, ended_at=None)
    audit.record(verb="matching.wish.make", target=wish, by=by, now=now)
    return wish


@transaction.atomic
def drop_wish(*, wish: PlaceWish, by: User, now: datetime) -> None:
    """Stop waiting for a mentor; dropping twice changes nothing.

    Refuses anybody but the mentee (NotAllowed).
    """
    if wish.mentee.person_id != by.pk:
        raise NotAllowed("Only the person who waits can stop waiting.")
    if PlaceWish.objects.filter(pk=wish.pk, ended_at=None).update(ended_at=now):
        audit.record(verb="matching.wish.drop", target=wish, by=by, now=now)


def tell_wishers(*, now: datetime, mentor: Participation | None = None) -> int:
    """Tell as many of those who wait for a mentor as there is room for, the longest first.

    Who was told has three days before the next is told; then their wish has lapsed, and they
    may wish again. Whom somebody else forestalled within these days waits on, at the front; so
    does everybody while the mentor rests, and nobody once the mentor has left.
    Who cannot turn to this mentor any more is passed over without a word.
    For one mentor, or for all in the clockwork, each in a transaction of its own. Returns how
    many were told.
    """
    waiting = PlaceWish.objects.filter(ended_at=None)
    if mentor is not None:
        waiting = waiting.filter(mentor=mentor)
    mentors = Participation.objects.filter(pk__in=waiting.values("mentor")).order_by("pk")
    return in_turn(
        partial(_tell_wishers_of, one, waiting.filter(mentor=one), now)
        for one in mentors.select_related("programme__policy", "programme__organisation")
    )


@transaction.atomic
def _tell_wishers_of(mentor: Participation, waiting: QuerySet[PlaceWish], now: datetime) -> int:
    holding.lock(participations=[mentor.pk])
    if not people.findable_mentors().filter(pk=mentor.pk).exists():
        rest_wishes(mentor=mentor, now=now)
        return 0
    waiting.filter(told_at__lte=now - HEAD_START).update(ended_at=now)
    slots = queries.room_of(mentor).slots
    if not slots:
        waiting.update(told_at=None)
        return 0
    room = slots - waiting.exclude(told_at=None).count()
    told = 0
    untold = waiting.filter(told_at=None).select_related("mentee__person", "mentee__programme")
    for wish in untold.order_by("wished_at", "pk"):
        if told >= room:
            break
        if rules.can_invite(wish.mentee.person, wish.mentee, mentor, now=now):
            _tell(wish, now)
            told += 1
    return told


@transaction.atomic
def rest_wishes(*, mentor: Participation, now: datetime) -> None:
    """Let who waits for a mentor wait on, told of nothing; where the mentor has left, end it."""
    waiting = PlaceWish.objects.filter(mentor=mentor, ended_at=None)
    if Participation.objects.filter(pk=mentor.pk, state=ParticipationState.LEFT).exists():
        waiting.update(ended_at=now)
    else:
        waiting.update(told_at=None)


def _tell(wish: PlaceWish, now: datetime) -> None:
    PlaceWish.objects.filter(pk=wish.pk).update(told_at=now)
    notices.tell(
        person=wish.mentee.person,
        kind=emails.PLACE_FREE,
        ids={"wish": str(wish.uid)},
        now=now,
        # The answer to a question of theirs: a week later the place would be gone.
        urgency=Urgency.AT_ONCE,
        key=f"{emails.PLACE_FREE}:{wish.uid}:{now.isoformat()}",
    )
