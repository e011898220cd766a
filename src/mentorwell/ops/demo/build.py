"""Invent the hospital of the demonstration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.audit.queries import DEMONSTRATION
from mentorwell.notices import services as notices
from mentorwell.ops.content import cast
from mentorwell.ops.demo.history import History, MenteeStory
from mentorwell.ops.demo.house import House, build_house
from mentorwell.ops.demo.people import People, enter_after_calls, enter_links, fill
from mentorwell.ops.demo.rounds import begin_rounds
from mentorwell.people.services import note_links_checked
from mentorwell.programmes.services import verify_support_resource


DAYS = 365
SEED = 2030
LOOKING = 0.8  # of all mentees have begun to look; the others have only been brought in
RECENT = timedelta(days=3)  # what happened since is still unread
CHECKED = timedelta(days=12)  # since somebody went over links and telephone numbers
CALLED = timedelta(days=2)


@dataclass(frozen=True)
class Built:
    """What was made, for the line that says so."""

    people: int


@transaction.atomic
def build(
    *,
    now: datetime,
    days: int = DAYS,
    seed: int = SEED,
    progress: Callable[[int], object] = lambda _: None,
) -> Built:
    """Make the hospital, its people and their year, all or nothing.

    Everything goes through the services, with the clock of the story, which lasts `days`;
    `progress` hears how many more of them have passed. Chance comes from `seed`. No mail of the
    past is sent.
    """
    dice = Random(seed)  # noqa: S311 -- invents people, keeps no secret
    start = (now - timedelta(days=days)).replace(hour=14, minute=0, second=0, microsecond=0)
    house = build_house(now=start)
    people = fill(house, dice=dice, now=start)
    enter_links(house, people, now=start)
    history = History(dice=dice, until=now)
    history.every_week(start)
    _begin_stories(history, people, dice, start, days)
    history.at(now - RECENT, _all_seen)
    history.at(now - CHECKED, lambda then: _check(house, then))
    begin_rounds(history, house, people, now=now)
    history.at(now - CALLED, lambda then: enter_after_calls(house, people, now=then))
    passed = 0
    for moment in history.play():
        today = (moment - start).days
        progress(today - passed)
        passed = today
    notices.drop_overdue(before=now)
    audit.record(verb=DEMONSTRATION, target=house.organisation, by=None, now=now)
    return Built(people=User.objects.count())


def _check(house: House, now: datetime) -> None:
    for template, programme in house.programmes.items():
        note_links_checked(programme=programme, by=house.coordinators[template], now=now)
    for resource in house.organisation.support_resources.all():
        verify_support_resource(resource=resource, by=house.directors["residency"], now=now)


def _all_seen(now: datetime) -> None:
    for person in User.objects.all():
        notices.mark_seen(by=person, now=now)


def _begin_stories(
    history: History, people: People, dice: Random, start: datetime, days: int
) -> None:
    hopes = cast()
    voices = {"residency": hopes.resident, "nursing": hopes.newcomer, "students": hopes.student}
    for template, mentees in people.mentees.items():
        for number, mentee in enumerate(mentees):
            if dice.random() > LOOKING:
                continue
            # Many begin at once, as a year begins; some later, and some in these very days.
            day = dice.choice(
                (
                    dice.uniform(2, 40),
                    dice.uniform(2, 40),
                    dice.uniform(min(40, days - 2), days - 2),
                    dice.uniform(days - 8, days - 1),
                )
            )
            hope = voices[template][number % len(voices[template])]
            story = MenteeStory(history, mentee, hope, people.mentors[template])
            history.after(start, day, story.look)
