"""The first page in each of its states."""

from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import clock
from tests.browser.looking import THEMES, assert_clean, shot
from tests.factories.accounts import UserFactory
from tests.factories.matching import InvitationFactory
from tests.factories.meetings import propose, schedule
from tests.factories.mentorships import Pair
from tests.factories.people import BlockFactory, MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db(transaction=True)


def look(page, server, name):
    page.goto(server.url + "/")
    for theme in THEMES:
        shot(page, f"{name}-1280-{theme}", width=1280, theme=theme)
        shot(page, f"{name}-360-{theme}", width=360, theme=theme)
    assert_clean(page, widths=(1280, 320))


def test_a_stranger_is_welcome(page, live_server):
    look(page, live_server, "front")


def test_a_full_day(page, live_server, sign_in):
    now = clock.now()
    pair = Pair(now=now - timedelta(days=20))
    schedule(pair, at=now + timedelta(days=3), now=now)
    other = Pair(
        programme=pair.programme,
        mentor=MentorFactory(person=pair.mentor, programme=pair.programme, part="coach"),
        now=now,
    )
    propose(other, by=other.mentee, times=[now + timedelta(days=5)], now=now)
    InvitationFactory(
        mentor=MentorFactory(person=pair.mentor), sent_at=now, expires_at=now + timedelta(days=7)
    )
    BlockFactory(
        person=pair.mentor,
        kind="nights",
        start_date=now.date(),
        end_date=now.date() + timedelta(days=3),
    )
    sign_in(pair.mentor)

    look(page, live_server, "today-full")


@pytest.mark.parametrize(
    ("name", "somebody"),
    [
        ("today-beginning", lambda: MenteeFactory(state=ParticipationState.INVITED).person),
        ("today-quiet", lambda: MentorFactory().person),
        ("today-away", lambda: MentorFactory(state=ParticipationState.PAUSED).person),
        ("today-office", lambda: OfficeRoleFactory().person),
        ("today-nobody", UserFactory),
    ],
)
def test_a_quiet_day(page, live_server, sign_in, name, somebody):
    sign_in(somebody())

    look(page, live_server, name)
