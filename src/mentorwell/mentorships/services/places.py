"""Claiming and releasing places; the database, not a count, decides who gets one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.mentorships import queries
from mentorwell.mentorships.content import Format
from mentorwell.mentorships.models import Membership, PlaceClaim
from mentorwell.people.enums import Part
from mentorwell.people.models import Place


LAST_PLACE_GONE = "The last place has just gone to someone else."


def claim_places(
    *, membership: Membership, count: int, now: datetime, first: Place | None = None
) -> None:
    """Claim `count` free open places of the member's participation, `first` before others.

    Which places are free is read once; whether one still is, the unique constraint says. A
    place that somebody else takes meanwhile is passed over. Raises NotPossibleNow when none
    is left, so that the caller's transaction undoes what was claimed before.
    """
    owner = membership.participation_id
    free = queries.free_places([owner])[owner]
    if first is not None:
        free.sort(key=lambda place: place.pk != first.pk)
    for _ in range(count):
        _claim_one(membership, free, now)


def _claim_one(membership: Membership, free: list[Place], now: datetime) -> None:
    while free:
        try:
            with transaction.atomic():
                PlaceClaim.objects.create(membership=membership, place=free.pop(0), claimed_at=now)
        except IntegrityError:
            continue
        return
    raise NotPossibleNow(LAST_PLACE_GONE)


def release_places(*, members: Sequence[Membership], now: datetime) -> None:
    """Let go of every place that these members hold; letting go twice changes nothing."""
    PlaceClaim.objects.filter(membership__in=members, released_at=None).update(released_at=now)


def hold_places(*, members: Sequence[Membership], form: Format, now: datetime) -> None:
    """Give these members back the places that the format says and that they lack.

    A place they held before comes first; if somebody else has it by now, any free one does.
    Raises NotPossibleNow where there is none.
    """
    for member in sorted(members, key=lambda each: each.participation_id):
        held = PlaceClaim.objects.filter(membership=member, released_at=None).count()
        missing = form.rules_for(Part(member.part)).places - held
        for claim in member.claims.exclude(released_at=None).order_by("-released_at")[:missing]:
            missing -= _reopen(claim)
        claim_places(membership=member, count=missing, now=now)


def _reopen(claim: PlaceClaim) -> bool:
    try:
        with transaction.atomic():
            return bool(PlaceClaim.objects.filter(pk=claim.pk).update(released_at=None))
    except IntegrityError:
        return False
