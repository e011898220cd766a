"""Mentorships as the services make them, so that places and members are always right."""

from mentorwell.mentorships.services import begin_mentorship
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
