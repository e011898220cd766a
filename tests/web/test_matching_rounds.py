"""A round as mentees and mentors meet it: their own words, and nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentorwell.core.lifecycles import ProposalState
from mentorwell.matching import queries, services
from mentorwell.matching.enums import Leaning
from mentorwell.matching.models import FirstTalk, Invitation, MentorWord, Proposal, RoundWish
from mentorwell.people.content import topics
from mentorwell.people.enums import Part
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    MenteeFactory,
    MentorFactory,
    ParticipationFactory,
)
from tests.factories.rounds import InRound


pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PRIVATE = next(topic for topic in topics() if topic.opt_in)


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions and rounds begin at the same moment."""


@pytest.fixture
def story():
    return InRound()


def shown(client, story, one):
    client.force_login(one.person)
    answer = client.get(reverse("matching:round-show", args=[story.round.uid]))
    assert answer.status_code == 200
    return answer.text


def post(client, one, name, *uids, **told):
    client.force_login(one.person)
    return client.post(reverse(f"matching:{name}", args=uids), told, follow=True)


def publish(story):
    run = story.solved()
    if story.round.state == "collecting":
        story.stop_wishes()
    story.publish(run)


# --- Joining -------------------------------------------------------------------------------


def test_a_mentee_joins_reads_what_the_office_sees_and_leaves_again(client, story):
    late = MenteeFactory(programme=story.programme)
    before = shown(client, story, late)
    assert "The office sees that you have joined" in before
    joined = post(
        client,
        late,
        "round-speak",
        story.round.uid,
        part="mentee",
        takes_part="yes",
        open_to_doors="on",
    )
    assert "You are in." in joined.text
    part = story.round.parts.get(participation=late)
    assert (part.takes_part, part.open_to_doors) == (True, True)
    assert "Show it no more" in joined.text
    left = post(client, late, "round-speak", story.round.uid, part="mentee", takes_part="no")
    assert "You have left the round." in left.text
    assert not queries.takes_part(story.round, late)


def test_a_press_that_says_neither_in_nor_out_changes_nothing(client, story):
    mentee = story.mentees[0]
    assert post(client, mentee, "round-speak", story.round.uid, part="mentee").status_code == 404
    assert queries.takes_part(story.round, mentee)


def test_what_mentors_may_read_is_shown_and_hidden_by_one_button(client, story):
    mentee = story.mentees[0]
    shown_now = post(client, mentee, "doors-open", story.round.uid, open_to_doors="yes")
    assert "Show it no more" in shown_now.text
    story.stop_wishes()
    hidden = post(client, mentee, "doors-open", story.round.uid)
    assert "No mentor reads it any more." in hidden.text
    assert not story.round.parts.get(participation=mentee).open_to_doors


def test_whoever_has_found_a_mentor_is_told_so_and_does_not_join(client, story):
    late = MenteeFactory(programme=story.programme, places=0)
    refused = post(client, late, "round-speak", story.round.uid, part="mentee", takes_part="yes")
    assert (refused.status_code, "You have found your mentor here" in refused.text) == (409, True)
    assert not story.round.parts.filter(participation=late).exists()


def test_a_mentor_sits_it_out_and_is_in_again(client, story):
    mentor = story.mentors[0]
    assert "Your free places are in it." in shown(client, story, mentor)
    out = post(client, mentor, "round-speak", story.round.uid, part="mentor", takes_part="no")
    assert "Nobody is told." in out.text
    assert not queries.takes_part(story.round, mentor)
    back = post(client, mentor, "round-speak", story.round.uid, part="mentor", takes_part="yes")
    assert "You are in the round." in back.text


def test_somebody_in_both_parts_reads_both_and_speaks_for_each(client, story):
    mentee = story.mentees[0]
    both = ParticipationFactory(
        programme=story.programme, person=mentee.person, part=Part.MENTOR, places=1
    )
    text = shown(client, story, mentee)
    assert "Whom would you like?" in text
    assert "You in this round" in text
    post(client, mentee, "round-speak", story.round.uid, part="mentor", takes_part="no")
    assert not queries.takes_part(story.round, both)
    assert queries.takes_part(story.round, mentee)


def test_nobody_from_elsewhere_finds_the_round(client, story):
    client.force_login(MenteeFactory().person)
    address = reverse("matching:round-show", args=[story.round.uid])
    assert client.get(address).status_code == 404


# --- Wishes --------------------------------------------------------------------------------


def test_wishes_are_put_in_an_order_by_buttons_and_kept_as_they_stand(client, story):
    mentee, (one, two, three, *_) = story.mentees[0], story.mentors
    client.force_login(mentee.person)
    address = reverse("matching:wishes-edit", args=[story.round.uid])
    moved = client.post(address, {"ranked": [str(one.uid)], "ranked_add": str(two.uid)})
    assert not RoundWish.objects.exists()  # a button of the order keeps nothing yet
    assert moved.text.index(f'value="{one.uid}"') < moved.text.index(f'value="{two.uid}"')
    done = client.post(
        address,
        {"ranked": [str(two.uid), str(one.uid)], "marked": [str(one.uid), str(three.uid)]},
        follow=True,
    )
    assert "Only you can read it." in done.text
    wishes = [(wish.mentor, wish.rank) for wish in queries.wishes_of(story.round, mentee)]
    assert sorted(wishes, key=lambda wish: wish[1] or 99) == [(two, 1), (one, 2), (three, None)]


def test_a_wish_for_somebody_unknown_is_refused_and_the_old_ones_stay(client, story):
    mentee, mentor = story.mentees[0], story.mentors[0]
    services.wish_in_round(
        round_=story.round, mentee=mentee, ranked=[mentor], by=mentee.person, now=NOW
    )
    client.force_login(mentee.person)
    elsewhere = MentorFactory()
    address = reverse("matching:wishes-edit", args=[story.round.uid])
    refused = client.post(address, {"ranked": [str(elsewhere.uid)]})
    assert refused.status_code == 400
    assert [wish.mentor for wish in RoundWish.objects.all()] == [mentor]


def test_a_mentor_is_marked_on_their_own_page_and_taken_off_again(client, story):
    mentee, mentor = story.mentees[0], story.mentors[0]
    client.force_login(mentee.person)
    page = client.get(reverse("matching:mentor-show", args=[mentor.uid]))
    assert "Put on my list" in page.text
    uids = story.round.uid, mentor.uid
    assert "Take off my list" in post(client, mentee, "wish-mark", *uids).text
    assert RoundWish.objects.get().rank is None
    assert "Put on my list" in post(client, mentee, "wish-mark", *uids).text
    assert not RoundWish.objects.exists()
    story.stop_wishes()
    page = client.get(reverse("matching:mentor-show", args=[mentor.uid]))
    assert "my list" not in page.text


# --- Doors and talks -----------------------------------------------------------------------


def test_a_mentor_reads_what_is_looked_for_and_not_by_whom(client, story):
    """The name, the story and a private topic are planted; the rest is what was opened."""
    mentee, mentor = story.mentees[0], story.mentors[0]
    mentee.__class__.objects.filter(pk=mentee.pk).update(story="plumtale", hopes="plumhope")
    story.seeks(mentee, "cardiology", PRIVATE.slug)
    story.join(mentee, open_to_doors=True)
    text = shown(client, story, mentor)
    assert "Looks for Cardiology." in text
    person = mentee.person
    own = (person.name, person.email, "plumtale", "plumhope", PRIVATE.name)
    for told in (*own, str(mentee.uid), str(person.uid)):  # the office's pages hold ids and names
        assert told not in text


def test_an_open_door_is_read_by_the_mentee_and_a_leaning_is_not(client, story):
    mentee, (glad, wary, *_) = story.mentees[0], story.mentors
    story.join(mentee, open_to_doors=True)
    done = post(
        client,
        glad,
        "mentee-speak",
        story.round.uid,
        queries.key_of(story.round, glad, mentee),
        leaning="prefer",
        opens_door="on",
    )
    assert "They read that your door is open" in done.text
    key = queries.key_of(story.round, wary, mentee)
    post(client, wary, "mentee-speak", story.round.uid, key, leaning="rather_not")
    assert {word.leaning for word in MentorWord.objects.all()} == {
        Leaning.PREFER,
        Leaning.RATHER_NOT,
    }
    text = shown(client, story, mentee)
    assert "An open door" in text
    assert glad.person.name in text
    assert wary.person.name not in text
    assert "refer</" not in text
    publish(story)
    text = shown(client, story, mentee)
    assert "Show it no more" not in text  # no mentor reads it any more
    assert text.count("Would gladly talk with you") == 1
    assert wary.person.name not in text  # who would rather not is named to them no more


def test_an_open_door_and_rather_not_do_not_go_together(client, story):
    mentee, mentor = story.mentees[0], story.mentors[0]
    story.join(mentee, open_to_doors=True)
    refused = post(
        client,
        mentor,
        "mentee-speak",
        story.round.uid,
        queries.key_of(story.round, mentor, mentee),
        leaning="rather_not",
        opens_door="on",
    )
    assert refused.status_code == 409
    assert not MentorWord.objects.exists()


def test_both_sides_of_a_first_talk_read_whom_to_write_to_and_say_how_it_was(client, story):
    story.stop_wishes()
    run = story.solved()
    run.round = story.round
    services.ask_for_talks(run=run, by=story.office, now=NOW)
    talk = FirstTalk.objects.select_related("mentee__person", "mentor__person").first()
    mentee, mentor = talk.mentee, talk.mentor
    assert f"mailto:{mentor.person.email}" in shown(client, story, mentee)
    assert f"mailto:{mentee.person.email}" in shown(client, story, mentor)
    done = post(client, mentee, "talk-react", talk.uid, score="4", words="plumword")
    assert "Kept. Only you can read it." in done.text
    assert "plumword" in done.text
    assert "plumword" not in shown(client, story, mentor)
    refused = post(client, mentee, "talk-react", talk.uid, score="7")
    assert "Choose a number from 1 to 5" in refused.text
    talk.refresh_from_db()
    assert talk.score == 4


# --- Suggestions ---------------------------------------------------------------------------


def test_a_suggestion_is_half_written_from_what_both_show_and_waits_as_a_draft(client, story):
    mentee, mentor = story.mentees[0], story.mentors[0]
    story.seeks(mentee, "cardiology", PRIVATE.slug)
    story.seeks(mentor, "cardiology", PRIVATE.slug)
    publish(story)
    proposal = Proposal.objects.get(mentee=mentee, mentor=mentor)
    written = post(client, mentee, "proposal-invite", proposal.uid).text
    assert f"Dear {mentor.person.name}," in written
    assert "about Cardiology, which you offer." in written
    draft = Invitation.objects.get()
    assert PRIVATE.name not in draft.why_you
    assert draft.sent_at is None
    assert "Your invitation" in shown(client, story, mentee)


def test_words_of_ones_own_are_never_written_over(client, story):
    mentee = story.mentees[0]
    publish(story)
    proposal = Proposal.objects.filter(mentee=mentee).first()
    services.draft_invitation(
        mentee=mentee,
        mentor=proposal.mentor,
        why_you="My own words.",
        what_i_bring="Mine too.",
        by=mentee.person,
        now=NOW,
    )
    post(client, mentee, "proposal-invite", proposal.uid)
    draft = Invitation.objects.get()
    assert (draft.why_you, draft.what_i_bring) == ("My own words.", "Mine too.")


def test_one_is_put_aside_and_thought_of_again(client, story):
    mentee = story.mentees[0]
    publish(story)
    proposal = Proposal.objects.select_related("mentor__person").filter(mentee=mentee).first()
    aside = post(client, mentee, "proposal-pass", proposal.uid)
    assert "Nobody is told" in aside.text
    assert "Think again" in aside.text
    again = post(client, mentee, "proposal-again", proposal.uid)
    assert "Think again" not in again.text
    proposal.refresh_from_db()
    assert (proposal.state, proposal.ended_at) == (ProposalState.OPEN, None)
    post(client, mentee, "proposal-pass", proposal.uid)
    proposal.mentor.places.all().delete()
    refused = post(client, mentee, "proposal-again", proposal.uid)
    assert "not possible any more" in refused.text


def test_what_can_no_longer_be_is_withdrawn_with_a_word(client, story):
    mentee = story.mentees[0]
    publish(story)
    proposal = Proposal.objects.select_related("mentor__person").filter(mentee=mentee).first()
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=proposal.mentor.person,
        evaluated_person=mentee.person,
    )
    services.tend_rounds(now=NOW)
    assert "Not possible any more. Nobody turned you down." in shown(client, story, mentee)
    refused = post(client, mentee, "proposal-invite", proposal.uid)
    assert refused.status_code == 409


def test_who_writes_from_the_mentors_own_page_has_answered_the_suggestion_too(client, story):
    mentee = story.mentees[0]
    publish(story)
    proposal = Proposal.objects.filter(mentee=mentee).first()
    services.invite_mentor(
        mentee=mentee,
        mentor=proposal.mentor,
        why_you="You ask good questions.",
        what_i_bring="",
        by=mentee.person,
        now=NOW,
    )
    services.tend_rounds(now=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.invitation) == (
        ProposalState.INVITED,
        Invitation.objects.get(),
    )
    assert "You wrote to them." in shown(client, story, mentee)


def test_todays_page_says_what_a_round_asks(client, story):
    def today(one):
        client.force_login(one.person)
        return client.get("/").text

    late = MenteeFactory(programme=story.programme)
    assert "You may join a round" in today(late)
    story.join(story.mentees[0], open_to_doors=True)
    for one in (story.mentees[0], story.mentors[0]):
        story.seeks(one, "cardiology")
    assert "Somebody looks for what you offer" in today(story.mentors[0])
    publish(story)
    assert "Mentors who would fit you" in today(story.mentees[0])
    assert "Mentors who would fit you" not in today(late)


def test_the_search_tells_of_the_round_and_how_often_a_yes_comes_soon(client, story):
    mentee = story.mentees[0]
    client.force_login(mentee.person)
    listed = client.get(reverse("matching:mentor-list")).text
    assert "See the round" in listed
    assert "Of ten invitations" not in listed  # nobody has answered here yet


def test_a_page_takes_the_same_number_of_queries_for_one_and_for_three(client, count_queries):
    counts = {}
    for mentors in (1, 3):
        story = InRound(mentees=3, mentors=mentors)
        mentee = story.mentees[0]
        for one in story.mentees[:mentors]:
            story.join(one, open_to_doors=True)
        address = reverse("matching:round-show", args=[story.round.uid])
        client.force_login(story.mentors[0].person)
        client.get(address)
        counts.setdefault("doors", []).append(count_queries(client, address))
        publish(story)
        client.force_login(mentee.person)
        client.get(address)
        assert client.get(address).text.count("Write to") == mentors
        counts.setdefault("suggestions", []).append(count_queries(client, address))
    assert all(len(set(found)) == 1 for found in counts.values()), counts
