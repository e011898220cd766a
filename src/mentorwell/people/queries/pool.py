"""People as the fit engine reads them: a whole programme in a few queries.

No story, hope or value line is opened here: what mentors wrote is sealed, and opening two
thousand of them would be slow and would serve nobody.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from mentorwell.core.pairing import (
    MenteeProfile,
    MentorProfile,
    Site,
    Sought,
    StyleAnswer,
    WhatMatters,
    Window,
    utc_windows,
)
from mentorwell.core.topics import Topic, TopicTree
from mentorwell.people import models
from mentorwell.people.content import purposes
from mentorwell.people.models import Participation, Profile, TopicChoice, ValueChoice
from mentorwell.people.queries.participations import findable_mentors
from mentorwell.people.queries.topics import topic_tree
from mentorwell.programmes.models import Programme
from mentorwell.programmes.models import Site as SitePlace


IMPLIED = 1  # how much a topic is sought that only follows from "what for?"


@dataclass(frozen=True)
class PoolMentor:
    """One mentor who may be found, with what a card shows and what the fit reads."""

    participation_id: int
    participation_uid: UUID
    person_id: int
    site_id: int | None
    name: str
    headline: str
    stage: str
    site_name: str
    languages: tuple[str, ...]
    profile: MentorProfile


def fit_tree(organisation_id: int) -> TopicTree:
    """Return the organisation's topics as the fit engine credits them."""
    return TopicTree.build(
        Topic(topic.slug, topic.parent, topic.opt_in) for topic in topic_tree(organisation_id)
    )


def mentor_pool(programme: Programme, *, on_date: date) -> list[PoolMentor]:
    """Return every mentor of a programme who can be found, ordered by participation.

    One query a table, whatever their number. Who may see or ask whom is not decided here but
    by `pairing_bars`; whether a place is free is known above, in mentorships. `on_date` fixes
    how far each zone is from UTC. Good until `programme.pool_version` changes or the clocks do.
    """
    mentors = findable_mentors().filter(programme=programme).order_by("pk")
    rows = list(mentors.values_list("pk", "uid", "person_id", "person__name"))
    told = _Told(mentors, programme.organisation_id, on_date)
    return [
        _pool_mentor(pk, uid, person_id, name, told)
        for pk, uid, person_id, name in rows
        if person_id in told.profiles
    ]


def mentee_profile(
    participation: Participation,
    *,
    on_date: date,
    matters: WhatMatters = WhatMatters(),  # noqa: B008 -- frozen
) -> MenteeProfile:
    """Return a mentee as the fit engine reads them.

    Until they choose topics of their own, those that follow from "what for?" are sought, a
    little. Their values count whether shown or not: the mentor learns shared ones at most.
    """
    one = Participation.objects.filter(pk=participation.pk)
    told = _Told(one, participation.programme.organisation_id, on_date)
    person_id = participation.person_id
    chosen = told.topics[participation.pk, False]
    sought = [Sought(topic) for topic in chosen] or [
        Sought(topic, IMPLIED) for topic in _implied(participation.purposes, told.known)
    ]
    profile = told.profiles.get(person_id)
    return MenteeProfile(
        id=str(participation.pk),
        interests=tuple(told.topics[participation.pk, True]),
        style=tuple(told.styles[person_id]),
        site=_site(profile.site if profile else None),
        remote=profile.remote if profile else None,
        windows=tuple(told.windows[person_id]),
        times_change=bool(profile and profile.times_change),
        sought=tuple(sought),
        values=tuple(value for value, _ in told.values[person_id]),
        matters=matters,
    )


class _Told:
    """What the people of some participations have told, read table by table.

    Topics are kept by participation and whether they are interests; those that the tree no
    longer has are left out. Values come in order, each with whether it is shown.
    """

    def __init__(
        self, participations: QuerySet[Participation], organisation_id: int, on_date: date
    ) -> None:
        people = participations.values("person_id")
        self.known = {topic.slug for topic in topic_tree(organisation_id)}
        self.profiles = {
            profile.person_id: profile
            for profile in Profile.objects.filter(person__in=people).select_related("site")
        }
        self.topics: dict[tuple[int, bool], list[str]] = defaultdict(list)
        self.styles: dict[int, list[StyleAnswer]] = defaultdict(list)
        self.values: dict[int, list[tuple[str, bool]]] = defaultdict(list)
        self.windows: dict[int, list[Window]] = defaultdict(list)
        chosen = TopicChoice.objects.filter(participation__in=participations.values("pk"))
        for pk, interest, topic in chosen.order_by("topic").values_list(
            "participation_id", "interest", "topic"
        ):
            if topic in self.known:
                self.topics[pk, interest].append(topic)
        answers = models.StyleAnswer.objects.filter(person__in=people).order_by("slider")
        for one in answers:
            self.styles[one.person_id].append(StyleAnswer(one.slider, one.position, one.matters))
        for person_id, value, shown in ValueChoice.objects.filter(person__in=people).values_list(
            "person_id", "value", "shown"
        ):
            self.values[person_id].append((value, shown))
        for window in models.Window.objects.filter(person__in=people):
            self.windows[window.person_id].extend(_in_utc(window, on_date))


def _pool_mentor(pk: int, uid: UUID, person_id: int, name: str, told: _Told) -> PoolMentor:
    profile = told.profiles[person_id]
    return PoolMentor(
        participation_id=pk,
        participation_uid=uid,
        person_id=person_id,
        site_id=profile.site_id,
        name=name,
        headline=profile.headline,
        stage=profile.stage,
        site_name=profile.site.name if profile.site else "",
        languages=tuple(profile.languages),
        profile=MentorProfile(
            id=str(pk),
            interests=tuple(told.topics[pk, True]),
            style=tuple(told.styles[person_id]),
            site=_site(profile.site),
            remote=profile.remote,
            windows=tuple(told.windows[person_id]),
            times_change=profile.times_change,
            offered=tuple(told.topics[pk, False]),
            shown_values=tuple(value for value, shown in told.values[person_id] if shown),
        ),
    )


def _site(site: SitePlace | None) -> Site | None:
    return Site(str(site.pk), site.latitude, site.longitude) if site else None


def _in_utc(window: models.Window, on_date: date) -> tuple[Window, ...]:
    noon = datetime.combine(on_date, time(12), tzinfo=ZoneInfo(window.time_zone))
    offset = noon.utcoffset() or timedelta()
    return utc_windows(
        weekday=window.weekday,
        start_minute=window.start_minute,
        end_minute=window.end_minute,
        offset_minutes=offset // timedelta(minutes=1),
    )


def _implied(chosen: Collection[str], known: Collection[str]) -> list[str]:
    topics = [topic for purpose in purposes() if purpose.slug in chosen for topic in purpose.topics]
    return [topic for topic in dict.fromkeys(topics) if topic in known]
