"""Writing, reading and answering invitations on pages and from the mail."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.accounts.models import LinkToken
from mentorwell.accounts.services import make_link
from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching import emails, services
from mentorwell.matching.enums import Answer
from mentorwell.matching.models import Invitation
from mentorwell.meetings.models import Offer
from mentorwell.people import services as people
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models import EvaluationLink, Participation, TopicChoice, Window
from tests.factories.accounts import UserFactory
from tests.factories.matching import DraftFactory, InvitationFactory, invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

LIST = reverse("matching:invitation-list")
WORDS = {"why_you": "You came back.", "what_i_bring": "Time."}


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def write(mentor):
    return reverse("matching:invitation-write", args=[mentor.uid])


def show(invitation):
    return reverse("matching:invitation-show", args=[invitation.uid])


@pytest.fixture
def pair(client):
    """A mentee who is signed in, and a mentor of the same programme."""
    programme = open_programme()
    mentee = MenteeFactory(programme=programme, looking_since=NOW, person__name="Ana Silva")
    client.force_login(mentee.person)
    return mentee, MentorFactory(programme=programme, person__name="Dr. Helen Marsh")


# --- Writing ------------------------------------------------------------------------------


def test_an_invitation_is_written_and_sent(client, pair):
    _, mentor = pair

    response = client.post(write(mentor), WORDS | {"send": "yes"}, follow=True)

    sent = Invitation.objects.get()
    assert (sent.state, sent.why_you, sent.what_i_bring) == ("sent", "You came back.", "Time.")
    text = page_of(response).text
    assert "Sent. Dr. Helen Marsh has been told." in text
    assert "It closes by itself on Wednesday 16 January." in text


def test_the_page_to_write_helps_and_says_who_reads_it(client, pair):
    text = page_of(client.get(write(pair[1]))).main.text

    assert "What have they done that you would like to learn?" in text
    assert "Only Helen reads this" in text


def test_a_draft_is_kept_and_comes_back(client, pair):
    _, mentor = pair

    kept = client.post(write(mentor), {"why_you": "", "what_i_bring": "Half a", "keep": "yes"})

    assert (kept.status_code, kept["Location"]) == (302, write(mentor))
    page = page_of(client.get(write(mentor)))
    assert page.select_one("textarea[name=what_i_bring]").text.strip() == "Half a"
    assert "Throw the draft away" in page.text


def test_a_draft_is_kept_while_one_types(client, pair):
    response = client.post(write(pair[1]), WORDS | {"keep": "yes"}, headers={"HX-Request": "true"})

    assert response.content.decode().strip() == "Kept at 12:00. Only you can read it."
    assert Invitation.objects.get().state == InvitationState.DRAFT


def test_an_unfinished_invitation_is_not_sent(client, pair):
    response = client.post(write(pair[1]), {"why_you": "", "what_i_bring": "", "send": "yes"})

    assert response.status_code == 400
    assert Invitation.objects.count() == 0


def test_a_refusal_keeps_what_was_written_on_the_page(client, pair):
    mentee, mentor = pair
    for _ in range(2):
        invite(MenteeFactory(programme=mentee.programme), mentor)

    response = client.post(write(mentor), WORDS | {"send": "yes"})

    page = page_of(response)
    assert response.status_code == 400
    assert "As many people as Dr. Helen Marsh has room for have asked already" in page.text
    assert page.select_one("textarea[name=why_you]").text.strip() == "You came back."
    assert Invitation.objects.filter(mentee=mentee).count() == 0


def test_writing_for_later_is_offered_where_it_can_be_kept(client, pair):
    mentee, mentor = pair
    for _ in range(2):
        invite(MenteeFactory(programme=mentee.programme), mentor)

    page = page_of(client.get(write(mentor)))

    assert "You can write and keep it for later." in page.main.text
    assert page.select_one("button[name=keep]")
    assert page.select_one("#kept[hx-post]")


def test_writing_for_later_is_not_offered_where_it_is_refused(client, pair):
    mentee, mentor = pair
    sent = invite(mentee, mentor)
    services.decline_invitation(invitation=sent, answer=Answer.NOT_NOW, by=mentor.person, now=NOW)

    page = page_of(client.get(write(mentor)))

    assert "has answered you already. You can ask again from 9 April 2030." in page.main.text
    assert "keep it for later" not in page.main.text
    assert not page.select("button[name=keep], button[name=send], #kept[hx-post]")


def test_writing_says_beforehand_what_keeps_it_from_being_sent(client, pair):
    mentee, mentor = pair
    invite(mentee, mentor)

    text = page_of(client.get(write(mentor))).text

    assert "Your invitation to Dr. Helen Marsh is on its way" in text


def test_a_disclosed_link_is_shown_and_has_to_be_acknowledged(client, pair):
    mentee, mentor = pair
    link(mentee, mentor)

    first = client.post(write(mentor), WORDS | {"send": "yes"})
    client.post(write(mentor), WORDS | {"send": "yes", "acknowledges": "on"})

    assert "Dr. Helen Marsh evaluates you in a rotation." in page_of(first).text
    assert first.status_code == 400
    assert Invitation.objects.get().mentee_acknowledged_at == NOW


def link(mentee, mentor):
    return EvaluationLink.objects.create(
        organisation=mentee.programme.organisation,
        kind=LinkKind.DISCLOSE,
        relation=Relation.ROTATION,
        evaluator_person=mentor.person,
        evaluated_person=mentee.person,
        start_date=NOW.date(),
        checked_date=NOW.date(),
    )


def test_only_who_searches_can_write(client, pair):
    _, mentor = pair
    client.force_login(mentor.person)

    assert client.get(write(mentor)).status_code == 404


def test_a_draft_is_thrown_away(client, pair):
    mentee, mentor = pair
    draft = DraftFactory(mentee=mentee, mentor=mentor)

    response = client.post(reverse("matching:invitation-withdraw", args=[draft.uid]), follow=True)

    assert "Thrown away." in page_of(response).text
    assert Invitation.objects.get().state == InvitationState.WITHDRAWN


# --- Lists --------------------------------------------------------------------------------


def test_the_list_shows_both_sides_the_open_ones_first(client, pair):
    mentee, mentor = pair
    own = MentorFactory(programme=mentee.programme, person=mentee.person)
    invite(mentee, mentor)
    DraftFactory(mentee=mentee, mentor=MentorFactory(programme=mentee.programme))
    received = invite(MenteeFactory(programme=mentee.programme), own)

    tables = page_of(client.get(LIST)).select("table")

    assert [table.caption.text for table in tables] == ["To you", "From you"]
    assert received.mentee.person.name in tables[0].text
    assert [row.td.text.strip() for row in tables[1].select("tbody tr")] == [
        "Draft",
        "Waits for an answer",
    ] or [row.td.text.strip() for row in tables[1].select("tbody tr")] == [
        "Waits for an answer",
        "Draft",
    ]
    assert "Answer by 16 January" in tables[1].text


def test_the_list_takes_as_many_queries_for_three_as_for_one(client, pair, count_queries):
    mentee, mentor = pair
    own = MentorFactory(programme=mentee.programme, person=mentee.person, places=2)
    invite(mentee, mentor)
    invite(MenteeFactory(programme=mentee.programme), own)
    with_one = count_queries(client, LIST)
    for _ in range(2):
        invite(mentee, MentorFactory(programme=mentee.programme))
        invite(MenteeFactory(programme=mentee.programme), own)

    assert count_queries(client, LIST) == with_one


def test_an_empty_list_says_what_will_stand_there(client, pair):
    mine = page_of(client.get(LIST)).text
    client.force_login(UserFactory())

    assert "When you ask someone, you see here how it stands" in mine
    assert "When somebody asks you, it stands here" in page_of(client.get(LIST)).text


# --- What each side reads -----------------------------------------------------------------


def test_nobody_else_sees_an_invitation(client, pair):
    invitation = InvitationFactory()

    for address in (
        show(invitation),
        reverse("matching:invitation-withdraw", args=[invitation.uid]),
    ):
        assert client.post(address).status_code == 404
    assert client.get(show(invitation)).status_code == 404


def test_a_mentor_does_not_see_a_draft_to_them(client):
    draft = DraftFactory()
    client.force_login(draft.mentor.person)

    assert client.get(show(draft)).status_code == 404


def test_a_draft_leads_its_writer_to_the_page_to_write(client):
    draft = DraftFactory()
    client.force_login(draft.mentee.person)

    assert client.get(show(draft))["Location"] == write(draft.mentor)


def pause(participation):
    people.pause_participation(
        participation=participation, until=None, by=participation.person, now=NOW
    )


def leave(participation):
    people.leave_programme(participation=participation, by=participation.person, now=NOW)


@pytest.mark.parametrize("go", [pause, leave])
@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("mentor", "This pairing is not possible at the moment."),
        ("mentee", "You are not looking at the moment."),
    ],
)
def test_a_draft_can_be_read_and_thrown_away_when_either_has_gone(client, pair, who, reason, go):
    mentee, mentor = pair
    draft = DraftFactory(mentee=mentee, mentor=mentor, why_you="You came back.")
    go({"mentee": mentee, "mentor": mentor}[who])

    page = page_of(client.get(show(draft)))

    assert "You came back." in page.main.text
    assert reason in page.main.text
    button = page.select_one("main form")
    assert button.text.strip() == "Throw the draft away"
    client.post(button["action"])
    draft.refresh_from_db()
    assert draft.state == InvitationState.WITHDRAWN


def test_a_draft_that_was_thrown_away_says_so(client, pair):
    mentee, mentor = pair
    draft = DraftFactory(mentee=mentee, mentor=mentor)
    services.withdraw_invitation(invitation=draft, by=mentee.person, now=NOW)

    response = client.get(show(draft), follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert "You threw this draft away." in page_of(response).text


def ended(how):
    """An invitation that ended in one of the ways, the mentee having nobody left to ask."""
    invitation = InvitationFactory(mentor__person__name="Dr. Helen Marsh")
    mentee, mentor = invitation.mentee, invitation.mentor
    if how in {Answer.NOT_NOW, Answer.DECLINE}:
        services.decline_invitation(invitation=invitation, answer=how, by=mentor.person, now=NOW)
    elif how == "expired":
        services.expire_invitations(now=NOW + timedelta(days=7))
    elif how == "withdrawn":
        services.withdraw_invitation(invitation=invitation, by=mentee.person, now=NOW)
    elif how == "paused":
        people.pause_participation(participation=mentor, until=None, by=mentor.person, now=NOW)
    elif how == "place gone":
        other = invite(MenteeFactory(programme=mentee.programme), mentor)
        services.accept_invitation(invitation=other, by=mentor.person, now=NOW)
    elif how == "mentor found":
        other = invite(mentee, MentorFactory(programme=mentee.programme))
        services.accept_invitation(invitation=other, by=other.mentor.person, now=NOW)
    invitation.refresh_from_db()
    return invitation


@pytest.mark.parametrize(
    ("how", "to_mentee", "to_mentor"),
    [
        (Answer.NOT_NOW, "Mentors need no reason", "You said not now"),
        (Answer.DECLINE, "Mentors need no reason", "You said no"),
        ("expired", "No answer in time. This says nothing about you.", "time to answer ran out"),
        ("withdrawn", "You took this invitation back", "This invitation was taken back"),
        ("paused", "This pairing is not possible at the moment. Nobody turned you down.", "This pairing is not possible"),
        ("place gone", "Nobody turned you down", "You cannot take anyone else on"),
        ("mentor found", "You have found your mentor", "They have found a mentor"),
    ],
)  # fmt: skip
def test_each_side_reads_neutral_words(client, how, to_mentee, to_mentor):
    invitation = ended(how)

    client.force_login(invitation.mentee.person)
    mentees = page_of(client.get(show(invitation))).main.text
    client.force_login(invitation.mentor.person)
    mentors = page_of(client.get(show(invitation))).main.text

    assert to_mentee in mentees
    assert to_mentor in mentors


def test_not_now_and_no_read_the_same_to_the_mentee(client):
    pages = []
    for how in Answer:
        invitation = ended(how)
        client.force_login(invitation.mentee.person)
        pages.append(page_of(client.get(show(invitation))).main.text)

    assert pages[0] == pages[1]


def test_a_kind_reason_is_read_in_its_words(client):
    invitation = InvitationFactory()
    services.decline_invitation(
        invitation=invitation,
        answer=Answer.DECLINE,
        reason="full",
        by=invitation.mentor.person,
        now=NOW,
    )
    client.force_login(invitation.mentee.person)

    assert "My hands are full just now" in page_of(client.get(show(invitation))).text


def test_the_next_best_is_offered_at_once(client):
    programme = open_programme()
    invitation = InvitationFactory(programme=programme)
    MentorFactory(programme=programme, person__name="Dr. Next Best")
    services.expire_invitations(now=NOW + timedelta(days=7))
    client.force_login(invitation.mentee.person)

    page = page_of(client.get(show(invitation)))

    assert "Who would fit you next" in page.text
    assert page.select_one(".next h2").text == "Dr. Next Best"
    everyone = f"{reverse('matching:mentor-list')}?programme={programme.slug}"
    assert page.select_one(f'.next a[href="{everyone}"]').text.strip() == "See everyone"


def test_somebody_who_has_gone_since_is_no_longer_offered(client):
    programme = open_programme()
    invitation = InvitationFactory(programme=programme)
    following = MentorFactory(programme=programme, person__name="Dr. Next Best")
    services.expire_invitations(now=NOW + timedelta(days=7))
    people.pause_participation(participation=following, until=None, by=following.person, now=NOW)
    client.force_login(invitation.mentee.person)

    assert "Dr. Next Best" not in page_of(client.get(show(invitation))).text


def test_taking_back_by_its_button(client, pair):
    mentee, mentor = pair
    sent = invite(mentee, mentor)

    response = client.post(reverse("matching:invitation-withdraw", args=[sent.uid]), follow=True)

    assert "Taken back. You may ask somebody else." in page_of(response).text
    again = client.post(reverse("matching:invitation-withdraw", args=[sent.uid]), follow=True)
    assert "has been taken back" in page_of(again).text


def test_a_mentee_cannot_answer_their_own_invitation(client, pair):
    sent = invite(*pair)

    assert client.post(show(sent), {"answer": "accept"}).status_code == 404


# --- Answering, signed in -----------------------------------------------------------------


@pytest.fixture
def received(client):
    """An invitation whose mentor, who lives in New York, is signed in."""
    invitation = InvitationFactory(
        mentee__person__name="Ana Silva", mentor__person__time_zone="America/New_York"
    )
    client.force_login(invitation.mentor.person)
    return invitation


def test_the_mentor_reads_what_the_mentee_tells(client, received):
    Participation.objects.filter(pk=received.mentee_id).update(
        story="I grew up above a pharmacy.", hopes="To find my place."
    )
    TopicChoice.objects.create(participation=received.mentee, topic="cardiology")

    text = page_of(client.get(show(received))).main.text

    for words in (
        received.why_you,
        "I grew up above a pharmacy.",
        "To find my place.",
        "Cardiology",
    ):
        assert words in text


def test_once_answered_the_mentee_s_story_is_theirs_again(client, received):
    Participation.objects.filter(pk=received.mentee_id).update(story="I grew up above a pharmacy.")
    client.post(show(received), {"answer": "not_now"})

    assert "pharmacy" not in page_of(client.get(show(received))).main.text


def test_three_times_are_suggested_in_the_mentors_own_time(client, received):
    Window.objects.create(
        person=received.mentor.person,
        weekday=4,
        start_minute=16 * 60,
        end_minute=18 * 60,
        time_zone="America/New_York",
    )

    page = page_of(client.get(show(received)))

    times = [field["value"] for field in page.select("input[type=datetime-local]")]
    assert times == ["2030-01-11T16:00", "2030-01-18T16:00", "2030-01-25T16:00"]


def test_saying_yes_with_times_and_words(client, received):
    response = client.post(
        show(received),
        {
            "answer": "accept",
            "time_1": "2030-01-11T16:00",
            "time_2": "2030-01-18T16:00",
            "where": "Café",
            "words": "I see how you listen.",
        },
        follow=True,
    )

    received.refresh_from_db()
    assert (received.state, received.answer_words) == ("accepted", "I see how you listen.")
    assert list(Offer.objects.values_list("starts_at", flat=True)) == [
        datetime(2030, 1, 11, 21, tzinfo=UTC),
        datetime(2030, 1, 18, 21, tzinfo=UTC),
    ]
    assert "Go to your mentorship" in page_of(response).text
    client.force_login(received.mentee.person)
    mine = page_of(client.get(show(received))).text
    assert "I see how you listen." in mine
    assert "See what comes next" in mine


@pytest.mark.parametrize("answer", Answer)
def test_declining_needs_nothing_else(client, received, answer):
    client.post(show(received), {"answer": answer, "time_1": "not a time", "reason": "full"})

    received.refresh_from_db()
    assert (received.state, received.answer, received.decline_reason) == (
        "declined",
        answer,
        "full",
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"answer": "accept", "time_1": "2029-01-11T16:00"}, "Offer times that lie ahead"),
        ({"answer": "accept", "time_1": "tomorrow"}, "Enter a valid date/time."),
        ({"answer": "perhaps"}, "Press one of the three buttons"),
        ({}, "Press one of the three buttons"),
    ],
)
def test_an_answer_that_cannot_be_changes_nothing(client, received, given, sentence):
    response = client.post(show(received), given)

    assert response.status_code == 400
    assert sentence in page_of(response).text
    received.refresh_from_db()
    assert received.state == InvitationState.SENT


def test_a_disclosed_link_is_acknowledged_by_the_mentor_too(client, received):
    link(received.mentee, received.mentor)

    first = client.post(show(received), {"answer": "accept"})
    client.post(show(received), {"answer": "accept", "acknowledges": "on"})

    assert "You evaluate Ana Silva in a rotation." in page_of(first).text
    assert "Please confirm that you know" in page_of(first).text
    received.refresh_from_db()
    assert received.mentor_acknowledged_at == NOW


def test_an_invitation_past_its_time_says_so(client, received):
    Invitation.objects.filter(pk=received.pk).update(
        sent_at=NOW - timedelta(days=8), expires_at=NOW - timedelta(days=1)
    )

    page = page_of(client.get(show(received)))

    assert "This invitation has run out. Nobody is to blame." in page.main.text
    assert not page.select("button[name=answer]")


# --- Answering from the mail --------------------------------------------------------------


@pytest.fixture
def mailed(client):
    """An invitation, and the address in its mail; nobody is signed in."""
    invitation = InvitationFactory(mentor__person__time_zone="America/New_York")
    secret = make_link(
        person=invitation.mentor.person,
        action=emails.ANSWER,
        target_uid=invitation.uid,
        now=NOW,
        lifetime=timedelta(days=30),
    )
    return invitation, reverse("matching:invitation-answer", args=[secret])


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_and_uses_up_nothing(client, mailed, method):
    invitation, address = mailed

    for _ in range(3):
        assert getattr(client, method)(address).status_code == 200

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.SENT
    assert LinkToken.objects.get().used_at is None


def test_the_link_shows_this_invitation_and_signs_nobody_in(client, mailed):
    invitation, address = mailed

    response = client.get(address)

    assert invitation.why_you in page_of(response).text
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert client.get(LIST).status_code == 302
    assert client.get(show(invitation)).status_code == 302


def test_one_press_says_yes_with_the_suggested_times(client, mailed):
    invitation, address = mailed
    form = page_of(client.get(address)).form
    given = {field["name"]: field.get("value", "") for field in form.select("input")}
    given.pop("csrfmiddlewaretoken")

    response = client.post(address, given | {"answer": "accept"}, follow=True)

    assert "You said yes" in page_of(response).text
    assert "They have been told. Thank you for giving this." in page_of(response).text
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.ACCEPTED
    # Friday, Monday and Tuesday, early in New York: that is the hour which suits both.
    assert [at.hour for at in Offer.objects.values_list("starts_at", flat=True)] == [13, 13, 13]


def test_one_press_says_not_now(client, mailed):
    invitation, address = mailed

    response = client.post(address, {"answer": "not_now"}, follow=True)

    assert "You owe no reason" in page_of(response).text
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.DECLINED


def test_a_used_link_says_so(client, mailed):
    _, address = mailed
    client.post(address, {"answer": "not_now"})

    for response in (client.get(address), client.post(address, {"answer": "accept"})):
        assert response.status_code == 410
        assert "This link has done its work" in page_of(response).text


def test_the_link_of_an_invitation_taken_back_says_so(client, mailed):
    invitation, address = mailed
    services.withdraw_invitation(invitation=invitation, by=invitation.mentee.person, now=NOW)

    page = page_of(client.get(address))

    assert "This invitation was taken back" in page.text
    assert not page.select("button[name=answer]")
    assert client.post(address, {"answer": "accept"}).status_code == 400


def test_a_link_for_another_action_opens_nothing(client, mailed):
    invitation, _ = mailed
    secret = make_link(
        person=invitation.mentor.person,
        action="people.participation.confirm",
        target_uid=invitation.uid,
        now=NOW,
        lifetime=timedelta(days=1),
    )

    response = client.get(reverse("matching:invitation-answer", args=[secret]))

    assert response.status_code == 410


def test_the_page_after_an_answer_names_nobody(client):
    assert client.get(reverse("matching:answer-done", args=["yes"])).status_code == 200
    assert client.get(reverse("matching:answer-done", args=["maybe"])).status_code == 404
