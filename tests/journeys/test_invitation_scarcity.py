"""Five mentors with three places each, forty mentees: fifteen find one, nobody is left alone."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Count

from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching import queries, rules, services
from mentorwell.matching.enums import Answer, NextStep, SearchState
from mentorwell.matching.models import Invitation, PlaceWish
from mentorwell.mentorships.models import PlaceClaim
from mentorwell.programmes.queries import today
from tests.factories.matching import invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db

MENTORS, PLACES, MENTEES, MOST, PER_PLACE = 5, 3, 40, 3, 2


class Story:
    """The programme, and what must hold of it after every step."""

    def __init__(self, *, mentors=MENTORS, mentees=MENTEES):
        self.programme = open_programme(
            open_invitations_most=MOST, open_invitations_per_place=PER_PLACE
        )
        self.mentors = [
            MentorFactory(programme=self.programme, places=PLACES) for _ in range(mentors)
        ]
        self.mentees = [
            MenteeFactory(programme=self.programme, looking_since=NOW) for _ in range(mentees)
        ]
        self.steps = 0

    def check(self):
        self.steps += 1
        sent = Invitation.objects.filter(state=InvitationState.SENT)
        of_mentee = sent.values("mentee").annotate(open=Count("pk")).values_list("open", flat=True)
        assert max(of_mentee, default=0) <= MOST
        claimed = PlaceClaim.objects.filter(released_at=None)
        held = Counter(claimed.values_list("place__participation", flat=True))
        open_at = Counter(sent.values_list("mentor", flat=True))
        for mentor in self.mentors:
            free = PLACES - held[mentor.pk]
            assert free >= 0
            assert open_at[mentor.pk] <= PER_PLACE * free
        assert all(held[mentee.pk] <= 1 for mentee in self.mentees)
        assert not sent.filter(queries.stranded()).exists()

    def seeking(self):
        return [mentee for mentee in self.mentees if queries.has_free_place(mentee)]

    def ask_round(self, now, *, most=MOST):
        """Each who looks asks down their list as often as they may, or waits for their first."""
        by_id = {mentor.pk: mentor for mentor in self.mentors}
        for mentee in self.seeking():
            listed = [by_id[one] for one in queries.search(mentee, now=now).listed()]
            sent = sum(self.ask(mentee, mentor, now) for mentor in listed[:most])
            if not sent and queries.room_of(listed[0]).slots == 0:
                services.wish_for_place(mentee=mentee, mentor=listed[0], by=mentee.person, now=now)

    def ask(self, mentee, mentor, now):
        try:
            invite(mentee, mentor, now=now)
        except NotPossibleNow:
            return False
        finally:
            self.check()
        return True

    def fill(self, now):
        """Ask and accept until no place is left."""
        while queries.gap(self.programme).places:
            self.ask_round(now, most=1)
            self.answer_round(now, lambda _number: True)

    def answer_round(self, now, say):
        for number, invitation in enumerate(queries.open_invitations().order_by("pk")):
            fresh = queries.open_invitations().filter(pk=invitation.pk).first()
            if fresh is None:
                continue  # let go since the round began
            if say(number):
                services.accept_invitation(invitation=fresh, by=fresh.mentor.person, now=now)
            else:
                services.decline_invitation(
                    invitation=fresh, answer=Answer.NOT_NOW, by=fresh.mentor.person, now=now
                )
            self.check()


def test_caps_hold_at_every_step_and_nobody_is_left_without_a_next_step():
    story = Story()
    coordinators = [OfficeRoleFactory(programme=story.programme).person for _ in range(2)]
    story.ask_round(NOW, most=MENTORS)
    assert Invitation.objects.filter(state=InvitationState.SENT).count() == 2 * 15
    story.answer_round(NOW + timedelta(days=1), lambda number: number % 3 == 0)
    now = NOW + timedelta(days=5)
    services.tell_wishers(now=now)
    story.fill(now)

    left = story.seeking()
    assert (len(left), queries.gap(story.programme).places) == (25, 0)
    assert Invitation.objects.filter(state=InvitationState.SENT).count() == 0
    assert story.steps > 100
    on_date = today(story.programme, now)
    for mentee in left:
        status = queries.search_status(mentee, now=now)
        assert status.state in {SearchState.WAITING, SearchState.SHORT}
        assert status.date >= on_date
        assert status.next_step in {NextStep.WAIT, NextStep.WISH, NextStep.ASK_FOR_HELP}

    now = NOW + timedelta(days=14)
    for mentee in left:
        assert queries.search_status(mentee, now=now).next_step == NextStep.ASK_FOR_HELP
        services.ask_for_help(mentee=mentee, by=mentee.person, now=now)
        status = queries.search_status(mentee, now=now)
        # Wednesday and three working days more.
        assert (status.state, status.next_step) == (SearchState.HELPED, NextStep.WAIT)
        assert status.date == (now + timedelta(days=5)).date()
    loads = [queries.help_requests_for(one).count() for one in coordinators]
    assert sorted(loads) == [12, 13]


def test_the_gap_is_told_to_participants_and_seen_by_the_office():
    found = queries.gap(Story().programme)

    assert (found.places, found.looking, found.missing, found.may_be_told) == (15, 40, 25, True)
    assert rules.gap_sentence(found) == "15 places, 40 looking."


def test_a_place_that_falls_free_is_told_to_the_one_who_waited_longest():
    story = Story(mentors=1, mentees=6)
    story.fill(NOW)
    mentor, now = story.mentors[0], NOW + timedelta(days=1)
    waiting = story.seeking()[:3]
    PlaceWish.objects.all().delete()
    for minute, mentee in enumerate(waiting):
        moment = NOW + timedelta(minutes=minute)
        services.wish_for_place(mentee=mentee, mentor=mentor, by=mentee.person, now=moment)
    claim = PlaceClaim.objects.filter(place__participation=mentor).first()
    PlaceClaim.objects.filter(pk=claim.pk).update(released_at=now)

    services.tell_wishers(now=now, mentor=mentor)

    steps = [queries.search_status(mentee, now=now).next_step for mentee in waiting]
    # As many are told as one place has slots.
    assert steps == [NextStep.INVITE, NextStep.INVITE, NextStep.WAIT]
