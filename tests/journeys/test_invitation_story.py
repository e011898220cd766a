"""A mentee finds, compares and invites a mentor, who answers from the mail in two taps."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from mentorwell.core.lifecycles import InvitationState, MeetingState
from mentorwell.foundation.clockwork import DUTIES
from mentorwell.matching import queries, services
from mentorwell.matching.models import Invitation
from mentorwell.meetings.models import Meeting
from mentorwell.notices.services import send_next
from mentorwell.notices.services.sending import Outcome
from mentorwell.people.models import TopicChoice
from tests.factories.matching import open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db

WRITTEN = "You came back after failing an exam. I would like to ask you how."


@pytest.fixture
def story():
    programme = open_programme()
    ana = MenteeFactory(programme=programme, person__name="Ana Silva", looking_since=NOW)
    helen = MentorFactory(programme=programme, person__name="Dr. Helen Marsh")
    tunde = MentorFactory(programme=programme, person__name="Dr. Tunde Adeyemi")
    for one in (ana, helen):
        TopicChoice.objects.create(participation=one, topic="cardiology")
    return ana, helen, tunde


def signed_in(participation):
    client = Client()
    client.force_login(participation.person)
    return client


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def press(client, response, label):
    """Press the button with this label in the form it stands in."""
    page = page_of(response)
    (button,) = (one for one in page.select("button") if label in one.text)
    form = button.find_parent("form")
    fields = {
        field["name"]: field.text if field.name == "textarea" else field.get("value", "")
        for field in form.select("input[name], textarea[name]")
        if field["name"] != "csrfmiddlewaretoken"
    }
    if button.get("name"):
        fields[button["name"]] = button["value"]
    address = form.get("action") or response.request["PATH_INFO"]
    return client.post(address, fields, follow=True)


def send_due(*, now):
    while send_next(now=now) is not Outcome.NOTHING_DUE:
        pass


def link_in_last_mail():
    (address,) = set(re.findall(r"https?://\S+/invitations/answer/\S+", mail.outbox[-1].body))
    return urlsplit(address).path


def test_from_the_search_to_the_first_meeting(story):
    ana, helen, _ = story
    with time_machine.travel(NOW, tick=False):
        client = signed_in(ana)
        first = page_of(client.get(reverse("matching:mentor-list"))).select_one("article.person")
        assert first.h2.text == "Dr. Helen Marsh"
        shown = client.get(first.h2.a["href"])
        assert "Invite Helen" in page_of(shown).text
        write = reverse("matching:invitation-write", args=[helen.uid])
        client.post(write, {"why_you": WRITTEN, "send": "yes"})
        send_due(now=NOW)

    assert mail.outbox[-1].to == [helen.person.email]
    assert mail.outbox[-1].subject == "Ana Silva would like to learn from you"
    assert WRITTEN not in str(mail.outbox[-1].message())

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        stranger = Client()
        opened = stranger.get(link_in_last_mail())
        assert WRITTEN in page_of(opened).text
        done = press(stranger, opened, "Yes, I will mentor Ana")
        assert "You said yes" in page_of(done).text
        send_due(now=NOW + timedelta(days=1))

    invitation = Invitation.objects.get()
    assert invitation.state == InvitationState.ACCEPTED
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.offers.count()) == (MeetingState.PROPOSED, 3)
    assert "Dr. Helen Marsh has said yes" in [one.subject for one in mail.outbox]
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        page = page_of(client.get(reverse("matching:invitation-show", args=[invitation.uid])))
        room = page.select_one(".next a")["href"]
        assert client.get(room).status_code == 200
        assert signed_in(helen).get(room).status_code == 200
        assert (
            queries.search_status(
                type(ana).objects.get(pk=ana.pk), now=NOW + timedelta(days=1)
            ).state
            == "found"
        )


def test_silence_leads_on_to_the_next_one(story):
    ana, helen, tunde = story
    with time_machine.travel(NOW, tick=False):
        client = signed_in(ana)
        write = reverse("matching:invitation-write", args=[helen.uid])
        client.post(write, {"why_you": WRITTEN, "send": "yes"})
    for days in range(8):
        services.remind_invitations(now=NOW + timedelta(days=days))
        services.expire_invitations(now=NOW + timedelta(days=days))
        send_due(now=NOW + timedelta(days=days))

    assert [(one.to[0], one.subject) for one in mail.outbox] == [
        (helen.person.email, "Ana Silva would like to learn from you"),
        (helen.person.email, "Ana Silva still hopes to hear from you"),
        (ana.person.email, "No answer in time"),
    ]
    assert "This says nothing about you." in mail.outbox[-1].body
    assert "Who would fit you next: Dr. Tunde Adeyemi." in mail.outbox[-1].body
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        shown = client.get(reverse("matching:invitation-show", args=[Invitation.objects.get().uid]))
        assert page_of(shown).select_one(".next h2").text == tunde.person.name


def test_the_clockwork_knows_every_duty_of_the_search():
    duties = {name for name in DUTIES if name.startswith("mentorwell.matching")}

    assert duties == {
        f"mentorwell.matching.services.{duty}"
        for duty in (
            "remind_invitations",
            "expire_invitations",
            "tell_wishers",
            "release_stranded",
            "release_barred",
            "pass_help_on",
            "note_searches_opened",
            "tend_rounds",
        )
    }
