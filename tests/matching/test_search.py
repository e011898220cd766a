"""The search: who is on the list, in which order, and what is kept of it."""

from collections import Counter
from datetime import timedelta

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.pairing import Matters, Part, Step
from mentorwell.core.pairing import WhatMatters as Levels
from mentorwell.foundation.errors import NotAllowed
from mentorwell.matching import queries, services
from mentorwell.matching.models import WhatMatters
from mentorwell.matching.queries import snapshot
from mentorwell.people import services as people
from mentorwell.people.models import TopicChoice
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.matching import invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db

MOST_INTEREST = Levels(Matters.MOST, Matters.NO, Matters.A_BIT, Matters.YES)


def test_set_what_matters_keeps_each_level_and_is_audited():
    mentee = MenteeFactory()

    services.set_what_matters(mentee=mentee, levels=MOST_INTEREST, by=mentee.person, now=NOW)

    kept = WhatMatters.objects.values_list("interest", "proximity", "values", "style").get()
    assert kept == (3, 0, 1, 2)
    assert queries.levels_of(mentee) == MOST_INTEREST
    assert list(Event.objects.values_list("verb", flat=True)) == ["matching.matters.set"]


def test_set_what_matters_again_changes_nothing():
    mentee = MenteeFactory()
    for _ in range(2):
        services.set_what_matters(mentee=mentee, levels=MOST_INTEREST, by=mentee.person, now=NOW)

    assert Event.objects.count() == 1
    assert str(WhatMatters.objects.get()) == f"WhatMatters {WhatMatters.objects.get().pk}"


def test_set_what_matters_is_the_mentees_own():
    mentee = MenteeFactory()
    mentor = MentorFactory()

    for one, by in ((mentee, UserFactory()), (mentor, mentor.person)):
        with pytest.raises(NotAllowed, match="Only the mentee"):
            services.set_what_matters(mentee=one, levels=MOST_INTEREST, by=by, now=NOW)


def test_until_they_say_everything_matters_to_a_mentee():
    assert queries.levels_of(MenteeFactory()) == Levels()


def test_sixty_blank_mentees_do_not_all_begin_with_the_same_mentor():
    programme = open_programme()
    for _ in range(20):
        MentorFactory(programme=programme)
    mentees = [MenteeFactory(programme=programme) for _ in range(60)]

    tops = Counter(queries.search(mentee, now=NOW).listed()[0] for mentee in mentees)

    assert max(tops.values()) <= 10


def test_the_list_is_the_same_at_every_visit():
    programme = open_programme()
    for _ in range(5):
        MentorFactory(programme=programme)
    mentee = MenteeFactory(programme=programme)

    assert (
        queries.search(mentee, now=NOW).listed()
        == queries.search(mentee, now=NOW + timedelta(days=3)).listed()
    )


def test_of_equal_fits_more_free_places_come_first():
    programme = open_programme()
    few, many = MentorFactory(programme=programme), MentorFactory(programme=programme, places=3)

    assert queries.search(MenteeFactory(programme=programme), now=NOW).listed() == [many.pk, few.pk]


def test_a_search_tells_steps_and_reasons_and_no_numbers():
    programme = open_programme()
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    for one in (mentee, mentor):
        TopicChoice.objects.create(participation=one, topic="cardiology")

    shown = queries.search(mentee, now=NOW).shown(mentor.pk)

    parts = {part.part: part.step for part in shown.parts}
    assert parts[Part.INTEREST] == Step.VERY_WELL
    assert parts[Part.VALUES] is None


def test_a_search_without_mentors_shows_nobody():
    found = queries.search(MenteeFactory(programme=open_programme()), now=NOW)

    assert found.listed() == []
    with pytest.raises(KeyError):
        found.shown(1)


def test_the_snapshot_is_kept_until_somebody_tells_something_new():
    programme = open_programme()
    mentor = MentorFactory(programme=programme)
    first = queries.snapshot_of(programme, on_date=NOW.date())

    assert queries.snapshot_of(programme, on_date=NOW.date()) is first
    people.choose_topics(participation=mentor, topics=["cardiology"], by=mentor.person, now=NOW)
    second = queries.snapshot_of(programme, on_date=NOW.date())
    assert second.mentors[0].profile.offered == ("cardiology",)
    assert second.version > first.version


def test_the_snapshot_is_made_anew_each_day():
    programme = open_programme()
    first = queries.snapshot_of(programme, on_date=NOW.date())

    assert queries.snapshot_of(programme, on_date=NOW.date() + timedelta(days=1)) is not first


def test_snapshots_can_be_thrown_away():
    programme = open_programme()
    first = queries.snapshot_of(programme, on_date=NOW.date())
    snapshot.forget()

    assert queries.snapshot_of(programme, on_date=NOW.date()) is not first


def test_a_mentor_who_left_since_the_snapshot_is_not_listed():
    programme = open_programme()
    mentor = MentorFactory(programme=programme)
    mentee = MenteeFactory(programme=programme)
    queries.search(mentee, now=NOW)
    version = Programme.objects.get().pool_version
    mentor.places.all().delete()
    mentor.delete()
    Programme.objects.update(pool_version=version)

    assert queries.search(mentee, now=NOW).listed() == []


def test_next_suggestion_is_the_best_fit_with_room_whom_they_never_asked():
    programme = open_programme()
    asked, full, free = (MentorFactory(programme=programme) for _ in range(3))
    full.places.update(closed_at=NOW)
    mentee = MenteeFactory(programme=programme)
    invite(mentee, asked)
    for one in (mentee, full):
        TopicChoice.objects.create(participation=one, topic="cardiology")

    assert queries.next_suggestion(mentee, now=NOW) == free


def test_next_suggestion_is_nobody_where_nobody_is_left():
    programme = open_programme()
    mentee = MenteeFactory(programme=programme)
    invite(mentee, MentorFactory(programme=programme))

    assert queries.next_suggestion(mentee, now=NOW) is None
