"""Pages of goals."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.core.lifecycles import GoalState
from mentorwell.foundation import clock
from mentorwell.goals import services
from mentorwell.goals.models import Goal
from mentorwell.goals.rules import GoalText
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


WRITTEN = {"words": "Place a line without help.", "kind": "clinical", "next_step": "Watch one."}


@pytest.fixture
def pair(db):
    programme = ProgrammeFactory()
    return Pair(
        now=clock.now(),
        programme=programme,
        mentor=MentorFactory(programme=programme, person=UserFactory(name="Dr. Helen Marsh")),
        mentee=MenteeFactory(programme=programme, person=UserFactory(name="Amara Okafor")),
    )


@pytest.fixture
def as_mentee(client, pair):
    client.force_login(pair.mentee)
    return client


@pytest.fixture
def goal(pair):
    text = GoalText(words="Place a line without help.", kind="clinical")
    return services.write_goal(text=text, by=pair.mentee, now=clock.now())


def at(name, goal=None):
    return reverse(f"goals:{name}", args=[goal.uid] if goal else [])


def words(page):
    return " ".join(page.get_text(" ").split())


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser").main


def test_without_a_goal_there_is_a_beginning(as_mentee):
    assert "No goal yet" in words(soup(as_mentee.get(at("goal-list"))))


def test_a_goal_is_written_in_a_line_and_kept_for_oneself(as_mentee, pair):
    response = as_mentee.post(at("goal-write"), WRITTEN, follow=True)
    page = words(soup(response))
    assert "Kept, for you alone." in page
    assert "Next step Watch one." in page
    assert "Watch one." in words(soup(as_mentee.get(at("goal-list"))))
    as_mentee.force_login(pair.mentor)
    assert as_mentee.get(at("goal-show", Goal.objects.get())).status_code == 404


def test_a_goal_without_words_comes_back(as_mentee):
    page = soup(as_mentee.post(at("goal-write"), {**WRITTEN, "words": ""}), status=400)
    assert page.select_one("[name=next_step]")["value"] == "Watch one."
    assert not Goal.objects.exists()


def test_a_goal_too_many_is_refused_and_not_lost(as_mentee, pair, goal):
    for _ in range(11):
        services.write_goal(
            text=GoalText(words="One.", kind="career"), by=pair.mentee, now=clock.now()
        )
    page = soup(as_mentee.post(at("goal-write"), WRITTEN), status=400)
    assert "twelve goals already" in words(page)
    assert "Place a line without help." in str(page)


def test_it_is_shared_read_in_the_room_and_taken_back(client, pair, goal):
    client.force_login(pair.mentee)
    page = soup(client.get(at("goal-show", goal)))
    assert "Amara and Helen" in words(page)
    client.post(at("goal-share", goal), {"mentorships": [pair.mentorship.pk]})

    room = reverse("mentorships:room", args=[pair.mentorship.uid])
    client.force_login(pair.mentor)
    assert "Place a line without help." in words(soup(client.get(room)))
    page = soup(client.get(at("goal-show", goal)))
    assert "Amara shares this goal" in words(page)
    assert not page.select("form")

    client.force_login(pair.mentee)
    client.post(at("goal-share", goal), {})
    client.force_login(pair.mentor)
    assert "Place a line" not in words(soup(client.get(room)))
    assert client.get(at("goal-show", goal)).status_code == 404


def test_only_what_is_offered_can_be_shared_with(as_mentee, goal):
    other = Pair()
    response = as_mentee.post(at("goal-share", goal), {"mentorships": [other.mentorship.pk]})
    assert response.status_code == 409
    assert not goal.shares.exists()


@pytest.mark.parametrize(
    ("to", "sentence"),
    [("reached", "You got there."), ("let_go", "it makes room"), ("paused", "It rests.")],
)
def test_each_end_is_a_good_one(as_mentee, goal, to, sentence):
    response = as_mentee.post(
        at("goal-settle", goal), {"to": to, "kept": "To ask early."}, follow=True
    )
    assert sentence in words(soup(response))
    page = words(soup(as_mentee.get(at("goal-show", goal))))
    assert ("You keep: To ask early." in page) is (to != "paused")
    assert "Take it up again" in page
    as_mentee.post(at("goal-settle", goal), {"to": "active"})
    goal.refresh_from_db()
    assert goal.state == GoalState.ACTIVE


def test_what_is_kept_of_a_goal_is_for_its_owner_alone(client, pair, goal):
    services.share_goal(goal=goal, mentorships=[pair.mentorship], by=pair.mentee, now=clock.now())
    services.move_goal(
        goal=goal, to=GoalState.REACHED, kept="A secret.", by=pair.mentee, now=clock.now()
    )
    client.force_login(pair.mentor)
    page = words(soup(client.get(at("goal-show", goal))))
    assert "Reached on" in page
    assert "A secret." not in page


def test_an_unknown_end_is_refused(as_mentee, goal):
    assert as_mentee.post(at("goal-settle", goal), {"to": "sold"}).status_code == 409


def test_a_goal_is_changed(as_mentee, goal):
    page = soup(as_mentee.get(at("goal-change", goal)))
    assert "Place a line without help." in page.select_one("textarea[name=words]").text
    as_mentee.post(at("goal-change", goal), {**WRITTEN, "words": "Place two."})
    assert "Place two." in words(soup(as_mentee.get(at("goal-show", goal))))
    soup(as_mentee.post(at("goal-change", goal), {**WRITTEN, "due_date": "2001-01-01"}), status=400)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    as_mentee, pair, count, django_assert_num_queries
):
    for _ in range(count):
        services.write_goal(
            text=GoalText(words="One.", kind="career"), by=pair.mentee, now=clock.now()
        )
    as_mentee.get(at("goal-list"))
    with django_assert_num_queries(QUERIES):
        as_mentee.get(at("goal-list"))


QUERIES = 4
