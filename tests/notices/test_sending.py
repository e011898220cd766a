from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from mentorwell.accounts.models import LinkToken
from mentorwell.accounts.queries import find_link
from mentorwell.notices import queries
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import Notice
from mentorwell.notices.services import (
    Outcome,
    choose_mail,
    send_next,
    set_quiet_spans,
    tell_address,
)
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.notices import tell_something
from tests.notices.conftest import TARGET


pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


class MoodyBackend(EmailBackend):
    """A mail backend of Django's own kind that fails as its class attribute says."""

    at_open = None
    at_send = None
    at_close = None

    def open(self):
        if self.at_open:
            raise self.at_open
        return True

    def send_messages(self, messages):
        if self.at_send:
            raise self.at_send
        return super().send_messages(messages)

    def close(self):
        if self.at_close:
            raise self.at_close


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.MoodyBackend"
    yield MoodyBackend
    MoodyBackend.at_open = MoodyBackend.at_send = MoodyBackend.at_close = None


def test_send_next_sends_what_is_due_and_notes_when():
    person = UserFactory(email="ada@example.org")
    notice = tell_something(person)

    assert send_next(now=NOW + MINUTE) is Outcome.DONE

    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, notice.attempts, notice.lease) == (
        NoticeState.SENT,
        NOW + MINUTE,
        1,
        None,
    )


def test_send_next_sends_nothing_twice():
    tell_something(UserFactory())

    outcomes = [send_next(now=NOW), send_next(now=NOW), send_next(now=NOW + timedelta(days=9))]

    assert outcomes == [Outcome.DONE, Outcome.NOTHING_DUE, Outcome.NOTHING_DUE]
    assert len(mail.outbox) == 1


def test_send_next_takes_the_longest_due_first_and_leaves_what_is_not_due():
    for hours in (3, 1, 2, 30):
        due = NOW - timedelta(hours=5) + timedelta(hours=hours)
        tell_something(UserFactory(), ids={"thing": hours}, now=due, not_before=due)

    while send_next(now=NOW) is Outcome.DONE:
        pass

    assert [message.body.split()[1] for message in mail.outbox] == ["1", "2", "3"]


def test_send_next_leaves_digest_notices_to_the_digest():
    tell_something(UserFactory(), urgency=Urgency.DIGEST)

    assert send_next(now=NOW + timedelta(days=30)) is Outcome.NOTHING_DUE


def test_send_next_drops_what_is_no_longer_true():
    notice = tell_something(UserFactory(), kind="test.thing.gone")

    assert send_next(now=NOW) is Outcome.DONE

    notice.refresh_from_db()
    assert (notice.state, mail.outbox) == (NoticeState.DROPPED, [])


def test_send_next_does_not_mail_somebody_who_may_no_longer_sign_in():
    notice = tell_something(UserFactory(is_active=False))

    send_next(now=NOW)

    notice.refresh_from_db()
    assert (notice.state, mail.outbox) == (NoticeState.DROPPED, [])


def test_send_next_renders_what_is_true_when_the_mail_leaves():
    person = UserFactory(name="Ada Before")
    tell_something(person, kind="test.person.hello", ids={"user": person.pk})
    type(person).objects.filter(pk=person.pk).update(name="Ada Now")

    send_next(now=NOW)

    assert "Hello Ada Now" in mail.outbox[0].body


def test_send_next_waits_for_the_end_of_quiet_hours_without_counting_an_attempt():
    notice = tell_something(UserFactory(time_zone="Europe/Berlin"))
    night = datetime(2030, 1, 9, 22, tzinfo=UTC)

    assert send_next(now=night) is Outcome.DONE
    notice.refresh_from_db()
    assert (notice.state, notice.due_at, notice.attempts) == (
        NoticeState.WAITING,
        datetime(2030, 1, 10, 6, tzinfo=UTC),
        0,
    )
    assert send_next(now=night) is Outcome.NOTHING_DUE

    send_next(now=datetime(2030, 1, 10, 6, tzinfo=UTC))
    assert len(mail.outbox) == 1


def test_send_next_waits_for_the_end_of_leave_and_of_chosen_hours():
    person = UserFactory()
    choose_mail(
        digest=True, digest_weekday=0, quiet_from=time(8), quiet_until=time(18), by=person, now=NOW
    )
    leave = (NOW - timedelta(days=1), NOW + timedelta(days=3))
    set_quiet_spans(person=person, source="test", spans=[leave], now=NOW)
    notice = tell_something(person)

    send_next(now=NOW)

    notice.refresh_from_db()
    assert notice.due_at == datetime(2030, 1, 12, 18, tzinfo=UTC)


def test_send_next_sends_the_urgent_by_night_and_during_leave():
    person = UserFactory()
    leave = (NOW - timedelta(days=1), NOW + timedelta(days=3))
    set_quiet_spans(person=person, source="test", spans=[leave], now=NOW)
    tell_something(person, urgency=Urgency.URGENT)

    send_next(now=datetime(2030, 1, 10, 2, tzinfo=UTC))

    assert len(mail.outbox) == 1


def test_send_next_mails_an_address_without_an_account_at_any_hour():
    tell_address(
        address="noor@example.org", kind="test.thing.happened", ids={"thing": 1}, now=NOW, key="a"
    )

    send_next(now=datetime(2030, 1, 10, 2, tzinfo=UTC))

    assert [message.to for message in mail.outbox] == [["noor@example.org"]]


@pytest.mark.parametrize("failure", [ConnectionRefusedError(), SMTPServerDisconnected("gone")])
@pytest.mark.parametrize("when", ["at_open", "at_send"])
def test_send_next_tries_later_and_later_where_the_server_is_down(server, when, failure):
    setattr(server, when, failure)
    notice = tell_something(UserFactory(), urgency=Urgency.URGENT)
    moment, pauses = NOW, []

    for _ in range(7):
        assert send_next(now=moment) is Outcome.SERVER_DOWN
        notice.refresh_from_db()
        pauses.append((notice.due_at - moment) // MINUTE)
        assert send_next(now=notice.due_at - timedelta(seconds=1)) is Outcome.NOTHING_DUE
        moment = notice.due_at

    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert (notice.state, notice.problem) == (NoticeState.WAITING, type(failure).__name__)
    setattr(server, when, None)
    assert send_next(now=moment) is Outcome.DONE
    notice.refresh_from_db()
    assert (notice.state, notice.problem, len(mail.outbox)) == (NoticeState.SENT, "", 1)


@pytest.mark.parametrize(
    ("refusal", "longest"),
    [
        (SMTPRecipientsRefused({"a@example.org": (550, b"unknown")}), timedelta(days=1)),
        (SMTPRecipientsRefused({"a@example.org": (451, b"later")}), timedelta(minutes=30)),
        (SMTPDataError(554, b"no"), timedelta(days=1)),
        (SMTPDataError(452, b"full"), timedelta(minutes=30)),
    ],
    ids=["unknown address", "greylisted", "content refused", "mailbox full"],
)
def test_send_next_goes_on_after_a_refused_mail_and_never_gives_it_up(server, refusal, longest):
    server.at_send = refusal
    notice = tell_something(UserFactory(), urgency=Urgency.URGENT)
    Notice.objects.update(attempts=30)

    assert send_next(now=NOW) is Outcome.DONE

    notice.refresh_from_db()
    assert (notice.state, notice.due_at) == (NoticeState.WAITING, NOW + longest)
    assert list(queries.refused_notices()) == [notice]


@pytest.mark.parametrize(
    ("when", "failure", "attempts"),
    [
        ("at_send", SMTPRecipientsRefused({"a@example.org": (451, b"later")}), 0),
        ("at_open", ConnectionRefusedError(), 30),
    ],
    ids=["has only just begun", "the server is away"],
)
def test_refused_notices_leaves_out_what_no_address_is_to_blame_for(
    server, when, failure, attempts
):
    setattr(server, when, failure)
    tell_something(UserFactory())
    Notice.objects.update(attempts=attempts)

    send_next(now=NOW)

    assert list(queries.refused_notices()) == []


def test_send_next_counts_a_mail_as_sent_though_the_server_hangs_up_after_it(server):
    server.at_close = SMTPServerDisconnected("bye")
    notice = tell_something(UserFactory())

    assert send_next(now=NOW) is Outcome.DONE

    notice.refresh_from_db()
    assert (notice.state, len(mail.outbox)) == (NoticeState.SENT, 1)


def test_send_next_goes_on_after_a_notice_that_cannot_be_rendered(caplog):
    broken = tell_something(UserFactory(), kind="test.thing.broken")
    tell_something(UserFactory(), now=NOW + timedelta(seconds=1))

    assert [send_next(now=NOW + MINUTE) for _ in range(2)] == [Outcome.DONE, Outcome.DONE]

    broken.refresh_from_db()
    assert (broken.state, broken.problem) == (NoticeState.WAITING, "ValueError")
    assert len(mail.outbox) == 1
    assert "test.thing.broken" in caplog.text
    assert "written by somebody" not in caplog.text


def test_send_next_goes_on_after_a_mail_that_cannot_be_composed(caplog):
    """A name with a line break, as an older database may hold one, fits in no mail's head."""
    bad, good = UserFactory(name="Anna\nKlein"), UserFactory()
    ill = tell_something(bad, kind="test.person.hello", ids={"user": bad.pk})
    tell_something(good)

    assert [send_next(now=NOW) for _ in range(3)] == [
        Outcome.DONE,
        Outcome.DONE,
        Outcome.NOTHING_DUE,
    ]

    ill.refresh_from_db()
    assert (ill.state, ill.problem, ill.lease) == (NoticeState.WAITING, "BadHeaderError", None)
    assert [message.to for message in mail.outbox] == [[good.email]]
    assert "Anna" not in caplog.text


def test_send_next_takes_over_when_a_worker_died_and_not_before():
    notice = tell_something(UserFactory())
    Notice.objects.filter(pk=notice.pk).update(
        state=NoticeState.SENDING, lease=notice.uid, leased_until=NOW + timedelta(minutes=10)
    )

    assert send_next(now=NOW + timedelta(minutes=9)) is Outcome.NOTHING_DUE
    assert send_next(now=NOW + timedelta(minutes=10)) is Outcome.DONE

    notice.refresh_from_db()
    assert (notice.state, len(mail.outbox)) == (NoticeState.SENT, 1)


def test_a_second_copy_after_a_crash_carries_the_first_ones_message_id():
    notice = tell_something(UserFactory())
    send_next(now=NOW)
    Notice.objects.filter(pk=notice.pk).update(
        state=NoticeState.SENDING, lease=notice.uid, leased_until=NOW
    )
    send_next(now=NOW)

    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second == f"<{notice.uid}@localhost>"


@pytest.mark.usefixtures("server")
def test_a_worker_that_lost_its_lease_leaves_the_other_workers_note_alone(monkeypatch):
    notice = tell_something(UserFactory())
    taken_over = {"lease": TARGET, "leased_until": NOW + timedelta(hours=1)}

    class Slow(MoodyBackend):
        def send_messages(self, messages):
            Notice.objects.filter(pk=notice.pk).update(**taken_over)
            return super().send_messages(messages)

    monkeypatch.setattr("tests.notices.test_sending.MoodyBackend", Slow)
    send_next(now=NOW)

    notice.refresh_from_db()
    assert (notice.state, notice.lease) == (NoticeState.SENDING, TARGET)


def test_a_link_in_a_mail_is_made_when_the_mail_leaves_and_works_once_found():
    person = UserFactory()
    tell_something(person, kind="test.answer.wanted")
    assert LinkToken.objects.count() == 0

    send_next(now=NOW)

    url = next(line for line in mail.outbox[0].body.splitlines() if "/answer/" in line)
    secret = url.rstrip("/").rpartition("/")[2]
    link = find_link(secret, action="test.answer", now=NOW)
    assert (link.person, link.target_uid, link.expires_at) == (
        person,
        TARGET,
        NOW + timedelta(days=7),
    )
    assert "/plain/" not in mail.outbox[0].body


def test_an_address_without_an_account_gets_the_plain_page_instead_of_a_link():
    tell_address(address="noor@example.org", kind="test.answer.wanted", ids={}, now=NOW, key="a")

    send_next(now=NOW)

    assert "/plain/" in mail.outbox[0].body
    assert LinkToken.objects.count() == 0


def test_no_link_is_made_while_the_server_is_down(server):
    server.at_open = ConnectionRefusedError()
    tell_something(UserFactory(), kind="test.answer.wanted")

    send_next(now=NOW)

    assert LinkToken.objects.count() == 0
