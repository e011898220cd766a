"""How the mentors of a programme stand towards one mentee, apart from fit.

The same answer on every path: the list asks for all mentors at once, a button or a service
for one. It is read afresh each time, never from a snapshot.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from mentorwell.core.lifecycles import InvitationState, MembershipState, ParticipationState
from mentorwell.matching.enums import Bar
from mentorwell.matching.models import Invitation
from mentorwell.matching.queries.slots import NO_ROOM, Room, rooms
from mentorwell.mentorships.models import OPEN_STATES, Membership
from mentorwell.people import queries as people
from mentorwell.people.content import stages
from mentorwell.people.enums import Part
from mentorwell.people.models import EvaluationLink, Participation, Profile
from mentorwell.programmes.enums import WhoMayInvite
from mentorwell.programmes.queries import today


ASK_AGAIN_DAYS = 90
"""How long a mentor who said not now, or no, is not asked again by the same mentee."""

SEARCHING_STATES = (ParticipationState.READY, ParticipationState.ACTIVE)

_OWN_LADDER = {"civil-service"}  # its ranks compare with no other group's


@dataclass(frozen=True)
class Standing:
    """How one mentor stands towards one mentee."""

    mentor_id: int
    person_id: int
    bar: Bar | None
    room: Room
    links: tuple[people.KnownLink, ...]  # do not bar, but are told to both and acknowledged
    hidden: bool  # left out of the list: "hide anyone who evaluates me"
    ask_again_date: date | None  # only where they were asked lately


class Asked(NamedTuple):
    """The last invitation from this mentee to one mentor that still counts."""

    state: str
    ended_at: datetime | None


class _Row(NamedTuple):
    pk: int
    person_id: int
    state: str
    hidden_at: datetime | None
    is_active: bool
    stage: str
    languages: list[str]


def standings(
    mentee: Participation, *, now: datetime, only: Collection[int] = ()
) -> dict[int, Standing]:
    """Return how each mentor of the mentee's programme stands towards them, by primary key.

    The number of queries is the same for one mentor and for two thousand.
    """
    programme = mentee.programme
    policy = programme.policy
    mentors = Participation.objects.filter(programme=programme, part=Part.MENTOR)
    if only:
        mentors = mentors.filter(pk__in=only)
    rows = mentors.values_list(
        "pk",
        "person_id",
        "state",
        "hidden_at",
        "person__is_active",
        "person__profile__stage",
        "person__profile__languages",
    )
    room = rooms(programme.pk, per_place=policy.open_invitations_per_place, only=only)
    judge = _Judge(mentee, now)
    return {row.pk: judge.standing(row, room.get(row.pk, NO_ROOM)) for row in map(_Row._make, rows)}


def links_of(invitation: Invitation, *, now: datetime) -> tuple[people.KnownLink, ...]:
    """Return what both sides of an invitation must be shown and acknowledge."""
    mentee, mentor = invitation.mentee, invitation.mentor
    bars = people.pairing_bars(mentee, on_date=today(mentee.programme, now))
    return bars.disclosed(person_id=mentor.person_id, participation_id=mentor.pk)


def links_unknown_to_mentee(invitation: Invitation, standing: Standing) -> list[EvaluationLink]:
    """Return the disclosed links between the two that came after the mentee had acknowledged."""
    links = EvaluationLink.objects.filter(pk__in=[link.id for link in standing.links])
    if invitation.mentee_acknowledged_at is not None:
        links = links.filter(announced_at__gt=invitation.mentee_acknowledged_at)
    return list(links.order_by("pk"))


class _Judge:
    """What must be known of the mentee to judge any number of mentors."""

    def __init__(self, mentee: Participation, now: datetime) -> None:
        self.mentee = mentee
        self.zone = ZoneInfo(mentee.programme.organisation.time_zone)
        self.bars = people.pairing_bars(mentee, on_date=today(mentee.programme, now))
        self.touched = self.bars.touched
        self.paired = _paired_people(mentee)
        self.asked = _asked(mentee, now)
        self.policy = WhoMayInvite(mentee.programme.policy.who_may_invite)
        self.default_language = mentee.programme.organisation.language
        profile = Profile.objects.filter(person_id=mentee.person_id).first()
        self.stage = profile.stage if profile else ""
        self.stages: dict[str, bool] = {}  # what the programme says of each stage, once
        self.languages = self._languages(profile.languages if profile else [])

    def standing(self, row: _Row, room: Room) -> Standing:
        bar = self._bar(row)
        asked = self.asked.get(row.pk)
        again = None
        if bar == Bar.ASKED_LATELY and asked and asked.ended_at:
            again = (asked.ended_at + timedelta(days=ASK_AGAIN_DAYS)).astimezone(self.zone).date()
        if row.person_id not in self.touched:
            return Standing(
                row.pk, row.person_id, bar, room, (), hidden=False, ask_again_date=again
            )
        who = {"person_id": row.person_id, "participation_id": row.pk}
        links = self.bars.disclosed(**who)
        hidden = self.bars.hide(**who)
        return Standing(row.pk, row.person_id, bar, room, links, hidden, again)

    def _bar(self, row: _Row) -> Bar | None:
        return self._between_people(row) or self._already(row) or self._by_rule(row)

    def _between_people(self, row: _Row) -> Bar | None:
        if row.person_id == self.mentee.person_id:
            return Bar.SELF
        away = row.state not in SEARCHING_STATES or row.hidden_at is not None or not row.is_active
        return Bar.PRIVATE if away or self._blocked(row) else None

    def _already(self, row: _Row) -> Bar | None:
        if row.person_id in self.paired:
            return Bar.PAIRED
        asked = self.asked.get(row.pk)
        if asked is None:
            return None
        return Bar.ASKED if asked.state == InvitationState.SENT else Bar.ASKED_LATELY

    def _by_rule(self, row: _Row) -> Bar | None:
        stage = row.stage or ""
        if stage not in self.stages:
            self.stages[stage] = stage_allows(self.policy, mentee=self.stage, mentor=stage)
        if not self.stages[stage]:
            return Bar.STAGE
        return None if self.languages & self._languages(row.languages or []) else Bar.LANGUAGE

    def _blocked(self, row: _Row) -> bool:
        return row.person_id in self.touched and self.bars.block(
            person_id=row.person_id, participation_id=row.pk
        )

    def _languages(self, spoken: Iterable[str]) -> set[str]:
        return set(spoken) or {self.default_language}


def _paired_people(mentee: Participation) -> set[int]:
    """Return with whom somebody has an open mentorship in the programme, in whichever part."""
    mine = Membership.objects.filter(
        participation__person=mentee.person_id,
        participation__programme=mentee.programme_id,
        mentorship__state__in=OPEN_STATES,
    )
    others = Membership.objects.filter(
        mentorship__in=mine.values("mentorship"),
        state__in=[MembershipState.JOINED, MembershipState.PAUSED],
    ).exclude(participation__person=mentee.person_id)
    return set(others.values_list("participation__person_id", flat=True))


def _asked(mentee: Participation, now: datetime) -> dict[int, Asked]:
    lately = Q(state=InvitationState.DECLINED, ended_at__gt=now - timedelta(days=ASK_AGAIN_DAYS))
    sent = Invitation.objects.filter(mentee=mentee).filter(Q(state=InvitationState.SENT) | lately)
    rows = sent.order_by(F("ended_at").asc(nulls_last=True)).values_list(
        "mentor_id", "state", "ended_at"
    )
    return {mentor: Asked(state, ended_at) for mentor, state, ended_at in rows}


@cache
def _ladder() -> dict[str, tuple[str, int]]:
    return {
        stage.slug: (group.slug if group.slug in _OWN_LADDER else "", stage.rank)
        for group in stages()
        for stage in group.stages
    }


def stage_allows(policy: WhoMayInvite, *, mentee: str, mentor: str) -> bool:
    """Answer whether a programme lets somebody of one stage invite somebody of another.

    Where a stage is not known, or the two are not on one ladder, nothing forbids it.
    """
    mine, theirs = _ladder().get(mentee), _ladder().get(mentor)
    if policy == WhoMayInvite.ANYONE or mine is None or theirs is None or mine[0] != theirs[0]:
        return True
    if policy == WhoMayInvite.LATER:
        return theirs[1] > mine[1]
    return theirs[1] >= mine[1]
