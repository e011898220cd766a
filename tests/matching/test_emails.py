"""What the mails of searching and inviting say, and that they hold nothing anybody wrote."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentorwell.matching import emails, services
from mentorwell.matching.enums import Answer, Release
from mentorwell.matching.models import HelpRequest, Invitation, PlaceWish
from mentorwell.notices.emails import lines_of, render
from mentorwell.notices.models import Notice
from mentorwell.people import services as people
from mentorwell.people.enums import BlockKind
from tests.factories.matching import (
    HelpRequestFactory,
    InvitationFactory,
    PlaceWishFactory,
    invite,
    open_programme,
)
from tests.factories.moments import NOW
from tests.factories.people import ExclusionFactory, MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db

PLANTED = "pomegranate"
KINDS = [
    emails.RECEIVED,
    emails.REMINDER,
    emails.ACCEPTED,
    emails.DECLINED,
    emails.EXPIRED,
    emails.RELEASED,
    emails.MENTOR_FOUND,
]


def notice(kind, person, **ids):
    return Notice(person=person, kind=kind, ids={k: str(v) for k, v in ids.items()}, language="en")


def mail(kind, invitation, *, to="mentee"):
    person = invitation.mentor.person if to == "mentor" else invitation.mentee.person
    return render(notice(kind, person, invitation=invitation.uid), now=NOW)


@pytest.fixture
def invitation():
    return InvitationFactory(
        mentee__person__name="Ana Silva",
        mentor__person__name="Dr. Helen Marsh",
        mentor__person__time_zone="Asia/Kolkata",
        why_you=PLANTED,
        what_i_bring=PLANTED,
        answer_words=PLANTED,
    )


def words(sent):
    return " ".join((sent.subject, sent.headline, *sent.lines, sent.button.label))


def test_the_mentor_learns_who_asks_and_until_when(invitation):
    Invitation.objects.update(expires_at=NOW.replace(day=16, hour=20))

    sent = mail(emails.RECEIVED, invitation, to="mentor")

    assert sent.subject == "Ana Silva would like to learn from you"
    assert "by Thursday 17 January" in sent.lines[0]  # past midnight in Kolkata
    assert sent.button.token.action == emails.ANSWER
    assert sent.button.token.target_uid == invitation.uid
    assert sent.button.token.path("secret") == "/invitations/answer/secret/"


def test_the_link_outlives_the_invitation_by_a_month(invitation):
    sent = mail(emails.RECEIVED, invitation, to="mentor")

    assert sent.button.token.lifetime == timedelta(days=37)


@pytest.mark.parametrize("kind", [emails.RECEIVED, emails.REMINDER])
def test_what_asks_for_an_answer_is_dropped_once_it_is_answered(invitation, kind):
    assert mail(kind, invitation, to="mentor") is not None

    services.decline_invitation(
        invitation=invitation, answer=Answer.NOT_NOW, by=invitation.mentor.person, now=NOW
    )

    assert mail(kind, invitation, to="mentor") is None


def test_the_reminder_names_the_day(invitation):
    assert mail(emails.REMINDER, invitation, to="mentor").lines[0] == (
        "It closes on Wednesday 16 January."
    )


def test_the_reminder_names_the_day_as_leave_has_moved_it(invitation):
    people.add_block(
        kind=BlockKind.LEAVE,
        start_date=NOW.date() + timedelta(days=1),
        end_date=NOW.date() + timedelta(days=3),
        by=invitation.mentor.person,
        now=NOW,
    )

    assert mail(emails.REMINDER, invitation, to="mentor").lines[0] == (
        "It closes on Saturday 19 January."
    )


def test_the_mentee_learns_of_a_yes(invitation):
    sent = mail(emails.ACCEPTED, invitation)

    assert sent.subject == "Dr. Helen Marsh has said yes"
    assert sent.button.path == reverse("matching:invitation-show", args=[invitation.uid])


@pytest.mark.parametrize("kind", [emails.DECLINED, emails.EXPIRED, emails.RELEASED])
def test_every_other_end_names_whom_to_ask_next(invitation, kind):
    without = mail(kind, invitation)
    programme = invitation.mentee.programme
    suggested = MentorFactory(programme=programme, person__name="Dr. Next Best")
    invitation.next_suggestion = suggested
    invitation.save()

    assert without.lines[-1] == "Your page says what you can do next."
    assert mail(kind, invitation).lines[-1] == "Who would fit you next: Dr. Next Best."
    # Nobody who cannot be asked any more when the mail leaves.
    ExclusionFactory(person=suggested.person, other=invitation.mentee.person)
    assert mail(kind, invitation).lines[-1] == "Your page says what you can do next."


def test_silence_says_nothing_about_the_mentee(invitation):
    assert mail(emails.EXPIRED, invitation).headline == (
        "No answer in time. This says nothing about you."
    )


def test_a_mentor_learns_that_the_mentee_has_found_somebody(invitation):
    sent = mail(emails.MENTOR_FOUND, invitation, to="mentor")

    assert sent.headline == "Ana Silva has found a mentor, so their invitation to you has closed."


@pytest.mark.parametrize("kind", KINDS)
def test_no_mail_holds_what_was_written(invitation, kind):
    assert PLANTED not in words(mail(kind, invitation))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_line_and_its_page(invitation, kind):
    (line,) = lines_of([notice(kind, invitation.mentee.person, invitation=invitation.uid)])

    assert line.text
    assert line.path == reverse("matching:invitation-show", args=[invitation.uid])


def test_a_free_place_is_told_while_it_is_true():
    wish = PlaceWishFactory(told_at=NOW, mentor__person__name="Dr. Helen Marsh")
    told = notice(emails.PLACE_FREE, wish.mentee.person, wish=wish.uid)

    assert render(told, now=NOW).subject == "Dr. Helen Marsh has room"
    PlaceWish.objects.update(told_at=None)
    assert render(told, now=NOW) is None
    PlaceWish.objects.update(told_at=NOW, ended_at=NOW)
    assert render(told, now=NOW) is None


def test_the_coordinator_reads_a_name_and_a_day():
    asked = HelpRequestFactory(mentee__person__name="Ana Silva")
    told = notice(emails.HELP_ASKED, asked.coordinator, help=asked.uid)

    assert words(render(told, now=NOW)) == (
        "Ana Silva asks you to look with them "
        "Ana Silva would like you to look for a mentor with them. "
        "Please be in touch by Monday 14 January. Open"
    )
    HelpRequest.objects.update(answered_at=NOW)
    assert render(told, now=NOW) is None


def test_a_mail_to_an_address_tells_the_time_of_the_installation(invitation):
    told = Notice(
        address="desk@example.org",
        kind=emails.REMINDER,
        ids={"invitation": str(invitation.uid)},
        language="en",
    )

    assert "16 January" in render(told, now=NOW).lines[0]


def test_an_invitation_that_is_let_go_reads_the_same_for_every_reason():
    read = set()
    for release in (Release.PLACE_GONE, Release.NOT_POSSIBLE):
        ended = InvitationFactory(
            state="released",
            release=release,
            mentee_slot=None,
            place=None,
            place_slot=None,
            mentor__person__name="Dr. Helen Marsh",
        )
        read.add(words(mail(emails.RELEASED, ended)))

    assert len(read) == 1


def test_a_story_sends_only_what_cannot_wait():
    """An invitation, its reminder and its end: at once. What needs no answer: in the digest."""
    programme = open_programme()
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    other = MentorFactory(programme=programme)
    accepted, _ = invite(mentee, mentor), invite(mentee, other)
    services.remind_invitations(now=NOW + timedelta(days=3))
    services.accept_invitation(invitation=accepted, by=mentor.person, now=NOW + timedelta(days=4))

    sent = list(Notice.objects.order_by("pk").values_list("kind", "urgency"))
    assert [kind for kind, urgency in sent if urgency == "digest"] == [emails.MENTOR_FOUND]
