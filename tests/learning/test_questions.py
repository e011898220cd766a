"""The guide and its questions are complete, fit to be said aloud, and fit the talk."""

from itertools import combinations, pairwise

import pytest
from rapidfuzz import fuzz

from mentorwell.learning.content import LENGTHS, Stage, Step, guide, questions
from mentorwell.learning.rules import SETS, fitting, questions_for, stage_of
from mentorwell.mentorships.content import agreement_choices
from tests.words import faults, repeated


TOPICS = ["", *(kind.slug for kind in agreement_choices().relationship)]


def test_the_words_are_short_and_ours():
    assert faults(guide()) == []
    assert faults(questions()) == []


def test_there_are_more_than_a_hundred_and_twenty_questions_each_once():
    assert len(questions()) >= 120
    assert repeated(each.slug for each in questions()) == []
    assert repeated(each.words for each in questions()) == []


def test_no_two_questions_are_nearly_the_same():
    alike = [
        (one.words, other.words)
        for one, other in combinations(questions(), 2)
        if fuzz.token_sort_ratio(one.words, other.words) > 80
    ]
    assert alike == []


def test_a_question_is_one_question_and_short_enough_to_be_remembered():
    for each in questions():
        assert each.words.count("?") == 1 or each.slug == "project-story", each.words
        assert len(each.words.split()) <= 24, each.words


def test_nobody_is_asked_why_as_if_to_blame():
    assert [each.words for each in questions() if each.words.startswith("Why")] == []


def test_topics_are_kinds_of_relationship_and_depth_is_one_to_three():
    known = set(TOPICS)
    assert [each.slug for each in questions() if not set(each.topics) <= known] == []
    assert {each.depth for each in questions()} == {1, 2, 3}


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("step", list(Step))
def test_enough_questions_fit_every_talk(step, stage, topic):
    assert len(fitting(step, stage, topic, seed="any")) >= 9


def test_every_step_of_the_reflection_is_there_in_its_order():
    assert [step.slug for step in guide()] == list(Step)


@pytest.mark.parametrize("length", LENGTHS)
def test_the_minutes_of_a_talk_run_from_its_beginning_to_its_end(length):
    starts = [step.minutes[LENGTHS.index(length)] for step in guide()]
    assert starts[0] == 0
    assert all(before < after for before, after in pairwise([*starts, length]))


def test_listening_has_more_time_than_challenging():
    for at, length in enumerate(LENGTHS):
        starts = [step.minutes[at] for step in guide()] + [length]
        spans = dict(zip(Step, (after - before for before, after in pairwise(starts)), strict=True))
        assert spans[Step.LISTEN] + spans[Step.OBSERVE] + spans[Step.OPEN] > length / 2


def asked(talk, *, topic="career", seed="pair", ending=False, step=Step.OPEN):
    return [
        frozenset(question.slug for question in three)
        for three in questions_for(step, talk=talk, topic=topic, seed=seed, ending=ending)
    ]


@pytest.mark.parametrize("step", list(Step))
def test_in_thirty_talks_no_three_questions_come_twice(step):
    seen = [three for talk in range(30) for three in asked(talk, step=step)]
    assert len(seen) == 30 * SETS
    assert len(set(seen)) == len(seen)


def test_the_same_talk_has_the_same_questions_and_another_pair_has_others():
    assert asked(4) == asked(4)
    assert asked(4) != asked(4, seed="another pair")


def test_a_first_talk_goes_no_deeper_than_a_first_talk_should():
    for step in Step:
        for three in questions_for(step, talk=0, topic="growth", seed="pair"):
            assert {question.depth for question in three} == {1}


def test_questions_on_the_topic_come_first():
    by_slug = {each.slug: each for each in questions()}
    for step in Step:
        order = fitting(step, Stage.UNDER_WAY, "clinical", seed="pair")
        own = ["clinical" in by_slug[slug].topics for slug in order]
        assert own[0]
        assert own == sorted(own, reverse=True)


def test_a_last_talk_has_questions_of_an_ending():
    slugs = {slug for three in asked(9, ending=True, step=Step.NEXT) for slug in three}
    endings = {each.slug for each in questions() if Stage.ENDING in each.stages}
    assert slugs & endings


def test_two_people_get_to_know_each_other_and_are_then_under_way():
    stages = [stage_of(talk) for talk in range(7)]
    assert stages == [Stage.FIRST, *[Stage.BUILDING] * 4, *[Stage.UNDER_WAY] * 2]


def test_a_thousand_talks_do_not_run_out_of_questions():
    assert len(asked(1000, step=Step.CHALLENGE)) == SETS
