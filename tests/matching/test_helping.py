"""The button “find someone with me”, and where a mentee stands."""

from datetime import timedelta

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import queries, rules, services
from mentorwell.matching.enums import NextStep, SearchState
from mentorwell.matching.models import HelpRequest, Invitation
from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import Notice
from mentorwell.people import services as people
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models import EvaluationLink
from mentorwell.programmes.models import OfficeRole, Programme
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.matching import (
    HelpRequestFactory,
    InvitationFactory,
    PlaceWishFactory,
    invite,
    open_programme,
)
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=14)


@pytest.fixture
def mentee():
    """A mentee who has looked for fourteen days by LATER, in a programme with a coordinator."""
    mentee = MenteeFactory(programme=open_programme(), looking_since=NOW)
    OfficeRoleFactory(programme=mentee.programme, person__name="Ruth Alvarez")
    return mentee


def ask(mentee, now=LATER):
    return services.ask_for_help(mentee=mentee, by=mentee.person, now=now)


def test_ask_for_help_names_a_coordinator_and_a_day(mentee):
    asked = ask(mentee)

    assert (asked.coordinator.name, asked.asked_at) == ("Ruth Alvarez", LATER)
    assert asked.due_date == (LATER + timedelta(days=5)).date()  # Wednesday to Monday
    assert list(Event.objects.values_list("verb", flat=True)) == ["matching.help.ask"]
    assert list(Notice.objects.values_list("person", "kind", "urgency")) == [
        (asked.coordinator.pk, "matching.help.asked", Urgency.AT_ONCE)
    ]


def test_ask_for_help_goes_to_the_one_with_the_fewest_open_requests(mentee):
    busy = queries.least_loaded_coordinator(mentee, on_date=NOW.date())
    free = OfficeRoleFactory(programme=mentee.programme).person
    HelpRequestFactory(coordinator=busy)
    HelpRequestFactory(coordinator=free, answered_at=NOW)
    HelpRequestFactory(coordinator=free, withdrawn_at=NOW)

    assert ask(mentee).coordinator == free


def test_ask_for_help_never_goes_to_somebody_who_evaluates_the_mentee(mentee):
    ruth = queries.least_loaded_coordinator(mentee, on_date=NOW.date())
    director = OfficeRoleFactory(programme=mentee.programme, role=Role.DIRECTOR).person
    OfficeRoleFactory(programme=mentee.programme, role=Role.LEADER)
    EvaluationLink.objects.create(
        organisation=mentee.programme.organisation,
        kind=LinkKind.DISCLOSE,
        relation=Relation.ROTATION,
        evaluator_person=ruth,
        evaluated_person=mentee.person,
        start_date=NOW.date(),
        checked_date=NOW.date(),
    )

    assert ask(mentee).coordinator == director


def test_ask_for_help_says_when_the_office_has_nobody():
    mentee = MenteeFactory(programme=open_programme(), looking_since=NOW)

    with pytest.raises(NotPossibleNow, match="nobody in its office"):
        ask(mentee)


@pytest.mark.parametrize(("days", "allowed"), [(13, False), (14, True)])
def test_ask_for_help_after_fourteen_days(mentee, days, allowed):
    now = NOW + timedelta(days=days)

    assert rules.can_ask_for_help(mentee.person, mentee, now=now) is allowed
    if not allowed:
        with pytest.raises(NotPossibleNow, match="From 23 January 2030"):
            ask(mentee, now)


def test_ask_for_help_after_two_silences(mentee):
    for mentor in (MentorFactory(programme=mentee.programme) for _ in range(2)):
        invite(mentee, mentor)
    services.expire_invitations(now=NOW + timedelta(days=7))

    assert ask(mentee, NOW + timedelta(days=7)).pk


def test_silences_of_an_earlier_search_do_not_count(mentee):
    for mentor in (MentorFactory(programme=mentee.programme) for _ in range(2)):
        invite(mentee, mentor)
    services.expire_invitations(now=NOW + timedelta(days=7))
    mentee.looking_since = NOW + timedelta(days=8)

    assert queries.expiries(mentee) == 0
    mentee.looking_since = None
    assert queries.expiries(mentee) == 2


def test_ask_for_help_once_at_a_time(mentee):
    ask(mentee)

    with pytest.raises(NotPossibleNow, match="looking with you already"):
        ask(mentee)


def test_ask_for_help_is_for_those_who_have_not_found(mentee):
    mentee.places.update(closed_at=NOW)

    with pytest.raises(NotPossibleNow, match="You have found your mentor"):
        ask(mentee)


def test_ask_for_help_refuses_anybody_else(mentee):
    with pytest.raises(NotAllowed, match="only for themselves"):
        services.ask_for_help(mentee=mentee, by=UserFactory(), now=LATER)


def test_answer_help_notes_it_once(mentee):
    asked = ask(mentee)

    services.answer_help(request=asked, by=asked.coordinator, now=LATER)

    assert HelpRequest.objects.get().answered_at == LATER
    assert Event.objects.filter(verb="matching.help.answer").count() == 1
    with pytest.raises(NotPossibleNow, match="closed already"):
        services.answer_help(request=asked, by=asked.coordinator, now=LATER)


def test_answer_help_refuses_the_mentee(mentee):
    asked = ask(mentee)

    with pytest.raises(NotAllowed, match="Only the coordinator"):
        services.answer_help(request=asked, by=mentee.person, now=LATER)


# --- Where a mentee stands ----------------------------------------------------------------


def status(mentee, now=NOW):
    found = queries.search_status(mentee, now=now)
    return found.state, found.date, found.next_step


def day(days):
    return (NOW + timedelta(days=days)).date()


def test_who_has_paused_is_away(mentee):
    mentee.state, mentee.paused_until_date = ParticipationState.PAUSED, day(9)

    assert status(mentee) == (SearchState.AWAY, day(9), NextStep.FINISH_PROFILE)
    mentee.paused_until_date = None
    assert status(mentee) == (SearchState.AWAY, day(0), NextStep.FINISH_PROFILE)


def test_who_has_found_knows_since_when():
    invitation = InvitationFactory()
    services.accept_invitation(
        invitation=invitation, by=invitation.mentor.person, now=NOW + timedelta(days=2)
    )
    invitation.mentee.refresh_from_db()

    assert status(invitation.mentee) == (SearchState.FOUND, day(2), NextStep.OPEN_MENTORSHIP)


def test_a_search_that_is_not_open_says_when_it_opens():
    mentee = MenteeFactory(programme=ProgrammeFactory(search_opens_date=day(5)))

    assert status(mentee) == (SearchState.NOT_OPEN, day(5), NextStep.FINISH_PROFILE)


def test_nobody_looks_in_a_programme_that_has_closed(mentee):
    Programme.objects.update(state=ProgrammeState.CLOSED, search_opens_date=day(5))
    mentee.programme.refresh_from_db()

    assert status(mentee) == (SearchState.NOT_RUNNING, None, NextStep.WAIT)


def test_what_was_asked_before_a_programme_closed_is_still_answered(mentee):
    invite(mentee, MentorFactory(programme=mentee.programme))
    Programme.objects.update(state=ProgrammeState.CLOSED)
    mentee.programme.refresh_from_db()

    assert status(mentee) == (SearchState.ASKED, day(7), NextStep.WAIT)


def test_who_has_asked_waits_until_the_first_answer_is_due(mentee):
    for days in (0, 2):
        invite(mentee, MentorFactory(programme=mentee.programme), now=NOW + timedelta(days=days))

    assert status(mentee) == (SearchState.ASKED, day(7), NextStep.WAIT)


def test_whom_somebody_helps_waits_for_them(mentee):
    ask(mentee)

    assert status(mentee, LATER) == (SearchState.HELPED, day(19), NextStep.WAIT)


def test_who_can_ask_somebody_is_choosing(mentee):
    MentorFactory(programme=mentee.programme)

    assert status(mentee) == (SearchState.CHOOSING, day(14), NextStep.INVITE)


def full_mentor(mentee):
    mentor = MentorFactory(programme=mentee.programme)
    for _ in range(2):
        invite(MenteeFactory(programme=mentee.programme), mentor)
    return mentor


def test_who_finds_no_room_may_wait_for_it(mentee):
    full_mentor(mentee)

    assert status(mentee) == (SearchState.SHORT, day(7), NextStep.WISH)


def test_without_any_mentor_the_day_of_help_is_next(mentee):
    assert status(mentee) == (SearchState.SHORT, day(14), NextStep.WISH)


def test_who_waits_learns_when_something_may_change(mentee):
    PlaceWishFactory(mentee=mentee, mentor=full_mentor(mentee))

    assert status(mentee) == (SearchState.WAITING, day(7), NextStep.WAIT)


def test_who_waits_where_nothing_changes_learns_when_help_comes(mentee):
    PlaceWishFactory(mentee=mentee, mentor=MentorFactory(programme=mentee.programme, places=0))

    assert status(mentee) == (SearchState.WAITING, day(14), NextStep.WAIT)


def test_who_was_told_of_a_place_writes_today(mentee):
    mentor = MentorFactory(programme=mentee.programme)
    PlaceWishFactory(mentee=mentee, mentor=mentor, told_at=NOW)

    assert status(mentee) == (SearchState.WAITING, day(0), NextStep.INVITE)


def test_who_came_too_late_waits_on(mentee):
    PlaceWishFactory(mentee=mentee, mentor=full_mentor(mentee), told_at=NOW)

    assert status(mentee) == (SearchState.WAITING, day(7), NextStep.WAIT)


def test_after_fourteen_days_one_may_ask_for_help(mentee):
    assert status(mentee, LATER) == (SearchState.SHORT, day(14), NextStep.ASK_FOR_HELP)
    PlaceWishFactory(mentee=mentee, mentor=MentorFactory(programme=mentee.programme, places=0))
    assert status(mentee, LATER) == (SearchState.WAITING, day(14), NextStep.ASK_FOR_HELP)


def test_who_never_began_to_look_waits_from_today(mentee):
    mentee.looking_since = None

    assert status(mentee) == (SearchState.SHORT, day(14), NextStep.WISH)
    assert Invitation.objects.count() == 0


# --- Passed on ----------------------------------------------------------------------------


def test_help_never_goes_to_somebody_whom_the_mentee_keeps_away(mentee):
    ruth = queries.least_loaded_coordinator(mentee, on_date=NOW.date())
    people.exclude_person(other=ruth, by=mentee.person, now=NOW)

    with pytest.raises(NotPossibleNow, match="nobody in its office"):
        ask(mentee)
    other = OfficeRoleFactory(programme=mentee.programme).person
    assert ask(mentee).coordinator == other


def leave_office(coordinator, _mentee):
    OfficeRole.objects.filter(person=coordinator).update(ended_at=LATER)


def become_leader(coordinator, mentee):
    leave_office(coordinator, mentee)
    OfficeRoleFactory(programme=mentee.programme, person=coordinator, role=Role.LEADER)


def lose_account(coordinator, _mentee):
    coordinator.is_active = False
    coordinator.save()


def be_kept_away(coordinator, mentee):
    people.exclude_person(other=coordinator, by=mentee.person, now=LATER)


@pytest.mark.parametrize("happens", [leave_office, become_leader, lose_account, be_kept_away])
def test_what_nobody_will_answer_goes_to_the_next(mentee, happens):
    asked = ask(mentee)
    other = OfficeRoleFactory(programme=mentee.programme).person
    assert services.pass_help_on(now=LATER) == 0
    happens(asked.coordinator, mentee)

    assert [services.pass_help_on(now=LATER) for _ in range(2)] == [1, 0]

    asked.refresh_from_db()
    assert asked.coordinator == other
    assert list(queries.help_requests_for(other)) == [asked]
    assert Event.objects.latest("pk").verb == "matching.help.pass_on"
    assert Notice.objects.latest("pk").person == other


@pytest.mark.parametrize("happens", [leave_office, become_leader])
def test_who_has_left_the_office_reads_no_name_any_more(mentee, happens):
    asked = ask(mentee)
    coordinator = asked.coordinator
    assert list(queries.help_requests_visible_to(coordinator)) == [asked]
    happens(coordinator, mentee)
    assert not queries.help_requests_visible_to(coordinator).exists()
    assert list(queries.help_requests_visible_to(mentee.person)) == [asked]


def test_a_day_that_went_by_passes_it_on_or_reminds_the_only_one(mentee):
    asked = ask(mentee)
    ruth, due = asked.coordinator, asked.due_date
    over = NOW.replace(year=due.year, month=due.month, day=due.day) + timedelta(days=1)

    assert services.pass_help_on(now=over - timedelta(days=1)) == 0
    assert services.pass_help_on(now=over) == 1
    asked.refresh_from_db()
    assert (asked.coordinator, asked.due_date > due) == (ruth, True)
    assert Notice.objects.filter(person=ruth).count() == 2

    other = OfficeRoleFactory(programme=mentee.programme).person
    assert services.pass_help_on(now=over + timedelta(days=9)) == 1
    asked.refresh_from_db()
    assert asked.coordinator == other
