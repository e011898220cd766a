"""Who may search, invite, wait and answer, each refusal with its sentence."""

from datetime import date, timedelta

import pytest

from mentorwell.accounts.models import User
from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import InvitationState, ParticipationState, ProgrammeState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import queries, rules, services
from mentorwell.matching.enums import Answer, Bar, Release
from mentorwell.matching.queries import Gap, SearchOpening
from mentorwell.mentorships.models import Membership
from mentorwell.people import services as people
from mentorwell.people.models import Exclusion, Participation, Profile
from mentorwell.programmes.enums import WhoMayInvite
from mentorwell.programmes.models import Policy, Programme
from tests.factories.accounts import UserFactory
from tests.factories.matching import DraftFactory, InvitationFactory, invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


pytestmark = pytest.mark.django_db

SHARED = "This pairing is not possible at the moment."


def pair(programme=None):
    programme = programme or open_programme()
    return MenteeFactory(programme=programme), MentorFactory(programme=programme)


def why_not(mentee, mentor, user=None):
    try:
        rules.check_can_invite(user or mentee.person, mentee, mentor, now=NOW)
    except (NotAllowed, NotPossibleNow) as reason:
        return str(reason)
    return ""


def test_a_ready_mentee_may_invite_a_ready_mentor():
    mentee, mentor = pair()

    assert why_not(mentee, mentor) == ""
    assert rules.can_invite(mentee.person, mentee, mentor, now=NOW)


def test_nobody_searches_for_another():
    mentee, mentor = pair()

    assert why_not(mentee, mentor, UserFactory()) == (
        "Only a mentee looks for a mentor, and only for themselves."
    )
    assert not rules.can_invite(mentor.person, mentee, mentor, now=NOW)


def test_a_mentor_does_not_search():
    _, mentor = pair()

    assert "Only a mentee" in why_not(mentor, mentor)


@pytest.mark.parametrize(
    "state", sorted(set(ParticipationState) - set(queries.SEARCHING_STATES)), ids=str
)
def test_a_mentee_who_is_not_ready_does_not_search(state):
    mentee, mentor = pair()
    mentee.state = state

    assert "You are not looking at the moment" in why_not(mentee, mentor)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"running": False}, "This programme is not running at the moment."),
        ({"by_mentors": True, "ready": 9}, "The search is open: 9 mentors are ready."),
        ({"by_mentors": True, "ready": 0}, "The search is open: no mentors are ready."),
        ({"by_mentors": True, "ready": 1}, "The search is open: 1 mentor is ready."),
        ({}, "The search opens as soon as 8 mentors are ready; 2 of 8 are by now."),
        (
            {"opens_date": date(2030, 2, 1), "needed": 9},
            "The search opens on 1 February 2030, or as soon as 9 mentors are ready; 2 of 9 are by now.",
        ),
        (
            {"opens_date": date(2030, 1, 1), "by_date": True},
            "The search is open since 1 January 2030, the date your office set.",
        ),
    ],
)
def test_the_search_says_whether_it_is_open_and_by_what(more, sentence):
    opening = {
        "running": True,
        "ready": 2,
        "needed": 8,
        "opens_date": None,
        "by_mentors": False,
        "by_date": False,
    }

    assert rules.opening_sentence(SearchOpening(**(opening | more))) == sentence


@pytest.mark.parametrize(
    ("mentors", "opens_in", "state", "is_open"),
    [
        (8, None, ProgrammeState.OPEN, True),
        (7, None, ProgrammeState.OPEN, False),
        (0, 0, ProgrammeState.OPEN, True),
        (0, 1, ProgrammeState.OPEN, False),
        (8, 0, ProgrammeState.CLOSED, False),
    ],
)
def test_the_search_opens_at_eight_ready_mentors_or_on_the_date(mentors, opens_in, state, is_open):
    opens = None if opens_in is None else NOW.date() + timedelta(days=opens_in)
    programme = ProgrammeFactory(search_opens_date=opens, state=state)
    for _ in range(mentors):
        MentorFactory(programme=programme)
    MentorFactory(programme=programme, state=ParticipationState.INVITED)

    assert queries.search_opening(programme, on_date=NOW.date()).is_open is is_open


def test_a_search_that_opened_does_not_close_over_a_pause():
    programme = ProgrammeFactory(policy__search_opens_at_ready=1)
    MentorFactory(programme=programme, state=ParticipationState.PAUSED)

    assert queries.search_opening(programme, on_date=NOW.date()).is_open


def eight_ready():
    programme = ProgrammeFactory()
    return programme, [MentorFactory(programme=programme) for _ in range(8)]


def leave(mentor):
    people.leave_programme(participation=mentor, by=mentor.person, now=NOW)


def is_open(programme):
    fresh = Programme.objects.get(pk=programme.pk)
    return queries.search_opening(fresh, on_date=NOW.date()).is_open


def test_a_search_that_opened_does_not_close_when_a_mentor_leaves():
    programme, mentors = eight_ready()

    for mentor in mentors:
        leave(mentor)

    assert is_open(programme)
    assert Programme.objects.get().search_opened_at == NOW
    assert Event.objects.filter(verb="programmes.search.open").count() == 1


def test_a_search_that_opened_does_not_close_when_more_mentors_are_asked_for():
    programme, _ = eight_ready()

    assert [services.note_searches_opened(now=NOW) for _ in range(2)] == [1, 0]
    Policy.objects.update(search_opens_at_ready=20)

    assert is_open(programme)
    assert Event.objects.filter(verb="programmes.search.open").count() == 1


def test_a_search_that_never_opened_stays_shut():
    programme = ProgrammeFactory()
    leave(MentorFactory(programme=programme))
    for _ in range(7):
        MentorFactory(programme=programme)
    services.note_searches_opened(now=NOW)

    assert not is_open(programme)


def test_a_programme_that_is_not_running_opens_no_search():
    programme, mentors = eight_ready()
    Programme.objects.update(state=ProgrammeState.DRAFT)
    leave(MentorFactory(programme=programme))
    services.note_searches_opened(now=NOW)
    leave(mentors[0])
    Programme.objects.update(state=ProgrammeState.OPEN)

    assert not is_open(programme)


def test_somebody_of_another_programme_is_no_mentor_here():
    mentee, _ = pair()

    assert why_not(mentee, MentorFactory()) == "This person is no mentor of your programme."


def test_nobody_invites_themselves():
    mentee, _ = pair()
    own = MentorFactory(programme=mentee.programme, person=mentee.person)

    assert why_not(mentee, own) == "You cannot invite yourself."


def change(mentor, **fields):
    Participation.objects.filter(pk=mentor.pk).update(**fields)


PRIVATE = {
    "paused": lambda _mentee, mentor: change(mentor, state=ParticipationState.PAUSED),
    "not ready": lambda _mentee, mentor: change(mentor, state=ParticipationState.APPLIED),
    "hidden": lambda _mentee, mentor: change(mentor, hidden_at=NOW),
    "switched off": lambda _mentee, mentor: User.objects.filter(pk=mentor.person.pk).update(
        is_active=False
    ),
    "the mentee's wish": lambda mentee, mentor: Exclusion.objects.create(
        person=mentee.person, other=mentor.person
    ),
    "the mentor's wish": lambda mentee, mentor: Exclusion.objects.create(
        person=mentor.person, other=mentee.person
    ),
}


@pytest.mark.parametrize("reason", PRIVATE)
def test_all_private_reasons_share_one_sentence(reason):
    mentee, mentor = pair()
    PRIVATE[reason](mentee, mentor)

    assert why_not(mentee, mentor) == SHARED


def test_who_is_paired_already_is_not_invited_again():
    programme = open_programme()
    mentee, mentor = (
        MenteeFactory(programme=programme, places=2),
        MentorFactory(programme=programme, places=2),
    )
    services.accept_invitation(invitation=invite(mentee, mentor), by=mentor.person, now=NOW)

    assert why_not(mentee, mentor) == f"You and {mentor.person.name} have a mentorship already."
    Membership.objects.update(state="left", left_at=NOW)
    mentee.refresh_from_db()
    assert why_not(mentee, mentor) == ""


def test_who_is_asked_is_not_asked_twice():
    mentee, mentor = pair()
    invite(mentee, mentor)

    assert "is on its way" in why_not(mentee, mentor)


@pytest.mark.parametrize("answer", Answer)
def test_who_has_answered_is_left_alone_for_ninety_days(answer):
    mentee, mentor = pair()
    sent = invite(mentee, mentor)
    services.decline_invitation(invitation=sent, answer=answer, by=mentor.person, now=NOW)

    assert why_not(mentee, mentor) == (
        f"{mentor.person.name} has answered you already. You can ask again from 9 April 2030."
    )
    assert rules.can_invite(mentee.person, mentee, mentor, now=NOW + timedelta(days=90))


@pytest.mark.parametrize(
    ("policy", "mentee", "mentor", "allowed"),
    [
        (WhoMayInvite.ANYONE, "attending-new", "pgy-1", True),
        (WhoMayInvite.SAME_OR_LATER, "pgy-2", "pgy-2", True),
        (WhoMayInvite.SAME_OR_LATER, "pgy-2", "foundation-2", True),
        (WhoMayInvite.SAME_OR_LATER, "pgy-2", "pgy-1", False),
        (WhoMayInvite.LATER, "pgy-2", "pgy-2", False),
        (WhoMayInvite.LATER, "pgy-2", "pgy-3", True),
        (WhoMayInvite.LATER, "pgy-2", "", True),
        (WhoMayInvite.LATER, "", "pgy-1", True),
        (WhoMayInvite.LATER, "pgy-2", "scs1", True),
        (WhoMayInvite.LATER, "grade-7", "eo", False),
    ],
)
def test_stages_as_the_programme_has_decided(policy, mentee, mentor, allowed):
    one, other = pair(open_programme(who_may_invite=policy))
    Profile.objects.filter(person=one.person).update(stage=mentee)
    Profile.objects.filter(person=other.person).update(stage=mentor)

    sentence = "" if allowed else "This programme pairs people with mentors who are further along."
    assert why_not(one, other) == sentence


@pytest.mark.parametrize(
    ("mentee", "mentor", "allowed"),
    [
        ([], [], True),
        (["en"], [], True),
        (["es", "en"], ["fr", "es"], True),
        (["es"], ["fr"], False),
        (["es"], [], False),
    ],
)
def test_a_language_in_common(mentee, mentor, allowed):
    one, other = pair()
    Profile.objects.filter(person=one.person).update(languages=mentee)
    Profile.objects.filter(person=other.person).update(languages=mentor)

    assert (why_not(one, other) == "") is allowed
    assert allowed or "a language that you both speak" in why_not(one, other)


def test_a_mentee_without_a_profile_speaks_the_house_language():
    one, other = pair()
    Profile.objects.filter(person=one.person).delete()

    assert why_not(one, other) == ""


def test_a_mentee_whose_places_are_filled_has_found():
    mentee, mentor = MenteeFactory(programme=open_programme(), places=0), None
    mentor = MentorFactory(programme=mentee.programme)

    assert why_not(mentee, mentor).startswith("You have found your mentor here.")


def test_one_open_invitation_is_said_in_the_singular():
    mentee, mentor = pair(open_programme(open_invitations_most=1))
    invite(mentee, MentorFactory(programme=mentee.programme))

    assert why_not(mentee, mentor).startswith("You can have 1 open invitation at a time.")


def test_every_bar_has_its_sentence():
    sentences = {rules.refusal(bar, "Dr. Marsh", ask_again=NOW.date()) for bar in Bar}

    assert len(sentences) == len(Bar)


@pytest.mark.parametrize(
    ("places", "looking", "sentence"),
    [
        (15, 40, "15 places, 40 looking."),
        (1, 5, "1 place, 5 looking."),
        (0, 5, "No places, 5 looking."),
        (0, 4, ""),  # too few to be told
        (9, 9, ""),
    ],
)
def test_scarcity_is_told_only_above_the_threshold(places, looking, sentence):
    assert rules.gap_sentence(Gap(places, looking, threshold=5)) == sentence


def test_the_gap_counts_who_looks_and_what_can_be_found():
    programme = open_programme()
    MentorFactory(programme=programme, places=2)
    MentorFactory(programme=programme, hidden_at=NOW, places=5)
    MentorFactory(programme=programme, places=0)
    MenteeFactory(programme=programme)
    MenteeFactory(programme=programme, places=0)
    MenteeFactory(programme=programme, state=ParticipationState.PAUSED)
    MenteeFactory(programme=programme, person__is_active=False)

    found = queries.gap(programme)

    assert (found.places, found.looking, found.missing) == (2, 1, 0)


def test_there_is_no_less_than_no_room():
    mentee, mentor = pair(open_programme(open_invitations_per_place=3))
    for _ in range(3):
        invite(MenteeFactory(programme=mentee.programme), mentor)
    Policy.objects.update(open_invitations_per_place=1)
    mentor = Participation.objects.get(pk=mentor.pk)

    assert queries.room_of(mentor) == (1, 0)
    assert queries.next_suggestion(Participation.objects.get(pk=mentee.pk), now=NOW) is None


def test_answering_in_pairs():
    invitation = InvitationFactory()

    assert rules.can_answer(invitation.mentor.person, invitation, now=NOW)
    assert not rules.can_answer(invitation.mentee.person, invitation, now=NOW)
    assert not rules.can_answer(invitation.mentor.person, invitation, now=NOW + timedelta(days=7))


def test_taking_back_in_pairs():
    invitation = InvitationFactory()

    assert rules.can_withdraw(invitation.mentee.person, invitation)
    assert not rules.can_withdraw(invitation.mentor.person, invitation)
    invitation.state = InvitationState.ACCEPTED
    assert not rules.can_withdraw(invitation.mentee.person, invitation)


@pytest.mark.parametrize("state", InvitationState)
def test_every_state_says_what_has_become_of_the_invitation(state):
    draft = DraftFactory()
    draft.state = state
    draft.release = Release.PLACE_GONE if state == InvitationState.RELEASED else None

    assert rules.no_longer_open(draft)


def test_waiting_is_for_mentors_without_room():
    mentee, mentor = pair()

    with pytest.raises(NotPossibleNow, match="You can ask at once"):
        rules.check_can_wish(mentee.person, mentee, mentor, now=NOW)
    rules.check_can_wish(
        mentee.person, mentee, MentorFactory(programme=mentee.programme, places=0), now=NOW
    )
