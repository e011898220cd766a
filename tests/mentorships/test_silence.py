"""A long silence is asked about once; a longer one ends it kindly."""

from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import MentorshipState, ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.foundation.hooks import mentorship_closed, places_freed
from mentorwell.mentorships import emails, queries
from mentorwell.mentorships.models import Mentorship, PlaceClaim
from mentorwell.mentorships.services import (
    ask_about_silence,
    close_silent,
    end_mentorship,
    note_arranged,
    note_sign_of_life,
    pause_mentorship,
    resume_mentorship,
    say_all_is_well,
    take_turn,
    undo_ending,
)
from mentorwell.mentorships.services.silence import _ask, _close
from mentorwell.notices.enums import NoticeState
from mentorwell.notices.models import Notice
from mentorwell.notices.queries import LONGEST_WAIT
from mentorwell.notices.services import Outcome, gather_digests, send_next
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair, mail_of, propose_agreement, terms, told, verbs
from tests.factories.moments import NOW
from tests.factories.people import BlockFactory


DAY = timedelta(days=1)
ASKED = NOW + 30 * DAY
CLOSED = ASKED + 14 * DAY


@pytest.fixture
def pair(db):
    return Pair(silent_days=30, closing_days=14)


def ask_and_reach():
    """Ask what is silent, and let the mails leave at once."""
    asked = ask_about_silence(now=ASKED)
    Notice.objects.filter(kind=emails.SILENCE_ASKED).update(state=NoticeState.SENT, sent_at=ASKED)
    return asked


def say_well(pair, now, by=None):
    say_all_is_well(mentorship=pair.mentorship, by=by or pair.mentor, now=now)


def test_both_are_asked_once_after_thirty_days_without_a_meeting(pair):
    assert ask_about_silence(now=ASKED - timedelta(minutes=1)) == 0
    assert ask_about_silence(now=ASKED) == 1
    assert ask_about_silence(now=ASKED + DAY) == 0
    assert told(pair.mentor) == told(pair.mentee) == [emails.SILENCE_ASKED]
    assert set(Notice.objects.values_list("urgency", flat=True)) == {"digest"}
    assert pair.fresh().silence_asked_at == ASKED
    assert verbs(pair.mentorship)[-1] == "mentorships.mentorship.ask_silent"


def test_the_question_names_the_other_and_blames_nobody(pair):
    ask_about_silence(now=ASKED)
    mail = mail_of(pair.mentee, emails.SILENCE_ASKED)
    assert mail.headline == f"How are you and {pair.mentor.first_name} doing?"
    assert "without blame" in mail.lines[1]


def test_two_weeks_of_silence_from_both_close_it_kindly(pair):
    ask_and_reach()
    assert close_silent(now=CLOSED - timedelta(minutes=1)) == 0
    assert close_silent(now=CLOSED) == 1
    assert close_silent(now=CLOSED + DAY) == 0

    assert (pair.fresh().state, pair.mentorship.closed_at) == (MentorshipState.CLOSED, CLOSED)
    assert not PlaceClaim.objects.filter(released_at=None).exists()
    for person, other in ((pair.mentor, pair.mentee), (pair.mentee, pair.mentor)):
        assert told(person) == [emails.SILENCE_ASKED, emails.ENDED_SILENTLY]
        mail = mail_of(person, emails.ENDED_SILENTLY)
        assert other.first_name in mail.headline
        assert "nobody is to blame" in mail.lines[0]
        assert mail_of(person, emails.SILENCE_ASKED) is None


def test_the_house_hears_of_the_closing_and_of_both_places(pair, monkeypatch):
    events = []
    for hook in (mentorship_closed, places_freed):
        monkeypatch.setattr(hook, "listeners", [events.append])
    ask_and_reach()
    close_silent(now=CLOSED)
    assert [type(event).__name__ for event in events] == [
        "MentorshipClosed",
        "PlacesFreed",
        "PlacesFreed",
    ]
    assert events[0].by is None
    assert {event.participation_id for event in events[1:]} == {
        pair.mentor_part.pk,
        pair.mentee_part.pk,
    }


def test_nobody_undoes_what_silence_has_closed(pair):
    ask_and_reach()
    close_silent(now=CLOSED)
    with pytest.raises(NotPossibleNow, match="nothing to undo"):
        undo_ending(mentorship=pair.fresh(), by=pair.mentee, now=CLOSED)


# --- Any sign of life ---------------------------------------------------------------------


def agree_on_something(pair, now):
    propose_agreement(
        mentorship=pair.mentorship,
        terms=terms(review_date=now.date() + 90 * DAY),
        by=pair.mentee,
        now=now,
    )


def rest_and_return(pair, now):
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)
    resume_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)


@pytest.mark.parametrize("sign", [say_well, agree_on_something, rest_and_return])
def test_a_sign_from_one_counts_the_days_anew(pair, sign):
    ask_and_reach()
    sign(pair, ASKED + DAY)
    assert pair.fresh().silence_asked_at is None
    assert close_silent(now=CLOSED) == 0
    assert ask_about_silence(now=ASKED + 30 * DAY) == 0
    assert ask_about_silence(now=ASKED + 31 * DAY) == 1
    assert told(pair.mentor).count(emails.SILENCE_ASKED) == 2


def test_only_members_say_that_all_is_well(pair):
    with pytest.raises(NotAllowed):
        say_well(pair, ASKED, by=UserFactory())
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    with pytest.raises(NotPossibleNow, match="You have ended"):
        say_well(pair, ASKED)


def test_small_signs_do_not_keep_the_question_away_for_ever(pair):
    """The days without a meeting go on counting; an answer to the question counts them anew."""
    agree_on_something(pair, NOW + 20 * DAY)
    assert ask_about_silence(now=ASKED) == 1
    agree_on_something(pair, ASKED + DAY)
    assert ask_about_silence(now=ASKED + 30 * DAY) == 0
    assert ask_about_silence(now=ASKED + 31 * DAY) == 1


def test_the_time_before_a_meeting_that_has_a_date_is_no_silence(pair):
    take_turn(mentorship=pair.mentorship)
    note_arranged(mentorship=pair.mentorship, until=NOW + 20 * DAY)
    agree_on_something(pair, NOW + 5 * DAY)
    assert ask_about_silence(now=NOW + 49 * DAY) == 0
    assert ask_about_silence(now=NOW + 50 * DAY) == 1


def test_the_days_count_again_once_a_meeting_is_off(pair):
    take_turn(mentorship=pair.mentorship)
    note_arranged(mentorship=pair.mentorship, until=NOW + 90 * DAY)
    note_arranged(mentorship=pair.mentorship, until=None)
    assert ask_about_silence(now=ASKED) == 1


def test_having_met_counts_the_days_anew(pair):
    take_turn(mentorship=pair.mentorship)
    note_sign_of_life(mentorship=pair.mentorship, now=NOW + 20 * DAY, met=True)
    assert ask_about_silence(now=NOW + 49 * DAY) == 0
    assert ask_about_silence(now=NOW + 50 * DAY) == 1


# --- Until the question has reached both --------------------------------------------------


def deliver(person, at):
    Notice.objects.filter(person=person, kind=emails.SILENCE_ASKED).update(
        state=NoticeState.SENT, sent_at=at
    )


def test_the_two_weeks_begin_when_the_mail_has_reached_the_last(pair):
    ask_about_silence(now=ASKED)
    deliver(pair.mentor, ASKED + DAY)
    assert close_silent(now=CLOSED + DAY) == 0
    deliver(pair.mentee, ASKED + 6 * DAY)
    assert close_silent(now=CLOSED + 5 * DAY) == 0
    assert close_silent(now=CLOSED + 6 * DAY) == 1


def test_nobody_waits_for_ever_for_an_address_that_takes_no_mail(pair):
    ask_about_silence(now=ASKED)
    assert close_silent(now=CLOSED + LONGEST_WAIT - DAY) == 0
    assert close_silent(now=CLOSED + LONGEST_WAIT) == 1


def test_a_question_in_a_digest_is_there_when_the_digest_has_left(pair):
    ask_about_silence(now=ASKED)
    for week in range(1, 3):
        gather_digests(now=ASKED + week * 7 * DAY)
    left = ASKED + 9 * DAY
    while send_next(now=left) is Outcome.DONE:
        pass
    assert {notice.state for notice in Notice.objects.filter(kind=emails.SILENCE_ASKED)} == {
        NoticeState.GATHERED
    }
    assert close_silent(now=left + 14 * DAY - timedelta(minutes=1)) == 0
    assert close_silent(now=left + 14 * DAY) == 1


def test_who_wants_no_digest_has_the_question_on_their_page_at_once(pair):
    ask_about_silence(now=ASKED)
    Notice.objects.update(state=NoticeState.KEPT)
    assert close_silent(now=CLOSED) == 1


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_leave_of_either_is_no_silence(pair, who):
    first = NOW.date() + 10 * DAY
    person = getattr(pair, who)
    BlockFactory(person=person, start_date=first, end_date=first + 9 * DAY)
    assert ask_about_silence(now=ASKED + 9 * DAY) == 0
    assert ask_about_silence(now=ASKED + 10 * DAY) == 1


def test_leave_after_the_question_gives_more_time(pair):
    ask_and_reach()
    BlockFactory(person=pair.mentee, start_date=ASKED.date() + DAY, end_date=ASKED.date() + 5 * DAY)
    assert close_silent(now=CLOSED + 4 * DAY) == 0
    assert close_silent(now=CLOSED + 5 * DAY) == 1


def test_leave_of_somebody_else_changes_nothing(pair):
    BlockFactory(start_date=NOW.date(), end_date=ASKED.date())
    assert ask_about_silence(now=ASKED) == 1


def test_the_clock_stands_still_while_a_participation_is_paused(pair):
    pair.mentor_part.state = ParticipationState.PAUSED
    pair.mentor_part.save()
    assert ask_about_silence(now=ASKED) == 0
    pair.mentor_part.state = ParticipationState.ACTIVE
    pair.mentor_part.save()
    assert ask_about_silence(now=ASKED + 29 * DAY) == 0
    assert ask_about_silence(now=ASKED + 30 * DAY) == 1


def test_a_participation_paused_after_the_question_takes_it_back(pair):
    ask_and_reach()
    pair.mentor_part.state = ParticipationState.PAUSED
    pair.mentor_part.save()
    ask_about_silence(now=ASKED + DAY)
    assert close_silent(now=CLOSED + DAY) == 0


@pytest.mark.parametrize("state", ["paused", "closing"])
def test_what_rests_or_closes_is_not_asked(pair, state):
    act = pause_mentorship if state == "paused" else end_mentorship
    act(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    assert ask_about_silence(now=ASKED) == 0


def test_what_is_paused_after_the_question_is_not_closed(pair):
    ask_and_reach()
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=ASKED + DAY)
    assert close_silent(now=CLOSED) == 0


def test_each_programme_has_its_own_patience(db):
    patient, quick = Pair(silent_days=60), Pair(silent_days=20)
    assert ask_about_silence(now=ASKED) == 1
    assert patient.fresh().silence_asked_at is None
    assert quick.fresh().silence_asked_at == ASKED


# --- Two workers at once ------------------------------------------------------------------


def test_a_sign_between_finding_and_asking_wins(pair):
    (found,) = queries.running_without_meeting(ASKED)
    say_well(pair, ASKED)
    assert not _ask(found, ASKED)
    assert told(pair.mentee) == []


def test_what_another_worker_asked_is_not_asked_again(pair):
    (found,) = queries.running_without_meeting(ASKED)
    ask_about_silence(now=ASKED)
    assert not _ask(found, ASKED + DAY)
    assert pair.fresh().silence_asked_at == ASKED


def test_a_sign_between_finding_and_closing_wins(pair):
    ask_and_reach()
    (found,) = queries.asked_about_silence()
    say_well(pair, CLOSED)
    assert not _close(found, ASKED, CLOSED)
    assert Mentorship.objects.get().state == MentorshipState.FORMING
