"""Every page of the programme office, and the leaders' page, with something on it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import clock
from mentorwell.people.models import TopicChoice
from mentorwell.programmes.roles import Role
from tests.browser.looking import THEMES, assert_clean, shot
from tests.factories.matching import HelpRequestFactory
from tests.factories.mentorships import Pair
from tests.factories.people import (
    EvaluationLinkFactory,
    LinkOverrideFactory,
    MenteeFactory,
    MentorFactory,
)
from tests.factories.programmes import (
    OfficeRoleFactory,
    ProgrammeFactory,
    SiteFactory,
    SupportResourceFactory,
    UnitFactory,
)


class Office:
    """A programme with something of everything, and the way to its pages."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.programme = ProgrammeFactory(slug="night-school", name="Internal Medicine Residency")
        house = {"organisation": self.programme.organisation}
        self.director = OfficeRoleFactory(programme=self.programme, role=Role.DIRECTOR).person
        self.coordinator = OfficeRoleFactory(programme=self.programme).person
        self.resource = SupportResourceFactory(**house)
        self.site = SiteFactory(**house)
        UnitFactory(site=self.site)
        now = clock.now()
        pair = Pair(programme=self.programme, now=now - timedelta(days=40))
        self.mentor = pair.mentor_part
        waiting = MentorFactory(
            programme=self.programme,
            state=ParticipationState.INVITED,
            welcomed_at=now,
            entered_by_office=True,
        )
        TopicChoice.objects.create(participation=waiting, topic="teaching")
        for _ in range(6):
            MenteeFactory(programme=self.programme, cohort="2030")
        HelpRequestFactory(
            mentee=pair.mentee_part,
            coordinator=self.coordinator,
            asked_at=now,
            due_date=now.date() + timedelta(days=3),
        )
        self.link = EvaluationLinkFactory(
            **house,
            evaluator_person=pair.mentor,
            evaluated_person=MenteeFactory(programme=self.programme).person,
            start_date=now.date(),
        )
        LinkOverrideFactory(
            link=self.link, mentee=pair.mentee_part, mentor=pair.mentor_part, asked_at=now
        )

    def look(self, name, *uids, as_="office"):
        """Open a page, take its pictures and hold it to the bar."""
        address = reverse(f"office:{name}", args=["night-school", *uids])
        self.page.goto(self.server.url + address)
        for theme in THEMES:
            shot(self.page, f"{as_}-{name}-1280-{theme}", width=1280, theme=theme)
            shot(self.page, f"{as_}-{name}-360-{theme}", width=360, theme=theme)
        assert_clean(self.page, widths=(1280, 320))


@pytest.fixture
def office(page, live_server, transactional_db):
    return Office(page, live_server)


def test_what_a_coordinator_sees(office, sign_in):
    sign_in(office.coordinator)

    for name, *uids in (
        ("overview-show",),
        ("people-list",),
        ("person-show", office.mentor.uid),
        ("person-create",),
        ("mentor-enter",),
        ("mentorship-list",),
        ("link-list",),
        ("link-create",),
        ("link-end", office.link.uid),
        ("exception-create", office.link.uid),
    ):
        office.look(name, *uids)


def test_what_a_director_sees(office, sign_in):
    sign_in(office.director)

    for name, *uids in (
        ("policy-edit",),
        ("organisation-edit",),
        ("support-edit", office.resource.uid),
        ("site-edit", office.site.uid),
        ("unit-create", office.site.uid),
        ("team-list",),
        ("programme-create",),
    ):
        office.look(name, *uids)


def test_what_a_leader_sees(office, page, live_server, sign_in):
    sign_in(OfficeRoleFactory(programme=office.programme, role=Role.LEADER).person)

    page.goto(live_server.url + "/leaders/")

    for theme in THEMES:
        shot(page, f"leaders-1280-{theme}", width=1280, theme=theme)
        shot(page, f"leaders-360-{theme}", width=360, theme=theme)
    assert_clean(page)


def test_the_list_follows_its_filters_without_a_button(office, page, live_server, sign_in):
    sign_in(office.coordinator)
    page.goto(live_server.url + reverse("office:people-list", args=["night-school"]))
    rows = page.locator("#people tbody tr")
    expect(rows).to_have_count(10)

    page.locator("#id_part").select_option("mentor")
    expect(rows).to_have_count(2)
    expect(page).to_have_url(re.compile("part=mentor"))

    page.locator("#id_standing").select_option("left")
    expect(page.get_by_text("Nobody like that here")).to_be_visible()


def test_a_form_sent_too_early_says_what_is_missing(office, page, live_server, sign_in):
    sign_in(office.coordinator)
    page.goto(live_server.url + reverse("office:link-create", args=["night-school"]))

    page.get_by_role("button", name="Enter this link").click()

    expect(page.get_by_role("alert")).to_contain_text("Something is missing")
    assert_clean(page, widths=(1280, 320))
