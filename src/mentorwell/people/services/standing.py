"""Pausing, leaving, coming into mentorships, and "still taking mentees?"."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import hooks
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people import emails, rules
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.people.queries.participations import TAKING_PART
from mentorwell.people.services.moving import move, pool_changed
from mentorwell.people.services.places import change_places


A_DAY = timedelta(days=1)  # east of Greenwich it is tomorrow before it is so here


@transaction.atomic
def pause_participation(
    *, participation: Participation, until: date | None, by: User, now: datetime
) -> None:
    """Pause one's part, without a reason, until a day or until one resumes.

    Nobody finds a paused mentor and a paused mentee does not search; running mentorships are
    not touched. Open invitations are let go kindly. Raises NotAllowed for anyone but the
    person, NotPossibleNow for a day that is past and unless taking part.
    """
    rules.check_is_own(by, participation)
    if until is not None and until <= day_in(by.time_zone, now):
        raise NotPossibleNow("Please choose a day after today, or none.")
    move(
        participation=participation,
        to=ParticipationState.PAUSED,
        before_pause=participation.state,
        paused_until_date=until,
    )
    _halted(participation, by, now)
    audit.record(verb="people.participation.pause", target=participation, by=by, now=now)


@transaction.atomic
def resume_participation(*, participation: Participation, by: User, now: datetime) -> None:
    """Come back from a pause to where one stood; a mentee's time of looking starts anew.

    Raises NotAllowed for anyone but the person, NotPossibleNow unless paused.
    """
    rules.check_is_own(by, participation)
    _resume(participation, by, now)


@transaction.atomic
def resume_due(*, now: datetime) -> None:
    """Bring back everyone whose pause lasts until a day that has come; the clockwork's duty.

    The day comes where the person lives.
    """
    due = Participation.objects.filter(
        state=ParticipationState.PAUSED, paused_until_date__lte=now.date() + A_DAY
    )
    for participation in due.select_related("person"):
        until = participation.paused_until_date
        if until is not None and until <= day_in(participation.person.time_zone, now):
            _resume(participation, None, now)


def _resume(participation: Participation, by: User | None, now: datetime) -> None:
    # Without this, a second press would take back a pause that began meanwhile.
    not_paused = set(ParticipationState) - {ParticipationState.PAUSED}
    looking = now if participation.looking_since else None
    move(
        participation=participation,
        to=ParticipationState(participation.before_pause or ParticipationState.READY),
        but=not_paused,
        before_pause="",
        paused_until_date=None,
        looking_since=looking,
    )
    pool_changed(people=[participation.person_id])
    hooks.places_freed.announce(hooks.PlacesFreed(participation.pk, now))
    audit.record(verb="people.participation.resume", target=participation, by=by, now=now)


@transaction.atomic
def leave_programme(*, participation: Participation, by: User, now: datetime) -> None:
    """Leave, without a reason; what one wrote stays one's own, and one may come back.

    Open invitations are let go kindly, and running mentorships end as by the person's own
    button. Raises NotAllowed for anyone but the person, NotPossibleNow where they left.
    """
    rules.check_is_own(by, participation)
    hooks.participation_leaving.announce(hooks.ParticipationLeaving(participation.pk, now))
    move(
        participation=participation,
        to=ParticipationState.LEFT,
        left_at=now,
        before_pause="",
        paused_until_date=None,
        looking_since=None,
        hidden_at=None,
        asked_still_taking_at=None,
    )
    _halted(participation, by, now)
    audit.record(verb="people.participation.leave", target=participation, by=by, now=now)


def _halted(participation: Participation, by: User, now: datetime) -> None:
    pool_changed(people=[participation.person_id])
    hooks.participation_halted.announce(hooks.ParticipationHalted(participation.pk, by, now))


@transaction.atomic
def begin_pairing(*, participation: Participation, by: User, now: datetime) -> None:
    """Note that somebody begins a mentorship, in the transaction in which it begins.

    Should a mentee have a place for one more, their time of looking starts anew. Raises
    NotPossibleNow for who does not take part, or rests.
    """
    there = Participation.objects.filter(pk=participation.pk, state__in=TAKING_PART)
    looking = now if participation.part == Part.MENTEE else None
    if not there.update(state=ParticipationState.ACTIVE, looking_since=looking):
        raise NotPossibleNow(rules.NO_PAIRING)
    audit.record(verb="people.participation.begin", target=participation, by=by, now=now)


@transaction.atomic
def look_again(*, participations: Collection[int], now: datetime) -> None:
    """Start the time of looking of mentees (by id) anew: a mentorship of theirs has closed.

    Whoever does not take part any more, or is no mentee, is passed over.
    """
    looking = Participation.objects.filter(
        pk__in=participations, part=Part.MENTEE, state__in=TAKING_PART
    )
    looking.update(looking_since=now)
    audit.record_many(verb="people.participation.look", targets=looking, by=None, now=now)


@transaction.atomic
def ask_still_taking(*, participation: Participation, now: datetime) -> None:
    """Ask a mentor who let invitations lie "still taking mentees?", and hide them until then.

    Once, however often it is called before they answer. The clockwork asks, so nobody is
    refused anything here.
    """
    asked = Participation.objects.filter(
        pk=participation.pk, part=Part.MENTOR, asked_still_taking_at=None
    ).update(asked_still_taking_at=now, hidden_at=now)
    if not asked:
        return
    pool_changed(people=[participation.person_id])
    notices.tell(
        person=participation.person,
        kind=emails.STILL_TAKING,
        ids={"participation": str(participation.uid)},
        urgency=Urgency.AT_ONCE,
        key=f"{emails.STILL_TAKING}:{participation.uid}:{now.isoformat()}",
        now=now,
    )
    audit.record(verb="people.mentor.ask_still_taking", target=participation, by=None, now=now)


@transaction.atomic
def answer_still_taking(
    *, participation: Participation, taking: bool, by: User, now: datetime
) -> None:
    """Answer "still taking mentees?": yes shows the mentor again, no closes their free places.

    Running mentorships go on either way. Raises NotAllowed for anyone but the mentor,
    NotPossibleNow where nothing was asked.
    """
    rules.check_is_own(by, participation)
    _answer(participation, by, now, taking=taking)


@transaction.atomic
def answer_still_taking_by_link(*, secret: str, taking: bool, now: datetime) -> Participation:
    """As `answer_still_taking`, by a button behind the mailed link, which is used up by it."""
    link = accounts.use_link(secret=secret, action=emails.STILL_TAKING_ACTION, now=now)
    participation = Participation.objects.get(uid=link.target_uid, person=link.person)
    _answer(participation, link.person, now, taking=taking)
    return participation


def _answer(participation: Participation, by: User, now: datetime, *, taking: bool) -> None:
    answered = Participation.objects.filter(
        pk=participation.pk, asked_still_taking_at__isnull=False
    ).update(asked_still_taking_at=None, hidden_at=None, confirmed_at=now)
    if not answered:
        raise NotPossibleNow("There is nothing to answer any more. Thank you all the same.")
    if not taking:
        change_places(participation=participation, places=0, by=by, now=now)
    pool_changed(people=[participation.person_id])
    audit.record(verb="people.mentor.answer_still_taking", target=participation, by=by, now=now)
