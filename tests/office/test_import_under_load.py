"""A large roster comes in while people sign in: nobody sees an error."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.test import Client
from django.urls import reverse

from mentorwell.accounts.models import User
from mentorwell.people.models import Participation
from tests.factories.accounts import UserFactory
from tests.factories.programmes import ProgrammeFactory
from tests.office.rosters import crowd, written
from tests.processes import finish, start


pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

MAIN = ("-c", "from mentorwell.ops.cli import main; main()")
PASSWORD = "three calm words"
SIGNING_IN = 50
MOST = 5 * SIGNING_IN
ROWS = 3_000
# As the settings have it for SQLite outside tests, where each worker keeps to its own database.
FILES = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"}


def test_fifty_people_sign_in_while_a_roster_comes_in(settings, tmp_path):
    settings.CACHES = {"default": FILES | {"LOCATION": str(tmp_path / "cache")}}
    ProgrammeFactory(slug="large")
    people = UserFactory.create_batch(SIGNING_IN, password=make_password(PASSWORD))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, primary=True, verified=True)
        for person in people
    )
    file = tmp_path / "roster.csv"
    file.write_bytes(written(*crowd(ROWS, site="West", topics="Research; Penguins")))

    def sign_in(person):
        try:
            client = Client(raise_request_exception=False)
            told = {"login": person.email, "password": PASSWORD}
            answer = client.post(reverse("account_login"), told)
            return answer.status_code, "_auth_user_id" in client.session
        finally:
            connections.close_all()

    process = start(*MAIN, "import", "roster", str(file), "--programme", "large")
    answers = []
    with ThreadPoolExecutor(10) as pool:
        # Several times while the roster comes in, so that some sign in at the very moment; all
        # from one address, as from one hospital, and within its rate limit.
        while process.poll() is None and len(answers) < MOST:
            answers += pool.map(sign_in, people)
    code, output, errors = finish(process)

    assert (code, errors) == (0, "")
    assert f"{ROWS} parts are new" in output
    assert set(answers) == {(302, True)}
    assert Participation.objects.count() == ROWS
    assert User.objects.count() == ROWS + SIGNING_IN
