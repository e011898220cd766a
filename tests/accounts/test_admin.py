"""IT sees accounts and reference data in Django admin, and can change nothing personal."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from mentorwell.accounts.models import User
from mentorwell.audit.models import Event
from tests.factories.accounts import UserFactory


pytestmark = pytest.mark.django_db

# Every model that Django admin shows, with the fields that IT may change there. A model that
# holds anything people wrote, or who is whose mentor, does not belong here.
WHITELIST = {"accounts.User": {"is_active"}}


@pytest.fixture
def it(client):
    """IT at its most powerful, signed in."""
    it = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(it)
    return it


@pytest.fixture
def ada():
    return UserFactory(email="ada@example.org", name="Ada Obi")


def change(client, user, **fields):
    return client.post(reverse("admin:accounts_user_change", args=[user.pk]), fields)


def test_the_admin_shows_the_whitelist_and_nothing_else():
    assert {model._meta.label for model in admin.site._registry} == set(WHITELIST)


def test_it_may_change_the_whitelisted_fields_and_nothing_else(rf, it):
    request = rf.get("/")
    request.user = it

    editable = {
        model._meta.label: set(page.get_form(request, model(pk=0)).base_fields)
        for model, page in admin.site._registry.items()
    }

    assert editable == WHITELIST


def test_the_index_lists_accounts_only(client, it):
    page = client.get(reverse("admin:index")).content.decode()

    assert set(re.findall(r'href="(/admin/\w+/\w+/)"', page)) == {"/admin/accounts/user/"}


def test_it_sees_an_account_and_no_more_of_the_person(client, it, ada):
    page = client.get(reverse("admin:accounts_user_change", args=[ada.pk])).content.decode()

    assert ("ada@example.org" in page, "Ada Obi" in page) == (True, True)
    assert 'name="is_active"' in page
    for other in ("email", "name", "password", "is_staff", "is_superuser", "groups", "language"):
        assert f'name="{other}"' not in page


def test_it_finds_an_account_by_name(client, it, ada):
    UserFactory(email="bo@example.org")

    page = client.get(reverse("admin:accounts_user_changelist"), {"q": "Obi"}).content.decode()

    assert ("ada@example.org" in page, "bo@example.org" in page) == (True, False)


@pytest.mark.parametrize(
    "lookup",
    ["password__startswith", "participations__isnull", "exclusions__isnull", "id__in", "email"],
)
def test_it_cannot_ask_in_the_address_for_what_is_not_shown(client, it, ada, lookup):
    answer = client.get(reverse("admin:accounts_user_changelist"), {lookup: "1"})

    assert (answer.status_code, "ada@example.org" in answer.text) == (400, False)


def test_it_switches_an_account_off_through_the_service(client, it, ada):
    change(client, ada)

    ada.refresh_from_db()
    assert ada.is_active is False
    assert list(Event.objects.values_list("verb", "actor_uid", "target_uid")) == [
        ("accounts.account.switch_off", it.uid, ada.uid)
    ]


def test_saving_without_a_change_writes_no_trail(client, it, ada):
    change(client, ada, is_active="on")

    ada.refresh_from_db()
    assert (ada.is_active, Event.objects.count()) == (True, 0)


def test_what_a_clever_form_adds_is_not_taken(client, it, ada):
    before = User.objects.values().get(pk=ada.pk)

    change(
        client,
        ada,
        is_active="on",
        email="mine@example.org",
        name="Other",
        password="x",
        is_staff="on",
        is_superuser="on",
    )

    assert User.objects.values().get(pk=ada.pk) == before


def test_it_cannot_switch_off_itself(client, it):
    assert change(client, it).status_code == 403

    it.refresh_from_db()
    assert it.is_active is True


@pytest.mark.parametrize("page", ["add", "delete", "password"])
def test_accounts_are_neither_made_nor_deleted_nor_given_passwords(client, it, ada, page):
    address = {
        "add": "/admin/accounts/user/add/",
        "delete": f"/admin/accounts/user/{ada.pk}/delete/",
        "password": f"/admin/accounts/user/{ada.pk}/password/",
    }[page]

    for answer in (client.get(address), client.post(address, {"post": "yes"})):
        assert answer.status_code in {302, 403, 404}
    assert User.objects.filter(pk=ada.pk).exists()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/auth/group/",
        "/admin/account/emailaddress/",
        "/admin/django_tasks_database/dbtaskresult/",
        "/admin/notices/notice/",
    ],
)
def test_other_packages_put_no_pages_here(client, it, address):
    assert client.get(address).status_code == 404


def test_who_is_not_it_is_kept_out(client, ada):
    client.force_login(ada)

    assert client.get("/admin/accounts/user/").status_code in {302, 403}


def test_the_admins_door_is_the_houses_own_sign_in(client):
    response = client.get("/admin/login/", {"next": "/admin/"})

    assert (response.status_code, response["Location"].split("?")[0]) == (
        302,
        reverse("account_login"),
    )


def test_the_admins_own_log_holds_an_account_and_no_text(client, it, ada):
    change(client, ada)

    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.change_message) == (
        str(ada.pk),
        '[{"changed": {"fields": ["Is active"]}}]',
    )
