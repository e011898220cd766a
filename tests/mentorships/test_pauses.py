"""Resting for a while, coming back, and stopping contact when something is not right."""

from datetime import timedelta

import pytest

from mentorwell.accounts.models import User
from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import MembershipState, MentorshipState
from mentorwell.foundation import hooks
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.models import PlaceClaim
from mentorwell.mentorships.services import (
    ask_to_be_called,
    end_mentorship,
    finish_endings,
    pause_mentorship,
    resume_due,
    resume_mentorship,
    set_going,
    stop_contact,
    take_turn,
)
from mentorwell.mentorships.services.pauses import _resume_due
from mentorwell.mentorships.services.states import move
from mentorwell.notices.emails import render
from mentorwell.notices.models import Notice
from mentorwell.people.queries import exclusions_of
from mentorwell.people.rules import can_pair
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import begin, mail_of, told, verbs
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


LATER = NOW + timedelta(days=1)
MARCH = NOW.date() + timedelta(days=60)


@pytest.fixture
def called_off(monkeypatch):
    """The pauses that call off what lies ahead."""
    events = []
    monkeypatch.setattr(hooks.mentorship_paused, "listeners", [events.append])
    return events


def pause(pair, by=None, now=NOW, **options):
    pause_mentorship(mentorship=pair.mentorship, by=by or pair.mentee, now=now, **options)


def resume(pair, by=None, now=LATER):
    resume_mentorship(mentorship=pair.mentorship, by=by or pair.mentee, now=now)


def stop(pair, by=None, now=NOW):
    stop_contact(mentorship=pair.mentorship, by=by or pair.mentee, now=now)


def notices_read_by(person):
    mails = [render(notice, now=NOW) for notice in Notice.objects.filter(person=person)]
    return [(mail.subject, mail.headline, mail.lines) for mail in mails]


# --- Pausing ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_either_pauses_and_comes_back(pair, who):
    person = getattr(pair, who)
    pause(pair, person, until_date=MARCH)
    assert pair.fresh().state == MentorshipState.PAUSED
    assert pair.member(person).paused_until_date == MARCH

    resume(pair, person)
    assert pair.fresh().state == MentorshipState.FORMING
    assert pair.member(person).state == MembershipState.JOINED
    assert pair.member(person).paused_until_date is None
    assert verbs(pair.mentorship)[1:] == [
        "mentorships.mentorship.pause",
        "mentorships.mentorship.resume",
    ]


def test_a_pause_returns_to_what_was_before(pair):
    take_turn(mentorship=pair.mentorship)
    set_going(mentorship=pair.mentorship)
    pause(pair)
    resume(pair)
    assert pair.fresh().state == MentorshipState.ACTIVE


def test_the_other_is_told_of_pause_and_return(pair):
    pause(pair)
    assert told(pair.mentor) == [emails.PAUSED]
    assert mail_of(pair.mentor, emails.PAUSED) is not None
    resume(pair)
    assert told(pair.mentor) == [emails.PAUSED, emails.RESUMED]
    assert mail_of(pair.mentor, emails.PAUSED) is None
    assert pair.mentee.first_name in mail_of(pair.mentor, emails.RESUMED).headline
    assert told(pair.mentee) == []


def test_a_second_pause_is_told_too(pair):
    pause(pair)
    resume(pair)
    pause(pair, now=LATER)
    assert told(pair.mentor).count(emails.PAUSED) == 2


def test_places_stay_held_while_it_rests(pair):
    pause(pair)
    assert PlaceClaim.objects.filter(released_at=None).count() == 2


def test_nothing_can_be_done_while_it_rests(pair):
    pause(pair)
    for person in (pair.mentor, pair.mentee):
        assert not rules.can_take_part(person, pair.mentorship)
        assert not rules.can_pause(person, pair.mentorship)
        assert rules.can_end(person, pair.mentorship)
    with pytest.raises(NotPossibleNow, match="is paused"):
        pause(pair, pair.mentor)


def test_only_who_rests_comes_back(pair):
    pause(pair)
    assert rules.can_resume(pair.mentee, pair.mentorship)
    assert not rules.can_resume(pair.mentor, pair.mentorship)
    with pytest.raises(NotPossibleNow, match="as soon as everybody is ready"):
        resume(pair, pair.mentor)


def test_nobody_comes_back_from_no_pause(pair):
    with pytest.raises(NotPossibleNow, match="is not paused"):
        resume(pair)


def test_strangers_neither_pause_nor_resume(pair):
    with pytest.raises(NotAllowed):
        pause(pair, UserFactory())
    pause(pair)
    with pytest.raises(NotAllowed):
        resume(pair, UserFactory())


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_pause_ends_within_a_year(pair, days):
    with pytest.raises(NotPossibleNow, match="within the next year"):
        pause(pair, until_date=NOW.date() + timedelta(days=days))


@pytest.mark.parametrize("days", [1, 366])
def test_a_pause_may_last_a_day_or_a_year(pair, days):
    pause(pair, until_date=NOW.date() + timedelta(days=days))
    assert pair.fresh().state == MentorshipState.PAUSED


@pytest.mark.parametrize("wanted", [True, False])
def test_meetings_are_called_off_if_wanted(pair, called_off, wanted):
    pause(pair, cancel_meetings=wanted)
    event = hooks.MentorshipPaused(mentorship_id=pair.mentorship.pk, by=pair.mentee, now=NOW)
    assert called_off == ([event] if wanted else [])


def test_a_pause_that_is_over_ends_by_itself(pair):
    pause(pair, until_date=NOW.date() + timedelta(days=10))
    assert resume_due(now=NOW + timedelta(days=9)) == 0
    assert resume_due(now=NOW + timedelta(days=10)) == 1
    assert resume_due(now=NOW + timedelta(days=11)) == 0
    assert pair.fresh().state == MentorshipState.FORMING
    assert Event.objects.latest("pk").actor_uid is None


def test_a_pause_ends_on_its_day_where_the_person_lives(pair):
    User.objects.filter(pk=pair.mentee.pk).update(time_zone="Pacific/Kiritimati")
    pair.mentee.refresh_from_db()
    with pytest.raises(NotPossibleNow, match="day"):
        pause(pair, until_date=NOW.date() + timedelta(days=1))
    pause(pair, until_date=NOW.date() + timedelta(days=2))

    ten = NOW.replace(hour=10) + timedelta(days=1)
    assert resume_due(now=ten - timedelta(minutes=1)) == 0
    assert resume_due(now=ten) == 1


def test_a_pause_without_a_day_does_not_end_by_itself(pair):
    pause(pair)
    assert resume_due(now=NOW + timedelta(days=300)) == 0


@pytest.mark.parametrize("until_date", [MARCH, None])
def test_a_pause_that_was_changed_meanwhile_is_left_alone(pair, until_date):
    pause(pair, until_date=NOW.date() + timedelta(days=10))
    (found,) = queries.pauses_over(NOW.date() + timedelta(days=10))
    resume(pair)
    pause(pair, until_date=until_date)
    assert not _resume_due(found, NOW + timedelta(days=10))
    assert pair.fresh().state == MentorshipState.PAUSED


def test_the_pause_of_what_has_ended_is_over(pair):
    pause(pair, until_date=NOW.date() + timedelta(days=10))
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    finish_endings(now=LATER)
    assert resume_due(now=NOW + timedelta(days=10)) == 0


def test_it_rests_until_both_are_back(pair):
    pause(pair, pair.mentee, until_date=MARCH)
    stop(pair, pair.mentor)
    resume(pair, pair.mentee)
    assert pair.fresh().state == MentorshipState.PAUSED
    assert pair.member(pair.mentee).state == MembershipState.JOINED
    resume(pair, pair.mentor)
    assert pair.fresh().state == MentorshipState.FORMING


def test_a_move_that_the_table_lacks_cannot_happen(pair):
    take_turn(mentorship=pair.mentorship)
    with pytest.raises(NotPossibleNow, match="has just changed"):
        move(mentorship=pair.mentorship, to=MentorshipState.REDEFINED)


# --- Groups -------------------------------------------------------------------------------


@pytest.fixture
def circle(db):
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme)
    return begin(mentor, *MenteeFactory.create_batch(3, programme=programme), form="circle")


def people_of(mentorship):
    return [each.participation.person for each in mentorship.members.order_by("pk")]


def test_one_who_rests_lets_a_group_go_on(circle, called_off):
    mentor, first, second, _ = sorted(people_of(circle), key=lambda each: each.pk)
    mentor = circle.members.get(part="mentor").participation.person
    pause_mentorship(mentorship=circle, by=first, now=NOW, cancel_meetings=True)
    assert circle.state == MentorshipState.FORMING
    assert called_off == []
    assert told(mentor) == []
    assert not rules.can_take_part(first, circle)
    assert rules.can_take_part(second, circle)
    resume_mentorship(mentorship=circle, by=first, now=LATER)
    assert rules.can_take_part(first, circle)
    assert told(mentor) == []


def test_a_group_rests_with_its_mentor(circle):
    mentor = circle.members.get(part="mentor").participation.person
    pause_mentorship(mentorship=circle, by=mentor, now=NOW)
    assert circle.state == MentorshipState.PAUSED


def test_who_stops_contact_in_a_group_is_left_alone_and_it_goes_on(circle, called_off):
    mentee = circle.members.filter(part="mentee").first().participation.person
    stop_contact(mentorship=circle, by=mentee, now=NOW)
    assert circle.state == MentorshipState.FORMING
    assert called_off == []
    assert not rules.can_take_part(mentee, circle)


# --- Something is not right ---------------------------------------------------------------


def test_contact_stops_at_once_and_meetings_are_called_off(pair, called_off):
    stop(pair)
    assert pair.fresh().state == MentorshipState.PAUSED
    assert pair.member(pair.mentee).contact_stopped_at == NOW
    assert [event.mentorship_id for event in called_off] == [pair.mentorship.pk]
    for person in (pair.mentor, pair.mentee):
        assert not rules.can_take_part(person, pair.mentorship)


def test_the_other_the_trail_and_the_notices_say_the_same_as_of_a_pause(pair):
    stop(pair)
    after_stop = notices_read_by(pair.mentor), verbs(pair.mentorship)
    resume(pair)
    Notice.objects.all().delete()
    Event.objects.filter(verb__endswith="resume").delete()
    Event.objects.filter(verb__endswith="pause").delete()
    pause(pair)
    assert (notices_read_by(pair.mentor), verbs(pair.mentorship)) == after_stop


def test_only_who_stopped_contact_lets_it_go_on(pair):
    stop(pair)
    assert not rules.can_resume(pair.mentor, pair.mentorship)
    assert resume_due(now=NOW + timedelta(days=300)) == 0
    resume(pair, pair.mentee)
    assert pair.fresh().state == MentorshipState.FORMING
    assert pair.member(pair.mentee).contact_stopped_at is None


def test_contact_can_be_stopped_while_it_rests(pair):
    pause(pair, pair.mentor, until_date=NOW.date() + timedelta(days=10))
    stop(pair, pair.mentee)
    resume_due(now=NOW + timedelta(days=10))
    assert pair.fresh().state == MentorshipState.PAUSED
    assert told(pair.mentor) == []


def test_stopping_contact_takes_the_day_off_an_own_pause(pair):
    pause(pair, until_date=NOW.date() + timedelta(days=10))
    stop(pair)
    assert resume_due(now=NOW + timedelta(days=10)) == 0
    assert pair.fresh().state == MentorshipState.PAUSED


def test_contact_cannot_be_stopped_where_there_is_none(pair):
    assert rules.can_stop_contact(pair.mentee, pair.mentorship)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    assert not rules.can_stop_contact(pair.mentee, pair.mentorship)
    with pytest.raises(NotPossibleNow, match="You have ended"):
        stop(pair)
    with pytest.raises(NotAllowed):
        stop(pair, UserFactory())


def test_leaving_is_possible_after_contact_stopped(pair):
    stop(pair)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    finish_endings(now=LATER)
    assert pair.fresh().state == MentorshipState.CLOSED


def test_who_stops_contact_is_apart_from_the_other_until_they_let_it_go_on(pair):
    stop(pair)
    assert not can_pair(pair.mentee_part, pair.mentor_part, on_date=NOW.date())
    assert [each.other for each in exclusions_of(pair.mentee)] == [pair.mentor]

    resume(pair)
    assert can_pair(pair.mentee_part, pair.mentor_part, on_date=NOW.date())


def test_after_an_end_the_two_stay_apart_where_contact_was_stopped(pair):
    stop(pair, by=pair.mentor)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    finish_endings(now=LATER)
    assert not can_pair(pair.mentee_part, pair.mentor_part, on_date=NOW.date())


def ask_call(pair, by=None, now=NOW):
    ask_to_be_called(mentorship=pair.mentorship, by=by or pair.mentee, now=now)


def test_the_neutral_person_learns_name_and_date_and_nothing_else(pair):
    ask_call(pair)
    notice = Notice.objects.get()
    assert notice.address == pair.programme.organisation.neutral_email
    assert str(pair.mentorship.uid) not in repr(notice.ids)
    mail = render(notice, now=NOW)
    assert mail.subject == f"{pair.mentee.name} would like you to call"
    assert mail.headline == f"{pair.mentee.name} asked on 9 January whether you could call them."
    assert f"You reach them at {pair.mentee.email}." in mail.lines
    assert (mail.button, mail.attachments, mail.items) == (None, (), ())
    assert pair.mentor.name not in repr(mail)


def test_asking_for_a_call_says_nothing_of_the_mentorship_in_the_trail(pair):
    before = verbs(pair.mentorship)
    ask_call(pair)
    assert verbs(pair.mentorship) == before
    assert verbs(pair.mentee) == ["mentorships.call.ask"]


def test_asking_again_on_the_same_day_asks_once(pair):
    ask_call(pair)
    ask_call(pair, now=NOW + timedelta(hours=3))
    assert Notice.objects.count() == 1
    ask_call(pair, now=LATER)
    assert Notice.objects.count() == 2


def test_a_call_can_be_asked_for_after_the_end(pair):
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    finish_endings(now=LATER)
    ask_call(pair, now=LATER)
    assert Notice.objects.filter(address__isnull=False).count() == 1


def test_the_call_of_somebody_who_is_gone_is_dropped(pair):
    ask_call(pair)
    notice = Notice.objects.get()
    notice.ids = {**notice.ids, "person": str(pair.mentorship.uid)}
    assert render(notice, now=NOW) is None


def test_nobody_is_asked_to_call_where_nobody_is_named(pair):
    organisation = pair.programme.organisation
    organisation.neutral_email = ""
    organisation.save()
    with pytest.raises(NotPossibleNow, match="No neutral person is named"):
        ask_call(pair)
    with pytest.raises(NotAllowed):
        ask_call(pair, UserFactory())
