"""What the tests of messages and notes share."""

import pytest

from tests.factories.mentorships import Pair, begin
from tests.factories.people import MenteeFactory, MentorFactory


@pytest.fixture
def pair(db):
    return Pair()


class Circle:
    """A mentor and three mentees."""

    def __init__(self):
        self.mentor_part = MentorFactory()
        programme = self.mentor_part.programme
        self.mentee_parts = MenteeFactory.create_batch(3, programme=programme)
        self.mentor = self.mentor_part.person
        self.ada, self.ben, self.cleo = (each.person for each in self.mentee_parts)
        self.mentorship = begin(self.mentor_part, *self.mentee_parts, form="circle")

    def member(self, person):
        return self.mentorship.members.get(participation__person=person)


@pytest.fixture
def circle(db):
    return Circle()
