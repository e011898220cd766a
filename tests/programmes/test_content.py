"""The words and figures that programmes start from are complete and fit to be read."""

import tomllib
from dataclasses import asdict, fields
from importlib.resources import files

import pytest
from django.core.exceptions import ValidationError

from mentorwell.people.content import stages
from mentorwell.programmes import content
from mentorwell.programmes.content import (
    TemplatePolicy,
    help_routes,
    support_resources,
    templates,
)
from mentorwell.programmes.enums import Kind, Rhythm, SupportKind
from mentorwell.programmes.models import Organisation, Policy, SupportResource
from tests.factories.programmes import ProgrammeFactory
from tests.words import faults, repeated


@pytest.mark.parametrize("read", [templates, support_resources, help_routes])
def test_words_are_short_and_ours(read):
    assert faults(read()) == []


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
        "agreement_questions",  # a programme's own
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


# --- Where to turn ---


EMERGENCY = {
    "US": "911",
    "UK": "999",
    "IE": "112",
    "CA": "911",
    "AU": "000",
    "NZ": "111",
    "EU": "112",
    "any": None,
}
CRISIS = {"US": "988", "UK": "116123", "IE": "116123", "CA": "988", "AU": "131114", "NZ": "1737"}
REGIONS = [region.slug for region in support_resources().region]


def test_the_regions_are_those_we_have_numbers_for():
    assert set(REGIONS) == set(EMERGENCY)
    assert {each.region for each in support_resources().resource} == set(EMERGENCY)


@pytest.mark.parametrize("region", REGIONS)
def test_the_emergency_line_comes_first_in_every_region(region):
    kinds = [each.kind for each in support_resources().in_region(region)]
    assert kinds[0] == SupportKind.EMERGENCY
    assert kinds.count(SupportKind.EMERGENCY) == 1
    assert support_resources().in_region(region)[0].dial == EMERGENCY[region]


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_a_crisis_line_after_it(region):
    assert support_resources().in_region(region)[1].kind == SupportKind.CRISIS


@pytest.mark.parametrize(("region", "number"), CRISIS.items())
def test_the_crisis_number_is_right_for_the_region(region, number):
    assert support_resources().in_region(region)[1].dial == number


def test_an_unknown_region_is_sent_to_the_local_emergency_number():
    assert support_resources().in_region("XX") == support_resources().in_region("any")
    assert support_resources().in_region("XX")[0].slug == "any-emergency"


def test_nothing_is_called_verified_that_nobody_has_verified():
    assert {each.last_verified_date for each in support_resources().resource} == {None}


def test_the_written_number_is_the_one_that_is_dialled():
    for each in support_resources().resource:
        if each.dial:
            written = "".join(filter(str.isdigit, each.how_to_reach))
            national = each.dial.removeprefix("+1").removeprefix("+44").removeprefix("+353")
            assert national in written, each.slug


def test_links_are_safe_to_follow():
    for each in support_resources().resource:
        assert each.link is None or each.link.startswith("https://")


def test_a_note_says_for_whom_and_when_and_what_else():
    notes = {each.slug: each.note for each in support_resources().resource}
    assert notes["us-988"] == "Anyone. Day and night."
    assert notes["au-drs4drs"] == (
        "Doctors and medical students. Day and night. Free and confidential."
    )


@pytest.mark.django_db
def test_every_resource_fits_the_database():
    organisation = Organisation.objects.create(name="Riverside")
    for position, each in enumerate(support_resources().resource):
        SupportResource(
            organisation=organisation,
            kind=each.kind,
            region=each.region,
            name=each.name,
            how_to_reach=each.how_to_reach,
            link=each.link or "",
            note=each.note,
            position=position,
            last_verified_date=each.last_verified_date,
        ).full_clean()


def test_an_organisation_starts_in_a_region_that_exists():
    assert Organisation().region in REGIONS


def test_slugs_of_resources_are_unique_and_begin_with_their_region():
    assert repeated(each.slug for each in support_resources().resource) == []
    for each in support_resources().resource:
        assert each.slug.startswith(f"{each.region.lower()}-")


# --- Which help is the right one ---


def test_danger_is_asked_first_and_mentoring_last():
    assert [route.slug for route in help_routes()] == [
        "danger",
        "harm",
        "unwell",
        "hard-event",
        "safety",
        "decision",
        "solution",
        "skill",
        "door",
        "growing",
    ]


def test_danger_leads_to_numbers_to_call():
    assert help_routes()[0].support == (SupportKind.EMERGENCY, SupportKind.CRISIS)


def test_only_the_last_route_leads_to_the_search():
    assert [route.slug for route in help_routes() if route.to_search] == ["growing"]


def test_every_route_is_a_question_with_a_name_and_an_answer():
    for route in help_routes():
        assert route.question.endswith("?")
        assert route.sentence.endswith(".")


@pytest.mark.parametrize("region", REGIONS)
def test_every_kind_of_support_on_a_route_is_shipped_or_asked_of_the_institution(region):
    shipped = {each.kind for each in support_resources().in_region(region)}
    asked = {each.kind for each in support_resources().local}
    needed = {kind for route in help_routes() for kind in route.support}
    assert needed <= shipped | asked
