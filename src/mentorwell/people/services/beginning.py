"""The least that makes somebody ready: three answers of a mentee, one screen of a mentor."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people import emails, queries, rules
from mentorwell.people.content import purposes as known_purposes
from mentorwell.people.enums import Part, Piece
from mentorwell.people.models import Draft, Exclusion, Participation, Profile, TopicChoice
from mentorwell.people.services.links import announce_joined
from mentorwell.people.services.moving import move, note_told, pool_changed
from mentorwell.people.services.places import change_places
from mentorwell.programmes.models import Programme, Site


RUNNING = (ParticipationState.READY, ParticipationState.ACTIVE, ParticipationState.PAUSED)
NOT_YET = (ParticipationState.INVITED, ParticipationState.APPLIED)


@transaction.atomic
def answer_first_questions(
    *,
    participation: Participation,
    purposes: Sequence[str],
    site: Site | None,
    remote: bool | None,
    exclusions: Iterable[User],
    by: User,
    now: datetime,
) -> None:
    """Take a mentee's three first answers: what for, where, whom to exclude.

    From here on they see mentors. Answering again changes what for and where, and excludes
    more people; none is let back in by it. That somebody is excluded is in no audit line.

    Raises NotAllowed for anyone but the mentee, NotPossibleNow without a purpose, for an
    unknown one, for a site elsewhere, and while paused or gone.
    """
    rules.check_is_own(by, participation)
    if participation.part != Part.MENTEE:
        raise NotAllowed("These questions are for mentees.")
    rules.check_choice(purposes, {purpose.slug for purpose in known_purposes()})
    if not purposes:
        raise NotPossibleNow("Please choose at least one answer to “what for?”.")
    rules.check_site(site, organisation_id=participation.programme.organisation_id)
    for profile in Profile.objects.filter(person=by):
        Profile.objects.filter(pk=profile.pk).update(site=site, remote=remote)
        note_told(row=profile, piece=Piece.WHEN)
    Exclusion.objects.bulk_create(
        [Exclusion(person=by, other=other) for other in exclusions if other.pk != by.pk],
        ignore_conflicts=True,
    )
    Draft.objects.filter(person=by, key=queries.start_key(participation)).delete()
    if participation.state in NOT_YET:
        move(
            participation=participation,
            to=ParticipationState.READY,
            but=[ParticipationState.PAUSED],
            purposes=list(purposes),
            confirmed_at=now,
            looking_since=now,
        )
    else:
        Participation.objects.filter(pk=participation.pk).update(purposes=list(purposes))
    pool_changed(people=[by.pk])
    audit.record(verb="people.participation.answer_first", target=participation, by=by, now=now)


@transaction.atomic
def become_mentor(
    *, programme: Programme, topic: str, places: int, by: User, now: datetime
) -> Participation:
    """Say yes to being a mentor, with one topic and some places: ready by one screen.

    For anybody of the programme, mentees too; whoever left may come back so. Raises NotAllowed
    for a stranger to the programme, NotPossibleNow for an unknown topic, places outside the
    policy, and for somebody who is a mentor already.
    """
    if not Participation.objects.filter(programme=programme, person=by).exists():
        raise NotAllowed("The programme office has to bring you in first.")
    participation = _mentor_of(programme, by, now)
    if participation.state in RUNNING:
        raise NotPossibleNow("You are a mentor in this programme already.")
    if participation.state == ParticipationState.LEFT:
        move(participation=participation, to=ParticipationState.APPLIED, left_at=None)
    _set_up(participation, topic, places, by, now)
    move(
        participation=participation,
        to=ParticipationState.READY,
        but=[ParticipationState.PAUSED],
        confirmed_at=now,
    )
    pool_changed(people=[by.pk])
    announce_joined(programme=programme, by=by, now=now)
    audit.record(verb="people.mentor.begin", target=participation, by=by, now=now)
    return participation


@transaction.atomic
def enter_mentor_for(
    *, programme: Programme, person: User, topic: str, places: int, by: User, now: datetime
) -> Participation:
    """Enter a mentor's topic and places after a phone call; their own button makes them ready.

    The person must have been brought in, by whatever part; they are mailed the button at
    once. Raises NotAllowed for anyone but the office, and refuses as `become_mentor`.
    """
    rules.check_can_bring_in(by, programme)
    if not Profile.objects.filter(person=person).exists():
        raise NotPossibleNow("Bring this person into the programme first.")
    participation = _mentor_of(programme, person, now)
    if participation.state not in NOT_YET:
        raise NotPossibleNow("They are a mentor already, or have left: only they can come back.")
    _set_up(participation, topic, places, by, now)
    # The mail with the button is their welcome: no second one follows.
    Participation.objects.filter(pk=participation.pk).update(
        entered_by_office=True, welcomed_at=participation.welcomed_at or now
    )
    notices.tell(
        person=person,
        kind=emails.CONFIRM,
        ids={"participation": str(participation.uid)},
        urgency=Urgency.AT_ONCE,
        # The same entered twice on one day, as by a double click, is mailed once.
        key=f"{emails.CONFIRM}:{participation.uid}:{now:%Y-%m-%d}:{topic}:{places}",
        now=now,
    )
    announce_joined(programme=programme, by=by, now=now)
    audit.record(verb="people.mentor.enter", target=participation, by=by, now=now)
    return participation


def _mentor_of(programme: Programme, person: User, now: datetime) -> Participation:
    """Return the person's part as a mentor, opened now if they had none."""
    participation, _ = Participation.objects.select_related("programme__policy").get_or_create(
        programme=programme, person=person, part=Part.MENTOR, defaults={"entered_at": now}
    )
    return participation


def _set_up(participation: Participation, topic: str, places: int, by: User, now: datetime) -> None:
    organisation_id = participation.programme.organisation_id
    rules.check_topics([topic], organisation_id=organisation_id)
    rules.check_places(by, participation, places)
    if places == 0:
        raise NotPossibleNow("A mentor begins with at least one place.")
    TopicChoice.objects.filter(participation=participation, topic=topic).update(interest=False)
    TopicChoice.objects.get_or_create(participation=participation, topic=topic)
    change_places(participation=participation, places=places, by=by, now=now)
