"""A new evaluation link on a running pair asks both; nobody is left with a *never* link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentorwell.core.lifecycles import MentorshipState
from mentorwell.foundation import hooks
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.enums import LinkAnswer
from mentorwell.mentorships.models import LinkQuestion
from mentorwell.mentorships.services import (
    answer_link_question,
    end_mentorship,
    finish_endings,
    pause_mentorship,
    pause_unanswered_links,
    resume_mentorship,
)
from mentorwell.mentorships.services.links import _pause
from mentorwell.people.enums import LinkKind
from mentorwell.people.models import Profile
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair, begin, mail_of, told, verbs
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory, MenteeFactory, MentorFactory
from tests.factories.programmes import (
    OfficeRoleFactory,
    ProgrammeFactory,
    SiteFactory,
    UnitFactory,
)


DAY = timedelta(days=1)
WEEK = NOW + 7 * DAY


def announce(link, now=NOW):
    hooks.evaluation_linked.announce(hooks.EvaluationLinked(link.uid, None, now))


def link_between(pair, kind=LinkKind.NEVER, *, turned=False, announced=True, **sides):
    first, second = (pair.mentee, pair.mentor) if turned else (pair.mentor, pair.mentee)
    sides = sides or {"evaluator_person": first, "evaluated_person": second}
    link = EvaluationLinkFactory(
        organisation=pair.programme.organisation,
        kind=kind,
        start_date=NOW.date(),
        **sides,
    )
    if announced:
        announce(link)
    return link


def question_for(person):
    return LinkQuestion.objects.get(membership__participation__person=person)


def answer(person, word, now=NOW, by=None):
    answer_link_question(
        question=question_for(person), by=by or person, answer=LinkAnswer(word), now=now
    )


@pytest.mark.parametrize("kind", LinkKind)
@pytest.mark.parametrize("turned", [False, True])
def test_a_new_link_asks_both(pair, kind, turned):
    link_between(pair, kind, turned=turned)
    for person in (pair.mentor, pair.mentee):
        assert [each.answer for each in queries.open_link_questions(person, pair.mentorship)] == [
            None
        ]
        assert told(person) == [emails.LINK_ASKED]
    assert pair.fresh().state == MentorshipState.FORMING
    assert verbs(question_for(pair.mentor)) == ["mentorships.link.ask"]


def test_the_mail_says_that_there_is_a_question_and_no_more(pair):
    link_between(pair)
    mail = mail_of(pair.mentee, emails.LINK_ASKED)
    assert mail.headline == f"A question about your mentorship with {pair.mentor.first_name}"
    answer(pair.mentee, "acknowledge")
    assert mail_of(pair.mentee, emails.LINK_ASKED) is None


def test_a_link_announced_twice_asks_once(pair):
    link = link_between(pair)
    announce(link, now=NOW + DAY)
    assert LinkQuestion.objects.count() == 2
    assert told(pair.mentor) == [emails.LINK_ASKED]


def test_a_link_of_units_reaches_their_people(pair):
    ward = UnitFactory(site=SiteFactory(organisation=pair.programme.organisation))
    Profile.objects.filter(person=pair.mentor).update(unit=ward)
    link_between(pair, evaluator_unit=ward, evaluated_person=pair.mentee)
    assert LinkQuestion.objects.count() == 2


def test_a_link_of_an_office_role_reaches_who_holds_it(pair):
    OfficeRoleFactory(programme=pair.programme, person=pair.mentor, role=Role.DIRECTOR)
    link_between(pair, evaluator_role=Role.DIRECTOR, evaluated_programme=pair.programme)
    assert LinkQuestion.objects.count() == 2


def test_a_link_to_somebody_else_asks_nobody(pair):
    link_between(pair, evaluator_person=pair.mentor, evaluated_person=UserFactory())
    link_between(pair, evaluator_person=UserFactory(), evaluated_person=pair.mentee)
    assert not LinkQuestion.objects.exists()


def test_a_link_asks_nobody_whose_mentorship_has_ended(pair):
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    finish_endings(now=NOW + DAY)
    link_between(pair)
    assert not LinkQuestion.objects.exists()


def test_in_a_group_only_the_two_are_asked(db):
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme)
    first, second = MenteeFactory.create_batch(2, programme=programme)
    begin(mentor, first, second, form="circle")
    link = EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=mentor.person,
        evaluated_person=second.person,
        start_date=NOW.date(),
    )
    announce(link)
    asked = LinkQuestion.objects.values_list("membership__participation", flat=True)
    assert set(asked) == {mentor.pk, second.pk}


def test_finding_whom_to_ask_costs_the_same_for_one_pair_and_for_three(db):
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme, places=3)
    first = Pair(programme=programme, mentor=mentor)
    link = link_between(first, announced=False)

    def counted():
        with CaptureQueriesContext(connection) as seen:
            touched = queries.mentorships_touched_by(link, on_date=NOW.date())
        assert [mentorship for mentorship, _ in touched] == [first.mentorship]
        return len(seen)

    alone = counted()
    for _ in range(2):
        Pair(programme=programme, mentor=mentor)
    assert counted() == alone


# --- Answers ------------------------------------------------------------------------------


def test_acknowledging_is_kept_and_changes_nothing(pair):
    link_between(pair)
    answer(pair.mentee, "acknowledge")
    asked = question_for(pair.mentee)
    assert (asked.answer, asked.answered_at) == (LinkAnswer.ACKNOWLEDGE, NOW)
    assert pair.fresh().state == MentorshipState.FORMING
    assert verbs(asked)[-1] == "mentorships.link.answer"


def test_pausing_rests_until_that_member_comes_back(pair):
    link_between(pair, LinkKind.DISCLOSE)
    answer(pair.mentee, "pause")
    assert pair.fresh().state == MentorshipState.PAUSED
    assert not rules.can_resume(pair.mentor, pair.mentorship)
    resume_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    assert pair.fresh().state == MentorshipState.FORMING


def test_closing_is_an_ending_with_its_hour(pair):
    link_between(pair)
    answer(pair.mentor, "close")
    assert pair.fresh().state == MentorshipState.CLOSING
    assert emails.ENDED not in told(pair.mentee)


def test_pausing_what_rests_already_is_kept_as_an_answer(pair):
    link_between(pair)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    answer(pair.mentee, "pause")
    assert question_for(pair.mentee).answer == LinkAnswer.PAUSE


def test_only_who_is_asked_answers_and_once(pair):
    link_between(pair)
    with pytest.raises(NotAllowed, match="somebody else"):
        answer(pair.mentor, "acknowledge", by=pair.mentee)
    with pytest.raises(NotAllowed, match="not yours"):
        answer(pair.mentor, "acknowledge", by=UserFactory())
    assert rules.can_answer_link(pair.mentor, question_for(pair.mentor))
    answer(pair.mentor, "acknowledge")
    assert not rules.can_answer_link(pair.mentor, question_for(pair.mentor))
    with pytest.raises(NotPossibleNow, match="You have answered"):
        answer(pair.mentor, "close")


# --- No answer ----------------------------------------------------------------------------


def test_a_never_link_without_an_answer_pauses_after_a_week(pair):
    link_between(pair)
    assert pause_unanswered_links(now=WEEK - timedelta(minutes=1)) == 0
    assert pause_unanswered_links(now=WEEK) == 1
    assert pause_unanswered_links(now=WEEK + DAY) == 0
    assert pair.fresh().state == MentorshipState.PAUSED
    for person in (pair.mentor, pair.mentee):
        assert told(person) == [emails.LINK_ASKED, emails.PAUSED]


def test_it_pauses_where_one_of_two_left_it_unanswered(pair):
    link_between(pair)
    answer(pair.mentee, "acknowledge")
    assert pause_unanswered_links(now=WEEK) == 1


def test_it_goes_on_with_the_last_acknowledgement(pair):
    link_between(pair)
    pause_unanswered_links(now=WEEK)
    answer(pair.mentee, "acknowledge", now=WEEK)
    assert pair.fresh().state == MentorshipState.PAUSED
    answer(pair.mentor, "acknowledge", now=WEEK)
    assert pair.fresh().state == MentorshipState.FORMING
    assert told(pair.mentee)[-1] == emails.RESUMED


def test_nobody_comes_back_past_an_open_question(pair):
    link_between(pair)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    resume_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    assert pair.fresh().state == MentorshipState.PAUSED
    answer(pair.mentee, "acknowledge")
    answer(pair.mentor, "acknowledge")
    assert pair.fresh().state == MentorshipState.FORMING


def test_a_disclosed_link_without_an_answer_pauses_nothing(pair):
    link_between(pair, LinkKind.DISCLOSE)
    assert pause_unanswered_links(now=WEEK) == 0


def test_an_answered_never_link_pauses_nothing(pair):
    link_between(pair)
    answer(pair.mentee, "acknowledge")
    answer(pair.mentor, "acknowledge")
    assert pause_unanswered_links(now=WEEK) == 0


def test_within_the_hour_of_an_ending_the_pause_is_for_the_other(pair):
    link_between(pair)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=WEEK)
    assert pause_unanswered_links(now=WEEK) == 1
    assert (pair.fresh().state, pair.mentorship.before_closing) == ("closing", "paused")


def test_an_answer_between_finding_and_pausing_wins(pair):
    link_between(pair)
    (found,) = queries.with_never_question_since(NOW)
    answer(pair.mentee, "acknowledge")
    answer(pair.mentor, "acknowledge")
    assert not _pause(found, WEEK)
    assert pair.fresh().state == MentorshipState.FORMING
