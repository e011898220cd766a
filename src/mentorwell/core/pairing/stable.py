"""Deferred acceptance in rounds: all mentees without enough mentors ask at once.

A mentee asks down the list; a mentor holds the best who have asked so far. Within a tie a mentee
asks first where seats are free; who could still turn to a free seat within the tie is held only
provisionally and yields to anybody, without being struck off; who has been refused by the whole
list asks once more, promoted: then mentors take them before equals who are not. This is Király's
linear time algorithm for ties on both sides (Algorithms 2013, 6, 471-484); without ties it is the
algorithm of Gale and Shapley (1962), and neither order nor rounds change its result.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.pairing.order import mixed
from mentorwell.core.pairing.preferences import Preferences, lists
from mentorwell.core.pairing.problem import Problem, hashes
from mentorwell.core.pairing.ragged import Index, entries_of, largest_in_rows, starts_of
from mentorwell.core.pairing.result import Mode, Result


Mask = NDArray[np.bool_]
OPEN = 2**62  # the bar of a mentor who would take anybody
AHEAD = 64  # entries of a list that are looked through at once


def stable(problem: Problem) -> Result:
    """Return pairs of which no two people would rather have each other than what they hold.

    Mentees ask, so without ties every mentee has the best mentor of all stable results, and
    cannot gain by misreporting a strict, uncapped list if each wants one mentor. With ties
    nobody both strictly prefers each other (weakly stable), and where everyone wants one mentor
    at least 2/3 of the largest stable number of mentees are matched. Equals are told apart by
    hashed ids. With no lists both sides go by the fit, and the result is that of taking the best
    pair left, again and again. Fixed pairs hold their seats; `at_least` is not considered.

    Takes time in the number of pairs, plus a little for each round.
    """
    market = _Market.build(problem)
    asking = np.flatnonzero(market.wants > 0)
    while len(asking):
        asking = market.round(asking)
    return Result(Mode.STABLE, np.sort(market.pairs[market.slots[market.slots >= 0]]))


@dataclass(eq=False)
class _Market:
    """The open pairs in the order of the mentees' lists, and who holds whom. It changes."""

    pairs: Index  # entry: place of the pair in the problem
    mentees: Index  # entry
    mentors: Index  # entry
    group: Index  # entry: its tie, numbered through all lists
    mentor_key: Index  # entry: how the mentor likes it, before promotion and hash
    mentor_place: Index  # entry: the same with the hash deciding between equals
    group_starts: Index  # tie: where its entries start, and the end
    first_group: Index  # mentee: the first tie of their list, and the end
    wants: Index
    slot_starts: Index  # mentor: where their seats start in `slots`, and the end
    mentee_ties: bool
    mentor_ties: bool

    slots: Index  # seat: the entry that holds it, -1 if free
    free: Index  # mentor: seats that nobody holds
    refused: Mask  # entry
    held: Mask  # entry
    cursor: Index  # mentee: the tie they ask in now
    holding: Index  # mentee: how many mentors hold them
    promoted: Mask  # mentee
    bars: Index  # mentor: only who is liked better than this could still be taken

    @classmethod
    def build(cls, problem: Problem) -> "_Market":
        taste = Preferences.of(problem)
        pairs = np.flatnonzero(problem.open_pairs)
        keys = (
            hashes(problem.seed, "mentee", problem.mentee_ids)[problem.mentees[pairs]],
            hashes(problem.seed, "mentor", problem.mentor_ids)[problem.mentors[pairs]],
        )
        lot = mixed(keys[0] ^ mixed(keys[1]))
        order, group = lists(problem.mentees[pairs], taste.mentee_ranks[pairs], lot)
        pairs, lot = pairs[order], lot[order]
        mentees, mentors = problem.mentees[pairs], problem.mentors[pairs]
        groups = int(group.max(initial=-1)) + 1
        by_mentor, tied = lists(mentors, taste.mentor_ranks[pairs], lot)
        place = np.empty_like(by_mentor)
        place[by_mentor] = np.arange(len(pairs))
        degree = np.bincount(mentors, minlength=len(problem.mentor_ids))
        seats = np.minimum(problem.seats_left, degree)
        starts = starts_of(group, groups)
        people = np.zeros(len(problem.mentee_ids), dtype=np.int64)
        if groups:
            people += np.bincount(mentees[starts[:-1]], minlength=len(people))
        first = np.concatenate([[0], np.cumsum(people)])
        return cls(
            pairs=pairs,
            mentees=mentees,
            mentors=mentors,
            group=group,
            mentor_key=tied[place],
            mentor_place=place,
            group_starts=starts,
            first_group=first,
            wants=np.where(people > 0, problem.wants_left, 0),
            slot_starts=np.concatenate([[0], np.cumsum(seats)]),
            mentee_ties=groups < len(pairs),
            mentor_ties=bool(len(pairs)) and int(tied[-1]) + 1 < len(pairs),
            slots=np.full(int(seats.sum()), -1, dtype=np.int64),
            free=seats.copy(),
            refused=np.zeros(len(pairs), dtype=bool),
            held=np.zeros(len(pairs), dtype=bool),
            cursor=first[:-1].copy(),
            holding=np.zeros(len(people), dtype=np.int64),
            promoted=np.zeros(len(people), dtype=bool),
            bars=np.where(seats > 0, OPEN, 0),
        )

    def round(self, asking: Index) -> Index:
        """Let each of these mentees ask once or turn a page; return who goes on asking."""
        entries, lengths = entries_of(self.group_starts, self.cursor[asking])
        hopeless = self.bars[self.mentors[entries]] <= self._likes(entries)
        self.refused[entries[hopeless & ~self.held[entries]]] = True
        ready = ~(self.refused[entries] | self.held[entries])
        # the first of those with a free seat, else the first of all: entries are in hash order
        likes = np.where(self.free[self.mentors[entries]] > 0, len(self.pairs), 0) - entries
        best = largest_in_rows(np.where(ready, likes, -len(self.pairs) - 1), lengths, 0)
        turning = asking[best < -len(self.pairs)]
        best = best[best >= -len(self.pairs)]
        proposals = np.where(best > 0, len(self.pairs) - best, -best)
        losers = self._decide(proposals)
        on = self._turn(turning)
        asked = self.mentees[proposals]
        again = np.unique(np.concatenate([on, asked, self.mentees[losers]]))
        unread = self.cursor[again] < self.first_group[again + 1]
        on_asking: Index = again[unread & (self.holding[again] < self.wants[again])]
        return on_asking

    def _turn(self, mentees: Index) -> Index:
        """Move on to the next tie with a hope; at the end start again, promoted, or give up.

        Mentors never come to like less whom they hold, so who would be refused now need not ask.
        """
        ends = self.group_starts[self.first_group[mentees + 1]]
        starts = self.group_starts[self.cursor[mentees] + 1]
        lengths = np.minimum(ends - starts, AHEAD)
        entries = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        entries += np.arange(len(entries))
        hopeful = self.bars[self.mentors[entries]] > self._likes(entries)
        places = np.arange(len(entries)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        hops = -largest_in_rows(np.where(hopeful, -places, -lengths.repeat(lengths)), lengths, 0)
        self.refused[entries[places < hops.repeat(lengths)]] = True
        reached = starts + hops
        whole = reached == ends
        self.cursor[mentees[whole]] = self.first_group[mentees[whole] + 1]
        self.cursor[mentees[~whole]] = self.group[reached[~whole]]
        done = self.cursor[mentees] == self.first_group[mentees + 1]
        through = mentees[done]
        may_rise = through[~self.promoted[through] & (self.wants[through] == 1)]
        if not self.mentor_ties:
            may_rise = may_rise[:0]  # without equals nobody would be taken before them
        self.promoted[may_rise] = True
        self.cursor[may_rise] = self.first_group[may_rise]
        groups, _ = entries_of(self.first_group, may_rise)
        entries, _ = entries_of(self.group_starts, groups)
        self.refused[entries] = False
        return np.concatenate([mentees[~done], may_rise])

    def _decide(self, proposals: Index) -> Index:
        """Let the mentors hold the best of those held and those who ask; return who lost a seat."""
        if not len(proposals):
            return proposals
        mentors = np.unique(self.mentors[proposals])
        seats, counts = entries_of(self.slot_starts, mentors)
        before = self.slots[seats]
        before = before[before >= 0]
        all_of = np.concatenate([before, proposals])
        uncertain = self._uncertain(all_of)
        likes = self._likes(all_of)
        order = np.lexsort((likes, self.mentors[all_of] * 2 + uncertain))
        all_of, uncertain = all_of[order], uncertain[order]
        sizes = np.bincount(np.searchsorted(mentors, self.mentors[all_of]), minlength=len(mentors))
        place = np.arange(len(all_of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        keeps = place < np.repeat(counts, sizes)
        kept, lost = all_of[keeps], all_of[~keeps]
        last = np.cumsum(np.minimum(sizes, counts)) - 1
        self.bars[mentors] = np.where(sizes < counts, OPEN, likes[order][keeps][last])
        self.bars[self.mentors[kept[uncertain[keeps] > 0]]] = OPEN  # would yield to anybody
        self.slots[seats] = -1
        self.slots[self.slot_starts[self.mentors[kept]] + place[keeps]] = kept
        self.free[mentors] = counts - np.minimum(sizes, counts)
        self.refused[lost[~uncertain[~keeps]]] = True
        np.subtract.at(self.holding, self.mentees[before], 1)
        np.add.at(self.holding, self.mentees[kept], 1)
        self.held[before] = False
        self.held[kept] = True
        return lost

    def _likes(self, entries: Index) -> Index:
        """How their mentors like these, promoted before equals: smaller is better."""
        promoted = self.promoted[self.mentees[entries]]
        return ((self.mentor_key[entries] * 2 + ~promoted) << 31) | self.mentor_place[entries]

    def _uncertain(self, entries: Index) -> Mask:
        """Whether each mentee could still turn to a free seat of another mentor in the same tie."""
        if not self.mentee_ties:
            return np.zeros(len(entries), dtype=bool)
        others, lengths = entries_of(self.group_starts, self.group[entries])
        elsewhere = (
            (self.free[self.mentors[others]] > 0)
            & ~self.refused[others]
            & (others != np.repeat(entries, lengths))
        )
        found = largest_in_rows(elsewhere.astype(np.int64), lengths, 0)
        uncertain: Mask = (found > 0) & (self.wants[self.mentees[entries]] == 1)
        return uncertain
