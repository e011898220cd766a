"""Pausing, leaving, coming into mentorships, and "still taking mentees?"."""

from datetime import timedelta

import pytest

from mentorwell.accounts import services as accounts
from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import hooks
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices.models import Notice
from mentorwell.people import emails, queries, services
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db

S = ParticipationState
TODAY = NOW.date()
LATER = NOW + timedelta(days=3)


@pytest.fixture
def heard(monkeypatch):
    """Collect what the hooks announce."""
    events = []
    for hook in (hooks.participation_halted, hooks.places_freed, hooks.places_closed):
        monkeypatch.setattr(hook, "listeners", [events.append])
    return events


def pause(participation, until=None, by=None):
    services.pause_participation(
        participation=participation, until=until, by=by or participation.person, now=NOW
    )


def resume(participation, by=None):
    services.resume_participation(
        participation=participation, by=by or participation.person, now=LATER
    )


def version(participation):
    return Programme.objects.get(pk=participation.programme_id).pool_version


@pytest.mark.parametrize("state", [S.READY, S.ACTIVE])
def test_a_pause_ends_where_it_began(state, heard):
    mentor = MentorFactory(state=state)
    before = version(mentor)

    pause(mentor, until=TODAY + timedelta(days=30))

    mentor.refresh_from_db()
    assert (mentor.state, mentor.paused_until_date) == (S.PAUSED, TODAY + timedelta(days=30))
    assert not queries.findable_mentors().exists()
    assert heard == [hooks.ParticipationHalted(mentor.pk, mentor.person, NOW)]
    assert version(mentor) == before + 1

    resume(mentor)

    mentor.refresh_from_db()
    assert (mentor.state, mentor.paused_until_date, mentor.before_pause) == (state, None, "")
    assert heard[1:] == [hooks.PlacesFreed(mentor.pk, LATER)]
    assert version(mentor) == before + 2
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "people.participation.pause",
        "people.participation.resume",
    ]


@pytest.mark.parametrize(("looking", "since"), [(NOW, LATER), (None, None)])
def test_a_pause_does_not_count_as_looking(looking, since):
    mentee = MenteeFactory(looking_since=looking)
    pause(mentee)

    resume(mentee)

    mentee.refresh_from_db()
    assert mentee.looking_since == since


def test_a_pause_without_a_day_lasts_until_the_person_is_back():
    mentor = MentorFactory()
    pause(mentor)

    services.resume_due(now=NOW + timedelta(days=1000))

    mentor.refresh_from_db()
    assert mentor.state == S.PAUSED


@pytest.mark.parametrize(("days", "state"), [(29, S.PAUSED), (30, S.READY), (31, S.READY)])
def test_a_pause_with_a_day_ends_by_itself(days, state):
    mentor = MentorFactory()
    pause(mentor, until=TODAY + timedelta(days=30))

    services.resume_due(now=NOW + timedelta(days=days))

    mentor.refresh_from_db()
    assert mentor.state == state


def test_a_pause_begins_and_ends_by_the_persons_own_days():
    """At noon in Greenwich it is tomorrow already on Kiritimati; at ten it is yesterday in Pago Pago."""
    east = MentorFactory(person__time_zone="Pacific/Kiritimati")
    with pytest.raises(NotPossibleNow, match="a day after today"):
        pause(east, until=TODAY + timedelta(days=1))
    pause(east, until=TODAY + timedelta(days=2))
    west = MentorFactory(person__time_zone="Pacific/Pago_Pago")
    ten = NOW.replace(hour=10)
    services.pause_participation(participation=west, until=TODAY, by=west.person, now=ten)

    services.resume_due(now=ten + timedelta(minutes=59))
    assert set(Participation.objects.filter(state=S.PAUSED)) == {east, west}
    services.resume_due(now=ten + timedelta(minutes=60))
    assert set(Participation.objects.filter(state=S.PAUSED)) == {east}
    services.resume_due(now=ten + timedelta(days=1))
    assert not Participation.objects.filter(state=S.PAUSED).exists()


@pytest.mark.parametrize("days", [-1, 0])
def test_a_pause_until_a_day_that_is_past_is_refused(days):
    with pytest.raises(NotPossibleNow, match="a day after today"):
        pause(MentorFactory(), until=TODAY + timedelta(days=days))


@pytest.mark.parametrize("state", [S.INVITED, S.APPLIED, S.PAUSED])
def test_pause_refuses_who_does_not_take_part(state):
    with pytest.raises(NotPossibleNow, match="changed meanwhile"):
        pause(MentorFactory(state=state))


@pytest.mark.parametrize("state", [S.INVITED, S.APPLIED, S.READY, S.ACTIVE])
def test_resume_refuses_who_has_not_paused(state):
    mentor = MentorFactory(state=state)

    with pytest.raises(NotPossibleNow, match="changed meanwhile"):
        resume(mentor)

    mentor.refresh_from_db()
    assert mentor.state == state


def test_pausing_resuming_and_leaving_are_the_persons_own():
    mentor = MentorFactory()

    for act in (pause, resume, leave):
        with pytest.raises(NotAllowed, match="Only the person"):
            act(mentor, by=UserFactory())


def leave(participation, by=None):
    services.leave_programme(participation=participation, by=by or participation.person, now=NOW)


@pytest.mark.parametrize("state", sorted(set(S) - {S.LEFT}))
def test_anyone_may_leave_at_any_time(state, heard):
    mentee = MenteeFactory(
        state=state, looking_since=NOW, paused_until_date=TODAY, before_pause="active"
    )

    leave(mentee)

    mentee.refresh_from_db()
    assert (mentee.state, mentee.left_at, mentee.looking_since) == (S.LEFT, NOW, None)
    assert (mentee.paused_until_date, mentee.before_pause) == (None, "")
    assert heard == [hooks.ParticipationHalted(mentee.pk, mentee.person, NOW)]
    assert Event.objects.get().verb == "people.participation.leave"


def test_who_has_left_cannot_leave_again():
    with pytest.raises(NotPossibleNow, match="You have left"):
        leave(MenteeFactory(state=S.LEFT))


# --- Mentorships --------------------------------------------------------------------------


@pytest.mark.parametrize("make", [MentorFactory, MenteeFactory])
@pytest.mark.parametrize("state", [S.READY, S.ACTIVE])
def test_who_begins_a_mentorship_is_active_and_a_mentee_looks_anew(make, state):
    begins = make(state=state, looking_since=None)

    services.begin_pairing(participation=begins, by=begins.person, now=NOW)

    begins.refresh_from_db()
    looking = NOW if make is MenteeFactory else None
    assert (begins.state, begins.looking_since) == (S.ACTIVE, looking)
    assert list(Event.objects.values_list("verb", "target_uid")) == [
        ("people.participation.begin", begins.uid)
    ]


@pytest.mark.parametrize("state", sorted(set(S) - {S.READY, S.ACTIVE}))
def test_who_does_not_take_part_begins_nothing(state):
    rests = MenteeFactory(state=state)

    with pytest.raises(NotPossibleNow, match="not possible at the moment"):
        services.begin_pairing(participation=rests, by=rests.person, now=NOW)

    rests.refresh_from_db()
    assert rests.state == state


def test_mentees_who_take_part_look_anew():
    mentee, rests, mentor = MenteeFactory(), MenteeFactory(state=S.PAUSED), MentorFactory()
    everyone = [mentee, rests, mentor]

    services.look_again(participations=[each.pk for each in everyone], now=NOW)

    since = {each.pk: each.looking_since for each in Participation.objects.all()}
    assert since == {mentee.pk: NOW, rests.pk: None, mentor.pk: None}
    assert list(Event.objects.values_list("verb", "target_uid")) == [
        ("people.participation.look", mentee.uid)
    ]


# --- Still taking mentees? ----------------------------------------------------------------


@pytest.fixture
def asked():
    mentor = MentorFactory(places=2, state=S.ACTIVE)
    services.ask_still_taking(participation=mentor, now=NOW)
    mentor.refresh_from_db()
    return mentor


def test_asking_hides_the_mentor_and_mails_once(asked):
    before = version(asked)

    services.ask_still_taking(participation=asked, now=LATER)

    asked.refresh_from_db()
    assert (asked.asked_still_taking_at, asked.hidden_at) == (NOW, NOW)
    assert not queries.findable_mentors().exists()
    assert [(n.person, n.kind) for n in Notice.objects.all()] == [
        (asked.person, emails.STILL_TAKING)
    ]
    assert version(asked) == before
    assert Event.objects.get().actor_uid is None


def test_a_mentee_is_never_asked():
    mentee = MenteeFactory()

    services.ask_still_taking(participation=mentee, now=NOW)

    mentee.refresh_from_db()
    assert (mentee.hidden_at, Notice.objects.count()) == (None, 0)


@pytest.mark.parametrize(("taking", "places"), [(True, 2), (False, 0)])
def test_the_answer_shows_the_mentor_again_or_closes_free_places(taking, places, asked):
    services.answer_still_taking(participation=asked, taking=taking, by=asked.person, now=LATER)

    asked.refresh_from_db()
    assert (asked.asked_still_taking_at, asked.hidden_at, asked.state) == (None, None, S.ACTIVE)
    assert queries.open_places(asked).count() == places


def test_an_answer_without_a_question_is_refused():
    mentor = MentorFactory()

    with pytest.raises(NotPossibleNow, match="nothing to answer"):
        services.answer_still_taking(participation=mentor, taking=True, by=mentor.person, now=NOW)


def test_the_answer_is_the_mentors_own(asked):
    with pytest.raises(NotAllowed, match="Only the person"):
        services.answer_still_taking(participation=asked, taking=True, by=UserFactory(), now=NOW)


def test_the_answer_by_link_needs_no_sign_in_and_works_once(asked):
    secret = accounts.make_link(
        person=asked.person,
        action=emails.STILL_TAKING_ACTION,
        target_uid=asked.uid,
        now=NOW,
        lifetime=emails.LINK_LIFETIME,
    )

    services.answer_still_taking_by_link(secret=secret, taking=True, now=LATER)

    assert queries.findable_mentors().get() == asked
    with pytest.raises(NotPossibleNow, match="link"):
        services.answer_still_taking_by_link(secret=secret, taking=False, now=LATER)


def test_a_later_question_is_a_new_mail(asked):
    services.answer_still_taking(participation=asked, taking=True, by=asked.person, now=NOW)

    services.ask_still_taking(
        participation=Participation.objects.get(pk=asked.pk), now=NOW + timedelta(days=60)
    )

    assert Notice.objects.count() == 2
