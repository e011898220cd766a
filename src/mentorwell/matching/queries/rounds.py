"""Rounds as people may see them: the office's, and what concerns one who takes part."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import (
    InvitationState,
    ParticipationState,
    ProposalState,
    RoundState,
)
from mentorwell.matching.enums import RoundAsks
from mentorwell.matching.models import (
    FirstTalk,
    Invitation,
    MentorWord,
    Proposal,
    Round,
    RoundPart,
    RoundWish,
)
from mentorwell.matching.queries.slots import knows_free_place, rooms
from mentorwell.matching.queries.standing import SEARCHING_STATES, standings
from mentorwell.mentorships.models import OPEN_STATES, Membership
from mentorwell.people import queries as people
from mentorwell.people.content import topics
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import programmes_run_by, today
from mentorwell.programmes.roles import Permission


IN_ROUNDS = (*SEARCHING_STATES, ParticipationState.PAUSED)
TAKEN = (InvitationState.SENT, InvitationState.ACCEPTED)


def rounds_visible_to(user: User) -> QuerySet[Round]:
    """Return the rounds of the programmes that somebody runs."""
    programmes = programmes_run_by(user, Permission.RUN_ROUNDS)
    return Round.objects.filter(programme__in=programmes).order_by("-begun_at", "-pk")


def round_for(participation: Participation) -> Round | None:
    """Return the round that a participant could take part in or is in now."""
    return (
        Round.objects.filter(programme=participation.programme)
        .exclude(state__in=[RoundState.DRAFT, RoundState.CLOSED])
        .first()
    )


@dataclass(frozen=True)
class RoundCounts:
    """How many are in a round, and what has come of it, as counts alone."""

    mentees: int
    mentors_out: int
    wishing: int
    talks: int
    suggested: int  # mentees to whom somebody was named
    invited: int  # invitations sent from suggestions
    accepted: int
    left_out: int  # pairs of the published run that no longer held as they were named


def round_counts(round_: Round) -> RoundCounts:
    """Return how many take part in a round and what has come of it."""
    parts = round_.parts
    sent = round_.proposals.filter(invitation__sent_at__isnull=False)
    wanted = (
        set(round_.published_run.pairs.values_list("mentee_id", "mentor_id"))
        if round_.published_run and round_.tended_at
        else set()
    )
    named = set(round_.proposals.values_list("mentee_id", "mentor_id"))
    return RoundCounts(
        mentees=parts.filter(takes_part=True, participation__part=Part.MENTEE).count(),
        mentors_out=parts.filter(takes_part=False, participation__part=Part.MENTOR).count(),
        wishing=round_.wishes.values("mentee").distinct().count(),
        talks=round_.talks.count(),
        suggested=round_.proposals.values("mentee").distinct().count(),
        invited=sent.count(),
        accepted=sent.filter(invitation__state=InvitationState.ACCEPTED).count(),
        left_out=len(wanted - named),
    )


def rounds_of(user: User) -> QuerySet[Round]:
    """Return the rounds of the programmes in which somebody is a mentee or a mentor."""
    parts = Participation.objects.filter(
        person=user, part__in=[Part.MENTEE, Part.MENTOR], state__in=IN_ROUNDS
    )
    return Round.objects.filter(programme__in=parts.values("programme")).exclude(
        state=RoundState.DRAFT
    )


def parts_in(round_: Round, user: User) -> list[Participation]:
    """Return the parts in which somebody may take part in a round, a mentee's first."""
    parts = Participation.objects.filter(
        person=user,
        programme=round_.programme_id,
        part__in=[Part.MENTEE, Part.MENTOR],
        state__in=IN_ROUNDS,
    )
    parts = parts.select_related("person", "programme__policy", "programme__organisation")
    return list(parts.order_by("part"))


def round_asks(round_: Round, user: User, *, now: datetime) -> RoundAsks:
    """Return the one thing that a round asks of somebody, in either part of theirs."""
    if round_.state == RoundState.PUBLISHED:
        named = Proposal.objects.filter(round=round_, mentee__person=user, state=ProposalState.OPEN)
        return RoundAsks.ANSWER if named.exists() else RoundAsks.NOTHING
    on_date = today(round_.programme, now)
    if round_.talks_run_id and round_.talks_until and on_date <= round_.talks_until:
        parts = parts_in(round_, user)
        waits = any(
            (one.part == Part.MENTEE and talk.score is None)
            or (one.part == Part.MENTOR and talk.mentee_id not in words_of(one, round_))
            for one in parts
            for talk in talks_of(one, round_, now=now)
        )
        return RoundAsks.TALK if waits else RoundAsks.NOTHING
    if round_.state != RoundState.COLLECTING or on_date > round_.wishes_until:
        return RoundAsks.NOTHING
    spoken = dict(round_.parts.values_list("participation_id", "takes_part"))
    parts = [one for one in parts_in(round_, user) if one.state in SEARCHING_STATES]
    for one in parts:
        if one.part == Part.MENTEE and one.pk not in spoken and knows_free_place(one):
            return RoundAsks.JOIN
    for one in parts:
        if one.part == Part.MENTOR and spoken.get(one.pk, True):
            doors = doors_for(one, round_, now=now)
            if any(door.shared for door in doors) and not any(door.word for door in doors):
                return RoundAsks.OPEN_DOOR
    return RoundAsks.NOTHING


def takes_part(round_: Round, participation: Participation) -> bool:
    """Answer whether somebody is in a round: a mentee who joined, a mentor who did not decline."""
    row = RoundPart.objects.filter(round=round_, participation=participation).first()
    return row.takes_part if row else participation.part == Part.MENTOR


def wishes_of(round_: Round, mentee: Participation) -> QuerySet[RoundWish]:
    """Return whom a mentee would like, ranked ones first, in order."""
    wishes = RoundWish.objects.filter(round=round_, mentee=mentee).select_related("mentor__person")
    return wishes.order_by("rank", "pk")


def proposals_for(mentee: Participation) -> QuerySet[Proposal]:
    """Return the mentors named to a mentee in the round that is on, open ones, in their order."""
    proposals = Proposal.objects.filter(
        mentee=mentee, state=ProposalState.OPEN, round__state=RoundState.PUBLISHED
    )
    return proposals.select_related("mentor__person", "round").order_by("proposed_at", "position")


def named_to(mentee: Participation, round_: Round) -> QuerySet[Proposal]:
    """Return all that was named to a mentee in a round, whatever has become of it."""
    named = Proposal.objects.filter(mentee=mentee, round=round_)
    return named.select_related("mentor__person", "invitation").order_by("proposed_at", "position")


def proposals_visible_to(user: User) -> QuerySet[Proposal]:
    """Return what was named to somebody: nobody else sees it."""
    return Proposal.objects.filter(mentee__person=user).select_related(
        "round",
        "mentee__person",
        "mentee__programme__policy",
        "mentee__programme__organisation",
        "mentor__person",
    )


def talks_of(participation: Participation, round_: Round, *, now: datetime) -> list[FirstTalk]:
    """Return the first talks of one who takes part, mentee or mentor, while they concern them.

    Until the suggestions are out, and only where both still take part and nothing stands between
    them. The number of queries does not depend on theirs.
    """
    if round_.state not in (RoundState.COLLECTING, RoundState.PROPOSED):
        return []
    side, other = (
        ("mentee", "mentor") if participation.part == Part.MENTEE else ("mentor", "mentee")
    )
    bars = people.pairing_bars(participation, on_date=today(round_.programme, now))
    spoken = dict(round_.parts.values_list("participation_id", "takes_part"))
    talks = FirstTalk.objects.filter(
        round=round_,
        mentee__state__in=SEARCHING_STATES,
        mentor__state__in=SEARCHING_STATES,
        mentee__person__is_active=True,
        mentor__person__is_active=True,
        **{side: participation},
    ).select_related("mentee__person", "mentor__person")
    found = []
    for talk in talks:
        partner = getattr(talk, other)
        stays = spoken.get(talk.mentee_id, False) and spoken.get(talk.mentor_id, True)
        who = {"person_id": partner.person_id, "participation_id": partner.pk}
        if stays and not bars.block(**who):
            found.append(talk)
    return found


def talks_visible_to(user: User) -> QuerySet[FirstTalk]:
    """Return the first talks that somebody has as a mentee, to say how they were."""
    return FirstTalk.objects.filter(mentee__person=user).select_related(
        "round__programme__organisation", "mentee__person", "mentor__person"
    )


def words_of(mentor: Participation, round_: Round) -> dict[int, MentorWord]:
    """Return what a mentor has said in a round, by mentee."""
    words = MentorWord.objects.filter(round=round_, mentor=mentor)
    return {word.mentee_id: word for word in words}


# --- Open doors ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Door:
    """What a mentor reads of a mentee who opted in: no name, a stage and what they look for."""

    mentee: Participation
    stage: str
    topics: tuple[str, ...]  # slugs, those that the mentor offers first
    shared: int
    word: MentorWord | None
    key: UUID  # what stands for them on the page; their own id would tell who they are


def key_of(round_: Round, mentor: Participation, mentee: Participation) -> UUID:
    """Return what stands for a mentee towards one mentor in one round, and nowhere else."""
    told = f"{round_.uid}:{mentor.uid}:{mentee.uid}"
    return UUID(hex=salted_hmac("mentorwell.matching.door", told).hexdigest()[:32])


class _Sought(NamedTuple):
    topics: tuple[str, ...]
    shared: int


def doors_for(mentor: Participation, round_: Round, *, now: datetime) -> list[Door]:
    """Return the mentees of a round who opted in and could be paired with a mentor.

    Nobody between whom and the mentor any evaluation link is known, or whom either keeps away;
    nobody who has found a mentor, or who has asked this one; none at all to a mentor without a
    free place. Those who look for what the mentor offers come first, the others in an order that
    tells nothing. The number of queries does not depend on theirs.
    """
    programme = mentor.programme
    with_place = rooms(programme.pk, per_place=1)
    if mentor.pk not in with_place:
        return []
    opted_in = RoundPart.objects.filter(round=round_, takes_part=True, open_to_doors=True)
    bars = people.pairing_bars(mentor, on_date=today(programme, now))
    mine = Membership.objects.filter(participation=mentor, mentorship__state__in=OPEN_STATES)
    paired = Membership.objects.filter(mentorship__in=mine.values("mentorship"))
    asked = Invitation.objects.filter(mentor=mentor, state__in=TAKEN)
    mentees = (
        Participation.objects.filter(
            pk__in=opted_in.values("participation"),
            part=Part.MENTEE,
            state__in=SEARCHING_STATES,
            person__is_active=True,
        )
        .exclude(person=mentor.person_id)
        .exclude(person__in=bars.touched)
        .exclude(person__in=paired.values("participation__person"))
        .exclude(pk__in=asked.values("mentee"))
        .select_related("person__profile")
        .prefetch_related("topic_choices")
    )
    told = words_of(mentor, round_)
    offered = set(people.topics_chosen(mentor))
    doors = []
    for mentee in mentees:
        if mentee.pk in with_place:
            sought = _sought(mentee, offered)
            profile = getattr(mentee.person, "profile", None)
            stage = profile.stage if profile else ""
            key = key_of(round_, mentor, mentee)
            doors.append(Door(mentee, stage, *sought, told.get(mentee.pk), key))
    return sorted(doors, key=lambda door: (-door.shared, door.key.hex))


def mentee_behind(
    key: UUID, mentor: Participation, round_: Round, *, now: datetime
) -> Participation | None:
    """Return whom a mentor has met in a first talk or reads of at a door, by their key."""
    there = [talk.mentee for talk in talks_of(mentor, round_, now=now)]
    there += [door.mentee for door in doors_for(mentor, round_, now=now)]
    return next((one for one in there if key_of(round_, mentor, one) == key), None)


def _sought(mentee: Participation, offered: set[str]) -> _Sought:
    private = {topic.slug for topic in topics() if topic.opt_in}  # never without a name either
    chosen = [
        choice.topic
        for choice in mentee.topic_choices.all()
        if not choice.interest and choice.topic not in private
    ]
    shared = [slug for slug in chosen if slug in offered]
    return _Sought((*shared, *(slug for slug in chosen if slug not in offered)), len(shared))


def open_doors_of(mentee: Participation, round_: Round, *, now: datetime) -> list[int]:
    """Return the mentors who would gladly talk with somebody like this mentee, if still possible."""
    words = MentorWord.objects.filter(round=round_, mentee=mentee, opens_door=True)
    mentors = list(words.order_by("pk").values_list("mentor_id", flat=True))
    if not mentors:
        return []
    found = standings(mentee, now=now, only=mentors)
    return [pk for pk in mentors if pk in found and found[pk].bar is None and not found[pk].hidden]
