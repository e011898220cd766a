"""Agenda, next steps, what stays, and the answer from the mailed link."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import LinkToken
from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import MeetingState, StepState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.meetings import emails, queries, rules, services
from mentorwell.meetings.enums import MeetingKind, MissedReason
from mentorwell.meetings.models import AgendaPoint, Listening, Meeting, Step, Takeaway
from mentorwell.meetings.services import NextStep
from mentorwell.meetings.services.agenda import _ask
from mentorwell.mentorships.services import agree, end_mentorship, finish_endings, pause_mentorship
from mentorwell.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.meetings import TUESDAY, propose, schedule
from tests.factories.mentorships import begin, mail_of, propose_agreement, terms, told, verbs
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


DAY = timedelta(days=1)
OVER = TUESDAY + timedelta(minutes=45)


@pytest.fixture
def meeting(pair):
    return schedule(pair)


@pytest.fixture
def held(pair, meeting):
    services.log_meeting(meeting=meeting, by=pair.mentee, now=OVER)
    return meeting


def points_of(meeting):
    return [(point.words, point.done_at) for point in meeting.points.all()]


def keep(meeting, by, **given):
    usual = {"takeaway": "", "steps": [], "listened": None}
    services.keep_of_meeting(meeting=meeting, by=by, now=OVER, **{**usual, **given})


# --- Agenda -------------------------------------------------------------------------------------


def test_the_mentee_brings_the_agenda_where_nothing_else_is_agreed(pair, meeting):
    services.set_agenda(meeting=meeting, points=[" One. ", "", "Two."], by=pair.mentee, now=NOW)

    assert points_of(meeting) == [("One.", None), ("Two.", None)]
    assert verbs(meeting)[-1] == "meetings.agenda.set"
    with pytest.raises(NotPossibleNow, match=f"{pair.mentee.first_name} brings the agenda"):
        services.set_agenda(meeting=meeting, points=["Mine."], by=pair.mentor, now=NOW)
    assert not rules.can_set_agenda(pair.mentor, meeting)


def test_whoever_the_agreement_names_brings_it(pair, meeting):
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(agenda_by="mentor-first"), by=pair.mentee, now=NOW
    )
    agree(agreement=agreement, by=pair.mentor, now=NOW)

    services.set_agenda(meeting=meeting, points=["Where shall we begin?"], by=pair.mentor, now=NOW)

    assert not rules.can_set_agenda(pair.mentee, meeting)
    assert [point.words for point in queries.points_visible_to(pair.mentee)] == [
        "Where shall we begin?"
    ]


def test_the_agenda_is_sealed_and_read_by_members_alone(pair, meeting):
    services.set_agenda(meeting=meeting, points=["A planted point."], by=pair.mentee, now=NOW)
    (row,) = AgendaPoint.objects.raw("SELECT id, words AS raw FROM meetings_agendapoint")
    assert row.raw
    assert "planted" not in row.raw
    assert queries.points_visible_to(UserFactory()).count() == 0


def test_a_tick_stays_where_the_point_stays(pair, meeting):
    services.set_agenda(meeting=meeting, points=["One.", "Two."], by=pair.mentee, now=NOW)
    services.tick_point(point=meeting.points.first(), done=True, by=pair.mentor, now=TUESDAY)
    services.set_agenda(meeting=meeting, points=["Two.", "One.", "Three."], by=pair.mentee, now=NOW)
    assert points_of(meeting) == [("Two.", None), ("One.", TUESDAY), ("Three.", None)]

    services.tick_point(point=meeting.points.get(place=1), done=False, by=pair.mentee, now=TUESDAY)
    assert [done for _, done in points_of(meeting)] == [None, None, None]


def test_ticks_leave_no_trace(pair, meeting):
    services.set_agenda(meeting=meeting, points=["One."], by=pair.mentee, now=NOW)
    before = Event.objects.count()
    services.tick_point(point=meeting.points.get(), done=True, by=pair.mentor, now=TUESDAY)
    assert Event.objects.count() == before


def test_a_stranger_ticks_and_writes_nothing(pair, meeting):
    services.set_agenda(meeting=meeting, points=["One."], by=pair.mentee, now=NOW)
    stranger = UserFactory()
    with pytest.raises(NotAllowed):
        services.tick_point(point=meeting.points.get(), done=True, by=stranger, now=TUESDAY)
    with pytest.raises(NotAllowed):
        services.set_agenda(meeting=meeting, points=["Mine."], by=stranger, now=NOW)
    assert points_of(meeting) == [("One.", None)]


@pytest.mark.parametrize(
    ("points", "sentence"), [(["x"] * 8, "room for 7 points"), (["x" * 201], "up to 200 letters")]
)
def test_an_agenda_that_no_talk_can_hold_is_refused(pair, meeting, points, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        services.set_agenda(meeting=meeting, points=points, by=pair.mentee, now=NOW)
    assert points_of(meeting) == []


def test_no_agenda_is_written_while_it_rests_or_once_it_is_over(pair, held):
    with pytest.raises(NotPossibleNow, match="over, or off"):
        services.set_agenda(meeting=held, points=["One."], by=pair.mentee, now=OVER)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=OVER)
    with pytest.raises(NotPossibleNow, match="is paused"):
        services.set_agenda(meeting=held, points=["One."], by=pair.mentee, now=OVER)


def test_an_empty_agenda_is_asked_for_once_a_day_or_two_ahead(pair, meeting):
    Notice.objects.all().delete()
    assert services.ask_for_agendas(now=TUESDAY - timedelta(hours=49)) == 0
    assert services.ask_for_agendas(now=TUESDAY - timedelta(hours=47)) == 1
    assert services.ask_for_agendas(now=TUESDAY - timedelta(hours=46)) == 0
    assert (told(pair.mentee), told(pair.mentor)) == ([emails.AGENDA_WANTED], [])
    mail = mail_of(pair.mentee, emails.AGENDA_WANTED, now=TUESDAY - 2 * DAY)
    assert pair.mentor.first_name in mail.headline
    assert mail.button.path == f"/meetings/{meeting.uid}/agenda/"


def test_no_agenda_is_asked_for_at_the_last_moment(pair, meeting):
    assert services.ask_for_agendas(now=TUESDAY - timedelta(hours=23)) == 0


def test_who_has_written_one_is_not_asked_for_it(pair, meeting):
    services.set_agenda(meeting=meeting, points=["One."], by=pair.mentee, now=NOW)
    assert services.ask_for_agendas(now=TUESDAY - timedelta(hours=47)) == 0


def test_a_mail_that_asks_is_dropped_once_the_agenda_stands(pair, meeting):
    asked = TUESDAY - timedelta(hours=47)
    services.ask_for_agendas(now=asked)
    assert mail_of(pair.mentee, emails.AGENDA_WANTED, now=asked) is not None
    services.set_agenda(meeting=meeting, points=["One."], by=pair.mentee, now=asked)
    assert mail_of(pair.mentee, emails.AGENDA_WANTED, now=asked) is None


def test_a_meeting_that_was_moved_is_asked_about_anew(pair, meeting):
    services.ask_for_agendas(now=TUESDAY - timedelta(hours=47))
    services.move_meeting(
        meeting=meeting, times=[TUESDAY + 5 * DAY], by=pair.mentor, now=TUESDAY - DAY
    )
    services.choose_time(offer=meeting.offers.get(), by=pair.mentee, now=TUESDAY - DAY)
    asked = TUESDAY + 5 * DAY - timedelta(hours=47)
    assert services.ask_for_agendas(now=asked) == 1
    assert mail_of(pair.mentee, emails.AGENDA_WANTED, now=asked) is not None


def test_two_workers_ask_once(pair, meeting):
    stale = Meeting.objects.get(pk=meeting.pk)
    assert _ask(meeting, "agenda_asked_at", emails.AGENDA_WANTED, NOW)
    assert not _ask(stale, "agenda_asked_at", emails.AGENDA_WANTED, NOW)


# --- Did you meet? --------------------------------------------------------------------------------


def secret_for(person, meeting, now=OVER):
    return accounts.make_link(
        person=person,
        action=emails.LOG,
        target_uid=meeting.uid,
        now=now,
        lifetime=emails.LOG_LIFETIME,
    )


def test_after_a_meeting_whoever_brings_the_agenda_is_asked_once_whether_it_was(pair, meeting):
    Notice.objects.all().delete()
    assert services.ask_whether_held(now=OVER - timedelta(minutes=1)) == 0
    assert services.ask_whether_held(now=OVER) == 1
    assert services.ask_whether_held(now=OVER + DAY) == 0
    assert (told(pair.mentee), told(pair.mentor)) == ([emails.HELD_ASKED], [])
    mail = mail_of(pair.mentee, emails.HELD_ASKED, now=OVER)
    assert mail.headline.startswith(f"Did you meet {pair.mentor.first_name}")
    assert (mail.button.token.action, mail.button.token.target_uid) == (emails.LOG, meeting.uid)


def test_of_a_meeting_long_past_nobody_is_asked(pair, meeting):
    assert services.ask_whether_held(now=TUESDAY + 4 * DAY) == 0


@pytest.mark.parametrize("do", [services.log_meeting, services.miss_meeting])
def test_the_mail_that_asks_is_dropped_once_anybody_has_said_so(pair, meeting, do):
    services.ask_whether_held(now=OVER)
    do(meeting=meeting, by=pair.mentor, now=OVER)
    assert mail_of(pair.mentee, emails.HELD_ASKED, now=OVER) is None


def test_who_has_ended_it_is_not_asked_whether_they_met(pair, meeting):
    services.ask_whether_held(now=OVER)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=OVER)
    assert mail_of(pair.mentee, emails.HELD_ASKED, now=OVER) is None


def test_one_link_says_once_that_they_met(pair, meeting):
    secret = secret_for(pair.mentee, meeting)
    services.log_by_link(secret=secret, held=True, minutes=30, now=OVER)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes_held) == (MeetingState.HELD, 30)
    with pytest.raises(NotPossibleNow, match="has been used"):
        services.log_by_link(secret=secret, held=False, now=OVER)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD


def test_a_link_says_that_they_did_not_and_what_came_between(pair, meeting):
    services.log_by_link(
        secret=secret_for(pair.mentee, meeting), held=False, because=MissedReason.BUSY, now=OVER
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.missed_because) == (MeetingState.MISSED, "busy")


def test_a_refused_answer_leaves_the_link_whole(pair, meeting):
    secret = secret_for(pair.mentee, meeting)
    with pytest.raises(NotPossibleNow, match="1 to 480 minutes"):
        services.log_by_link(secret=secret, held=True, minutes=0, now=OVER)
    assert LinkToken.objects.get().used_at is None


def test_a_link_of_somebody_who_is_in_it_no_more_opens_nothing(pair, meeting):
    secret = secret_for(UserFactory(), meeting)
    with pytest.raises(NotPossibleNow, match="opens nothing any more"):
        services.log_by_link(secret=secret, held=True, now=OVER)


def test_a_link_for_one_thing_does_no_other(pair, meeting):
    secret = accounts.make_link(
        person=pair.mentee,
        action="matching.invitation.answer",
        target_uid=meeting.uid,
        now=NOW,
        lifetime=DAY,
    )
    with pytest.raises(NotPossibleNow):
        services.log_by_link(secret=secret, held=True, now=NOW)


def test_what_came_between_is_forgotten_once_it_turns_out_they_met(pair, meeting):
    services.miss_meeting(meeting=meeting, by=pair.mentee, now=OVER, because=MissedReason.AWAY)
    services.log_meeting(meeting=meeting, by=pair.mentor, now=OVER)
    meeting.refresh_from_db()
    assert meeting.missed_because == ""


# --- Meeting again --------------------------------------------------------------------------------


def test_a_missed_meeting_is_offered_again_at_the_same_hour_of_the_next_weeks(pair, meeting):
    services.miss_meeting(meeting=meeting, by=pair.mentee, now=OVER)
    again = services.meet_again(meeting=meeting, by=pair.mentee, now=OVER)

    assert (again.state, again.minutes, again.where) == ("proposed", 45, "Room B12")
    assert [offer.starts_at for offer in again.offers.all()] == [
        TUESDAY + 7 * DAY,
        TUESDAY + 14 * DAY,
    ]
    assert services.meet_again(meeting=meeting, by=pair.mentee, now=OVER) == again


def test_the_hour_is_the_same_where_the_clocks_are_turned_between(pair):
    before = NOW.replace(month=10, day=20, hour=14)  # Berlin turns back on the 27th
    meeting = schedule(pair, at=before, now=before - DAY, time_zone="Europe/Berlin")
    first, second = queries.times_to_meet_again(meeting, now=before)
    assert first - before == timedelta(days=7, hours=1)
    assert second - first == timedelta(days=7)


def test_old_meetings_are_offered_again_from_tomorrow_on(pair, meeting):
    times = queries.times_to_meet_again(meeting, now=TUESDAY + 20 * DAY)
    assert times == [TUESDAY + 28 * DAY, TUESDAY + 35 * DAY]


def test_what_never_had_a_time_cannot_be_had_again(pair):
    with pytest.raises(NotPossibleNow, match="never had a time"):
        services.meet_again(meeting=propose(pair), by=pair.mentee, now=NOW)


# --- What stays -----------------------------------------------------------------------------------


def test_lines_are_read_by_the_members_and_how_one_listened_by_nobody_else(pair, held):
    keep(held, pair.mentee, takeaway="  To ask before I answer. ")
    keep(held, pair.mentor, listened=-1)

    assert [each.words for each in queries.takeaways_visible_to(pair.mentor)] == [
        "To ask before I answer."
    ]
    assert [each.answer for each in queries.listenings_of(pair.mentor)] == ["-1"]
    assert queries.listenings_of(pair.mentee).count() == 0
    assert queries.takeaways_visible_to(UserFactory()).count() == 0


def test_lines_are_sealed(pair, held):
    keep(held, pair.mentee, takeaway="A planted line.", listened=2)
    (line,) = Takeaway.objects.raw("SELECT id, words AS raw FROM meetings_takeaway")
    (heard,) = Listening.objects.raw("SELECT id, answer AS raw FROM meetings_listening")
    assert "planted" not in line.raw
    assert heard.raw != "2"


def test_written_again_a_line_replaces_the_one_before_and_an_empty_one_takes_it_back(pair, held):
    keep(held, pair.mentee, takeaway="One.", listened=0)
    keep(held, pair.mentee, takeaway="Another.", listened=2)
    assert [each.words for each in Takeaway.objects.all()] == ["Another."]
    assert [each.answer for each in Listening.objects.all()] == ["2"]
    keep(held, pair.mentee)
    assert not Takeaway.objects.exists()
    assert Listening.objects.get().answer == "2"


def test_steps_have_an_owner_and_a_day_and_are_carried_until_settled(pair, held):
    mentor, mentee = pair.member(pair.mentor), pair.member(pair.mentee)
    day = OVER.date() + 9 * DAY
    keep(
        held,
        pair.mentee,
        steps=[NextStep("Ask for the rota.", mentee.pk), NextStep("Write.", mentor.pk, day)],
    )

    assert [
        (step.words, step.owner, step.due_date, step.state)
        for step in queries.open_steps_of(pair.mentor)
    ] == [("Write.", mentor, day, "open"), ("Ask for the rota.", mentee, None, "open")]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"takeaway": "x" * 501}, "up to 500 letters"),
        ({"listened": 3}, "Choose one of the answers"),
        ({"steps": [("x" * 201, None)]}, "up to 200 letters"),
        ({"steps": [(" ", None)]}, "up to 200 letters"),
        ({"steps": [("x", date(2000, 1, 1))]}, "within the next two years"),
        ({"steps": [("x", date(2040, 1, 1))]}, "within the next two years"),
        ({"steps": [("x", None)] * 4}, "up to three at a time"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_half_written(pair, held, given, sentence):
    owner = pair.member(pair.mentee).pk
    if "steps" in given:
        given = {
            "takeaway": "Kept?",
            "steps": [NextStep(words, owner, day) for words, day in given["steps"]],
        }
    with pytest.raises(NotPossibleNow, match=sentence):
        keep(held, pair.mentee, **given)
    assert not Takeaway.objects.exists()
    assert not Step.objects.exists()


def test_a_step_that_was_sent_twice_is_one(pair, held):
    owner = pair.member(pair.mentee).pk
    for words in ("Ask.", " Ask. "):
        keep(held, pair.mentee, steps=[NextStep(words, owner)])
    assert [step.words for step in Step.objects.all()] == ["Ask."]


def test_a_step_is_nobodys_who_is_not_in_it(pair, held):
    other = begin(
        MentorFactory(programme=pair.programme), MenteeFactory(programme=pair.programme)
    ).members.first()
    with pytest.raises(NotPossibleNow, match="Give each step to one of you"):
        keep(held, pair.mentee, steps=[NextStep("Do it.", other.pk)])


def test_nothing_stays_of_a_meeting_that_was_not_held(pair, meeting):
    with pytest.raises(NotPossibleNow, match="First say that you met"):
        keep(meeting, pair.mentee, takeaway="One.")
    assert not rules.can_keep(pair.mentee, meeting)


def test_a_line_may_still_be_written_after_the_end(pair, held):
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=OVER)
    finish_endings(now=OVER + timedelta(hours=1))
    keep(held, pair.mentee, takeaway="I will keep that.")
    assert Takeaway.objects.get().words == "I will keep that."


@pytest.fixture
def step(pair, held):
    keep(held, pair.mentee, steps=[NextStep("Ask.", pair.member(pair.mentee).pk)])
    return Step.objects.get()


@pytest.mark.parametrize("to", [StepState.DONE, StepState.LET_GO])
def test_a_step_is_settled_by_its_owner_and_a_mistake_is_undone(pair, step, to):
    services.settle_step(step=step, to=to, by=pair.mentee, now=OVER)
    step.refresh_from_db()
    assert (step.state, step.settled_at) == (to, OVER)
    assert queries.open_steps_of(pair.mentee).count() == 0

    services.settle_step(step=step, to=StepState.OPEN, by=pair.mentee, now=OVER)
    step.refresh_from_db()
    assert (step.state, step.settled_at) == (StepState.OPEN, None)


def test_a_step_is_not_settled_by_another_or_twice(pair, step):
    stale = Step.objects.get()
    assert rules.can_settle(pair.mentee, step, StepState.DONE)
    assert not rules.can_settle(pair.mentor, step, StepState.DONE)
    with pytest.raises(NotAllowed, match="somebody else’s"):
        services.settle_step(step=step, to=StepState.DONE, by=pair.mentor, now=OVER)
    services.settle_step(step=step, to=StepState.DONE, by=pair.mentee, now=OVER)
    with pytest.raises(NotPossibleNow, match="just been settled"):
        services.settle_step(step=stale, to=StepState.LET_GO, by=pair.mentee, now=OVER)
    step.refresh_from_db()
    with pytest.raises(NotPossibleNow, match="just been settled"):
        services.settle_step(step=step, to=StepState.DONE, by=pair.mentee, now=OVER)


def test_in_a_circle_each_takes_a_line_of_their_own(db):
    programme = ProgrammeFactory()
    members = [
        MentorFactory(programme=programme),
        *MenteeFactory.create_batch(3, programme=programme),
    ]
    circle = begin(*members, form="circle")
    meeting = services.propose_meeting(
        mentorship=circle,
        times=[TUESDAY],
        minutes=60,
        where="",
        time_zone="UTC",
        by=members[0].person,
        now=NOW,
    )
    services.choose_time(offer=meeting.offers.get(), by=members[1].person, now=NOW)
    services.log_meeting(meeting=meeting, by=members[1].person, now=OVER + DAY)
    for number, each in enumerate(members[1:]):
        keep(meeting, each.person, takeaway=f"Line {number}.")
    lines = [each.words for each in queries.takeaways_visible_to(members[0].person)]
    assert lines == ["Line 0.", "Line 1.", "Line 2."]


def test_a_meeting_may_be_to_watch_and_to_try(pair):
    meeting = propose(pair, kind="show_me")
    assert Meeting.objects.get().kind == MeetingKind.SHOW_ME
    services.change_setting(
        meeting=meeting, minutes=45, where="Room B12", kind="talk", by=pair.mentor, now=NOW
    )
    assert Meeting.objects.get().kind == MeetingKind.TALK


def test_the_end_of_a_meeting_without_a_time_is_nothing(pair):
    with pytest.raises(ValueError, match="no end"):
        queries.ends_at(propose(pair))


def test_the_mails_say_nothing_of_what_was_written(pair, meeting):
    services.set_agenda(meeting=meeting, points=["A planted point."], by=pair.mentee, now=NOW)
    services.ask_whether_held(now=OVER)
    mail = mail_of(pair.mentee, emails.HELD_ASKED, now=OVER)
    assert "planted" not in repr(mail)
    assert urlsplit(mail.button.path).path == f"/meetings/{meeting.uid}/"
