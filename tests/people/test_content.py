"""The words of people's profiles are complete and fit to be read."""

import pytest

from mentorwell.core.lifecycles import InvitationState
from mentorwell.core.pairing.profiles import Slider
from mentorwell.core.topics import TopicTree
from mentorwell.people.content import (
    barriers,
    prompts,
    purposes,
    stages,
    styles,
    topics,
    values,
)
from tests.words import faults, repeated


ALL = [topics, values, styles, stages, purposes, barriers, prompts]


@pytest.mark.parametrize("read", ALL)
def test_words_are_short_and_ours(read):
    assert faults(read()) == []


@pytest.mark.parametrize("read", ALL)
def test_content_is_read_once(read):
    assert read() is read()


# --- Topics ---


def depth(topic, by_slug):
    return 1 if topic.parent is None else 1 + depth(by_slug[topic.parent], by_slug)


def test_the_topic_tree_is_wide_enough():
    assert len(topics()) >= 200


def test_topic_slugs_and_names_are_unique():
    assert repeated(topic.slug for topic in topics()) == []
    assert repeated(topic.name.casefold() for topic in topics()) == []


def test_topic_slugs_and_names_fit_the_database():
    assert max(len(topic.slug) for topic in topics()) <= 60
    assert max(len(topic.name) for topic in topics()) <= 120
    assert all(topic.slug.replace("-", "").isalnum() for topic in topics())


def test_a_parent_stands_above_its_children():
    # Which also means that parents exist and that the tree has no cycle.
    seen = set()
    for topic in topics():
        assert topic.parent is None or topic.parent in seen, topic.slug
        seen.add(topic.slug)


def test_fits_can_read_the_tree():
    tree = TopicTree.build((topic.slug, topic.parent) for topic in topics())
    assert tree.slugs == tuple(topic.slug for topic in topics())


def test_the_tree_has_at_most_three_levels():
    by_slug = {topic.slug: topic for topic in topics()}
    assert [topic.slug for topic in topics() if depth(topic, by_slug) > 3] == []


def test_every_root_has_several_children():
    roots = [topic.slug for topic in topics() if topic.parent is None]
    for root in roots:
        assert sum(topic.parent == root for topic in topics()) >= 5, root


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("echo", "echocardiography"),
        ("gas", "anesthesiology"),
        ("ent", "otolaryngology"),
        ("paediatrics", "pediatrics"),
        ("usmle", "exams"),
        ("crna", "nurse-anesthesia"),
        ("impostor", "self-doubt"),
    ],
)
def test_everyday_words_find_a_topic(typed, slug):
    assert [topic.slug for topic in topics() if typed in topic.synonyms] == [slug]


def test_synonyms_are_lower_case_and_say_something_new():
    for topic in topics():
        assert repeated(topic.synonyms) == []
        for synonym in topic.synonyms:
            assert synonym == synonym.lower(), synonym
            assert synonym != topic.name.lower(), synonym


def test_topics_that_may_say_something_private_are_opt_in():
    assert {topic.slug for topic in topics() if topic.opt_in} >= {
        "faith-and-medicine",
        "lgbtq-in-medicine",
        "disability-and-illness",
        "parental-leave",
    }


def test_no_topic_hides_below_an_opt_in_topic():
    private = {topic.slug for topic in topics() if topic.opt_in}
    assert [topic.slug for topic in topics() if topic.parent in private] == []


# --- Values ---


def test_there_are_forty_values_in_the_order_of_their_names():
    names = [value.name for value in values()]
    assert len(names) == 40
    assert names == sorted(set(names))
    assert repeated(value.slug for value in values()) == []


def test_no_value_reveals_faith_health_or_private_life():
    kept_out = {
        "attractiveness",
        "family",
        "fitness",
        "gods-will",
        "health",
        "intimacy",
        "loved",
        "loving",
        "monogamy",
        "romance",
        "sexuality",
        "spirituality",
        "virtue",
    }
    assert kept_out.isdisjoint(value.slug for value in values())


def test_each_gloss_is_a_sentence_of_its_own():
    glosses = [value.gloss for value in values()]
    assert repeated(glosses) == []
    assert all(gloss.endswith(".") and len(gloss.split()) <= 14 for gloss in glosses)


# --- Working styles ---


def test_there_are_eight_sliders_those_that_fits_compare():
    assert len(styles()) == 8
    assert [style.slug for style in styles()] == list(Slider)


def test_each_slider_has_two_poles_and_a_question():
    for style in styles():
        assert style.left != style.right
        assert style.explanation.endswith("?")


def test_sentences_about_a_style_never_say_who_stands_where():
    for style in styles():
        for sentence in (style.both_left, style.both_right, style.both_middle):
            assert sentence.startswith("You "), sentence
        assert style.differ.startswith("One of you "), style.differ
        assert "the other" in style.differ


# --- Stages ---


def test_the_stage_groups_cover_the_professions():
    assert [group.slug for group in stages()] == [
        "student",
        "physician",
        "faculty",
        "nursing",
        "advanced-practice",
        "allied",
        "leadership",
        "general",
        "civil-service",
    ]


def test_stage_slugs_are_unique_over_all_groups_and_fit_the_database():
    slugs = [stage.slug for group in stages() for stage in group.stages]
    assert repeated(slugs) == []
    assert max(map(len, slugs)) <= 40


def test_names_of_stages_are_unique_within_their_group():
    for group in stages():
        assert repeated(stage.name for stage in group.stages) == []


def test_ranks_rise_within_each_group_but_the_students():
    # Students of several schools stand side by side, so only each school's own years rise.
    for group in stages():
        ranks = [stage.rank for stage in group.stages]
        assert all(0 <= rank <= 100 for rank in ranks)
        if group.slug != "student":
            assert ranks == sorted(ranks), group.slug


@pytest.mark.parametrize("school", ["medical-student", "nursing-student"])
def test_ranks_rise_within_a_school(school):
    (students,) = (group for group in stages() if group.slug == "student")
    ranks = [stage.rank for stage in students.stages if stage.slug.startswith(school)]
    assert ranks == sorted(set(ranks))


def test_civil_service_grades_climb_one_by_one():
    (grades,) = (group for group in stages() if group.slug == "civil-service")
    assert [(grade.name, grade.rank) for grade in grades.stages] == [
        ("AA", 1),
        ("AO", 2),
        ("EO", 3),
        ("HEO", 4),
        ("SEO", 5),
        ("Grade 7", 6),
        ("Grade 6", 7),
        ("SCS1", 8),
        ("SCS2", 9),
        ("SCS3", 10),
        ("SCS4", 11),
    ]


def test_every_student_stands_before_every_first_post():
    by_group = {group.slug: [stage.rank for stage in group.stages] for group in stages()}
    for group in ("physician", "nursing", "allied"):
        assert max(by_group["student"]) < min(by_group[group])


# --- Purposes ---


def test_there_are_ten_to_fourteen_purposes_each_of_its_own():
    assert 10 <= len(purposes()) <= 14
    assert repeated(purpose.slug for purpose in purposes()) == []
    assert repeated(purpose.name for purpose in purposes()) == []


def test_every_purpose_implies_several_topics_that_exist():
    known = {topic.slug for topic in topics()}
    for purpose in purposes():
        assert 3 <= len(purpose.topics) <= 6, purpose.slug
        assert repeated(purpose.topics) == []
        assert set(purpose.topics) <= known, purpose.slug


def test_no_purpose_implies_anything_private():
    private = {topic.slug for topic in topics() if topic.opt_in}
    assert private.isdisjoint(slug for purpose in purposes() for slug in purpose.topics)


def test_the_purpose_of_hard_days_says_that_mentoring_is_not_treatment():
    (hard_days,) = (purpose for purpose in purposes() if purpose.slug == "hard-days")
    assert "do not treat" in hard_days.sentence


# --- Barriers ---


def test_time_skill_and_recognition_come_first():
    assert [barrier.slug for barrier in barriers()] == [
        "time",
        "skill",
        "recognition",
        "fear",
        "fatigue",
    ]


def test_every_barrier_is_short_enough_for_one_line():
    for barrier in barriers():
        assert len(barrier.thought) <= 40
        assert len(barrier.answer) <= 120


# --- Prompts and outcomes ---


@pytest.mark.parametrize(
    "box",
    [
        "why_you",
        "what_i_bring",
        "mentee_story",
        "mentor_story",
        "strengths",
        "hopes",
        "how_i_live_it",
        "what_i_see_in_you",
        "what_i_intend_to_give",
        "thanks",
    ],
)
def test_every_box_has_a_few_prompts(box):
    offered = getattr(prompts(), box)
    assert 3 <= len(offered) <= 4
    assert repeated(offered) == []


def test_every_end_of_an_invitation_has_words_for_both_sides():
    ends = set(InvitationState) - {InvitationState.DRAFT, InvitationState.SENT}
    slugs = [outcome.slug for outcome in prompts().outcome]
    assert repeated(slugs) == []
    assert set(slugs) == ends | {"not_now", "ended"}


def test_a_no_and_a_not_now_read_the_same_to_the_mentee():
    read = {outcome.slug: (outcome.name, outcome.to_mentee) for outcome in prompts().outcome}
    assert read["declined"] == read["not_now"]


def test_an_invitation_without_answer_says_nothing_about_the_mentee():
    (expired,) = (outcome for outcome in prompts().outcome if outcome.slug == "expired")
    assert expired.to_mentee == "No answer in time. This says nothing about you."


def test_an_ending_reads_the_same_on_both_sides():
    (ended,) = (outcome for outcome in prompts().outcome if outcome.slug == "ended")
    assert ended.to_mentee == ended.to_mentor


def test_reasons_to_decline_speak_of_the_mentor_or_the_fit():
    reasons = prompts().decline_reason
    assert len(reasons) >= 4
    assert repeated(reason.slug for reason in reasons) == []
    for reason in reasons:
        assert not any(harsh in reason.words for harsh in ("You are", "you are not", "sorry"))
