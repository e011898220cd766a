"""Times on pages are those of the reader's own clock."""

from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import include, path
from django.utils import timezone

from tests.factories.accounts import UserFactory


pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.test_zone")]

NOON = datetime(2030, 1, 9, 12, tzinfo=UTC)


def tell(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template("{{ noon|date:'H:i' }}").render(Context({"noon": NOON})))


urlpatterns = [path("tell", tell), path("", include("mentorwell.config.urls"))]


@pytest.mark.parametrize(
    ("zone", "shown"), [("America/Chicago", "06:00"), ("Asia/Kolkata", "17:30"), ("UTC", "12:00")]
)
def test_a_reader_sees_their_own_time(client, zone, shown):
    client.force_login(UserFactory(time_zone=zone))

    assert client.get("/tell").text == shown


def test_a_stranger_sees_the_time_of_the_settings_and_nobody_keeps_anothers(client):
    client.force_login(UserFactory(time_zone="Asia/Kolkata"))
    client.get("/tell")
    client.logout()

    assert client.get("/tell").text == "12:00"
    assert timezone.get_current_timezone_name() == "UTC"
