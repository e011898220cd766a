"""The mentors whom a mentee may see, the best fit first, each with the reasons why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.pairing import (
    FitTable,
    Matters,
    MenteeProfile,
    Part,
    Reason,
    Step,
    Weights,
    fits,
    order,
    reasons_for,
    step_of,
)
from mentorwell.core.pairing import WhatMatters as Levels
from mentorwell.matching.enums import Bar
from mentorwell.matching.models import Invitation, WhatMatters
from mentorwell.matching.queries.snapshot import Snapshot, snapshot_of
from mentorwell.matching.queries.standing import Standing, standings
from mentorwell.people import queries as people
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Policy
from mentorwell.programmes.queries import today


SEED = 1  # with the mentee's id: the same list at every visit, a different one for each mentee

SHOWN_BARS = (None, Bar.ASKED, Bar.ASKED_LATELY)
"""Whom they have asked, or asked lately, stays on the list and says so; other bars hide."""


@dataclass(frozen=True)
class PartShown:
    """One part of a fit as people are told it: a step and reasons, never the number."""

    part: Part
    step: Step | None  # None: not known
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Shown:
    """One mentor as a mentee sees them."""

    mentor: people.PoolMentor
    standing: Standing
    step: Step
    parts: tuple[PartShown, ...]


@dataclass(frozen=True)
class Filters:
    """What a mentee narrows the list to.

    `topics` keeps mentors who offer one of them; `meets` is "in_person" for mentors of the
    mentee's own site, or "remote" for those who would meet by video.
    """

    topics: frozenset[str] = frozenset()
    site_id: int | None = None
    meets: str = ""

    def keep(self, mentor: people.PoolMentor, me: MenteeProfile) -> bool:
        """Answer whether a mentor stays on the list."""
        told = mentor.profile
        return (
            (not self.topics or not self.topics.isdisjoint(told.offered))
            and (self.site_id is None or mentor.site_id == self.site_id)
            and (self.meets != "remote" or told.remote is True)
            and (self.meets != "in_person" or (told.site is not None and told.site == me.site))
        )


@dataclass(frozen=True)
class Search:
    """One mentee's look at the mentors of their programme at one moment.

    `columns` are the mentors whom they may see, in the order of the list: by fit, free places
    and a seed of the mentee's own, and those with a link that is told to both last.
    """

    me: MenteeProfile
    snapshot: Snapshot
    table: FitTable | None  # None without a mentor
    standings: dict[int, Standing]
    columns: tuple[int, ...]

    def listed(self, filters: Filters = Filters()) -> list[int]:
        """Return the participations on the list, narrowed down, in their order."""
        mentors = self.snapshot.mentors
        return [
            mentors[column].participation_id
            for column in self.columns
            if filters.keep(mentors[column], self.me)
        ]

    def shown(self, participation_id: int) -> Shown:
        """Return one mentor with the reasons of the fit; start from mentors they may see.

        Raises KeyError for somebody who is no mentor that can be found.
        """
        if self.table is None:
            raise KeyError(participation_id)
        column = self.snapshot.column_of[participation_id]
        mentor = self.snapshot.mentors[column]
        reasons = reasons_for(self.me, mentor.profile, self.snapshot.tree)
        parts = (
            PartShown(
                part,
                None
                if self.table.is_unknown(part)[0, column]
                else step_of(int(self.table.part(part)[0, column])),
                reasons[part],
            )
            for part in Part
        )
        step = step_of(int(self.table.scores[0, column]))
        return Shown(mentor, self.standings[participation_id], step, tuple(parts))


def levels_of(mentee: Participation) -> Levels:
    """Return what matters to a mentee; "yes" to each part until they say otherwise."""
    row = (
        WhatMatters.objects.filter(participation=mentee)
        .values_list("interest", "proximity", "values", "style")
        .first()
    )
    return Levels(*map(Matters, row)) if row else Levels()


def search(
    mentee: Participation,
    *,
    now: datetime,
    levels: Levels | None = None,
    only: Collection[int] = (),
    weights: Weights | None = None,
) -> Search:
    """Return a mentee's search: every mentor they may see, ranked in one pass.

    `levels` takes the place of what they have said matters, `weights` that of the programme's
    own; `only` looks at some mentors, as their page and a comparison do. The number of queries does not depend on that of mentors.
    """
    programme = mentee.programme
    on_date = today(programme, now)
    snapshot = snapshot_of(programme, on_date=on_date)
    me = people.mentee_profile(
        mentee, on_date=on_date, matters=levels_of(mentee) if levels is None else levels
    )
    found = standings(mentee, now=now, only=only)
    if snapshot.pool is None:
        return Search(me, snapshot, None, found, ())
    table = fits([me], snapshot.pool, weights or _weights(programme.policy))
    visible = _visible(snapshot, found)
    places = np.array(
        [found[snapshot.mentors[column].participation_id].room.places for column in visible],
        dtype=np.int64,
    )
    ranked = visible[
        order(
            table.scores[0, visible],
            places,
            snapshot.pool.keys[visible],
            seed=SEED,
            mentee_id=me.id,
        )
    ]
    ids = [snapshot.mentors[column].participation_id for column in ranked]
    linked = np.array([bool(found[one].links) for one in ids], dtype=np.bool_)
    # Python's own sort would do as well; this keeps the order within each half.
    columns = np.concatenate([ranked[~linked], ranked[linked]])
    return Search(me, snapshot, table, found, tuple(columns.tolist()))


def next_suggestion(mentee: Participation, *, now: datetime) -> Participation | None:
    """Return whom a mentee might ask next: the best fit with room whom they never asked.

    Nobody whose evaluation link would first have to be talked about; None where nobody is left.
    """
    asked = set(
        Invitation.objects.filter(mentee=mentee)
        .exclude(sent_at=None)
        .values_list("mentor_id", flat=True)
    )
    found = search(mentee, now=now)
    for one in found.listed():
        standing = found.standings[one]
        if standing.bar is None and standing.room.slots and not standing.links and one not in asked:
            return Participation.objects.select_related("person").get(pk=one)
    return None


def _visible(snapshot: Snapshot, found: dict[int, Standing]) -> NDArray[np.intp]:
    # A mentor of the snapshot without a standing has just left the programme, or is not asked for.
    return np.array(
        [
            column
            for column, mentor in enumerate(snapshot.mentors)
            if (standing := found.get(mentor.participation_id)) is not None
            and standing.bar in SHOWN_BARS
            and not standing.hidden
        ],
        dtype=np.intp,
    )


def _weights(policy: Policy) -> Weights:
    return Weights(
        interest=policy.weight_interest,
        proximity=policy.weight_proximity,
        values=policy.weight_values,
        style=policy.weight_style,
    )
