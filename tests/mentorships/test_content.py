"""The formats and the choices of a first agreement are complete and fit to be read."""

import pytest

from mentorwell.mentorships.content import agreement_choices, formats
from mentorwell.people.enums import Part
from tests.words import faults, repeated


BY_SLUG = {each.slug: each for each in formats()}


@pytest.mark.parametrize("read", [formats, agreement_choices])
def test_words_are_short_and_ours(read):
    assert faults(read()) == []


def test_there_are_five_formats():
    assert list(BY_SLUG) == ["one-to-one", "circle", "peer", "flash", "panel"]


@pytest.mark.parametrize("part", [Part.MENTOR, Part.MENTEE])
@pytest.mark.parametrize("slug", BY_SLUG)
def test_limits_of_a_format_fit_each_other(slug, part):
    rules = BY_SLUG[slug].rules_for(part)
    assert 0 <= rules.members_stay <= rules.members_least <= rules.members_most
    assert 0 <= rules.places <= 1


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_format_keeps_at_least_two_people(slug):
    both = [BY_SLUG[slug].rules_for(part) for part in (Part.MENTOR, Part.MENTEE)]
    assert sum(rules.members_stay for rules in both) >= 2


def test_those_who_give_follow_the_rules_of_the_mentor():
    circle = BY_SLUG["circle"]
    assert {circle.rules_for(part) for part in (Part.COACH, Part.ADVISOR, Part.BUDDY)} == {
        circle.mentor
    }
    assert circle.rules_for(Part.MENTEE) == circle.mentee != circle.mentor


def test_one_to_one_claims_a_place_on_both_sides_and_is_unique():
    pair = BY_SLUG["one-to-one"]
    assert (pair.mentor.places, pair.mentee.places, pair.pair_unique) == (1, 1, True)
    assert pair.mentor.members_most == pair.mentee.members_most == 1


def test_a_circle_has_one_mentor_and_two_to_eight_mentees():
    circle = BY_SLUG["circle"]
    assert circle.mentor.members_most == 1
    assert (circle.mentee.members_least, circle.mentee.members_most) == (2, 8)


def test_among_peers_nobody_is_the_mentor():
    assert BY_SLUG["peer"].mentor.members_most == 0


def test_one_good_talk_is_one_meeting_without_an_agreement():
    flash = BY_SLUG["flash"]
    assert (flash.meetings_most, flash.agreement_expected) == (1, False)
    assert all(each.agreement_expected for each in formats() if each.slug != "flash")


def test_only_a_panel_names_the_parts_of_its_mentors():
    assert [each.slug for each in formats() if each.roles] == ["panel"]
    panel = BY_SLUG["panel"]
    assert len(panel.roles) >= panel.mentor.members_most
    assert repeated(role.slug for role in panel.roles) == []
    assert max(len(role.name) for role in panel.roles) <= 60


@pytest.mark.parametrize("question", ["relationship", "meetings", "agenda", "scheduling"])
def test_each_question_of_the_agreement_offers_distinct_choices(question):
    choices = getattr(agreement_choices(), question)
    assert 4 <= len(choices) <= 10
    assert repeated(choice.slug for choice in choices) == []
    assert repeated(choice.name for choice in choices) == []
    assert all(choice.sentence.endswith((".", "?")) for choice in choices)


def test_every_agreement_says_what_cannot_stay_between_two_and_that_it_may_end():
    said = " ".join(agreement_choices().standing)
    for word in ("harmed", "law", "patient", "neutral person", "end this at any time"):
        assert word in said


def test_the_mentee_usually_brings_the_agenda():
    assert agreement_choices().agenda[0].slug == "mentee"
