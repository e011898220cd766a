"""What people keep to themselves leaves no trace that anybody else could read."""

import pytest

from mentorwell.audit.models import Event
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.people import queries, services
from mentorwell.people.enums import ExclusionReason
from mentorwell.people.models import Draft, Exclusion, Profile
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import ExclusionFactory, MenteeFactory, MentorFactory, ProfileFactory
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def mentee():
    return MenteeFactory()


@pytest.fixture
def mentor(mentee):
    return MentorFactory(programme=mentee.programme)


def exclude(person, other, **told):
    services.exclude_person(other=other, by=person, now=NOW, **told)


def test_an_exclusion_is_kept_once_and_leaves_no_audit_line(mentee, mentor):
    exclude(mentee.person, mentor.person)
    exclude(mentee.person, mentor.person, reason=ExclusionReason.EVALUATES_ME)

    exclusion = Exclusion.objects.get()
    assert (exclusion.person, exclusion.other) == (mentee.person, mentor.person)
    assert exclusion.reason == ExclusionReason.EVALUATES_ME
    assert not Event.objects.exists()
    programme = Programme.objects.get(pk=mentee.programme_id)
    assert programme.pool_version == mentee.programme.pool_version + 2


def test_an_exclusion_is_invisible_to_the_other_side(mentee, mentor):
    exclude(mentee.person, mentor.person)

    assert not queries.exclusions_of(mentor.person).exists()
    assert not queries.mentors_visible_to(mentee.person, now=NOW).exists()
    # The mentor's own page is theirs as before, and nothing on it has changed.
    assert queries.mentors_visible_to(mentor.person, now=NOW).get() == mentor


def test_letting_somebody_back_in_is_for_who_kept_them_away(mentee, mentor):
    mine = ExclusionFactory(person=mentee.person, other=mentor.person)
    theirs = ExclusionFactory(person=mentor.person, other=mentee.person)

    services.unexclude(exclusion=theirs, by=mentee.person, now=NOW)
    assert set(Exclusion.objects.all()) == {mine, theirs}

    services.unexclude(exclusion=mine, by=mentee.person, now=NOW)
    assert list(Exclusion.objects.all()) == [theirs]
    assert queries.pairing_bars(mentee, on_date=TODAY).excluded == {mentor.person_id}


def test_nobody_excludes_themselves(mentee):
    with pytest.raises(NotPossibleNow, match="yourself"):
        exclude(mentee.person, mentee.person)


def test_hiding_evaluators_is_ones_own_choice(mentee):
    services.hide_evaluators(hide=False, by=mentee.person, now=NOW)

    assert not Profile.objects.get(person=mentee.person).hide_evaluators
    assert not Event.objects.exists()


# --- People by exact name -----------------------------------------------------------------


@pytest.fixture
def helen(mentee):
    profile = ProfileFactory(
        person__name="Dr. Helen Marsh",
        person__email="helen@example.org",
        organisation=mentee.programme.organisation,
    )
    return profile.person


@pytest.mark.parametrize(
    "typed",
    ["Dr. Helen Marsh", "dr. helen  marsh ", "helen@example.org", "HELEN@example.org"],
)
def test_a_colleague_is_found_by_the_whole_name_or_address(typed, mentee, helen):
    assert queries.people_by_exact(typed, asked_by=mentee.person) == [helen]


@pytest.mark.parametrize("typed", ["Helen", "Marsh", "helen@", "Dr. Helen Marsh%", "", "%"])
def test_nobody_can_browse_people(typed, mentee, helen):
    assert queries.people_by_exact(typed, asked_by=mentee.person) == []


def test_only_active_colleagues_of_the_same_organisation_are_found(mentee, helen):
    stranger = ProfileFactory(person__name=helen.name).person
    gone = UserFactory(name=helen.name, is_active=False)
    ProfileFactory(person=gone, organisation=mentee.programme.organisation)
    director = UserFactory(name=helen.name)
    OfficeRoleFactory(programme=mentee.programme, person=director)

    found = queries.people_by_exact(helen.name, asked_by=mentee.person)

    assert found == [helen, director]
    assert stranger not in found
    assert queries.people_by_exact(mentee.person.name, asked_by=mentee.person) == []


# --- Drafts -------------------------------------------------------------------------------


def test_a_draft_comes_back_as_it_was_left(mentee):
    person = mentee.person
    services.keep_draft(key="story", fields={"story": ["One"]}, by=person, now=NOW)
    services.keep_draft(
        key="story", fields={"story": ["Two"], "purposes": ["a", "b"]}, by=person, now=NOW
    )

    assert queries.draft_of(person, "story") == {"story": ["Two"], "purposes": ["a", "b"]}
    assert queries.draft_of(person, "other") == {}
    assert queries.draft_of(UserFactory(), "story") == {}
    assert not Event.objects.exists()

    services.drop_draft(key="story", by=person, now=NOW)
    assert not Draft.objects.exists()


def test_a_draft_is_sealed_in_the_database(mentee):
    services.keep_draft(key="story", fields={"story": ["planted-word"]}, by=mentee.person, now=NOW)

    table = Draft._meta.db_table
    rows = Draft.objects.raw(f"SELECT id, text || '' AS stored FROM {table}")  # noqa: S608 -- a table's name
    assert "planted-word" not in rows[0].stored


def test_a_draft_is_not_a_place_to_store_things(mentee):
    with pytest.raises(NotPossibleNow, match="more than we can keep"):
        services.keep_draft(
            key="story", fields={"story": ["x" * 20_000]}, by=mentee.person, now=NOW
        )
