"""Meetings: proposed, chosen, moved, called off, held; calendars and clocks follow."""

from datetime import datetime, timedelta

import pytest

from mentorwell.core.lifecycles import MeetingState, MentorshipState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.meetings import emails, rules
from mentorwell.meetings.models import Meeting, Offer
from mentorwell.meetings.services import (
    cancel_meeting,
    change_setting,
    choose_time,
    log_meeting,
    miss_meeting,
    move_meeting,
    offer_other_times,
    remind_of_meetings,
)
from mentorwell.meetings.services.dates import _remind
from mentorwell.mentorships.services import (
    ask_about_silence,
    end_mentorship,
    finish_endings,
    pause_mentorship,
    resume_mentorship,
    stop_contact,
    undo_ending,
)
from mentorwell.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.meetings import TUESDAY, propose, schedule
from tests.factories.mentorships import begin, told, verbs
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LATER = NOW + DAY
AFTER = TUESDAY + HOUR
OTHER_DAY = TUESDAY + 2 * DAY


def choose(meeting, by, now=NOW, number=0):
    choose_time(offer=meeting.offers.all()[number], by=by, now=now)
    meeting.refresh_from_db()


def move(meeting, by, times=(OTHER_DAY,), now=LATER):
    move_meeting(meeting=meeting, times=list(times), by=by, now=now)
    meeting.refresh_from_db()


def cancel(meeting, by, now=LATER):
    cancel_meeting(meeting=meeting, by=by, now=now)
    meeting.refresh_from_db()


def urgencies(kind):
    return set(Notice.objects.filter(kind=kind).values_list("urgency", flat=True))


# --- Proposing and choosing ---------------------------------------------------------------


def test_one_offers_times_and_the_other_chooses(pair):
    meeting = propose(pair, times=[OTHER_DAY, TUESDAY])
    assert meeting.state == MeetingState.PROPOSED
    assert [offer.starts_at for offer in meeting.offers.all()] == [TUESDAY, OTHER_DAY]
    assert (meeting.minutes, meeting.where, meeting.time_zone) == (45, "Room B12", "Europe/Berlin")
    assert told(pair.mentee) == [emails.PROPOSED]
    assert told(pair.mentor) == []

    choose(meeting, pair.mentee, number=1)
    assert (meeting.state, meeting.starts_at, meeting.sequence) == ("scheduled", OTHER_DAY, 0)
    assert told(pair.mentor) == [emails.SCHEDULED]
    assert told(pair.mentee) == [emails.PROPOSED, emails.SCHEDULED]
    assert urgencies(emails.PROPOSED) == urgencies(emails.SCHEDULED) == {"at once"}
    assert verbs(meeting) == ["meetings.meeting.propose", "meetings.meeting.schedule"]


def test_the_mentee_may_offer_too(pair):
    meeting = propose(pair, by=pair.mentee)
    choose(meeting, pair.mentor)
    assert meeting.state == MeetingState.SCHEDULED


def test_where_one_meets_is_sealed(pair):
    propose(pair, where="  A planted café. ")
    row = Meeting.objects.raw('SELECT id, "where" AS raw_where FROM meetings_meeting')[0]
    assert "planted" not in row.raw_where
    assert Meeting.objects.get().where == "A planted café."


def test_the_first_date_sets_a_mentorship_going(pair):
    meeting = propose(pair)
    assert pair.fresh().state == MentorshipState.FORMING
    choose(meeting, pair.mentee)
    assert pair.fresh().state == MentorshipState.ACTIVE
    schedule(pair, at=OTHER_DAY)
    assert pair.fresh().state == MentorshipState.ACTIVE


def test_who_offered_does_not_choose(pair):
    meeting = propose(pair)
    assert not rules.can_choose(pair.mentor, meeting)
    assert rules.can_choose(pair.mentee, meeting)
    with pytest.raises(NotPossibleNow, match="Now it is the other’s turn"):
        choose(meeting, pair.mentor)


def test_a_time_is_chosen_once(pair):
    meeting = propose(pair, times=[TUESDAY, OTHER_DAY])
    stale = Offer.objects.select_related("meeting__mentorship").get(starts_at=OTHER_DAY)
    choose(meeting, pair.mentee)
    with pytest.raises(NotPossibleNow, match="no longer waits"):
        choose_time(offer=stale, by=pair.mentee, now=NOW)


def test_a_time_that_has_passed_cannot_be_chosen(pair):
    meeting = propose(pair, times=[TUESDAY, OTHER_DAY])
    with pytest.raises(NotPossibleNow, match="lie ahead"):
        choose(meeting, pair.mentee, now=TUESDAY)
    choose(meeting, pair.mentee, now=TUESDAY, number=1)
    assert meeting.starts_at == OTHER_DAY


def test_strangers_do_nothing_with_a_meeting(pair):
    stranger = UserFactory()
    meeting = propose(pair)
    for act in (
        lambda: propose(pair, by=stranger),
        lambda: choose(meeting, stranger),
        lambda: offer_other_times(meeting=meeting, times=[TUESDAY], by=stranger, now=NOW),
        lambda: cancel(meeting, stranger),
    ):
        with pytest.raises(NotAllowed, match="not yours"):
            act()
    choose(meeting, pair.mentee)
    for act in (
        lambda: move(meeting, stranger),
        lambda: log_meeting(meeting=meeting, by=stranger, now=AFTER),
        lambda: miss_meeting(meeting=meeting, by=stranger, now=AFTER),
    ):
        with pytest.raises(NotAllowed, match="not yours"):
            act()


@pytest.mark.parametrize(
    "times",
    [
        [],
        [TUESDAY, TUESDAY],
        [TUESDAY + number * HOUR for number in range(6)],
        [NOW],
        [NOW - HOUR],
        [NOW + timedelta(days=367)],
    ],
)
def test_times_that_cannot_be_offered_are_refused(pair, times):
    with pytest.raises(NotPossibleNow, match="Offer"):
        propose(pair, times=times)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "times",
    [
        [NOW + timedelta(minutes=1)],
        [TUESDAY + number * HOUR for number in range(5)],
        [NOW + timedelta(days=366)],
    ],
)
def test_one_to_five_times_within_a_year_can_be_offered(pair, times):
    assert propose(pair, times=times).offers.count() == len(times)


def test_a_time_without_its_zone_is_a_mistake_of_ours(pair):
    with pytest.raises(ValueError, match="time zone"):
        propose(pair, times=[datetime(2030, 2, 1, 12)])  # noqa: DTZ001 -- the mistake itself


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"minutes": 4}, "lasts 5 to 480"),
        ({"minutes": 481}, "lasts 5 to 480"),
        ({"where": "x" * 301}, "up to 300"),
        ({"time_zone": "Mars/Olympus"}, "do not know this time zone"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(pair, changes, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        propose(pair, **changes)


@pytest.mark.parametrize("minutes", [5, 480])
def test_a_meeting_lasts_five_minutes_to_eight_hours(pair, minutes):
    assert propose(pair, minutes=minutes, where="x" * 300).minutes == minutes


def test_one_good_talk_is_one_meeting(db):
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme)
    mentee = MenteeFactory(programme=programme)

    class Talk:
        mentorship = begin(mentor, mentee, form="flash")

    Talk.mentor, Talk.mentee = mentor.person, mentee.person
    first = propose(Talk)
    assert not rules.can_propose(mentee.person, Talk.mentorship)
    with pytest.raises(NotPossibleNow, match="One good talk is one meeting"):
        propose(Talk, by=mentee.person)
    cancel(first, mentee.person)
    assert rules.can_propose(mentee.person, Talk.mentorship)
    assert schedule(Talk).state == MeetingState.SCHEDULED


# --- Other times --------------------------------------------------------------------------


def test_none_suits_so_the_other_offers_others(pair):
    meeting = propose(pair)
    stale = meeting.offers.select_related("meeting__mentorship").get()
    offer_other_times(meeting=meeting, times=[OTHER_DAY], by=pair.mentee, now=LATER)

    assert told(pair.mentor) == [emails.PROPOSED]
    with pytest.raises(NotPossibleNow, match="Now it is the other’s turn"):
        choose_time(offer=stale, by=pair.mentee, now=LATER)
    meeting.refresh_from_db()
    choose(meeting, pair.mentor, now=LATER)
    assert meeting.starts_at == OTHER_DAY
    assert verbs(meeting)[1:] == ["meetings.meeting.offer", "meetings.meeting.schedule"]


def test_times_that_were_replaced_cannot_be_chosen(pair):
    meeting = propose(pair)
    stale = meeting.offers.select_related("meeting__mentorship").get()
    offer_other_times(meeting=meeting, times=[OTHER_DAY], by=pair.mentor, now=LATER)
    with pytest.raises(NotPossibleNow, match="have just been changed"):
        choose_time(offer=stale, by=pair.mentee, now=LATER)
    assert told(pair.mentee) == [emails.PROPOSED, emails.PROPOSED]


def test_other_times_are_offered_only_while_none_is_chosen(pair):
    meeting = propose(pair)
    assert rules.can_offer(pair.mentor, meeting)
    choose(meeting, pair.mentee)
    assert not rules.can_offer(pair.mentor, meeting)
    with pytest.raises(NotPossibleNow, match="Move the meeting instead"):
        offer_other_times(meeting=meeting, times=[OTHER_DAY], by=pair.mentor, now=LATER)


# --- Moving and calling off ---------------------------------------------------------------


def test_a_moved_meeting_gives_its_date_back_and_gets_another(pair):
    meeting = schedule(pair)
    move(meeting, pair.mentor)
    assert (meeting.state, meeting.sequence) == (MeetingState.PROPOSED, 1)
    assert told(pair.mentor)[-1] == emails.CALLED_OFF
    assert told(pair.mentee)[-2:] == [emails.CALLED_OFF, emails.PROPOSED]

    choose(meeting, pair.mentee, now=LATER)
    assert (meeting.state, meeting.starts_at, meeting.sequence) == ("scheduled", OTHER_DAY, 2)
    assert told(pair.mentor)[-1] == told(pair.mentee)[-1] == emails.SCHEDULED
    assert verbs(meeting)[2:] == ["meetings.meeting.move", "meetings.meeting.schedule"]


def test_each_change_that_calendars_see_raises_the_sequence(pair):
    meeting = schedule(pair)
    seen = [meeting.sequence]
    for by, other in ((pair.mentor, pair.mentee), (pair.mentee, pair.mentor)):
        move(meeting, by)
        seen.append(meeting.sequence)
        choose(meeting, other, now=LATER)
        seen.append(meeting.sequence)
    cancel(meeting, pair.mentor)
    seen.append(meeting.sequence)
    assert seen == [0, 1, 2, 3, 4, 5]


def test_only_a_date_ahead_can_be_moved(pair):
    meeting = propose(pair)
    with pytest.raises(NotPossibleNow, match="Only a meeting that has a time"):
        move(meeting, pair.mentee)
    choose(meeting, pair.mentee)
    assert rules.can_move(pair.mentee, meeting, now=LATER)
    assert not rules.can_move(pair.mentee, meeting, now=TUESDAY)
    with pytest.raises(NotPossibleNow, match="Its time has come"):
        move(meeting, pair.mentee, now=TUESDAY)


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_either_calls_a_meeting_off(pair, who):
    meeting = schedule(pair)
    assert rules.can_cancel(getattr(pair, who), meeting, now=LATER)
    cancel(meeting, getattr(pair, who))
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)
    assert told(pair.mentor)[-1] == told(pair.mentee)[-1] == emails.CALLED_OFF
    with pytest.raises(NotPossibleNow, match="nothing to call off"):
        cancel(meeting, pair.mentor)


def test_calling_off_a_proposal_troubles_no_calendar(pair):
    meeting = propose(pair)
    cancel(meeting, pair.mentee)
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 0)
    assert emails.CALLED_OFF not in told(pair.mentor)


def test_what_has_begun_is_not_called_off(pair):
    meeting = schedule(pair)
    assert not rules.can_cancel(pair.mentor, meeting, now=TUESDAY)
    with pytest.raises(NotPossibleNow, match="Say whether you met"):
        cancel(meeting, pair.mentor, now=TUESDAY)


def test_a_moved_meeting_can_be_called_off_after_its_old_date(pair):
    meeting = schedule(pair)
    move(meeting, pair.mentor)
    cancel(meeting, pair.mentor, now=AFTER)
    assert meeting.state == MeetingState.CANCELLED


def test_a_meeting_can_be_called_off_while_it_rests(pair):
    meeting = schedule(pair)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    with pytest.raises(NotPossibleNow, match="is paused"):
        move(meeting, pair.mentor)
    cancel(meeting, pair.mentor)
    assert meeting.state == MeetingState.CANCELLED


def test_news_of_a_meeting_within_a_day_ignores_quiet_hours(pair):
    meeting = schedule(pair)
    cancel(meeting, pair.mentor, now=TUESDAY - 24 * HOUR)
    assert urgencies(emails.CALLED_OFF) == {"urgent"}


# --- Length and place ---------------------------------------------------------------------


def set_to(meeting, by, *, minutes=45, where="Room B12", now=LATER):
    change_setting(meeting=meeting, minutes=minutes, where=where, by=by, now=now)
    meeting.refresh_from_db()


def test_either_says_where_and_the_other_is_told(pair):
    meeting = schedule(pair, where="")
    set_to(meeting, pair.mentee, where=" The café  ")
    assert (meeting.where, meeting.sequence) == ("The café", 0)
    assert emails.CHANGED in told(pair.mentor)
    assert emails.CHANGED not in told(pair.mentee)
    assert verbs(meeting)[-1] == "meetings.meeting.set"


def test_another_length_reaches_both_calendars(pair):
    meeting = schedule(pair)
    set_to(meeting, pair.mentor, minutes=60)
    assert (meeting.minutes, meeting.sequence) == (60, 1)
    for person in (pair.mentor, pair.mentee):
        assert told(person)[-1] == emails.CHANGED


def test_beside_times_that_wait_nobody_is_mailed(pair):
    meeting = propose(pair)
    before = Notice.objects.count()
    set_to(meeting, pair.mentor, minutes=60, where="Elsewhere")
    assert (meeting.minutes, meeting.where, meeting.sequence) == (60, "Elsewhere", 0)
    assert Notice.objects.count() == before


def test_nothing_new_tells_nobody_and_leaves_no_line(pair):
    meeting = schedule(pair)
    before = Notice.objects.count()
    set_to(meeting, pair.mentor)
    assert (Notice.objects.count(), verbs(meeting)[-1]) == (before, "meetings.meeting.schedule")


def test_length_and_place_stay_once_its_time_has_come_or_it_is_off(pair):
    meeting = schedule(pair)
    assert rules.can_set(pair.mentor, meeting, now=TUESDAY - HOUR)
    assert not rules.can_set(pair.mentor, meeting, now=TUESDAY)
    with pytest.raises(NotPossibleNow, match="Its time has come"):
        set_to(meeting, pair.mentor, minutes=60, now=TUESDAY)
    cancel(meeting, pair.mentor)
    with pytest.raises(NotPossibleNow, match="off, or over"):
        set_to(meeting, pair.mentor, minutes=60)
    with pytest.raises(NotAllowed):
        set_to(meeting, UserFactory(), minutes=60)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"minutes": 4}, "lasts 5 to 480"), ({"where": "x" * 301}, "up to 300 letters")],
)
def test_a_length_or_place_that_cannot_be_is_refused(pair, changes, sentence):
    meeting = schedule(pair)
    with pytest.raises(NotPossibleNow, match=sentence):
        set_to(meeting, pair.mentor, **changes)
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.where) == (45, "Room B12")


# --- By night -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "urgency"), [(17, "at once"), (8, "at once"), (7, "urgent")], ids=str
)
def test_a_date_is_told_by_night_only_where_the_morning_is_too_late(pair, hour, urgency):
    night = NOW.replace(hour=23)
    schedule(pair, at=(night + DAY).replace(hour=hour), now=night)
    assert urgencies(emails.SCHEDULED) == {urgency}


# --- Whether they met ---------------------------------------------------------------------


def test_one_touch_says_that_they_met(pair):
    meeting = schedule(pair)
    log_meeting(meeting=meeting, by=pair.mentee, now=AFTER)
    assert (meeting.state, meeting.minutes_held, meeting.logged_at) == ("held", 45, AFTER)
    assert pair.fresh().first_met_at == TUESDAY
    assert verbs(meeting)[-1] == "meetings.meeting.log"


def test_a_meeting_may_have_been_longer(pair):
    meeting = schedule(pair)
    log_meeting(meeting=meeting, by=pair.mentor, now=AFTER, minutes=90)
    assert Meeting.objects.get().minutes_held == 90


@pytest.mark.parametrize("minutes", [0, 481])
def test_no_talk_lasts_nothing_or_all_day(pair, minutes):
    meeting = schedule(pair)
    with pytest.raises(NotPossibleNow, match="1 to 480 minutes"):
        log_meeting(meeting=meeting, by=pair.mentor, now=AFTER, minutes=minutes)


def test_the_first_meeting_is_the_earliest(pair):
    late, early = schedule(pair, at=OTHER_DAY), schedule(pair)
    log_meeting(meeting=late, by=pair.mentor, now=OTHER_DAY)
    log_meeting(meeting=early, by=pair.mentor, now=OTHER_DAY)
    assert pair.fresh().first_met_at == TUESDAY
    third = schedule(pair, at=OTHER_DAY + DAY)
    log_meeting(meeting=third, by=pair.mentor, now=OTHER_DAY + DAY)
    assert pair.fresh().first_met_at == TUESDAY


def test_one_touch_says_that_they_did_not_and_it_may_turn_out_otherwise(pair):
    meeting = schedule(pair)
    miss_meeting(meeting=meeting, by=pair.mentor, now=AFTER)
    assert (meeting.state, meeting.logged_at, pair.fresh().first_met_at) == ("missed", AFTER, None)
    assert not rules.can_miss(pair.mentor, meeting, now=AFTER)
    with pytest.raises(NotPossibleNow, match="said so already"):
        miss_meeting(meeting=meeting, by=pair.mentee, now=AFTER)
    log_meeting(meeting=meeting, by=pair.mentee, now=AFTER)
    assert meeting.state == MeetingState.HELD


def test_what_was_noted_by_mistake_is_taken_back_within_a_week(pair):
    first, second = schedule(pair), schedule(pair, at=OTHER_DAY)
    log_meeting(meeting=first, by=pair.mentor, now=AFTER)
    log_meeting(meeting=second, by=pair.mentor, now=OTHER_DAY + HOUR)

    assert rules.can_miss(pair.mentee, first, now=AFTER + 7 * DAY)
    miss_meeting(meeting=first, by=pair.mentee, now=AFTER + 7 * DAY)
    assert (first.state, first.minutes_held) == (MeetingState.MISSED, None)
    assert pair.fresh().first_met_at == OTHER_DAY

    late = OTHER_DAY + HOUR + 7 * DAY + timedelta(minutes=1)
    assert not rules.can_miss(pair.mentee, second, now=late)
    with pytest.raises(NotPossibleNow, match="a week ago"):
        miss_meeting(meeting=second, by=pair.mentee, now=late)
    with pytest.raises(NotAllowed):
        miss_meeting(meeting=second, by=UserFactory(), now=OTHER_DAY + HOUR)


def test_a_meeting_is_logged_once_and_when_its_time_has_come(pair):
    meeting = schedule(pair)
    assert not rules.can_log(pair.mentor, meeting, now=LATER)
    with pytest.raises(NotPossibleNow, match="lies ahead"):
        log_meeting(meeting=meeting, by=pair.mentor, now=LATER)
    assert rules.can_log(pair.mentor, meeting, now=TUESDAY)
    assert rules.can_miss(pair.mentor, meeting, now=TUESDAY)
    log_meeting(meeting=meeting, by=pair.mentor, now=TUESDAY)
    with pytest.raises(NotPossibleNow, match="nothing to say"):
        log_meeting(meeting=meeting, by=pair.mentee, now=AFTER)


def test_what_was_held_can_be_said_after_the_end(pair):
    meeting = schedule(pair)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=TUESDAY)
    finish_endings(now=AFTER)
    log_meeting(meeting=meeting, by=pair.mentee, now=AFTER)
    assert meeting.state == MeetingState.HELD


# --- When the mentorship ends or rests ----------------------------------------------------


def test_all_that_lies_ahead_is_called_off_when_the_mentorship_closes(pair):
    behind = schedule(pair, at=NOW + HOUR)
    ahead = schedule(pair)
    waiting = propose(pair)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=LATER)
    assert set(Meeting.objects.values_list("state", flat=True)) == {"scheduled", "proposed"}
    finish_endings(now=LATER + HOUR)

    states = dict(Meeting.objects.values_list("pk", "state"))
    assert states == {behind.pk: "scheduled", ahead.pk: "cancelled", waiting.pk: "cancelled"}
    called_off = Notice.objects.filter(kind=emails.CALLED_OFF)
    assert {notice.person for notice in called_off} == {pair.mentor, pair.mentee}
    assert {notice.ids["meeting"] for notice in called_off} == {str(ahead.uid)}
    assert verbs(ahead)[-1] == "meetings.meeting.cancel"


def test_an_ending_undone_within_the_hour_calls_nothing_off(pair):
    meeting = schedule(pair)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    undo_ending(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    finish_endings(now=LATER)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.SCHEDULED
    assert emails.CALLED_OFF not in told(pair.mentor)


def test_within_the_hour_the_other_plans_on(pair):
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    propose(pair, by=pair.mentor)
    assert not rules.can_propose(pair.mentee, pair.fresh())


@pytest.mark.parametrize("wanted", [True, False])
def test_a_pause_calls_meetings_off_if_wanted(pair, wanted):
    meeting = schedule(pair)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=LATER, cancel_meetings=wanted)
    meeting.refresh_from_db()
    assert meeting.state == ("cancelled" if wanted else "scheduled")


def test_stopping_contact_calls_meetings_off_and_lets_none_be_proposed(pair):
    meeting = schedule(pair)
    stop_contact(mentorship=pair.mentorship, by=pair.mentee, now=LATER)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    for person in (pair.mentor, pair.mentee):
        with pytest.raises(NotPossibleNow, match="is paused"):
            propose(pair, by=person, now=LATER)


def test_times_offered_before_a_pause_can_be_chosen_after_it(pair):
    meeting = propose(pair)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    with pytest.raises(NotPossibleNow, match="is paused"):
        choose(meeting, pair.mentee)
    resume_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    choose(meeting, pair.mentee)
    assert meeting.state == MeetingState.SCHEDULED


def test_the_same_times_sent_twice_are_one_meeting(pair):
    first = propose(pair, times=[TUESDAY, OTHER_DAY])
    again = propose(pair, times=[OTHER_DAY, TUESDAY], now=NOW + timedelta(seconds=2))
    assert again.pk == first.pk
    assert told(pair.mentee) == [emails.PROPOSED]
    assert propose(pair, times=[OTHER_DAY]).pk != first.pk
    assert propose(pair, times=[OTHER_DAY, TUESDAY], by=pair.mentee).pk != first.pk


# --- Signs of life ------------------------------------------------------------------------


def test_silence_is_counted_from_the_meeting_that_was_planned(pair):
    schedule(pair, at=NOW + 20 * DAY)
    assert ask_about_silence(now=NOW + 49 * DAY) == 0
    assert ask_about_silence(now=NOW + 50 * DAY) == 1


@pytest.mark.parametrize("act", [cancel, move])
def test_a_date_that_was_given_back_holds_no_silence_off(pair, act):
    act(schedule(pair, at=NOW + 20 * DAY), pair.mentor)
    assert pair.fresh().arranged_until is None
    assert ask_about_silence(now=NOW + 30 * DAY) == 1


def test_the_later_of_two_dates_holds_silence_off_when_the_first_is_logged(pair):
    first, second = schedule(pair, at=NOW + 5 * DAY), schedule(pair, at=NOW + 60 * DAY)
    log_meeting(meeting=first, by=pair.mentor, now=NOW + 6 * DAY)
    assert ask_about_silence(now=NOW + 89 * DAY) == 0
    assert pair.fresh().arranged_until == second.starts_at
    assert ask_about_silence(now=NOW + 90 * DAY) == 1


# --- Reminders ----------------------------------------------------------------------------


def test_both_are_reminded_a_day_ahead_once(pair):
    schedule(pair)
    assert remind_of_meetings(now=TUESDAY - 25 * HOUR) == 0
    assert remind_of_meetings(now=TUESDAY - 24 * HOUR) == 1
    assert remind_of_meetings(now=TUESDAY - 23 * HOUR) == 0
    assert told(pair.mentor)[-1] == told(pair.mentee)[-1] == emails.REMINDER
    assert urgencies(emails.REMINDER) == {"at once"}


def test_who_chose_tomorrow_needs_no_reminder(pair):
    schedule(pair, at=NOW + 20 * HOUR)
    assert remind_of_meetings(now=NOW + HOUR) == 0


def test_a_moved_meeting_is_reminded_of_anew(pair):
    meeting = schedule(pair)
    remind_of_meetings(now=TUESDAY - DAY)
    move(meeting, pair.mentor, now=TUESDAY - DAY)
    choose(meeting, pair.mentee, now=TUESDAY - DAY)
    assert remind_of_meetings(now=OTHER_DAY - DAY) == 1


def test_nobody_is_reminded_of_what_is_off_or_over(pair):
    cancel(schedule(pair), pair.mentor)
    schedule(pair)
    assert remind_of_meetings(now=TUESDAY) == 0


def test_two_workers_remind_once(pair):
    meeting = schedule(pair)
    assert _remind(meeting, LATER)
    assert not _remind(meeting, LATER)
