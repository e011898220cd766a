"""Goals: one's own, shared where their owner wishes, reached or let go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import GoalState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.goals import queries, rules, services
from mentorwell.goals.content import goal_words
from mentorwell.goals.models import Goal, GoalShare
from mentorwell.goals.rules import GoalText
from mentorwell.mentorships.services import end_mentorship, finish_endings
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair, begin, verbs
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.words import faults, repeated


LATER = NOW + timedelta(days=9)
TEXT = GoalText(words="Place a line without help.", kind="clinical")


@pytest.fixture
def pair(db):
    return Pair()


@pytest.fixture
def goal(pair):
    return services.write_goal(text=TEXT, by=pair.mentee, now=NOW)


def share(goal, *mentorships, by=None, now=NOW):
    services.share_goal(goal=goal, mentorships=mentorships, by=by or goal.person, now=now)


def readers(goal, *people):
    return [queries.goals_visible_to(person).filter(pk=goal.pk).exists() for person in people]


def move(goal, to, *, by=None, kept="", now=LATER):
    services.move_goal(goal=goal, to=to, by=by or goal.person, kept=kept, now=now)
    goal.refresh_from_db()
    return goal


def test_words_are_short_and_ours_and_there_are_ten_factors():
    assert faults(goal_words()) == []
    assert len(goal_words().factor) == 10
    assert repeated(each.slug for each in (*goal_words().factor, *goal_words().kind)) == []


def test_a_goal_is_its_owners_alone(pair, goal):
    assert readers(goal, pair.mentee, pair.mentor, UserFactory()) == [True, False, False]
    assert list(queries.goals_of(pair.mentee)) == [goal]
    assert verbs(goal) == ["goals.goal.write"]


def test_what_a_goal_says_is_sealed(pair):
    services.write_goal(
        text=replace(TEXT, words="A planted goal.", factor="fear"), by=pair.mentee, now=NOW
    )
    (row,) = Goal.objects.raw(
        "SELECT id, words AS raw_words, kind AS raw_kind, factor AS raw_factor FROM goals_goal"
    )
    for raw, plain in (
        (row.raw_words, "planted"),
        (row.raw_kind, "clinical"),
        (row.raw_factor, "fear"),
    ):
        assert raw
        assert plain not in raw


def test_a_goal_is_read_where_it_is_shared_and_hidden_at_once_when_that_is_taken_back(pair, goal):
    share(goal, pair.mentorship)
    assert readers(goal, pair.mentor, UserFactory()) == [True, False]
    assert list(queries.goals_shared_in(pair.mentorship, pair.mentor)) == [goal]

    share(goal, now=LATER)

    assert readers(goal, pair.mentor) == [False]
    assert list(queries.goals_shared_in(pair.mentorship, pair.mentor)) == []


def test_one_mentorship_does_not_read_what_another_does(pair, goal):
    other = MentorFactory(programme=pair.programme)
    second = begin(other, pair.mentee_part, form="flash")
    share(goal, second)
    assert readers(goal, other.person, pair.mentor) == [True, False]
    assert list(queries.goals_shared_in(pair.mentorship, pair.mentee)) == []
    share(goal, second, pair.mentorship)
    assert readers(goal, other.person, pair.mentor) == [True, True]
    assert GoalShare.objects.count() == 2


def test_in_a_circle_all_read_what_one_shares(pair):
    members = [
        MentorFactory(programme=pair.programme),
        *MenteeFactory.create_batch(3, programme=pair.programme),
    ]
    circle = begin(*members, form="circle")
    goal = services.write_goal(text=TEXT, by=members[1].person, now=NOW)
    share(goal, circle)
    assert readers(goal, *(each.person for each in members)) == [True] * 4


def test_nobody_shares_in_a_mentorship_of_others_or_a_goal_of_others(pair, goal):
    others = Pair()
    with pytest.raises(NotPossibleNow, match="that you are in"):
        share(goal, others.mentorship)
    with pytest.raises(NotAllowed, match="somebody else’s"):
        share(goal, pair.mentorship, by=pair.mentor)
    assert not GoalShare.objects.exists()


def test_after_the_end_a_share_stays_until_its_owner_takes_it_back(pair, goal):
    share(goal, pair.mentorship)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    finish_endings(now=NOW + timedelta(hours=1))
    assert readers(goal, pair.mentor) == [True]
    share(goal, pair.mentorship, now=LATER)
    assert readers(goal, pair.mentor) == [True]
    share(goal, now=LATER)
    assert readers(goal, pair.mentor) == [False]
    with pytest.raises(NotPossibleNow, match="that you are in"):
        share(goal, pair.mentorship, now=LATER)


@pytest.mark.parametrize("to", [GoalState.REACHED, GoalState.LET_GO])
def test_a_goal_ends_well_and_may_be_taken_up_again(goal, to):
    move(goal, to, kept=" Patience. ")
    assert (goal.state, goal.settled_at, goal.kept) == (to, LATER, "Patience.")
    move(goal, GoalState.ACTIVE)
    assert (goal.state, goal.settled_at, goal.kept) == (GoalState.ACTIVE, None, "")


def test_a_goal_rests_and_is_reached_all_the_same(goal):
    move(goal, GoalState.PAUSED, kept="Nothing is kept of a pause.")
    assert (goal.state, goal.settled_at, goal.kept) == (GoalState.PAUSED, None, "")
    assert move(goal, GoalState.REACHED).state == GoalState.REACHED


def test_a_goal_is_moved_by_its_owner_once(pair, goal):
    stale = Goal.objects.get()
    with pytest.raises(NotAllowed, match="somebody else’s"):
        move(goal, GoalState.REACHED, by=pair.mentor)
    assert rules.can_move(pair.mentee, goal, GoalState.REACHED)
    assert not rules.can_move(pair.mentor, goal, GoalState.REACHED)
    move(goal, GoalState.REACHED)
    with pytest.raises(NotPossibleNow, match="has just changed"):
        services.move_goal(goal=stale, to=GoalState.PAUSED, by=pair.mentee, now=LATER)
    with pytest.raises(NotPossibleNow, match="has just changed"):
        move(goal, GoalState.REACHED)
    with pytest.raises(NotPossibleNow, match="up to 300 letters"):
        move(goal, GoalState.ACTIVE, kept="x" * 301)


def test_a_goal_is_said_anew_and_a_day_that_has_passed_may_stay(pair):
    day = NOW.date() + timedelta(days=2)
    goal = services.write_goal(text=replace(TEXT, due_date=day), by=pair.mentee, now=NOW)
    services.change_goal(
        goal=goal, text=replace(TEXT, words=" Better. ", due_date=day), by=pair.mentee, now=LATER
    )
    goal.refresh_from_db()
    assert (goal.words, goal.due_date) == ("Better.", day)
    with pytest.raises(NotPossibleNow, match="a day ahead"):
        services.change_goal(
            goal=goal,
            text=replace(TEXT, due_date=day + timedelta(days=1)),
            by=pair.mentee,
            now=LATER,
        )
    with pytest.raises(NotAllowed, match="somebody else’s"):
        services.change_goal(goal=goal, text=TEXT, by=pair.mentor, now=LATER)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words": "  "}, "Say in a line"),
        ({"words": "x" * 301}, "up to 300 letters"),
        ({"measure": "x" * 301}, "up to 300 letters"),
        ({"next_step": "x" * 301}, "up to 300 letters"),
        ({"help_needed": "x" * 301}, "up to 300 letters"),
        ({"kind": "money"}, "what kind of goal"),
        ({"factor": "luck"}, "one of the answers"),
        ({"due_date": NOW.date() - timedelta(days=1)}, "a day ahead"),
        ({"due_date": NOW.date() + timedelta(days=3651)}, "a day ahead"),
    ],
)
def test_what_cannot_be_a_goal_is_refused_and_nothing_is_kept(pair, changes, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        services.write_goal(text=replace(TEXT, **changes), by=pair.mentee, now=NOW)
    assert not Goal.objects.exists()


def test_twelve_goals_at_once_are_enough(pair):
    for _ in range(12):
        goal = services.write_goal(text=TEXT, by=pair.mentee, now=NOW)
    with pytest.raises(NotPossibleNow, match="twelve goals already"):
        services.write_goal(text=TEXT, by=pair.mentee, now=NOW)
    move(goal, GoalState.LET_GO)
    assert services.write_goal(text=TEXT, by=pair.mentee, now=NOW)


def test_one_may_share_where_one_is_in_it_and_not_where_one_has_left(pair):
    assert list(queries.mentorships_to_share_in(pair.mentee)) == [pair.mentorship]
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    finish_endings(now=NOW + timedelta(hours=1))
    assert list(queries.mentorships_to_share_in(pair.mentee)) == []
