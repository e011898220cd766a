from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections, transaction

from mentorwell.accounts.models import LinkToken
from mentorwell.accounts.queries import find_link
from mentorwell.accounts.services import forget_links, make_link, use_link
from mentorwell.audit.models import Event
from mentorwell.foundation.errors import NotPossibleNow
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW


TARGET = UUID("00000000-0000-4000-8000-000000000001")
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def make(person=None, *, lifetime=DAY):
    return make_link(
        person=person or UserFactory(),
        action="matching.invitation.answer",
        target_uid=TARGET,
        now=NOW,
        lifetime=lifetime,
    )


def find(secret, *, action="matching.invitation.answer", now=NOW):
    return find_link(secret, action=action, now=now)


def use(secret, *, action="matching.invitation.answer", now=NOW):
    return use_link(secret=secret, action=action, now=now)


def test_a_link_is_found_with_its_person_and_its_target():
    ada = UserFactory()

    link = find(make(ada))

    assert (link.person, link.target_uid, link.used_at) == (ada, TARGET, None)


def test_the_secret_is_stored_nowhere():
    secret = make()

    stored = LinkToken.objects.values().get()
    assert secret not in str(stored)
    assert len(secret) >= 43  # 256 bits


def test_every_link_has_a_secret_of_its_own():
    assert len({make() for _ in range(20)}) == 20


def test_finding_a_link_consumes_and_writes_nothing(django_assert_num_queries):
    secret = make()

    with django_assert_num_queries(1) as captured:
        find(secret)

    assert captured[0]["sql"].startswith("SELECT")
    assert use(secret).person is not None


def test_a_used_link_says_when_and_by_whom():
    ada = UserFactory()

    link = use(make(ada), now=NOW + timedelta(hours=1))

    link.refresh_from_db()
    assert link.used_at == NOW + timedelta(hours=1)
    assert list(Event.objects.values_list("verb", "actor_uid", "target_uid")) == [
        ("accounts.link.use", ada.uid, link.uid)
    ]


def test_a_link_works_once():
    secret = make()
    use(secret)

    with pytest.raises(NotPossibleNow, match="used or is too old"):
        use(secret)
    assert find(secret) is None


@pytest.mark.parametrize(("late_by", "alive"), [(-1, True), (0, False), (1, False)])
def test_a_link_lives_until_its_end(late_by, alive):
    secret = make()
    moment = NOW + DAY + timedelta(seconds=late_by)

    assert (find(secret, now=moment) is not None) is alive
    if alive:
        use(secret, now=moment)
    else:
        with pytest.raises(NotPossibleNow):
            use(secret, now=moment)


def test_a_link_is_for_one_action_only():
    secret = make()

    assert find(secret, action="meetings.meeting.log") is None
    with pytest.raises(NotPossibleNow):
        use(secret, action="meetings.meeting.log")
    assert find(secret) is not None


def test_a_link_of_somebody_who_may_no_longer_sign_in_is_dead():
    secret = make(UserFactory(is_active=False))

    assert find(secret) is None


@pytest.mark.parametrize("secret", ["", "guess", "x" * 10_000, "\x00", "é"])
def test_a_guessed_secret_finds_nothing(secret):
    make()

    assert find(secret) is None


def test_a_refused_action_leaves_the_link_whole():
    secret = make()

    with transaction.atomic():
        use(secret)
        transaction.set_rollback(True)

    assert find(secret) is not None


def test_forget_links_deletes_what_ended_a_month_ago():
    old, recent = make(lifetime=DAY), make(lifetime=2 * DAY)

    assert forget_links(now=NOW + 32 * DAY) == 1
    assert forget_links(now=NOW + 32 * DAY) == 0
    assert (find(old), find(recent) is not None) == (None, True)


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_use_a_link_once():
    secret = make()

    def press(_):
        try:
            use(secret)
        except NotPossibleNow:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(press, range(50))) == 1
