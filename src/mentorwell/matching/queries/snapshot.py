"""The mentors of a programme as the fit engine reads them, kept in each process.

A snapshot holds what mentors have told of themselves, and serves until the programme's
`pool_version` or the day changes. It decides nothing: who may be seen, bars, places and who
is hidden are read afresh with every search (see `standing`).
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from mentorwell.core.pairing import MentorPool
from mentorwell.core.topics import TopicTree
from mentorwell.people import queries as people
from mentorwell.programmes.models import Programme


@dataclass(frozen=True)
class Snapshot:
    """The mentors of one programme at one version, in the order of `pool`'s columns."""

    version: int
    on_date: date  # fixes how far each time zone is from UTC
    mentors: tuple[people.PoolMentor, ...]
    tree: TopicTree
    pool: MentorPool | None  # None without a mentor

    @cached_property
    def column_of(self) -> dict[int, int]:
        """The place of each mentor's participation among the columns."""
        return {mentor.participation_id: n for n, mentor in enumerate(self.mentors)}


_kept: dict[UUID, Snapshot] = {}


def snapshot_of(programme: Programme, *, on_date: date) -> Snapshot:
    """Return the mentors of a programme: the kept snapshot, or a new one where that is stale.

    One query while it is fresh. The version is read before the rows, so that a change in
    between can only make the snapshot too new for its number, never too old.
    """
    version = Programme.objects.values_list("pool_version", flat=True).get(pk=programme.pk)
    kept = _kept.get(programme.uid)
    if kept is None or (kept.version, kept.on_date) != (version, on_date):
        mentors = tuple(people.mentor_pool(programme, on_date=on_date))
        tree = people.fit_tree(programme.organisation_id)
        pool = MentorPool.build([one.profile for one in mentors], tree) if mentors else None
        kept = Snapshot(version, on_date, mentors, tree, pool)
        _kept[programme.uid] = kept
    return kept


def forget() -> None:
    """Throw every kept snapshot away; the next search of each programme reads anew."""
    _kept.clear()
