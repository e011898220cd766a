"""How people come in: brought by the office, welcomed, and in by their own yes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people import emails, queries, rules
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation, Place, Profile, TopicChoice
from mentorwell.people.services.moving import move, pool_changed
from mentorwell.programmes.models import Programme, Site, Unit


PORTION = 500  # SQLite limits how many values one statement may hold


@dataclass(frozen=True)
class Newcomer:
    """One person whom the office brings in, with what it knows of them.

    `places` is None for the programme's default. `topics` are sought by a mentee and offered
    by all others.
    """

    person: User
    part: Part
    headline: str = ""
    stage: str = ""
    site: Site | None = None
    unit: Unit | None = None
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: int | None = None
    cohort: str = ""
    start_date: date | None = None


@transaction.atomic
def bring_in(
    *, programme: Programme, newcomer: Newcomer, by: User | None, now: datetime
) -> Participation:
    """Bring one person into a programme; nobody is mailed and nobody is ready by it.

    `by` is None on the command line. Raises NotAllowed for anyone but the office, and
    NotPossibleNow where the programme has ended or the person has this part already.
    """
    made = bring_in_many(programme=programme, newcomers=[newcomer], by=by, now=now)
    if not made:
        raise NotPossibleNow("They have this part in the programme already.")
    return made[0]


@transaction.atomic
def bring_in_many(
    *, programme: Programme, newcomers: Sequence[Newcomer], by: User | None, now: datetime
) -> list[Participation]:
    """Bring many people in, set-based, and return the participations that were made.

    Whoever has their part already is left as they are, so the same file twice changes
    nothing. Of a profile that exists only empty fields are filled: a file never overwrites
    what a person said of themselves. Refuses as `bring_in`.
    """
    rules.check_can_bring_in(by, programme)
    there = set(Participation.objects.filter(programme=programme).values_list("person_id", "part"))
    wanted = {(one.person.pk, str(one.part)): one for one in newcomers}
    new = {key: one for key, one in wanted.items() if key not in there}
    _fill_profiles(programme, new.values())
    made = Participation.objects.bulk_create(
        Participation(
            programme=programme,
            person=one.person,
            part=one.part,
            cohort=one.cohort,
            start_date=one.start_date,
            entered_at=now,
            entered_by_office=True,
        )
        for one in new.values()
    )
    pairs = list(zip(made, new.values(), strict=True))
    Place.objects.bulk_create(
        Place(participation=participation, number=number)
        for participation, one in pairs
        for number in range(1, _places(programme, one) + 1)
    )
    TopicChoice.objects.bulk_create(
        TopicChoice(participation=participation, topic=topic)
        for participation, one in pairs
        for topic in dict.fromkeys(one.topics)
    )
    audit.record_many(verb="people.participation.bring_in", targets=made, by=by, now=now)
    return made


def _places(programme: Programme, newcomer: Newcomer) -> int:
    """Return how many places somebody starts with: a mentee, one for each mentor they may have."""
    if newcomer.part is Part.MENTEE:
        return programme.policy.mentors_each
    return programme.policy.places_default if newcomer.places is None else newcomer.places


def _fill_profiles(programme: Programme, newcomers: Iterable[Newcomer]) -> None:
    wanted = {one.person.pk: one for one in newcomers}
    known = _profiles_of(list(wanted))
    Profile.objects.bulk_create(
        Profile(
            person_id=pk,
            organisation=programme.organisation,
            headline=one.headline,
            stage=one.stage,
            site=one.site,
            unit=one.unit,
            languages=list(one.languages),
        )
        for pk, one in wanted.items()
        if pk not in known
    )
    for profile in known.values():
        one = wanted[profile.person_id]
        profile.headline = profile.headline or one.headline
        profile.stage = profile.stage or one.stage
        profile.site = profile.site or one.site
        profile.unit = profile.unit or one.unit
        profile.languages = profile.languages or list(one.languages)
    Profile.objects.bulk_update(
        known.values(), ["headline", "stage", "site", "unit", "languages"], batch_size=PORTION
    )


def _profiles_of(people: Sequence[int]) -> dict[int, Profile]:
    return {
        profile.person_id: profile
        for start in range(0, len(people), PORTION)
        for profile in Profile.objects.filter(
            person_id__in=people[start : start + PORTION]
        ).select_related("site", "unit")
    }


@transaction.atomic
def welcome_participations(
    *, participations: Iterable[Participation], by: User, now: datetime
) -> int:
    """Mail the welcome to people the office brought in, each once; return to how many.

    Whoever was welcomed before, or has answered already, is passed over. Raises NotAllowed
    for anyone but the office.
    """
    told = []
    for participation in participations:
        rules.check_can_bring_in(by, participation.programme)
        if not Participation.objects.filter(
            pk=participation.pk, welcomed_at=None, state=ParticipationState.INVITED
        ).update(welcomed_at=now):
            continue
        told.append(participation)
        notices.tell(
            person=participation.person,
            kind=emails.WELCOME,
            ids={"participation": str(participation.uid)},
            urgency=Urgency.AT_ONCE,
            key=f"{emails.WELCOME}:{participation.uid}",
            now=now,
        )
    audit.record_many(verb="people.participation.welcome", targets=told, by=by, now=now)
    return len(told)


@transaction.atomic
def confirm_participation(*, participation: Participation, by: User, now: datetime) -> None:
    """Say yes: to an invitation of the office, to what it entered for oneself, or to coming back.

    A mentor with a topic and a place is ready by it; everyone else has the first questions
    still before them. Raises NotAllowed for anyone but the person, NotPossibleNow where there
    is nothing to confirm.
    """
    rules.check_is_own(by, participation, also_left=True)
    _confirm(participation, by, now)


@transaction.atomic
def confirm_by_link(*, secret: str, now: datetime) -> Participation:
    """As `confirm_participation`, by the button behind a mailed link, which is used up by it.

    Raises NotPossibleNow where the link is used, old or unknown, or nothing is to confirm.
    """
    link = accounts.use_link(secret=secret, action=emails.CONFIRM_ACTION, now=now)
    participation = Participation.objects.select_related("programme__policy").get(
        uid=link.target_uid, person=link.person
    )
    _confirm(participation, link.person, now)
    return participation


def _confirm(participation: Participation, by: User, now: datetime) -> None:
    prepared = (
        participation.part != Part.MENTEE
        and participation.state != ParticipationState.LEFT
        and bool(queries.topics_chosen(participation))
        and queries.open_places(participation).exists()
    )
    to = ParticipationState.READY if prepared else ParticipationState.APPLIED
    paused = (ParticipationState.PAUSED,)  # a pause ends by `resume_participation`
    move(participation=participation, to=to, but=paused, confirmed_at=now, left_at=None)
    pool_changed(people=[participation.person_id])
    audit.record(verb="people.participation.confirm", target=participation, by=by, now=now)
