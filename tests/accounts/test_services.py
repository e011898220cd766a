from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError

from mentorwell.accounts import queries, rules
from mentorwell.accounts.models import User
from mentorwell.accounts.services import (
    NewAccount,
    create_account,
    create_accounts,
    forget_sessions,
    set_active,
    set_it_access,
    set_language,
    set_time_zone,
)
from mentorwell.audit.models import Event
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW


pytestmark = pytest.mark.django_db


def trail():
    return list(Event.objects.order_by("pk").values_list("verb", "actor_uid", "target_uid", "at"))


def test_create_account_makes_somebody_who_can_sign_in_by_code_only():
    office = UserFactory()

    ada = create_account(email=" Ada@Example.org ", name=" Dr. Ada Obi ", by=office, now=NOW)

    ada.refresh_from_db()
    assert (ada.email, ada.name, ada.joined_at) == ("ada@example.org", "Dr. Ada Obi", NOW)
    assert (ada.is_active, ada.is_staff, ada.is_superuser) == (True, False, False)
    assert ada.has_usable_password() is False
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (ada.pk, "ada@example.org", True, True)
    ]
    assert trail() == [("accounts.account.create", office.uid, ada.uid, NOW)]


def test_create_account_refuses_an_address_that_has_one_however_it_is_typed():
    UserFactory(email="ada@example.org")

    with pytest.raises(NotPossibleNow, match="already"):
        create_account(email="ADA@example.org", name="Ada", by=None, now=NOW)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"language": "tlh"}, "speak this language"), ({"time_zone": "Mars/Olympus"}, "time zone")],
)
def test_create_account_refuses_what_it_does_not_know(wrong, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        create_account(email="ada@example.org", name="Ada", by=None, now=NOW, **wrong)

    assert User.objects.count() == 0


def test_create_accounts_makes_the_missing_and_leaves_those_there_as_they_are():
    known = UserFactory(email="known@example.org", name="Known Before")
    wanted = [NewAccount("Known@example.org", "Known Now"), NewAccount("new@example.org", "New")]

    people = create_accounts(accounts=wanted, by=None, now=NOW)

    assert {email: user.name for email, user in people.items()} == {
        "known@example.org": "Known Before",
        "new@example.org": "New",
    }
    assert people["known@example.org"] == known
    assert trail() == [("accounts.account.create", None, people["new@example.org"].uid, NOW)]


def test_create_accounts_twice_changes_nothing():
    wanted = [NewAccount(f"p{number}@example.org", "P") for number in range(3)]
    create_accounts(accounts=wanted, by=None, now=NOW)

    create_accounts(accounts=wanted, by=None, now=NOW + timedelta(days=1))

    assert (User.objects.count(), EmailAddress.objects.count(), len(trail())) == (3, 3, 3)


@pytest.mark.parametrize("how_many", [1, 400])
def test_create_accounts_costs_the_same_for_one_and_for_hundreds(
    how_many, django_assert_max_num_queries
):
    wanted = [NewAccount(f"p{number}@example.org", "P") for number in range(how_many)]

    with django_assert_max_num_queries(20):
        create_accounts(accounts=wanted, by=None, now=NOW)

    assert User.objects.count() == how_many


def test_people_by_email_reads_more_than_one_portion():
    create_accounts(
        accounts=[NewAccount(f"p{number}@example.org", "P") for number in range(501)],
        by=None,
        now=NOW,
    )

    emails = [f"p{number}@example.org" for number in range(501)]
    assert len(queries.people_by_email([*emails, "nobody@example.org"])) == 501


def test_person_by_email_ignores_case_and_space():
    ada = UserFactory(email="ada@example.org")

    assert queries.person_by_email(" ADA@example.org") == ada
    assert queries.person_by_email("bob@example.org") is None


def test_two_people_never_share_an_address():
    with pytest.raises(IntegrityError):
        UserFactory(email="Ada@example.org")


def test_a_person_chooses_their_language(settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    ada = UserFactory()

    set_language(user=ada, language="de", by=ada, now=NOW)

    ada.refresh_from_db()
    assert ada.language == "de"
    assert trail() == [("accounts.account.set_language", ada.uid, ada.uid, NOW)]


def test_a_person_chooses_their_time_zone():
    ada = UserFactory()

    set_time_zone(user=ada, time_zone="Asia/Kolkata", by=ada, now=NOW)

    ada.refresh_from_db()
    assert ada.time_zone == "Asia/Kolkata"
    assert trail() == [("accounts.account.set_time_zone", ada.uid, ada.uid, NOW)]


def test_language_and_time_zone_are_refused_where_unknown():
    ada = UserFactory()

    with pytest.raises(NotPossibleNow, match="language"):
        set_language(user=ada, language="tlh", by=ada, now=NOW)
    with pytest.raises(NotPossibleNow, match="time zone"):
        set_time_zone(user=ada, time_zone="Mars/Olympus", by=ada, now=NOW)


def test_nobody_chooses_for_another():
    ada, it = UserFactory(), UserFactory(is_staff=True, is_superuser=True)

    with pytest.raises(NotAllowed, match="Only the person"):
        set_language(user=ada, language="en", by=it, now=NOW)
    with pytest.raises(NotAllowed, match="Only the person"):
        set_time_zone(user=ada, time_zone="UTC", by=it, now=NOW)
    assert (rules.can_change(ada, ada), rules.can_change(it, ada)) == (True, False)


def test_it_switches_an_account_off_and_on():
    ada, it = UserFactory(), UserFactory(is_staff=True)

    for active in (False, True):
        set_active(user=ada, active=active, by=it, now=NOW)
        ada.refresh_from_db()
        assert ada.is_active is active

    assert [verb for verb, *_ in trail()] == [
        "accounts.account.switch_off",
        "accounts.account.switch_on",
    ]


def test_switching_twice_at_once_is_once():
    ada, it = UserFactory(), UserFactory(is_staff=True)
    set_active(user=ada, active=False, by=it, now=NOW)

    with pytest.raises(NotPossibleNow, match="just been switched"):
        set_active(user=ada, active=False, by=it, now=NOW)
    assert len(trail()) == 1


def test_whoever_runs_the_server_lets_people_into_the_admin_and_out_again():
    ada = UserFactory()

    for allowed in (True, False):
        set_it_access(user=ada, allowed=allowed, by=None, now=NOW)
        ada.refresh_from_db()
        assert (ada.is_staff, ada.is_superuser) == (allowed, allowed)

    assert [verb for verb, *_ in trail()] == ["accounts.it_access.give", "accounts.it_access.take"]


def test_nobody_gives_it_access_through_a_page():
    ada, it = UserFactory(), UserFactory(is_staff=True, is_superuser=True)

    with pytest.raises(NotAllowed, match="runs the server"):
        set_it_access(user=ada, allowed=True, by=it, now=NOW)

    ada.refresh_from_db()
    assert ada.is_staff is False


def test_only_it_switches_and_never_themselves():
    ada = UserFactory()
    strangers = [
        UserFactory(),
        UserFactory(is_superuser=True),
        UserFactory(is_staff=True, is_active=False),
    ]
    it = UserFactory(is_staff=True)

    for stranger in strangers:
        assert rules.can_set_active(stranger, ada) is False
        with pytest.raises(NotAllowed, match="Only IT"):
            set_active(user=ada, active=False, by=stranger, now=NOW)
    with pytest.raises(NotAllowed, match="your own account"):
        set_active(user=it, active=False, by=it, now=NOW)
    assert rules.can_set_active(it, ada) is True


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Prof. Dr. Helen Marsh", "Helen"),
        ("Dr Helen Marsh", "Helen"),
        ("Prof Amara Okoye", "Amara"),
        ("Marsh, Helen", "Helen"),
        ("Marsh, Dr. Helen, MD", "Helen"),
        ("Helen Marsh, MD, PhD", "Helen"),
        ("Do Nguyen", "Do"),
        ("J. R. Smith", "Smith"),
        ("Dr.", "Dr."),
        ("", ""),
    ],
)
def test_one_calls_people_by_their_first_name(name, called):
    assert User(name=name).first_name == called


def test_a_name_is_one_line_because_mails_carry_it():
    ada = create_account(
        email="ada@example.org", name=" Ada\nMaria\u2028 Obi\x07 ", by=None, now=NOW
    )

    assert ada.name == "Ada Maria Obi"


def test_sessions_that_are_over_are_forgotten():
    for key, days in (("over", -1), ("running", 1)):
        Session.objects.create(session_key=key, expire_date=NOW + timedelta(days=days))

    assert forget_sessions(now=NOW) == 1
    assert [session.session_key for session in Session.objects.all()] == ["running"]
