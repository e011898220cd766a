from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentorwell.notices import queries
from mentorwell.notices.emails import lines_of
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import Notice
from mentorwell.notices.services import mark_seen, tell, tell_address
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.notices import tell_something


pytestmark = pytest.mark.django_db


def test_tell_keeps_kind_ids_and_language_and_no_text():
    person = UserFactory(language="en")

    tell(
        person=person,
        kind="test.thing.happened",
        ids={"thing": 7},
        now=NOW,
        urgency=Urgency.AT_ONCE,
        key="thing:7",
    )

    assert list(
        Notice.objects.values_list(
            "person", "address", "kind", "ids", "language", "urgency", "told_at", "due_at", "state"
        )
    ) == [
        (
            person.pk,
            None,
            "test.thing.happened",
            {"thing": 7},
            "en",
            "at once",
            NOW,
            NOW,
            "waiting",
        )
    ]


def test_tell_twice_with_one_key_is_once_and_leaves_the_callers_transaction_whole():
    person = UserFactory()

    with transaction.atomic():
        for kind in ("test.thing.happened", "test.meeting.set"):
            tell(person=person, kind=kind, ids={}, now=NOW, urgency=Urgency.AT_ONCE, key="one")
        after = UserFactory()

    assert [notice.kind for notice in Notice.objects.all()] == ["test.thing.happened"]
    after.refresh_from_db()


def test_tell_goes_with_the_transaction_of_its_caller():
    person = UserFactory()

    with transaction.atomic():
        tell_something(person)
        transaction.set_rollback(True)

    assert Notice.objects.count() == 0


def test_tell_refuses_a_kind_that_nobody_registered():
    with pytest.raises(KeyError, match=r"test\.unknown"):
        tell_something(UserFactory(), kind="test.unknown")


@pytest.mark.parametrize(
    ("not_before", "due"),
    [
        (None, NOW),
        (NOW - timedelta(hours=1), NOW),
        (NOW + timedelta(hours=1), NOW + timedelta(hours=1)),
    ],
)
def test_tell_waits_until_not_before(not_before, due):
    assert tell_something(UserFactory(), not_before=not_before).due_at == due


def test_tell_lets_the_digest_wait_for_monday_morning_where_the_person_lives():
    person = UserFactory(time_zone="America/Chicago")

    notice = tell_something(person, urgency=Urgency.DIGEST)

    assert notice.due_at == datetime(2030, 1, 14, 13, tzinfo=UTC)


def test_tell_lets_a_digest_notice_wait_for_the_first_digest_after_not_before():
    later = NOW + timedelta(days=7)

    notice = tell_something(UserFactory(), urgency=Urgency.DIGEST, not_before=later)

    assert notice.due_at == datetime(2030, 1, 21, 7, tzinfo=UTC)


def test_tell_address_needs_no_account_and_goes_at_once():
    tell_address(
        address="noor@example.org", kind="test.thing.happened", ids={"thing": 1}, now=NOW, key="a"
    )

    notice = Notice.objects.get()
    assert (notice.person, notice.address, notice.due_at) == (None, "noor@example.org", NOW)
    assert (notice.urgency, notice.language) == (Urgency.URGENT, "en")


def test_tell_address_may_wait_and_speak_another_language():
    tell_address(
        address="noor@example.org",
        kind="test.thing.happened",
        ids={},
        now=NOW,
        key="a",
        language="de",
        not_before=NOW + timedelta(days=1),
    )

    notice = Notice.objects.get()
    assert (notice.language, notice.due_at) == ("de", NOW + timedelta(days=1))


def _notice(**fields):
    defaults = {"kind": "k", "language": "en", "urgency": "at once", "told_at": NOW}
    defaults |= {"not_before": NOW, "due_at": NOW}
    return Notice(**{**defaults, **fields})


def test_a_notice_goes_to_a_person_or_to_an_address_but_not_both_or_neither():
    person = UserFactory()

    for wrong in ({}, {"person": person, "address": "noor@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            _notice(key="wrong", **wrong).save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": NoticeState.SENDING},
        {"state": NoticeState.WAITING, "leased_until": NOW},
        {
            "state": NoticeState.SENT,
            "leased_until": NOW,
            "lease": "00000000-0000-4000-8000-000000000001",
        },
    ],
    ids=["sending without a lease", "half a lease", "lease on a sent one"],
)
def test_a_notice_has_a_lease_exactly_while_it_is_being_sent(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        _notice(key="wrong", address="noor@example.org", **wrong).save()


def test_notices_visible_to_shows_ones_own_the_latest_first_and_nothing_untrue():
    person = UserFactory()
    early = tell_something(person)
    late = tell_something(person, now=NOW + timedelta(hours=1))
    dropped = tell_something(person)
    Notice.objects.filter(pk=dropped.pk).update(state=NoticeState.DROPPED)
    tell_something(UserFactory())

    assert list(queries.notices_visible_to(person)) == [late, early]


def test_mark_seen_takes_the_mark_off_ones_own_notices_once():
    person, other = UserFactory(), UserFactory()
    tell_something(person)
    tell_something(person)
    tell_something(other)

    assert mark_seen(by=person, now=NOW) == 2
    assert mark_seen(by=person, now=NOW + timedelta(hours=1)) == 0
    assert {notice.seen_at for notice in queries.notices_visible_to(person)} == {NOW}
    assert queries.notices_visible_to(other).get().seen_at is None


@pytest.mark.parametrize("how_many", [1, 3])
def test_lines_of_notices_cost_one_query_however_many(how_many, django_assert_num_queries):
    person = UserFactory()
    for _ in range(how_many):
        tell_something(person)

    with django_assert_num_queries(1):
        shown = lines_of(queries.notices_visible_to(person))

    assert len(shown) == how_many
    assert {line.path for line in shown} == {"/things/"}


def test_lines_of_leaves_out_kinds_that_are_no_longer_installed():
    notice = _notice(key="old", person=UserFactory(), kind="old.app.event")
    notice.save()

    assert lines_of([notice]) == []
