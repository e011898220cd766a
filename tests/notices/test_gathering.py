from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail

from mentorwell.notices import queries
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import Notice
from mentorwell.notices.services import Outcome, choose_mail, gather_digests, send_next
from mentorwell.notices.services.gathering import _gather
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.notices import tell_something


pytestmark = pytest.mark.django_db

MONDAY = datetime(2030, 1, 14, 7, tzinfo=UTC)
WEEK = timedelta(days=7)


def send_all(now):
    while send_next(now=now) is Outcome.DONE:
        pass


def choose(person, **changes):
    chosen = {"digest": True, "digest_weekday": 0, "quiet_from": time(21), "quiet_until": time(7)}
    return choose_mail(**{**chosen, **changes}, by=person, now=NOW)


def test_a_week_of_small_things_is_one_mail_on_monday():
    person = UserFactory()
    for number in (1, 2, 3):
        tell_something(person, urgency=Urgency.DIGEST, ids={"thing": number})

    assert gather_digests(now=MONDAY - timedelta(seconds=1)) == 0
    assert gather_digests(now=MONDAY) == 1
    send_all(MONDAY)

    assert [message.subject for message in mail.outbox] == ["3 things for this week"]
    body = mail.outbox[0].body
    assert [body.count(f"- Thing {number} happened") for number in (1, 2, 3)] == [1, 1, 1]
    assert "http://127.0.0.1:8000/things/2/" in body


def test_gathering_again_sends_nothing_again():
    tell_something(UserFactory(), urgency=Urgency.DIGEST)

    assert [gather_digests(now=MONDAY), gather_digests(now=MONDAY)] == [1, 0]
    send_all(MONDAY)
    assert gather_digests(now=MONDAY + WEEK) == 0
    send_all(MONDAY + WEEK)

    assert [message.subject for message in mail.outbox] == ["One thing for this week"]


def test_nothing_due_makes_no_digest():
    UserFactory()

    assert gather_digests(now=MONDAY) == 0
    assert Notice.objects.count() == 0


def test_a_digest_of_things_no_longer_true_is_not_sent():
    tell_something(UserFactory(), urgency=Urgency.DIGEST, kind="test.thing.gone")

    gather_digests(now=MONDAY)
    send_all(MONDAY)

    assert mail.outbox == []
    assert Notice.objects.get(kind=queries.DIGEST_KIND).state == NoticeState.DROPPED


def test_a_digest_leads_to_the_start_page_where_a_thing_has_no_button():
    tell_something(UserFactory(), urgency=Urgency.DIGEST, kind="test.meeting.set")

    gather_digests(now=MONDAY)
    send_all(MONDAY)

    assert "- A meeting\n  http://127.0.0.1:8000/\n" in mail.outbox[0].body


def test_each_person_gets_their_own_digest_on_their_own_day():
    tuesday, monday = UserFactory(), UserFactory()
    choose(tuesday, digest_weekday=1)
    for person in (tuesday, monday):
        tell_something(person, urgency=Urgency.DIGEST)

    assert gather_digests(now=MONDAY) == 1
    assert gather_digests(now=MONDAY + timedelta(days=1)) == 1

    digests = Notice.objects.filter(kind=queries.DIGEST_KIND).order_by("told_at")
    assert [digest.person for digest in digests] == [monday, tuesday]


def test_who_wants_no_digest_keeps_the_notices_on_their_page():
    person = UserFactory()
    choose(person, digest=False)
    notice = tell_something(person, urgency=Urgency.DIGEST)

    assert gather_digests(now=MONDAY) == 0
    send_all(MONDAY)

    notice.refresh_from_db()
    assert (notice.state, mail.outbox) == (NoticeState.KEPT, [])
    assert list(queries.notices_visible_to(person)) == [notice]


def test_the_digest_is_not_listed_beside_the_things_it_gathers():
    person = UserFactory()
    notice = tell_something(person, urgency=Urgency.DIGEST)
    gather_digests(now=MONDAY)

    assert list(queries.notices_visible_to(person)) == [notice]


def test_a_digest_waits_a_week_after_three_mails_within_a_month():
    person = UserFactory()
    for day in (1, 2, 3):
        tell_something(person, now=NOW + timedelta(days=day))
        send_all(NOW + timedelta(days=day))
    tell_something(person, urgency=Urgency.DIGEST)

    assert gather_digests(now=MONDAY) == 0
    assert Notice.objects.get(urgency=Urgency.DIGEST).due_at == MONDAY + WEEK
    # Once, however many mails there were: nothing waits longer than two weeks.
    assert gather_digests(now=MONDAY + WEEK) == 1


def test_calendar_mails_do_not_keep_a_digest_waiting():
    person = UserFactory()
    for day in (1, 2, 3):
        tell_something(person, kind="test.meeting.set", now=NOW + timedelta(days=day))
        send_all(NOW + timedelta(days=day))
    tell_something(person, urgency=Urgency.DIGEST)

    assert gather_digests(now=MONDAY) == 1


def test_however_much_happens_small_things_fill_no_inbox():
    """A year in which something small happens every day makes at most four mails in 31 days."""
    person = UserFactory()
    sent = []
    for day in range(365):
        moment = NOW.replace(hour=7) + timedelta(days=day)
        tell_something(person, urgency=Urgency.DIGEST, now=moment)
        gather_digests(now=moment)
        send_all(moment)
        sent += [moment] * (len(mail.outbox) - len(sent))

    months = [sum(first <= other <= first + timedelta(days=31) for other in sent) for first in sent]
    assert (len(sent), max(months)) == (32, 4)


def test_what_a_digest_gathered_two_workers_gather_once():
    person = UserFactory()
    notice = tell_something(person, urgency=Urgency.DIGEST)
    Notice.objects.create(
        person=person,
        kind=queries.DIGEST_KIND,
        key=f"{queries.DIGEST_KIND}:{notice.uid}",
        language="en",
        urgency=Urgency.AT_ONCE,
        told_at=MONDAY,
        not_before=MONDAY,
        due_at=MONDAY,
    )

    assert gather_digests(now=MONDAY) == 0
    assert Notice.objects.filter(kind=queries.DIGEST_KIND).count() == 1


def test_a_worker_that_comes_second_finds_nothing_left_to_gather():
    person = UserFactory()
    tell_something(person, urgency=Urgency.DIGEST)

    assert [_gather(person, MONDAY), _gather(person, MONDAY)] == [True, False]
    assert Notice.objects.filter(kind=queries.DIGEST_KIND).count() == 1
