"""First talks, open doors and leanings: private, optional, and taken into account by the next run."""

import pytest
from django.db import connection

from mentorwell.audit.models import Event
from mentorwell.core.pairing import Mode
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import queries, services
from mentorwell.matching.enums import Hand, Leaning, RoundAsks
from mentorwell.matching.models import FirstTalk, MentorWord, RoundPart
from mentorwell.notices.models import Notice
from mentorwell.people.content import topics
from tests.factories.accounts import UserFactory
from tests.factories.matching import InvitationFactory
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory, ExclusionFactory, MentorFactory
from tests.factories.rounds import DAY, pairs_of


pytestmark = pytest.mark.django_db


def ask_for_talks(story, run=None, by=None):
    run = run or story.solved()
    run.round = story.round
    return services.ask_for_talks(run=run, by=by or story.office, now=NOW)


def react(talk, score, by=None):
    services.react_to_talk(
        talk=talk, score=score, words="We laughed.", by=by or talk.mentee.person, now=NOW
    )


def told(kind):
    return Notice.objects.filter(kind=kind)


# --- First talks ---------------------------------------------------------------------------


def test_each_mentee_is_asked_for_three_talks_and_both_sides_are_told(in_round):
    story = in_round()
    story.stop_wishes()
    assert ask_for_talks(story) == 9
    for mentee in story.mentees:
        talks = queries.talks_of(mentee, story.round, now=NOW)
        assert len({talk.mentor for talk in talks}) == 3
    people = {talk.mentee.person for talk in FirstTalk.objects.all()}
    people |= {talk.mentor.person for talk in FirstTalk.objects.all()}
    assert {notice.person for notice in told("matching.round.first_talks")} == people


def test_first_talks_are_asked_for_once_by_the_office_and_only_in_such_a_round(in_round):
    story = in_round()
    run = story.solved()
    with pytest.raises(NotPossibleNow, match="Stop the wishes"):
        ask_for_talks(story, run)
    story.stop_wishes()
    with pytest.raises(NotAllowed):
        ask_for_talks(story, run, by=UserFactory())
    ask_for_talks(story, run)
    with pytest.raises(NotPossibleNow, match="asked for already"):
        ask_for_talks(story, run)
    plain = in_round(talks=False)
    plain.stop_wishes()
    with pytest.raises(NotPossibleNow, match="no first talks"):
        ask_for_talks(plain)


def test_after_their_last_day_no_talks_are_asked_for(in_round):
    story = in_round()
    run = story.solved()
    story.stop_wishes()
    run.round = story.round
    with pytest.raises(NotPossibleNow, match="is over"):
        services.ask_for_talks(run=run, by=story.office, now=NOW + 15 * DAY)
    assert not FirstTalk.objects.exists()


def test_a_reaction_is_the_mentees_own_sealed_and_leaves_no_trail(in_round):
    story = in_round(mentees=1, mentors=1)
    story.stop_wishes()
    ask_for_talks(story)
    talk = FirstTalk.objects.get()
    before = Event.objects.count()
    react(talk, 4)
    for other in (story.office, talk.mentor.person):
        with pytest.raises(NotAllowed):
            react(talk, 1, by=other)
    with pytest.raises(NotPossibleNow, match="from 1 to 5"):
        react(talk, 6)
    assert Event.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM matching_firsttalk")
        assert "laughed" not in cursor.fetchone()[0]
    talk.refresh_from_db()
    assert (talk.score, talk.words) == (4, "We laughed.")
    assert list(queries.talks_visible_to(talk.mentor.person)) == []


def test_the_next_run_uses_what_both_said(in_round):
    """Two mentors who fit alike: the talk decides, in each direction and in every mode."""
    for mode in Mode:
        story = in_round(mentees=1, mentors=2)
        story.stop_wishes()
        ask_for_talks(story)
        mentee, (one, two) = story.mentees[0], story.mentors
        for liked, other in ((one, two), (two, one)):
            react(FirstTalk.objects.get(mentor=liked), 5)
            react(FirstTalk.objects.get(mentor=other), 2)
            assert pairs_of(story.solved(mode)) == {(mentee.pk, liked.pk)}
        react(FirstTalk.objects.get(mentor=two), 1)
        assert pairs_of(story.solved(mode)) == {(mentee.pk, one.pk)}
        story.say(one, mentee, leaning=Leaning.RATHER_NOT)
        assert pairs_of(story.solved(mode)) == set()


@pytest.mark.parametrize("mode", [Mode.BEST, Mode.FAIR, Mode.STABLE])
def test_whom_a_mentor_prefers_is_theirs_where_all_else_is_equal(in_round, mode):
    story = in_round(mentees=2, mentors=1)
    story.join(story.mentees[0], open_to_doors=True)
    story.join(story.mentees[1], open_to_doors=True)
    for preferred, other in (story.mentees, story.mentees[::-1]):
        story.say(story.mentors[0], preferred, leaning=Leaning.PREFER)
        story.say(story.mentors[0], other, leaning=Leaning.NEUTRAL)
        assert pairs_of(story.solved(mode)) == {(preferred.pk, story.mentors[0].pk)}


def test_silence_changes_nothing(in_round):
    story = in_round()
    story.stop_wishes()
    before = story.solved()
    ask_for_talks(story, before)
    after = story.solved()
    assert (after.input_hash, after.result_hash) == (before.input_hash, before.result_hash)


def test_a_talk_that_went_so_so_comes_behind_what_was_wished(in_round):
    story = in_round(mentees=5, mentors=2)
    mentee, (wished, other) = story.mentees[0], story.mentors
    for one in story.mentees:
        services.wish_in_round(
            round_=story.round, mentee=one, ranked=[wished], by=one.person, now=NOW
        )
    for mentor in story.mentors:
        FirstTalk.objects.create(round=story.round, mentee=mentee, mentor=mentor, asked_at=NOW)
    react(FirstTalk.objects.get(mentor=other), 2)
    with_places(story, 5)
    assert (mentee.pk, wished.pk) in pairs_of(story.solved(Mode.CHOICE))
    react(FirstTalk.objects.get(mentor=other), 4)
    assert (mentee.pk, other.pk) in pairs_of(story.solved(Mode.CHOICE))


def with_places(story, places):
    for mentor in story.mentors:
        for number in range(2, places + 1):
            mentor.places.create(number=number)


def test_what_was_said_shows_in_no_step_order_figure_or_cost(in_round):
    """Planted: it moves the fits that the solver is given, and nothing that the office is told."""
    story = in_round(mentees=1, mentors=2)
    story.stop_wishes()
    mentee, (one, two) = story.mentees[0], story.mentors
    before = story.solved()
    ask_for_talks(story, before)
    react(FirstTalk.objects.get(mentor=one), 5)
    react(FirstTalk.objects.get(mentor=two), 2)
    story.say(one, mentee, leaning=Leaning.PREFER)
    after = story.solved()
    grounds = [queries.kept_ground(run) for run in (before, after)]
    assert grounds[0].problem.fits.tolist() != grounds[1].problem.fits.tolist()
    stories = [queries.run_story(run, user=story.office, now=NOW) for run in (before, after)]
    steps = [dict(told.choices[mentee.pk]) for told in stories]
    assert steps[0] == steps[1]
    assert [line.order for line in stories[1].pairs] == [None]
    assert {line.better for line in stories[1].pairs} == {None}
    told = ("total", "worst", "quarter", "median")
    assert [before.figures[name] for name in told] == [after.figures[name] for name in told]
    cost = queries.foresee(
        after, mentee=mentee, mentor=two, hand=Hand.TOGETHER, user=story.office, now=NOW
    )
    assert cost.total == 0  # the two fit alike, whatever was said


def test_a_first_talk_is_gone_when_one_of_the_two_is(in_round):
    """A name and an address are read no longer than they are needed."""
    for gone in ("left", "paused", "off", "kept away", "published"):
        story = in_round(mentees=1, mentors=1)
        mentee, mentor = story.mentees[0], story.mentors[0]
        run = story.solved()
        story.stop_wishes()
        ask_for_talks(story, run)
        assert len(talks(story, mentor)) == len(talks(story, mentee)) == 1
        if gone == "left":
            services.speak_in_round(
                round_=story.round,
                participation=mentee,
                takes_part=False,
                by=mentee.person,
                now=NOW,
            )
        elif gone == "paused":
            mentor.__class__.objects.filter(pk=mentor.pk).update(state="paused")
        elif gone == "off":
            mentee.person.__class__.objects.filter(pk=mentee.person_id).update(is_active=False)
        elif gone == "kept away":
            ExclusionFactory(person=mentee.person, other=mentor.person)
        else:
            story.publish(run)
        assert talks(story, mentor) == talks(story, mentee) == []


def test_nobody_speaks_of_whom_they_would_have_met(in_round):
    story = in_round(mentees=1, mentors=1)
    mentee, mentor = story.mentees[0], story.mentors[0]
    story.stop_wishes()
    ask_for_talks(story)
    story.say(mentor, mentee, leaning=Leaning.PREFER)
    ExclusionFactory(person=mentee.person, other=mentor.person)
    with pytest.raises(NotPossibleNow, match="do not take part"):
        story.say(mentor, mentee, leaning=Leaning.RATHER_NOT)


def test_first_talks_of_an_empty_market_are_none(in_round):
    story = in_round(mentees=2, mentors=0)
    story.stop_wishes()
    assert ask_for_talks(story) == 0


def talks(story, one):
    return queries.talks_of(one, story.round, now=NOW)


def test_wishes_are_not_taken_again_once_talks_were_asked_for(in_round):
    story = in_round()
    story.stop_wishes()
    ask_for_talks(story)
    with pytest.raises(NotPossibleNow, match="would have none"):
        services.reopen_wishes(round_=story.round, by=story.office, now=NOW)


# --- Open doors ----------------------------------------------------------------------------


def doors(story, mentor):
    return [door.mentee for door in queries.doors_for(mentor, story.round, now=NOW)]


def test_only_who_opted_in_is_read_of_and_never_their_private_topics(in_round):
    private = next(topic.slug for topic in topics() if topic.opt_in)
    story = in_round(mentees=2, mentors=1)
    mentee, mentor = story.mentees[0], story.mentors[0]
    story.seeks(mentee, "cardiology", private)
    assert doors(story, mentor) == []
    story.join(mentee, open_to_doors=True)
    [door] = queries.doors_for(mentor, story.round, now=NOW)
    assert (door.mentee, door.topics) == (mentee, ("cardiology",))
    story.join(mentee)  # thought better of it
    assert doors(story, mentor) == []


def test_whoever_may_not_be_paired_is_not_read_of(in_round):
    """Each bar hides somebody who could be read of before it."""
    story = in_round(mentees=1, mentors=0)
    mentee = story.mentees[0]
    story.join(mentee, open_to_doors=True)

    def mentor():
        one = MentorFactory(programme=story.programme)
        assert doors(story, one) == [mentee]
        return one

    excluded, evaluator, asked, away, full = (mentor() for _ in range(5))
    ExclusionFactory(person=mentee.person, other=excluded.person)
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=evaluator.person,
        evaluated_person=mentee.person,
    )
    InvitationFactory(mentee=mentee, mentor=asked)
    services.speak_in_round(
        round_=story.round, participation=away, takes_part=False, by=away.person, now=NOW
    )
    full.places.all().delete()
    for one in (excluded, evaluator, asked, full):
        assert doors(story, one) == []
        with pytest.raises(NotPossibleNow):
            story.say(one, mentee, opens_door=True)
    mentee.places.all().delete()
    assert doors(story, MentorFactory(programme=story.programme)) == []


def test_an_open_door_is_read_by_the_mentee_and_a_leaning_by_nobody(in_round):
    story = in_round(mentees=1, mentors=2)
    mentee = story.mentees[0]
    story.join(mentee, open_to_doors=True)
    before = Event.objects.count()
    story.say(story.mentors[0], mentee, leaning=Leaning.PREFER, opens_door=True)
    story.say(story.mentors[1], mentee, leaning=Leaning.RATHER_NOT)
    assert Event.objects.count() == before
    assert queries.open_doors_of(mentee, story.round, now=NOW) == [story.mentors[0].pk]
    ExclusionFactory(person=story.mentors[0].person, other=mentee.person)
    assert queries.open_doors_of(mentee, story.round, now=NOW) == []


def test_a_word_is_the_mentors_own_and_makes_sense(in_round):
    story = in_round(mentees=2, mentors=2)
    mentee, other = story.mentees
    story.join(mentee, open_to_doors=True)
    mentor = story.mentors[0]
    for stranger in (story.office, mentee.person, story.mentors[1].person):
        with pytest.raises(NotAllowed):
            services.speak_of_mentee(
                round_=story.round,
                mentor=mentor,
                mentee=mentee,
                leaning=Leaning.PREFER,
                opens_door=False,
                by=stranger,
                now=NOW,
            )
    with pytest.raises(NotPossibleNow, match="do not take part"):
        story.say(mentor, other)  # who has not opted in, and whom they never met
    with pytest.raises(NotPossibleNow, match="do not go together"):
        story.say(mentor, mentee, leaning=Leaning.RATHER_NOT, opens_door=True)
    assert not MentorWord.objects.exists()
    services.close_round(round_=story.round, by=story.office, now=NOW)
    with pytest.raises(NotPossibleNow, match="changes nothing now"):
        story.say(mentor, mentee)


def test_what_one_lets_mentors_read_can_be_taken_back_at_any_time(in_round):
    story = in_round(mentees=1, mentors=1)
    mentee, mentor = story.mentees[0], story.mentors[0]

    def show(shown, by=None):
        services.show_to_mentors(
            round_=story.round, mentee=mentee, shown=shown, by=by or mentee.person, now=NOW
        )

    show(shown=True)
    assert doors(story, mentor) == [mentee]
    with pytest.raises(NotAllowed):
        show(shown=True, by=story.office)
    story.stop_wishes()
    show(shown=False)
    assert doors(story, mentor) == []
    show(shown=True)
    story.publish(story.solved())
    show(shown=False)
    with pytest.raises(NotPossibleNow, match="are out"):
        show(shown=True)


def test_a_mentee_has_another_key_towards_each_mentor_and_in_each_round(in_round):
    story, other = in_round(), in_round()
    mentee, (one, two, *_) = story.mentees[0], story.mentors
    keys = {
        queries.key_of(story.round, one, mentee),
        queries.key_of(story.round, two, mentee),
        queries.key_of(other.round, one, mentee),
        mentee.uid,
    }
    assert len(keys) == 4
    story.join(mentee, open_to_doors=True)
    key = queries.key_of(story.round, one, mentee)
    assert queries.mentee_behind(key, one, story.round, now=NOW) == mentee
    assert queries.mentee_behind(key, two, story.round, now=NOW) is None


def test_what_mentors_said_of_a_mentee_goes_when_they_leave(in_round):
    story = in_round(mentees=1, mentors=1)
    mentee = story.mentees[0]
    story.join(mentee, open_to_doors=True)
    story.say(story.mentors[0], mentee, leaning=Leaning.RATHER_NOT)
    services.speak_in_round(
        round_=story.round, participation=mentee, takes_part=False, by=mentee.person, now=NOW
    )
    assert not MentorWord.objects.exists()
    assert not RoundPart.objects.get(participation=mentee).open_to_doors


def test_doors_take_the_same_number_of_queries_for_one_and_for_four(
    in_round, django_assert_num_queries, django_assert_max_num_queries
):
    story = in_round(mentees=4, mentors=1)
    story.join(story.mentees[0], open_to_doors=True)
    queries.doors_for(story.mentors[0], story.round, now=NOW)  # topics are read once
    with django_assert_max_num_queries(30) as one:
        queries.doors_for(story.mentors[0], story.round, now=NOW)
    for mentee in story.mentees[1:]:
        story.join(mentee, open_to_doors=True)
    with django_assert_num_queries(len(one)):
        assert len(queries.doors_for(story.mentors[0], story.round, now=NOW)) == 4


# --- What a round asks of somebody today ---------------------------------------------------


def test_a_round_asks_one_thing_at_a_time(in_round):
    story = in_round(mentees=1, mentors=2)
    mentee, mentor = story.mentees[0], story.mentors[0]
    late = story.mentees[0].__class__.objects.get(pk=mentee.pk)

    def asks(participation, now=NOW):
        return queries.round_asks(story.round, participation.person, now=now)

    RoundPart.objects.all().delete()
    assert asks(late) == RoundAsks.JOIN
    assert asks(late, NOW + 8 * DAY) == RoundAsks.NOTHING
    story.join(mentee)
    assert asks(mentee) == RoundAsks.NOTHING
    assert asks(mentor) == RoundAsks.NOTHING
    story.join(mentee, open_to_doors=True)
    assert asks(mentor) == RoundAsks.NOTHING  # nothing in common is no reason to call
    for one in (mentee, mentor):
        story.seeks(one, "cardiology")
    assert asks(mentor) == RoundAsks.OPEN_DOOR
    story.say(mentor, mentee)
    assert asks(mentor) == RoundAsks.NOTHING
    run = story.solved()
    story.stop_wishes()
    ask_for_talks(story, run)
    assert asks(mentee) == RoundAsks.TALK
    for talk in FirstTalk.objects.all():
        react(talk, 3)
    assert asks(mentee) == RoundAsks.NOTHING
    assert asks(mentor) == RoundAsks.NOTHING  # they have said what they think of this mentee
    MentorWord.objects.all().delete()
    assert asks(mentor) == RoundAsks.TALK
    story.say(mentor, mentee)
    story.publish(run)
    assert asks(mentee) == RoundAsks.ANSWER
    assert asks(mentor) == RoundAsks.NOTHING
