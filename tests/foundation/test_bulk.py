import pytest
from django.db import IntegrityError, transaction

from mentorwell.foundation.bulk import insert_values
from mentorwell.people.models import Participation, Profile
from mentorwell.programmes.models import Site
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import ParticipationFactory
from tests.factories.programmes import OrganisationFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db


def test_rows_hold_what_they_were_given_and_defaults_for_the_rest():
    organisation = OrganisationFactory()
    insert_values(
        Site,
        ("organisation", "name", "latitude"),
        [(organisation.pk, "Main", 51.5), (organisation.pk, "West", None)],
    )
    main, west = Site.objects.order_by("name")
    assert (main.name, main.latitude, main.time_zone) == ("Main", 51.5, "UTC")
    assert (west.name, west.latitude, west.organisation) == ("West", None, organisation)


def test_each_row_has_an_id_and_lists_of_its_own():
    organisation = OrganisationFactory()
    people = UserFactory.create_batch(3)
    insert_values(
        Profile, ("person", "organisation"), [(each.pk, organisation.pk) for each in people]
    )
    profiles = Profile.objects.all()
    assert len({profile.uid for profile in profiles}) == 3
    assert [profile.languages for profile in profiles] == [[], [], []]


def test_every_kind_of_field_reads_back_as_bulk_create_writes_it():
    programme = ProgrammeFactory()
    one, other = UserFactory.create_batch(2)
    told = {
        "part": "mentor",
        "story": "Sealed words.",
        "purposes": ["career"],
        "start_date": NOW.date(),
        "entered_at": NOW,
        "entered_by_office": True,
        "cohort": "",
    }
    Participation.objects.bulk_create([Participation(programme=programme, person=one, **told)])
    insert_values(
        Participation,
        ("programme", "person", *told),
        [(programme.pk, other.pk, *told.values())],
    )
    plain, quick = (
        Participation.objects.filter(person=person).values(*told, "state", "welcomed_at").get()
        for person in (one, other)
    )
    assert quick == plain


def test_sealed_text_is_sealed(django_assert_num_queries):
    participation = ParticipationFactory(story="A secret.")
    person = UserFactory()
    with django_assert_num_queries(1) as queries:
        insert_values(
            Participation,
            ("programme", "person", "part", "story", "entered_at"),
            [(participation.programme_id, person.pk, "mentor", "Planted words.", NOW)],
        )
    assert "Planted" not in queries[0]["sql"]
    assert Participation.objects.get(person=person).story == "Planted words."


def test_no_rows_ask_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_values(Site, ("name",), [])


def test_constraints_hold():
    organisation = OrganisationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_values(
            Site, ("organisation", "name"), [(organisation.pk, "Main"), (organisation.pk, "Main")]
        )
    assert not Site.objects.exists()


def test_rows_of_different_width_are_a_mistake():
    with pytest.raises(ValueError, match="shorter"):
        insert_values(Site, ("organisation", "name"), [(1, "Main"), (1,)])
