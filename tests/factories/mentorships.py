"""Mentorships as the services make them, so that places and members are always right."""

from dataclasses import replace
from datetime import timedelta

from mentorwell.audit.models import Event
from mentorwell.mentorships import services
from mentorwell.mentorships.content import agreement_choices
from mentorwell.mentorships.queries import members_at_it, members_who_answered
from mentorwell.mentorships.rules import Answers, Terms
from mentorwell.mentorships.services import begin_mentorship, send_answers
from mentorwell.notices.emails import render
from mentorwell.notices.models import Notice
from mentorwell.people.enums import Part
from mentorwell.programmes.enums import Kind
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


def begin(*members, form="one-to-one", now=NOW, kinds=(Kind.MENTOR,), by=None, **options):
    """Begin a mentorship of these participations, by its first member unless told otherwise."""
    return begin_mentorship(
        programme=members[0].programme,
        format=form,
        members=[(each, Part(each.part)) for each in members],
        kinds=kinds,
        by=by or members[0].person,
        now=now,
        **options,
    )


class Pair:
    """A mentor and a mentee in a new programme, with their open one-to-one."""

    def __init__(self, *, now=NOW, programme=None, mentor=None, mentee=None, **policy):
        options = {f"policy__{name}": value for name, value in policy.items()}
        self.programme = programme or ProgrammeFactory(**options)
        self.mentor_part = mentor or MentorFactory(programme=self.programme)
        self.mentee_part = mentee or MenteeFactory(programme=self.programme)
        self.mentor, self.mentee = self.mentor_part.person, self.mentee_part.person
        self.mentorship = begin(self.mentor_part, self.mentee_part, now=now)

    def member(self, person):
        return self.mentorship.members.get(participation__person=person)

    def fresh(self):
        self.mentorship.refresh_from_db()
        return self.mentorship


def terms(**changes):
    """What an agreement may say, with the first choice of each question."""
    offered = agreement_choices()
    return replace(
        Terms(
            purpose="To find my feet on the wards.",
            relationship=offered.relationship[0].slug,
            meetings_like=offered.meetings[0].slug,
            agenda_by=offered.agenda[0].slug,
            schedules_by=offered.scheduling[0].slug,
            review_date=NOW.date() + timedelta(days=182),
        ),
        **changes,
    )


def expects(**changes):
    """What one member expects, with the first choice of each question."""
    offered = agreement_choices()
    usual = Answers(
        relationship=offered.relationship[0].slug,
        meetings_like=offered.meetings[0].slug,
        agenda_by=offered.agenda[0].slug,
    )
    return replace(usual, **changes)


def answer_all(mentorship, *, now=NOW):
    """Let every member who has not answered yet say what they expect."""
    answered = members_who_answered([mentorship])[mentorship.pk]
    for member in members_at_it(mentorship):
        if member.pk not in answered:
            person = member.participation.person
            send_answers(mentorship=mentorship, answers=expects(), by=person, now=now)


def propose_agreement(*, mentorship, now, **given):
    """Propose an agreement; before a first one, everybody says what they expect."""
    if not mentorship.agreements.exists():
        answer_all(mentorship, now=now)
        Notice.objects.filter(kind__startswith="mentorships.answers.").delete()
    return services.propose_agreement(mentorship=mentorship, now=now, **given)


def told(person):
    """The kinds of what a person has been told, in their order."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def mail_of(person, kind, *, now=NOW):
    """What the latest mail of a kind says to a person now, or None where it is no longer true."""
    return render(Notice.objects.filter(person=person, kind=kind).latest("pk"), now=now)


def verbs(target):
    """What the trail says was done to a record, in order."""
    return list(
        Event.objects.filter(target_uid=target.uid).order_by("pk").values_list("verb", flat=True)
    )
