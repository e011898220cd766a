"""The pictures of the README, made from the pages themselves: PICTURES=1 writes them anew."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from mentorwell.foundation import clock
from mentorwell.people.content import styles
from mentorwell.people.models import StyleAnswer, TopicChoice, ValueChoice
from tests.factories.accounts import UserFactory
from tests.factories.matching import InvitationFactory
from tests.factories.meetings import schedule
from tests.factories.mentorships import Pair
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OrganisationFactory, ProgrammeFactory, SiteFactory


pytestmark = pytest.mark.django_db(transaction=True)

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MENTORS = [
    (
        "Dr. Helen Marsh",
        "Cardiology",
        (
            "I failed my first board exam. Ask me about coming back, and about choosing a fellowship "
            "with small children at home."
        ),
        ["cardiology", "echocardiography", "fellowship-application"],
        ["mastery", "service", "honesty"],
        0,
    ),
    (
        "Dr. Tunde Adeyemi",
        "Hospital medicine",
        "Quality improvement is where I found my joy again. I listen first and push later.",
        ["heart-failure", "quality-improvement", "leading-rounds"],
        ["growth", "service"],
        1,
    ),
    (
        "Dr. Ines Duarte",
        "Critical care",
        "Nights in the unit shaped me. I can help you stay steady when everything beeps at once.",
        ["critical-care", "night-shifts"],
        ["courtesy", "duty"],
        2,
    ),
]


def tell(part, *, topics, values, style):
    TopicChoice.objects.bulk_create(TopicChoice(participation=part, topic=each) for each in topics)
    ValueChoice.objects.bulk_create(
        ValueChoice(person=part.person, value=each, rank=rank, shown=True)
        for rank, each in enumerate(values, start=1)
    )
    StyleAnswer.objects.bulk_create(
        StyleAnswer(person=part.person, slider=each.slug, position=style, matters=1)
        for each in styles()
    )


@pytest.fixture
def residency():
    """A programme with three mentors and a mentee who has told enough to see who fits."""
    house = OrganisationFactory(name="Riverside Health")
    programme = ProgrammeFactory(
        name="Internal Medicine Residency",
        organisation=house,
        search_opens_date=clock.now().date(),
    )
    site = SiteFactory(organisation=house, name="Riverside Main")
    mentors = []
    for name, headline, story, topics, values, style in MENTORS:
        mentor = MentorFactory(
            programme=programme,
            person=UserFactory(name=name),
            story=story,
            places=2,
            profile__headline=headline,
            profile__site=site,
            profile__remote=True,
        )
        tell(mentor, topics=topics, values=values, style=style)
        mentors.append(mentor)
    mentee = MenteeFactory(
        programme=programme,
        person=UserFactory(name="Amara Okafor"),
        purposes=["choosing-a-path"],
        profile__site=site,
    )
    tell(
        mentee,
        topics=["cardiology", "fellowship-application"],
        values=["mastery", "service", "growth", "honesty", "humor"],
        style=0,
    )
    return programme, mentors, mentee


def keep(page, name):
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG")
    if os.environ.get("PICTURES"):
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.png").write_bytes(picture)


def test_a_picture_of_the_search(page, live_server, sign_in, residency):
    *_, mentee = residency
    sign_in(mentee.person)
    page.goto(f"{live_server.url}/mentors/")
    assert page.get_by_role("heading", name="Dr. Helen Marsh").is_visible()

    keep(page, "find")


def test_a_picture_of_today(page, live_server, sign_in, residency):
    programme, mentors, mentee = residency
    now = clock.now()
    pair = Pair(programme=programme, mentor=mentors[0], mentee=mentee, now=now - timedelta(days=40))
    schedule(pair, at=now + timedelta(days=2), now=now)
    sign_in(mentee.person)
    page.goto(f"{live_server.url}/")
    assert page.get_by_text("Helen").first.is_visible()

    keep(page, "today")


def test_a_picture_of_an_invitation_on_a_phone(page, live_server, sign_in, residency):
    _, mentors, mentee = residency
    now = clock.now()
    invitation = InvitationFactory(
        mentee=mentee,
        mentor=mentors[0],
        why_you="Your story made me feel less alone with mine.",
        what_i_bring="I prepare, I am on time, and I say when something does not help.",
        sent_at=now,
        expires_at=now + timedelta(days=7),
    )
    page.set_viewport_size({"width": 390, "height": 780})
    sign_in(mentors[0].person)
    page.goto(f"{live_server.url}/invitations/{invitation.uid}/")
    assert page.get_by_text("less alone").is_visible()

    keep(page, "phone")
