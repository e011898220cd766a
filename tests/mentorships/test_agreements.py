"""An agreement: either proposes, the other presses "I agree", versions are kept."""

from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import AgreementState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.mentorships import emails, queries, rules, services
from mentorwell.mentorships.models import Agreement, AgreementSignature, OwnAnswers
from mentorwell.mentorships.services import (
    agree,
    end_mentorship,
    finish_endings,
    pause_mentorship,
    remind_agreements,
    reminders,
    send_answers,
)
from mentorwell.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import (
    Pair,
    answer_all,
    begin,
    expects,
    mail_of,
    propose_agreement,
    terms,
    told,
    verbs,
)
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
    answer_all(pair.mentorship)
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


# --- What each expects, alone first ----------------------------------------------------------


def answer(pair, by, now=NOW, **changes):
    send_answers(mentorship=pair.mentorship, answers=expects(**changes), by=by, now=now)


def read(person):
    return [each.relationship_words for each in queries.answers_visible_to(person)]


def test_nobody_reads_an_answer_before_all_have_answered(pair):
    answer(pair, pair.mentee, relationship_words="Planted by the mentee.")
    assert read(pair.mentor) == []
    assert read(pair.mentee) == ["Planted by the mentee."]

    answer(pair, pair.mentor, now=LATER, relationship_words="Planted by the mentor.")

    both = ["Planted by the mentor.", "Planted by the mentee."]
    assert sorted(read(pair.mentor)) == sorted(read(pair.mentee)) == sorted(both)


def test_answers_are_sealed_in_the_database(pair):
    answer(pair, pair.mentee, agenda_words="A planted sentence.")
    (row,) = OwnAnswers.objects.raw("SELECT id, agenda_words AS raw FROM mentorships_ownanswers")
    assert row.raw
    assert "planted" not in row.raw


def test_an_answer_may_be_changed_until_all_are_in_and_then_no_more(pair):
    answer(pair, pair.mentee, relationship_words="One.")
    answer(pair, pair.mentee, now=LATER, relationship_words="  Another. ")
    assert read(pair.mentee) == ["Another."]

    answer(pair, pair.mentor, now=LATER)

    assert not rules.can_answer(pair.mentee, pair.mentorship)
    with pytest.raises(NotPossibleNow, match="open by now"):
        answer(pair, pair.mentee, relationship_words="A third.")
    assert "Another." in read(pair.mentor)


def test_the_first_answer_asks_the_other_and_the_last_tells_that_all_are_open(pair):
    answer(pair, pair.mentee)
    answer(pair, pair.mentee, now=LATER)  # a change asks nobody again
    assert (told(pair.mentor), told(pair.mentee)) == ([emails.ANSWERS_WANTED], [])
    assert mail_of(pair.mentor, emails.ANSWERS_WANTED) is not None

    answer(pair, pair.mentor, now=LATER)

    assert mail_of(pair.mentor, emails.ANSWERS_WANTED) is None
    assert told(pair.mentee) == [emails.ANSWERS_OPEN]
    assert mail_of(pair.mentee, emails.ANSWERS_OPEN) is not None
    assert verbs(pair.mentorship)[-3:] == ["mentorships.answers.send"] * 3


def test_the_mail_that_all_are_open_is_dropped_once_somebody_proposed(pair):
    answer(pair, pair.mentee)
    answer(pair, pair.mentor)
    reader, other = pair.mentee, pair.mentor
    assert mail_of(reader, emails.ANSWERS_OPEN) is not None
    services.propose_agreement(mentorship=pair.mentorship, terms=terms(), by=other, now=NOW)
    assert mail_of(reader, emails.ANSWERS_OPEN) is None


def test_nothing_is_proposed_before_all_have_answered(pair):
    answer(pair, pair.mentee)
    for person in (pair.mentee, pair.mentor):
        assert not rules.can_propose(person, pair.mentorship)
        with pytest.raises(NotPossibleNow, match="three questions alone first"):
            services.propose_agreement(
                mentorship=pair.mentorship, terms=terms(), by=person, now=NOW
            )
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"relationship": "friends"}, "Choose one of the answers"),
        ({"meetings_like": ""}, "Choose one of the answers"),
        ({"agenda_by": "nobody"}, "Choose one of the answers"),
        ({"relationship_words": "x" * 301}, "up to 300 letters"),
        ({"meetings_words": "x" * 301}, "up to 300 letters"),
        ({"agenda_words": "x" * 301}, "up to 300 letters"),
    ],
)
def test_what_cannot_be_expected_is_refused_and_nothing_is_kept(pair, changes, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        answer(pair, pair.mentee, **changes)
    assert not OwnAnswers.objects.exists()


def test_a_stranger_neither_answers_nor_reads(pair):
    answer_all(pair.mentorship)
    stranger = UserFactory()
    with pytest.raises(NotAllowed, match="not yours"):
        answer(pair, stranger)
    assert read(stranger) == []


def test_with_an_agreement_of_old_nobody_is_asked_what_they_expect(pair):
    agree(agreement=propose(pair, pair.mentee), by=pair.mentor, now=NOW)
    OwnAnswers.objects.all().delete()

    assert not rules.can_answer(pair.mentee, pair.mentorship)
    with pytest.raises(NotPossibleNow, match="have an agreement already"):
        answer(pair, pair.mentee)
    assert rules.can_propose(pair.mentee, pair.mentorship)


@pytest.fixture
def circle(db):
    programme = ProgrammeFactory()
    members = [
        MentorFactory(programme=programme),
        *MenteeFactory.create_batch(3, programme=programme),
    ]
    return begin(*members, form="circle"), [each.person for each in members]


def test_in_a_group_the_last_answer_opens_all(circle):
    mentorship, people = circle
    for person in people[:-1]:
        send_answers(mentorship=mentorship, answers=expects(), by=person, now=NOW)
        assert [queries.answers_visible_to(each).count() for each in people].count(4) == 0

    send_answers(mentorship=mentorship, answers=expects(), by=people[-1], now=LATER)

    assert [queries.answers_visible_to(each).count() for each in people] == [4, 4, 4, 4]


def test_where_the_one_who_is_waited_for_leaves_the_others_answers_open(circle):
    mentorship, people = circle
    for person in people[:-1]:
        send_answers(mentorship=mentorship, answers=expects(), by=person, now=NOW)
    end_mentorship(mentorship=mentorship, by=people[-1], now=NOW)
    assert queries.answers_visible_to(people[0]).count() == 1

    finish_endings(now=NOW + timedelta(hours=1))

    assert [queries.answers_visible_to(each).count() for each in people] == [3, 3, 3, 0]


def test_a_version_holds_once_the_last_who_had_not_signed_has_left(circle):
    mentorship, people = circle
    answer_all(mentorship)
    agreement = services.propose_agreement(
        mentorship=mentorship, terms=terms(), by=people[0], now=NOW
    )
    for person in people[1:-1]:
        agree(agreement=agreement, by=person, now=NOW)
    end_mentorship(mentorship=mentorship, by=people[-1], now=NOW)

    finish_endings(now=NOW + timedelta(hours=1))

    agreement.refresh_from_db()
    assert (agreement.state, agreement.agreed_at) == ("agreed", NOW + timedelta(hours=1))


# --- What a mentorship goes by -----------------------------------------------------------------


def test_before_an_agreement_the_programme_says_how_often_and_how_long(db):
    pair = Pair(rhythm="weekly", meeting_minutes=20)
    assert (queries.rhythm_of(pair.mentorship), queries.minutes_of(pair.mentorship)) == (
        "weekly",
        20,
    )
    assert queries.agreement_in_force(pair.mentorship) is None


def test_what_is_agreed_goes_before_what_the_programme_says(pair):
    agreement = propose(pair, pair.mentee, clauses={"rhythm": "quarterly", "minutes": "90"})
    assert queries.rhythm_of(pair.mentorship) == "monthly"
    agree(agreement=agreement, by=pair.mentor, now=LATER)

    assert queries.agreement_in_force(pair.mentorship) == agreement
    assert queries.rhythm_of(pair.mentorship) == "quarterly"
    assert queries.minutes_of(pair.mentorship) == 90


def test_an_agreement_of_old_says_nothing_of_how_often(pair):
    agree(agreement=propose(pair, pair.mentee), by=pair.mentor, now=LATER)
    assert (queries.rhythm_of(pair.mentorship), queries.minutes_of(pair.mentorship)) == (
        "monthly",
        45,
    )


@pytest.mark.parametrize(
    ("agenda_by", "owners"),
    [
        ("mentee", ["mentee"]),
        ("mentor-first", ["mentor"]),
        ("together", ["mentor", "mentee"]),
        ("in-turn", ["mentor", "mentee"]),
    ],
)
def test_the_agenda_is_brought_by_whom_the_agreement_says(pair, agenda_by, owners):
    assert [each.part for each in queries.agenda_owners(pair.mentorship)] == ["mentee"]
    agree(agreement=propose(pair, pair.mentee, agenda_by=agenda_by), by=pair.mentor, now=LATER)
    assert [each.part for each in queries.agenda_owners(pair.mentorship)] == owners


def test_clauses_and_answers_are_kept_without_blanks(pair):
    agreement = propose(
        pair,
        pair.mentee,
        clauses={"contact": "  A message. ", "boundaries": " ", "reply": "a-week"},
        extra=[("Why here?", " For the people. "), ("And then?", " ")],
        agenda_words=" Two points. ",
    )
    agreement.refresh_from_db()
    assert queries.clauses_of(agreement) == {"contact": "A message.", "reply": "a-week"}
    assert queries.extra_of(agreement) == [("Why here?", "For the people.")]
    assert agreement.agenda_words == "Two points."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"clauses": {"rhythm": "hourly"}}, "Choose one of the answers"),
        ({"clauses": {"minutes": "9"}}, "10 to 240 minutes"),
        ({"clauses": {"minutes": "241"}}, "10 to 240 minutes"),
        ({"clauses": {"minutes": "an hour"}}, "10 to 240 minutes"),
        ({"clauses": {"reply": "never"}}, "Choose one of the answers"),
        ({"clauses": {"contact": "x" * 501}}, "up to 500 letters"),
        ({"clauses": {"salary": "much"}}, "Choose one of the answers"),
        ({"agenda_words": "x" * 301}, "up to 300 letters"),
        ({"extra": [("q", "x" * 501)]}, "up to 500 letters each"),
        ({"extra": [("q", "a")] * 6}, "up to 500 letters each"),
    ],
)
def test_a_clause_that_cannot_be_is_refused(pair, changes, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        propose(pair, pair.mentee, **changes)
    assert not Agreement.objects.exists()


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
