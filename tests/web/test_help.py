from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse

from mentorwell.accounts.http import LAST_SEEN, SHARED_COMPUTER
from mentorwell.programmes import services
from mentorwell.programmes.models import SupportResource
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.programmes import SupportResourceFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def riverside():
    return services.found_organisation(
        name="Riverside", region="US", time_zone="America/Chicago", by=None, now=NOW
    )


def test_help_shows_the_numbers_of_the_region_and_who_checked_them(client, riverside):
    SupportResource.objects.filter(how_to_reach__contains="988").update(
        last_verified_date=date(2029, 12, 1)
    )

    page = client.get(reverse("help:help-show")).content.decode()

    assert "988" in page
    assert "We made sure of this on 1 December 2029." in page
    assert "Not yet checked by Riverside." in page
    assert "116 123" not in page


def test_help_leaves_no_trace_of_a_signed_in_reader(client, riverside):
    client.force_login(UserFactory())
    before = list(Session.objects.values_list("session_data", "expire_date"))

    response = client.get(reverse("help:help-show"))

    assert response.cookies == {}
    assert response["Cache-Control"] == "no-store"
    assert list(Session.objects.values_list("session_data", "expire_date")) == before


def test_help_leaves_no_trace_on_a_shared_computer(client, riverside):
    """Its idle clock is kept in the session: the help page neither winds it nor runs it out."""
    client.force_login(UserFactory())
    session = client.session
    session.update({SHARED_COMPUTER: True, LAST_SEEN: NOW.timestamp()})
    session.save()
    before = list(Session.objects.values_list("session_data", "expire_date"))

    for minutes in (1, 11):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            response = client.get(reverse("help:help-show"))
        assert (response.status_code, response.cookies) == (200, {})
        assert list(Session.objects.values_list("session_data", "expire_date")) == before


def test_help_keeps_the_guards_of_every_page(client, riverside):
    response = client.get(reverse("help:help-show"))

    assert response["X-Frame-Options"] == "DENY"
    assert "script-src" in response["Content-Security-Policy"]
    assert client.post(reverse("help:help-show")).status_code == 405


def test_help_asks_the_database_the_same_few_questions_however_much_there_is(
    client, riverside, django_assert_num_queries
):
    with django_assert_num_queries(1):
        client.get(reverse("help:help-show"))
    SupportResourceFactory.create_batch(3)
    with django_assert_num_queries(1):
        client.get(reverse("help:help-show"))


def test_help_without_an_organisation_still_says_whom_to_call(client):
    assert "911, 999, 112 or 000" in client.get(reverse("help:help-show")).content.decode()
