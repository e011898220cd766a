from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError

from mentorwell.audit.models import Event
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.notices import queries
from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import MailChoice, QuietSpan
from mentorwell.notices.services import choose_mail, set_quiet_spans
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.notices import tell_something


pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def choose(person, **changes):
    chosen = {"digest": True, "digest_weekday": 3, "quiet_from": time(20), "quiet_until": time(8)}
    return choose_mail(**{**chosen, **changes}, by=person, now=NOW)


def test_without_a_choice_monday_and_the_night_hold():
    choice = queries.mail_choice_of(UserFactory())

    assert (choice.digest, choice.digest_weekday, choice.quiet_from, choice.quiet_until) == (
        True,
        0,
        time(21),
        time(7),
    )
    assert MailChoice.objects.count() == 0


def test_choose_mail_keeps_the_latest_choice_and_says_so_in_the_trail():
    person = UserFactory()
    choose(person)
    choice = choose(person, digest=False, digest_weekday=6)

    stored = queries.mail_choice_of(person)
    assert (stored.pk, stored.digest, stored.digest_weekday) == (choice.pk, False, 6)
    assert (
        list(Event.objects.values_list("verb", "actor_uid", "target_uid", "at"))
        == [("notices.mail.choose", person.uid, choice.uid, NOW)] * 2
    )


def test_choose_mail_moves_what_waits_for_a_digest_to_the_new_day():
    person, other = UserFactory(), UserFactory()
    waiting = tell_something(person, urgency=Urgency.DIGEST)
    at_once = tell_something(person)
    of_other = tell_something(other, urgency=Urgency.DIGEST)

    choose(person, digest_weekday=3)

    for notice in (waiting, at_once, of_other):
        notice.refresh_from_db()
    assert waiting.due_at == datetime(2030, 1, 10, 7, tzinfo=UTC)
    assert (at_once.due_at, of_other.due_at) == (NOW, datetime(2030, 1, 14, 7, tzinfo=UTC))


def test_choose_mail_never_brings_a_notice_before_its_time():
    person = UserFactory()
    later = tell_something(person, urgency=Urgency.DIGEST, not_before=NOW + timedelta(days=20))

    choose(person, digest_weekday=3)

    later.refresh_from_db()
    assert later.due_at == datetime(2030, 1, 31, 7, tzinfo=UTC)


def test_choose_mail_refuses_an_eighth_day():
    with pytest.raises(NotPossibleNow, match="day of the week"):
        choose(UserFactory(), digest_weekday=7)


def test_the_database_refuses_an_eighth_day():
    with pytest.raises(IntegrityError):
        MailChoice.objects.create(person=UserFactory(), digest_weekday=7)


def test_set_quiet_spans_replaces_those_of_the_same_source_only():
    person = UserFactory()
    night, leave, longer = (NOW, NOW + HOUR), (NOW, NOW + 2 * HOUR), (NOW, NOW + 3 * HOUR)
    set_quiet_spans(person=person, source="nights", spans=[night], now=NOW)
    set_quiet_spans(person=person, source="leave", spans=[leave], now=NOW)

    set_quiet_spans(person=person, source="leave", spans=[longer], now=NOW)

    spans = queries.quiet_spans_of(person, now=NOW)
    assert [(span.source, span.ends_at) for span in spans] == [
        ("nights", NOW + HOUR),
        ("leave", NOW + 3 * HOUR),
    ]


def test_set_quiet_spans_leaves_out_what_is_over_or_empty():
    spans = [(NOW - HOUR, NOW), (NOW + HOUR, NOW + HOUR), (NOW + 2 * HOUR, NOW + HOUR)]

    set_quiet_spans(person=UserFactory(), source="test", spans=spans, now=NOW)

    assert QuietSpan.objects.count() == 0


def test_quiet_spans_of_shows_ones_own_that_have_not_ended():
    person = UserFactory()
    for each in (person, UserFactory()):
        span = (NOW, NOW + HOUR)
        set_quiet_spans(person=each, source="test", spans=[span], now=NOW)

    assert queries.quiet_spans_of(person, now=NOW).count() == 1
    assert queries.quiet_spans_of(person, now=NOW + HOUR).count() == 0


def test_the_database_refuses_a_span_that_ends_before_it_begins():
    with pytest.raises(IntegrityError):
        QuietSpan.objects.create(person=UserFactory(), source="x", starts_at=NOW, ends_at=NOW)
