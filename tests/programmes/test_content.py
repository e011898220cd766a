"""The words and figures that programmes start from are complete and fit to be read."""

import tomllib
from dataclasses import asdict, fields
from importlib.resources import files

import pytest
from django.core.exceptions import ValidationError

from mentorwell.people.content import stages
from mentorwell.programmes import content
from mentorwell.programmes.content import TemplatePolicy, templates
from mentorwell.programmes.enums import Kind, Rhythm
from mentorwell.programmes.models import Policy
from tests.factories.programmes import ProgrammeFactory
from tests.words import faults


def test_words_of_templates_are_short_and_ours():
    assert faults(templates()) == []


def test_the_five_templates_stand_in_order():
    assert [template.slug for template in templates()] == [
        "residency",
        "faculty",
        "students",
        "nursing",
        "general",
    ]


def test_each_template_is_named_like_its_file_and_shares_all_keys():
    keys = set()
    for file in files(content.__name__).joinpath("templates").iterdir():
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        assert f"{found['slug']}.toml" == file.name
        keys.add((*sorted(found), *sorted(found["policy"])))
    assert len(keys) == 1


def test_a_template_sets_every_figure_of_a_policy():
    figures = {field.name for field in Policy._meta.concrete_fields}
    assert {field.name for field in fields(TemplatePolicy)} == figures - {
        "id",
        "uid",
        "programme",
    }


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.slug)
@pytest.mark.django_db
def test_a_policy_made_from_a_template_passes_the_database(template):
    programme = ProgrammeFactory(policy=None, template=template.slug)
    figures = asdict(template.policy)
    policy = Policy(programme=programme, **figures)
    try:
        policy.full_clean()
    except ValidationError as error:
        pytest.fail(str(error))
    policy.save()


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.slug)
def test_every_template_keeps_the_limits_that_protect_people(template):
    policy = template.policy
    assert (policy.places_default, policy.places_most) == (1, 3)
    assert (policy.reminder_days, policy.expiry_days) == (3, 7)
    assert (policy.open_invitations_most, policy.open_invitations_per_place) == (3, 2)
    assert (policy.activity_threshold, policy.wellbeing_threshold) == (5, 10)
    assert (policy.silent_days, policy.closing_days) == (30, 14)
    assert policy.review_days == (90, 180, 365)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.slug)
def test_weights_add_up_and_what_lies_beneath_outweighs_nearness(template):
    policy = template.policy
    parts = (
        policy.weight_interest,
        policy.weight_proximity,
        policy.weight_values,
        policy.weight_style,
    )
    assert sum(parts) == pytest.approx(1)
    assert min(parts) > 0
    assert policy.weight_values + policy.weight_style > policy.weight_proximity


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.slug)
def test_nobody_who_keeps_the_rhythm_is_taken_for_silent(template):
    days = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.MONTHLY: 30}
    assert days[template.policy.rhythm] <= template.policy.silent_days


def test_every_stage_list_is_a_stage_group():
    groups = {group.slug for group in stages()}
    assert {template.policy.stage_list for template in templates()} <= groups


def test_every_template_pairs_mentors():
    assert all(Kind.MENTOR in template.policy.kinds for template in templates())


def test_residency_joins_mentor_advisor_and_coach():
    assert templates()[0].policy.kinds == (Kind.MENTOR, Kind.ADVISOR, Kind.COACH)
