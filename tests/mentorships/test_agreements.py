"""An agreement: either proposes, the other presses "I agree", versions are kept."""

from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import AgreementState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.models import Agreement, AgreementSignature
from mentorwell.mentorships.services import (
    agree,
    end_mentorship,
    finish_endings,
    pause_mentorship,
    propose_agreement,
    remind_agreements,
    reminders,
)
from mentorwell.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair, begin, mail_of, terms, told, verbs
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


LATER = NOW + timedelta(days=1)
SIGNED = ["mentorships.agreement.propose", "mentorships.agreement.sign"]


def propose(pair, by, now=NOW, after_version=None, **changes):
    return propose_agreement(
        mentorship=pair.mentorship,
        terms=terms(**changes),
        by=by,
        now=now,
        after_version=after_version,
    )


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_either_proposes_and_the_other_agrees(pair, who):
    first = getattr(pair, who)
    second = pair.mentee if who == "mentor" else pair.mentor

    agreement = propose(pair, first)
    assert (agreement.state, agreement.version) == (AgreementState.PROPOSED, 1)
    agree(agreement=agreement, by=second, now=LATER)

    agreement.refresh_from_db()
    assert (agreement.state, agreement.agreed_at) == (AgreementState.AGREED, LATER)
    signed = AgreementSignature.objects.order_by("signed_at")
    assert [(each.membership.participation.person, each.signed_at) for each in signed] == [
        (first, NOW),
        (second, LATER),
    ]
    assert verbs(agreement) == SIGNED


def test_an_agreement_keeps_what_was_proposed(pair):
    propose(pair, pair.mentee, purpose="  To write a paper.  ", relationship="scholarship")
    kept = Agreement.objects.get()
    assert kept.purpose == "To write a paper."
    assert kept.relationship == "scholarship"
    assert kept.review_date == NOW.date() + timedelta(days=182)


def test_the_words_of_an_agreement_are_sealed(pair):
    propose(pair, pair.mentee, purpose="A planted sentence.")
    with_words = Agreement.objects.raw(
        "SELECT id, purpose AS raw_purpose FROM mentorships_agreement"
    )
    assert "planted" not in with_words[0].raw_purpose


def test_the_other_is_told_once_a_week_and_without_a_word_of_it(pair):
    propose(pair, pair.mentee, purpose="A planted sentence.")
    assert told(pair.mentor) == [emails.AGREEMENT_PROPOSED]
    assert told(pair.mentee) == []
    assert Notice.objects.get().urgency == "digest"
    mail = mail_of(pair.mentor, emails.AGREEMENT_PROPOSED)
    assert pair.mentee.first_name in mail.headline
    assert "planted" not in repr(mail)


def test_the_mail_of_a_proposal_is_dropped_once_it_is_agreed(pair):
    agreement = propose(pair, pair.mentee)
    agree(agreement=agreement, by=pair.mentor, now=LATER)
    assert mail_of(pair.mentor, emails.AGREEMENT_PROPOSED) is None
    assert told(pair.mentee) == [emails.AGREEMENT_AGREED]
    assert pair.mentor.first_name in mail_of(pair.mentee, emails.AGREEMENT_AGREED).headline


def test_who_proposed_cannot_agree_again(pair):
    agreement = propose(pair, pair.mentee)
    with pytest.raises(NotPossibleNow, match="Now it is the other’s turn"):
        agree(agreement=agreement, by=pair.mentee, now=LATER)
    assert not rules.can_agree(pair.mentee, agreement)
    assert rules.can_agree(pair.mentor, agreement)


def test_a_stranger_neither_proposes_nor_agrees(pair):
    agreement = propose(pair, pair.mentee)
    stranger = UserFactory()
    with pytest.raises(NotAllowed, match="not yours"):
        propose(pair, stranger)
    with pytest.raises(NotAllowed, match="not yours"):
        agree(agreement=agreement, by=stranger, now=LATER)
    assert not rules.can_propose(stranger, pair.mentorship)
    assert rules.can_propose(pair.mentor, pair.mentorship)


def test_changes_are_a_new_version_and_the_old_holds_until_they_are_agreed(pair):
    first = propose(pair, pair.mentee)
    agree(agreement=first, by=pair.mentor, now=NOW)

    second = propose(pair, pair.mentor, purpose="To prepare for the board.")
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == ("agreed", "proposed", 2)
    agree(agreement=second, by=pair.mentee, now=LATER)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "agreed")
    assert [each.version for each in queries.agreements_visible_to(pair.mentor)] == [2, 1]


def test_a_counter_proposal_replaces_the_one_that_waited(pair):
    first = propose(pair, pair.mentee)
    second = propose(pair, pair.mentor, after_version=1)
    with pytest.raises(NotPossibleNow, match="no longer waits"):
        agree(agreement=first, by=pair.mentor, now=LATER)
    agree(agreement=second, by=pair.mentee, now=LATER)
    assert Agreement.objects.get(state=AgreementState.AGREED) == second


def test_a_proposal_made_without_seeing_the_others_is_refused(pair):
    propose(pair, pair.mentee, after_version=0)
    with pytest.raises(NotPossibleNow, match="The other has just proposed one"):
        propose(pair, pair.mentor, after_version=0)
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"purpose": "  "}, "Say in a line"),
        ({"purpose": "x" * 301}, "Say in a line"),
        ({"relationship": "friends"}, "Choose one of the answers"),
        ({"meetings_like": "friends"}, "Choose one of the answers"),
        ({"agenda_by": "friends"}, "Choose one of the answers"),
        ({"schedules_by": "friends"}, "Choose one of the answers"),
        ({"review_date": NOW.date()}, "Choose a day"),
        ({"review_date": NOW.date() + timedelta(days=731)}, "Choose a day"),
    ],
)
def test_what_cannot_be_agreed_is_refused(pair, changes, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        propose(pair, pair.mentee, **changes)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("days", [1, 730])
def test_a_day_to_look_again_lies_within_two_years(pair, days):
    assert propose(pair, pair.mentee, review_date=NOW.date() + timedelta(days=days)).version == 1


def test_one_good_talk_needs_no_agreement(db):
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme)
    talk = begin(mentor, MenteeFactory(programme=programme), form="flash")
    with pytest.raises(NotPossibleNow, match="needs no agreement"):
        propose_agreement(mentorship=talk, terms=terms(), by=mentor.person, now=NOW)


def test_nothing_is_agreed_while_it_rests(pair):
    agreement = propose(pair, pair.mentee)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    with pytest.raises(NotPossibleNow, match="is paused"):
        agree(agreement=agreement, by=pair.mentor, now=LATER)
    with pytest.raises(NotPossibleNow, match="is paused"):
        propose(pair, pair.mentor)


def test_who_has_ended_it_proposes_nothing_and_the_other_notices_nothing(pair):
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    with pytest.raises(NotPossibleNow, match="You have ended"):
        propose(pair, pair.mentee)
    assert propose(pair, pair.mentor).state == AgreementState.PROPOSED


def test_a_group_agrees_when_all_have_said_yes(db):
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme)
    first, second = MenteeFactory.create_batch(2, programme=programme)
    circle = begin(mentor, first, second, form="circle")
    agreement = propose_agreement(mentorship=circle, terms=terms(), by=mentor.person, now=NOW)

    agree(agreement=agreement, by=first.person, now=NOW)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.PROPOSED
    agree(agreement=agreement, by=second.person, now=LATER)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.AGREED
    assert told(mentor.person) == [emails.AGREEMENT_AGREED]


# --- Reminders ----------------------------------------------------------------------------


@pytest.fixture
def slow_pair(db):
    return Pair(agreement_due_days=21)


def test_a_missing_agreement_is_asked_for_once(slow_pair):
    assert remind_agreements(now=NOW + timedelta(days=20, hours=23)) == 0
    assert remind_agreements(now=NOW + timedelta(days=21)) == 1
    assert remind_agreements(now=NOW + timedelta(days=22)) == 0
    assert told(slow_pair.mentor) == told(slow_pair.mentee) == [emails.AGREEMENT_DUE]
    assert set(Notice.objects.values_list("urgency", flat=True)) == {"digest"}


def test_the_mail_that_asks_is_dropped_once_somebody_proposed(slow_pair):
    remind_agreements(now=NOW + timedelta(days=21))
    assert mail_of(slow_pair.mentor, emails.AGREEMENT_DUE) is not None
    propose(slow_pair, slow_pair.mentee, now=LATER)
    assert mail_of(slow_pair.mentor, emails.AGREEMENT_DUE) is None


def test_where_a_proposal_waits_the_one_who_has_not_agreed_is_reminded_of_it(slow_pair):
    propose(slow_pair, slow_pair.mentee)
    Notice.objects.all().delete()

    assert remind_agreements(now=NOW + timedelta(days=21)) == 1

    assert (told(slow_pair.mentor), told(slow_pair.mentee)) == ([emails.AGREEMENT_PROPOSED], [])
    assert mail_of(slow_pair.mentor, emails.AGREEMENT_PROPOSED) is not None


def test_of_an_agreement_that_holds_nothing_is_said_after_the_end(slow_pair):
    agree(agreement=propose(slow_pair, slow_pair.mentee), by=slow_pair.mentor, now=NOW)
    assert mail_of(slow_pair.mentee, emails.AGREEMENT_AGREED) is not None
    end_mentorship(mentorship=slow_pair.mentorship, by=slow_pair.mentor, now=NOW)
    finish_endings(now=NOW + timedelta(hours=1))
    assert mail_of(slow_pair.mentee, emails.AGREEMENT_AGREED) is None


def test_nobody_is_asked_for_an_agreement_that_holds(slow_pair):
    agree(agreement=propose(slow_pair, slow_pair.mentee), by=slow_pair.mentor, now=NOW)
    assert remind_agreements(now=NOW + timedelta(days=30)) == 0


def test_nobody_is_asked_for_an_agreement_on_one_good_talk(db):
    programme = ProgrammeFactory(policy__agreement_due_days=21)
    begin(MentorFactory(programme=programme), MenteeFactory(programme=programme), form="flash")
    assert remind_agreements(now=NOW + timedelta(days=60)) == 0


def test_members_are_told_when_the_day_to_look_again_has_come(pair):
    day = NOW.date() + timedelta(days=90)
    agreement = propose(pair, pair.mentee, review_date=day)
    agree(agreement=agreement, by=pair.mentor, now=NOW)

    assert remind_agreements(now=NOW + timedelta(days=89)) == 0
    assert remind_agreements(now=NOW + timedelta(days=90)) == 1
    assert remind_agreements(now=NOW + timedelta(days=91)) == 0
    assert told(pair.mentor) == [emails.AGREEMENT_PROPOSED, emails.AGREEMENT_REVIEW]
    assert told(pair.mentee) == [emails.AGREEMENT_AGREED, emails.AGREEMENT_REVIEW]
    assert mail_of(pair.mentor, emails.AGREEMENT_REVIEW) is not None
    assert verbs(agreement) == [*SIGNED, "mentorships.agreement.look_again"]


def test_two_workers_remind_once(slow_pair):
    due = NOW + timedelta(days=21)
    (missing,) = queries.running_without_agreement()
    assert reminders._ask_for_agreement(missing, due)
    assert not reminders._ask_for_agreement(missing, due)

    agreement = propose(slow_pair, slow_pair.mentee, review_date=due.date())
    agree(agreement=agreement, by=slow_pair.mentor, now=NOW)
    (found,) = queries.agreements_to_look_at(due.date())
    assert reminders._ask_to_look_again(found, due)
    assert not reminders._ask_to_look_again(found, due)
