"""The page to find a mentor among two thousand, beside pages that do less.

Cold, with the snapshot of mentors thrown away before each request, against a page that reads the
same rows through the ORM and ranks nothing; then warm, as nearly every request is, against a
bare page with the same sign-in and frame. Requests go through every middleware and template, on
a SQLite database of their own, in turns.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench._house import home


if TYPE_CHECKING:
    from django.test import Client

    from mentorwell.people.models import Participation


MENTORS = 2000
MENTEES = 40
TURNS = 15
SHOWN = 3  # of five values


def run() -> Iterator[str]:
    """Yield the figures."""
    home()
    with _pages(_fill()) as (client, pages, forget):
        cold, reading, warm, bare = _in_turns(client, pages, forget)
    yield f"{MENTORS} mentors, medians of {TURNS} requests"
    yield f"find, cold snapshot   {1000 * cold:7.1f} ms"
    yield f"the same rows, read   {1000 * reading:7.1f} ms   ratio {cold / reading:.2f} (at most 2)"
    yield f"find, warm snapshot   {1000 * warm:7.1f} ms"
    yield f"a bare page           {1000 * bare:7.1f} ms   ratio {warm / bare:.2f}"


def _fill() -> "Participation":
    """Make a programme of people who have told most of what can be told; return one mentee."""
    from django.utils import timezone

    from mentorwell.accounts.models import User
    from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
    from mentorwell.people import models
    from mentorwell.people.content import styles, topics, values
    from mentorwell.programmes.models import Organisation, Policy, Programme, Site

    now, chance = timezone.now(), random.Random(1)
    house = Organisation.objects.create(name="Riverside Hospital")
    programme = Programme.objects.create(
        organisation=house,
        name="Residency",
        slug="bench-residency",
        template="residency",
        state=ProgrammeState.OPEN,
    )
    Policy.objects.create(programme=programme, kinds=["mentor"])
    sites = Site.objects.bulk_create(
        Site(organisation=house, name=f"Site {n}", latitude=42 + n / 20, longitude=-71)
        for n in range(8)
    )
    count = MENTORS + MENTEES
    people = User.objects.bulk_create(
        User(email=f"found-{n}@example.org", name=f"Dr. Person {n}", joined_at=now)
        for n in range(count)
    )
    models.Profile.objects.bulk_create(
        models.Profile(
            person=person,
            organisation=house,
            headline="Internal Medicine",
            site=chance.choice(sites),
            remote=chance.choice([True, True, False, None]),
        )
        for person in people
    )
    parts = models.Participation.objects.bulk_create(
        models.Participation(
            programme=programme,
            person=person,
            part="mentor" if number < MENTORS else "mentee",
            state=ParticipationState.READY,
            story="I failed my first board exam. Ask me about coming back.",
            entered_at=now,
            looking_since=now - timedelta(days=2),
        )
        for number, person in enumerate(people)
    )
    models.Place.objects.bulk_create(
        models.Place(participation=part, number=number)
        for part in parts
        for number in range(1, chance.randint(1, 3) + 1)
    )
    subjects = [topic.slug for topic in topics() if topic.parent and not topic.opt_in]
    models.TopicChoice.objects.bulk_create(
        models.TopicChoice(participation=part, topic=topic)
        for part in parts
        for topic in chance.sample(subjects, chance.randint(1, 5))
    )
    deck = [value.slug for value in values()]
    models.ValueChoice.objects.bulk_create(
        models.ValueChoice(person=person, value=value, rank=rank, shown=rank <= SHOWN)
        for person in people
        for rank, value in enumerate(chance.sample(deck, 5), start=1)
    )
    models.StyleAnswer.objects.bulk_create(
        models.StyleAnswer(
            person=person,
            slider=style.slug,
            position=chance.randint(-2, 2),
            matters=chance.randint(0, 2),
        )
        for person in people
        for style in styles()
    )
    models.Window.objects.bulk_create(
        models.Window(
            person=person,
            weekday=weekday,
            start_minute=16 * 60,
            end_minute=18 * 60,
            time_zone="America/New_York",
        )
        for person in people
        for weekday in chance.sample(range(5), 2)
    )
    return parts[-1]


@contextmanager
def _pages(
    mentee: "Participation",
) -> Iterator[tuple["Client", dict[str, str], Callable[[], None]]]:
    """Give a signed-in browser and the addresses, two of which exist in the bench alone."""
    from django.contrib.auth.decorators import login_required
    from django.shortcuts import render
    from django.test import Client
    from django.urls import path

    from mentorwell.config import urls
    from mentorwell.matching.models import Invitation
    from mentorwell.matching.queries import snapshot
    from mentorwell.mentorships.models import PlaceClaim
    from mentorwell.people import models

    @login_required
    def reading(request: Any) -> Any:
        """Read the rows of every mentor that a search reads, and show the first twelve."""
        mentors = models.Participation.objects.filter(programme=mentee.programme, part="mentor")
        within = mentors.values("person")
        listed = list(mentors.select_related("person__profile__site"))
        for rows in (
            models.TopicChoice.objects.filter(participation__in=mentors),
            models.ValueChoice.objects.filter(person__in=within),
            models.StyleAnswer.objects.filter(person__in=within),
            models.Window.objects.filter(person__in=within),
            models.Place.objects.filter(participation__in=mentors),
            PlaceClaim.objects.filter(place__participation__in=mentors, released_at=None),
            Invitation.objects.filter(mentor__in=mentors, state="sent"),
        ):
            list(rows)
        cards = [
            {
                "uid": one.uid,
                "name": one.person.name,
                "line": one.person.profile.headline,
                "quote": one.story,
                "verdict": "Well",
                "fits": [{"label": "Interest", "step": 3, "words": "You look for it"}] * 4,
                "chips": [{"text": "One place left", "kind": "sun"}],
                "has_room": True,
            }
            for one in listed[:12]
        ]
        context = {"cards": cards, "opening": {"is_open": True}, "page": None}
        return render(request, "web/matching/mentor_list.html", context)

    @login_required
    def bare(request: Any) -> Any:
        return render(request, "web/base.html")

    extra = [path("bench/reading/", reading), path("bench/bare/", bare)]
    urls.urlpatterns += extra
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(mentee.person)
    pages = {"find": "/mentors/", "reading": "/bench/reading/", "bare": "/bench/bare/"}
    try:
        yield client, pages, snapshot.forget
    finally:
        del urls.urlpatterns[-len(extra) :]


def _in_turns(
    client: "Client", pages: dict[str, str], forget: Callable[[], None]
) -> tuple[float, float, float, float]:
    """Time each kind of request in turns, so that whatever else runs slows them alike."""
    times: dict[str, list[float]] = {"cold": [], "reading": [], "warm": [], "bare": []}
    for turn in range(TURNS + 1):
        forget()
        found = {
            "cold": _timed(client, pages["find"]),
            "warm": _timed(client, pages["find"]),
            "reading": _timed(client, pages["reading"]),
            "bare": _timed(client, pages["bare"]),
        }
        if turn:  # the first one fills templates and caches
            for name, seconds in found.items():
                times[name].append(seconds)
    cold, reading, warm, bare = (
        median(times[name]) for name in ("cold", "reading", "warm", "bare")
    )
    return cold, reading, warm, bare


def _timed(client: "Client", address: str) -> float:
    started = perf_counter()
    response = client.get(address)
    seconds = perf_counter() - started
    assert response.status_code == HTTPStatus.OK, response.status_code
    return seconds
