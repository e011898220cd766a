"""The first page: a stranger reads what this is; everybody else finds one next step."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.matching.enums import Answer
from mentorwell.matching.services import decline_invitation
from mentorwell.meetings.services import choose_time
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.services import (
    agree,
    end_mentorship,
    pause_mentorship,
)
from mentorwell.people.models import TopicChoice
from mentorwell.people.services import leave_programme
from mentorwell.programmes.models import Programme
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.matching import (
    HelpRequestFactory,
    InvitationFactory,
    PlaceWishFactory,
    invite,
    open_programme,
)
from tests.factories.meetings import propose, schedule
from tests.factories.mentorships import Pair, propose_agreement, terms
from tests.factories.messages import write
from tests.factories.moments import NOW
from tests.factories.people import (
    BlockFactory,
    EvaluationLinkFactory,
    MenteeFactory,
    MentorFactory,
    ParticipationFactory,
)
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions and stories have the same now."""


class Page:
    """What somebody reads on their first page."""

    def __init__(self, client, user):
        client.force_login(user)
        self.text = client.get("/").text
        self.soup = BeautifulSoup(self.text, "html.parser")

    @property
    def lead(self):
        return _words(self.soup.select_one(".card.next"))

    @property
    def lead_address(self):
        return self.soup.select_one(".card.next a.button")["href"]

    def card(self, title):
        for card in self.soup.select(".card"):
            heading = card.find("h2")
            if heading and _words(heading) == title:
                return _words(card)
        return ""

    @property
    def waiting(self):
        return self.card("Waiting for you")

    @property
    def known(self):
        return self.card("Under way")


def _words(tag):
    return re.sub(r"\s+", " ", tag.get_text(" ")).strip() if tag else ""


@pytest.fixture
def see(client):
    return lambda user: Page(client, user)


def test_a_stranger_reads_what_this_is_and_where_to_turn(client):
    answer = client.get("/")

    assert answer.status_code == 200
    for words in ("Mentoring in medicine that matters", "/accounts/login/", 'href="/help"'):
        assert words in answer.text
    assert "demo" not in answer.text


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "Hello, Amara"),
        (5, "Good morning, Amara"),
        (11, "Good morning, Amara"),
        (12, "Good afternoon, Amara"),
        (17, "Good afternoon, Amara"),
        (18, "Good evening, Amara"),
        (22, "Hello, Amara"),
    ],
)
def test_one_is_greeted_by_the_clock_on_ones_own_wall(client, hour, words):
    user = UserFactory(name="Dr. Amara Okafor", time_zone="America/Chicago")

    with time_machine.travel(NOW.replace(hour=0) + timedelta(hours=hour + 6), tick=False):
        client.force_login(user)
        text = client.get("/").text

    assert words in text
    assert "Wednesday, 9 January" in text


@pytest.mark.parametrize(
    ("days", "words"), [(4, "you are on nights until Sunday"), (20, "until 29 January")]
)
def test_nights_and_leave_are_known(see, days, words):
    user = UserFactory()
    BlockFactory(person=user, kind="nights", end_date=NOW.date() + days * DAY)

    assert words in see(user).text


def test_days_off_that_lie_ahead_are_not_told_yet(see):
    user = UserFactory()
    BlockFactory(person=user, start_date=NOW.date() + DAY, end_date=NOW.date() + 2 * DAY)

    assert "you are on leave" not in see(user).text


def test_who_is_in_no_programme_reads_whom_to_ask(see):
    page = see(UserFactory())

    assert page.lead == ""
    assert "You are in no programme yet" in page.text


# --- Parts --------------------------------------------------------------------------------


def test_a_new_mentee_begins_with_three_answers(see):
    mentee = MenteeFactory(state=ParticipationState.INVITED)

    page = see(mentee.person)

    assert "Three answers, and you see mentors" in page.lead
    assert page.lead_address == reverse("people:start-edit", args=[mentee.uid])


def test_a_new_mentor_begins_with_one_screen(see):
    mentor = MentorFactory(state=ParticipationState.INVITED)

    page = see(mentor.person)

    assert "One screen, and you are a mentor" in page.lead
    assert page.lead_address == reverse("people:mentor-begin", args=[mentor.programme.slug])


def test_a_mentor_entered_by_the_office_confirms(see):
    mentor = MentorFactory(state=ParticipationState.INVITED, entered_by_office=True)
    TopicChoice.objects.create(participation=mentor, topic="teaching")

    assert "One button, and you are a mentor" in see(mentor.person).lead


def test_a_silent_mentor_is_asked_whether_they_still_take_mentees(see):
    mentor = MentorFactory(asked_still_taking_at=NOW, hidden_at=NOW)

    assert "Still taking mentees?" in see(mentor.person).lead


def test_a_pause_is_known_and_nothing_is_asked(see):
    until = NOW.date() + 10 * DAY
    mentor = MentorFactory(state=ParticipationState.PAUSED, paused_until_date=until)

    page = see(mentor.person)

    assert "You are away as a mentor until 19 January" in page.known
    assert page.waiting == ""


def test_who_has_left_is_asked_nothing(see):
    mentor = MentorFactory(state=ParticipationState.LEFT, left_at=NOW)

    text = see(mentor.person).text
    assert f"You have left {mentor.programme.name}" in text
    assert "Come back" in text
    assert "You are in no programme yet" in see(UserFactory()).text


def test_who_left_with_a_running_mentorship_is_promised_no_way_back(see):
    pair = Pair()
    pair.mentee_part.refresh_from_db()
    leave_programme(participation=pair.mentee_part, by=pair.mentee, now=NOW)

    text = see(pair.mentee).text
    assert "It ends because you left." in text
    assert "you can take it back" not in text


# --- Searching ----------------------------------------------------------------------------


@pytest.fixture
def programme():
    return open_programme()


def test_a_mentee_who_may_choose_is_led_to_the_mentors(see, programme):
    mentee = MenteeFactory(programme=programme, looking_since=NOW)
    MentorFactory(programme=programme)

    page = see(mentee.person)

    assert "Who would you like to learn from?" in page.lead
    assert page.lead_address == f"{reverse('matching:mentor-list')}?programme={programme.slug}"


def test_a_search_that_is_not_open_is_known_with_its_day(see, programme):
    programme.search_opens_date = NOW.date() + 5 * DAY
    programme.save()

    page = see(MenteeFactory(programme=programme, looking_since=NOW).person)

    assert "The search is not open yet" in page.known
    assert "It opens on Monday, 14 January." in page.known


def test_a_programme_that_has_closed_asks_for_no_search(see, programme):
    Programme.objects.update(state=ProgrammeState.CLOSED)

    page = see(MenteeFactory(programme=programme, looking_since=NOW).person)

    assert "The search is not open yet" not in page.known
    assert "Who would you like to learn from?" not in page.lead


def test_a_search_that_waits_for_mentors_has_no_day(see, programme):
    programme.search_opens_date = None
    programme.save()

    page = see(MenteeFactory(programme=programme, looking_since=NOW).person)

    assert "You hear as soon as it changes." in page.known


def test_who_has_asked_knows_by_when_an_answer_comes(see):
    invitation = InvitationFactory()

    page = see(invitation.mentee.person)

    assert "You have asked" in page.known
    assert "The next answer is due by Wednesday, 16 January." in page.known


def test_a_place_that_is_free_again_leads_to_the_mentors(see, programme):
    mentee = MenteeFactory(programme=programme, looking_since=NOW)
    PlaceWishFactory(mentee=mentee, mentor=MentorFactory(programme=programme), told_at=NOW)

    assert "A mentor you wait for has room" in see(mentee.person).lead


def test_who_waits_for_a_place_knows_it(see, programme):
    mentee = MenteeFactory(programme=programme, looking_since=NOW)
    PlaceWishFactory(mentee=mentee, mentor=MentorFactory(programme=programme, places=0))

    assert "You wait for a place" in see(mentee.person).known


def test_where_every_place_is_taken_one_may_wait(see, programme):
    mentee = MenteeFactory(programme=programme, looking_since=NOW)
    MentorFactory(programme=programme, places=0)

    assert "Every place is taken just now" in see(mentee.person).lead


def test_after_two_weeks_somebody_looks_along(see, client, programme):
    mentee = MenteeFactory(programme=programme, looking_since=NOW - 15 * DAY)

    page = see(mentee.person)
    assert "Find someone with me" in page.lead
    assert client.get(page.lead_address).status_code == 200

    coordinator = OfficeRoleFactory(programme=programme).person
    HelpRequestFactory(mentee=mentee, coordinator=coordinator, due_date=NOW.date() + 2 * DAY)
    page = see(mentee.person)
    assert "They will be in touch by Friday, 11 January." in page.known


# --- Invitations and pairs ----------------------------------------------------------------


def agreed(pair, **changes):
    """The pair, with an agreement that both have made."""
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(**changes), by=pair.mentor, now=NOW
    )
    agree(agreement=agreement, by=pair.mentee, now=NOW)
    return pair


def test_an_invitation_waits_for_its_mentor(see):
    invitation = InvitationFactory(mentee__person__name="Amara Okafor", why_you="zebrafish")

    page = see(invitation.mentor.person)

    assert "Amara Okafor would like to learn from you" in page.lead
    assert "Yes, not now or no, by Wednesday, 16 January." in page.lead
    assert page.lead_address == reverse("matching:invitation-show", args=[invitation.uid])
    assert "zebrafish" not in page.text


def test_what_has_been_answered_is_news_no_more(see):
    pair = Pair(programme=open_programme())
    mentor = MentorFactory(programme=pair.programme)
    meeting = propose(pair)
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(), by=pair.mentor, now=NOW
    )
    invitation = invite(MenteeFactory(programme=pair.programme), mentor)
    asked = ["Times to meet wait", "An agreement waits", "An invitation has come"]

    def news():
        return see(pair.mentee).text + see(mentor.person).text

    assert [words in news() for words in asked] == [True] * 3
    choose_time(offer=meeting.offers.get(), by=pair.mentee, now=NOW)
    agree(agreement=agreement, by=pair.mentee, now=NOW)
    decline_invitation(invitation=invitation, answer=Answer.NOT_NOW, by=mentor.person, now=NOW)
    assert [words in news() for words in asked] == [False] * 3


def test_the_last_day_to_answer_is_the_readers_own(see):
    invitation = InvitationFactory(mentor__person__time_zone="Pacific/Kiritimati")

    # Noon in Greenwich, in a week: on Kiritimati it is the next day by then.
    assert "by Thursday, 17 January." in see(invitation.mentor.person).lead


def test_the_next_meeting_leads_and_the_invitation_waits(see):
    pair = Pair()
    meeting = schedule(pair)
    InvitationFactory(mentor=MentorFactory(person=pair.mentor), mentee__person__name="Jun Ito")

    page = see(pair.mentor)

    assert f"Next with {pair.mentee.name}" in page.lead
    assert "Tuesday 15 January, 12:00, Room B12" in page.lead
    assert page.lead_address == reverse("meetings:meeting-show", args=[meeting.uid])
    assert "Jun Ito would like to learn from you" in page.waiting


def test_a_place_that_is_a_link_is_no_heading(see):
    pair = Pair()
    schedule(pair, where="https://video.example.org/room")

    page = see(pair.mentee)

    assert "video.example.org" not in page.lead
    assert "Tuesday 15 January, 12:00" in page.lead


@pytest.mark.parametrize(
    ("agenda_by", "words"),
    [("mentee", "You bring the agenda."), ("together", "Agenda: Together, at the start.")],
)
def test_who_brings_the_agenda_is_said(see, agenda_by, words):
    mentor = MentorFactory(person__name="Dr. Helen Marsh")
    pair = Pair(programme=mentor.programme, mentor=mentor)
    agreed(pair, agenda_by=agenda_by)
    schedule(pair)

    assert words in see(pair.mentee).lead


def test_before_the_first_meeting_an_agreement_may_be_made(see):
    pair = Pair()
    schedule(pair)

    assert f"What do you and {pair.mentor.first_name} expect?" in see(pair.mentee).waiting


def test_times_offered_wait_for_the_others_choice(see):
    pair = agreed(Pair())
    meeting = propose(pair)

    chooser, proposer = see(pair.mentee), see(pair.mentor)

    assert "offers times to meet" in chooser.lead
    assert chooser.lead_address == reverse("meetings:meeting-show", args=[meeting.uid])
    assert "Your times are with" in proposer.known


def test_a_proposed_agreement_waits_to_be_read(see):
    pair = Pair()
    propose_agreement(
        mentorship=pair.mentorship, terms=terms(purpose="pangolin"), by=pair.mentor, now=NOW
    )

    page = see(pair.mentee)

    assert "proposes an agreement" in page.lead
    assert "pangolin" not in page.text


def test_a_new_pair_is_asked_what_it_expects(see):
    pair = Pair()

    page = see(pair.mentee)

    assert f"What do you and {pair.mentor.first_name} expect?" in page.lead


def test_a_pair_that_has_agreed_plans_its_next_meeting(see):
    pair = agreed(Pair())

    assert "meet next?" in see(pair.mentee).lead


def test_a_meeting_whose_time_has_come_is_asked_about(client):
    pair = Pair()
    schedule(pair, at=NOW + DAY)

    with time_machine.travel(NOW + 2 * DAY, tick=False):
        page = Page(client, pair.mentee)

    assert f"Did you and {pair.mentor.first_name} meet?" in page.lead
    assert "Thursday 10 January, 12:00." in page.lead


def test_a_link_that_has_appeared_is_asked_about(see):
    pair = Pair()
    link = EvaluationLinkFactory(
        organisation=pair.programme.organisation,
        evaluator_person=pair.mentor,
        evaluated_person=pair.mentee,
    )
    pair.member(pair.mentee).questions.create(link=link, asked_at=NOW)

    assert f"A question about you and {pair.mentor.first_name}" in see(pair.mentee).lead


def test_after_a_silence_the_pair_is_asked_how_it_is(see):
    pair = Pair()
    Mentorship.objects.update(silence_asked_at=NOW)

    assert f"How are you and {pair.mentor.first_name} doing?" in see(pair.mentee).lead


def test_an_ending_is_known_to_its_writer_alone(see):
    pair = Pair()
    end_mentorship(mentorship=pair.mentorship, reason="", thanks="", by=pair.mentee, now=NOW)

    writer, other = see(pair.mentee), see(pair.mentor)

    assert "You have ended it with" in writer.known
    assert "Nobody knows before Wednesday 9 January, 13:00." in writer.known
    assert "ended" not in other.text


def test_a_pair_that_rests_asks_nothing(see):
    pair = Pair()
    pause_mentorship(mentorship=pair.mentorship, until_date=None, by=pair.mentee, now=NOW)

    page = see(pair.mentor)

    assert pair.mentee.first_name not in page.lead + page.waiting + page.known


# --- Several roles, news, one suggestion ---------------------------------------------------


def test_a_mentor_who_is_also_a_mentee_and_in_the_office_finds_it_all(see, programme):
    person = UserFactory()
    MenteeFactory(programme=programme, person=person, looking_since=NOW)
    MentorFactory(programme=programme)
    InvitationFactory(mentor=MentorFactory(person=person), mentee__person__name="Jun Ito")
    OfficeRoleFactory(programme=programme, person=person)
    HelpRequestFactory(
        mentee__programme=programme, mentee__person__name="Sofia Lind", coordinator=person
    )

    page = see(person)

    assert "Jun Ito would like to learn from you" in page.lead
    assert "Sofia Lind asks you to look with them" in page.waiting
    assert "Who would you like to learn from?" in page.waiting


@pytest.mark.parametrize(
    ("role", "words", "address"),
    [
        (Role.DIRECTOR, "See how your programme stands", "/office/"),
        (Role.COORDINATOR, "See how your programme stands", "/office/"),
        (Role.LEADER, "Does mentoring happen here?", "/leaders/"),
    ],
)
def test_the_office_finds_its_way_when_nothing_waits(see, role, words, address):
    page = see(OfficeRoleFactory(role=role).person)

    assert words in page.lead
    assert page.lead_address == address


def test_a_request_for_help_leads_to_the_office(see):
    held = OfficeRoleFactory()
    HelpRequestFactory(
        mentee__programme=held.programme,
        mentee__person__name="Jun Ito",
        coordinator=held.person,
        due_date=NOW.date() + 2 * DAY,
    )

    page = see(held.person)

    assert "Jun Ito asks you to look with them" in page.lead
    assert "Reply by Friday, 11 January." in page.lead


def test_news_is_shown_until_it_is_seen_and_looking_marks_nothing(client, see):
    pair = Pair()
    propose(pair)

    assert "New since you looked" in see(pair.mentee).text
    assert "New since you looked" in client.get("/").text

    client.post(reverse("notices:notices-see"))
    assert "New since you looked" not in client.get("/").text


def test_one_piece_of_the_profile_is_offered_and_leads_when_nothing_else_does(client, see):
    mentor = MentorFactory()

    page = see(mentor.person)
    assert "If you have a minute" in page.lead
    assert "Your story" in page.lead

    client.post(reverse("people:piece-put-off", args=["story"]))
    assert "Your story" not in Page(client, mentor.person).lead


def test_beside_something_to_do_the_piece_steps_back(see):
    invitation = InvitationFactory()

    page = see(invitation.mentor.person)

    assert "Your story" not in page.lead
    assert "Your story" in page.card("If you have a minute")


def test_when_all_is_told_and_nothing_waits_one_may_rest(client, see):
    mentor = MentorFactory()
    for piece in ("story", "when", "values", "basics", "style", "interests", "topics"):
        client.force_login(mentor.person)
        client.post(reverse("people:piece-put-off", args=[piece]))

    assert "Nothing waits for you" in see(mentor.person).text


def test_a_part_of_another_kind_has_a_day_too(see):
    buddy = ParticipationFactory(part="buddy", state=ParticipationState.INVITED)

    assert "One screen, and you are a buddy" in see(buddy.person).lead


def test_new_messages_are_named_with_who_wrote_them(see):
    pair = Pair(now=NOW - 60 * DAY)
    name = pair.mentee.first_name
    write(pair.mentorship, pair.mentee, "One.")
    assert f"A message from {name}" in see(pair.mentor).text
    write(pair.mentorship, pair.mentee, "Two.")

    page = see(pair.mentor)

    assert f"2 new messages from {name}" in page.text
    assert f"/mentorships/{pair.mentorship.uid}/messages/" in page.text
    assert "new messages from" not in see(pair.mentee).text


def test_while_it_rests_no_message_waits(see):
    pair = Pair(now=NOW - 60 * DAY)
    write(pair.mentorship, pair.mentee, "One.")
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)

    assert "A message from" not in see(pair.mentor).text


def test_the_page_asks_as_often_for_three_of_each_as_for_one(client, programme, count_queries):
    person = UserFactory()
    mentor = MentorFactory(programme=programme, person=person, places=12)
    OfficeRoleFactory(programme=programme, person=person)
    places = iter(mentor.places.order_by("-number"))

    def grow():
        pair = Pair(programme=programme, mentor=mentor)
        propose(pair, by=pair.mentee)
        schedule(pair)
        propose_agreement(mentorship=pair.mentorship, terms=terms(), by=pair.mentee, now=NOW)
        InvitationFactory(programme=programme, mentor=mentor, place=next(places))
        HelpRequestFactory(mentee__programme=programme, coordinator=person)

    client.force_login(person)
    grow()
    one = count_queries(client, "/")
    grow()
    grow()

    assert count_queries(client, "/") == one
