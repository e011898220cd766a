"""The report of a run: one page that needs nothing else, to read, print and file.

Every picture stands beside the same figures as a table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.template.loader import render_to_string

from mentorwell.core.pairing import Mode, Problem, Solved
from mentorwell.core.pairing.explain import Short, shortage
from mentorwell.core.pairing.preferences import are_strict
from mentorwell.core.pairing.scale import ONE
from mentorwell.ops.match.inputs import Market


WIDEST = 200  # of a bar, in the picture's own units
STEPS = 10  # bars of the distribution of fits
MOST_LISTED = 500  # mentees without a mentor that are listed one by one
MOST_GROUPS = 25
PROMISES = {
    Mode.BEST: "The most mentees have a mentor. Among all such results the total fit is the highest.",
    Mode.FAIR: "The most mentees have a mentor. Among all such results the worst-off mentee is as well "
    "off as can be, and then the total fit is the highest.",
    Mode.CHOICE: "The most mentees have a mentor. Among all such results the mentees' own ranks add up "
    "to the least, and then the total fit is the highest.",
    Mode.STABLE: "No mentee and mentor who are not paired would both rather have each other.",
}
HONESTY = (
    "Only in the mode “stable”, with strict lists of any length and one mentor each, can no mentee "
    "gain by giving another list than their own."
)
GREEDY = (
    "Both sides are ranked by the same fit here, so this is simply the best pair first, then the "
    "best of those left, and so on. The mode “best” gives more mentees a mentor."
)


@dataclass(frozen=True)
class Bar:
    """One bar of a picture: its label, what the table adds to it, its number, width and place."""

    label: str
    note: str
    number: int
    width: int
    y: int

    @property
    def middle(self) -> int:
        """Where the words beside the bar stand."""
        return self.y + 15

    @property
    def end(self) -> int:
        """Where the number behind the bar stands."""
        return 148 + self.width


@dataclass(frozen=True)
class Picture:
    """A row of bars with a heading for the column of labels and that of numbers."""

    name: str
    title: str
    labels: str
    numbers: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """The picture's height in its own units."""
        return 24 * len(self.bars) + 8


def report(market: Market, solved: Solved, without: Mapping[int, str]) -> str:
    """Return the page as HTML; `without` says of each mentee without a mentor, by place, why."""
    problem, result = solved.problem, solved.result
    fits = problem.fits[result.chosen]
    loads = np.bincount(result.pairs(problem)[:, 1], minlength=len(problem.mentor_ids))
    covered, everyone = result.covered(problem), len(problem.mentee_ids)
    return render_to_string(
        "ops/match_report.html",
        {
            "promise": PROMISES[result.mode],
            "honesty": HONESTY,
            "greedy": GREEDY if result.mode is Mode.STABLE and _by_fit(problem) else "",
            "certificate": certificate_words(solved),
            "figures": [
                (
                    "Mentees with a mentor",
                    f"{covered:,} of {everyone:,} ({_share(covered, everyone)})",
                ),
                ("Pairs, those kept included", f"{len(fits) + len(problem.fixed):,}"),
                ("Pairs that were kept", f"{len(problem.fixed):,}"),
                ("Total fit of new pairs", f"{int(fits.sum()) / ONE:,.6g}"),
                ("Worst fit of a new pair", f"{fits.min() / ONE:.6g}" if len(fits) else "none"),
                (
                    "Mentors with at least one mentee",
                    f"{np.count_nonzero(loads):,} of {len(loads):,}",
                ),
                ("Places in all", f"{int(problem.seats.sum()):,}"),
                ("Eligible pairs considered", f"{len(problem.fits):,}"),
                *_ranks(solved),
            ],
            "pictures": [
                picture
                for picture in (
                    _fits(fits),
                    _loads(loads, problem.seats),
                    _shortage(market, solved),
                )
                if picture.bars
            ],
            "unmatched": [
                (problem.mentee_ids[mentee], why)
                for mentee, why in islice(without.items(), MOST_LISTED)
            ],
            "more": max(0, len(without) - MOST_LISTED),
            "rows": [
                ("Mode", str(result.mode)),
                ("Seed that decides between equals", str(problem.seed)),
                ("Rounds of solving", str(solved.rounds)),
            ],
        },
    )


def certificate_words(solved: Solved) -> str:
    """Return what was proved, and that it was checked."""
    if solved.result.proof is None:
        return (
            "Checked pair by pair after solving: nobody has more than their places, and no two "
            "people would rather have each other. "
            + (
                "There were no ties."
                if all(are_strict(solved.problem))
                else "Equal ranks were left to the lot; such a result is called weakly stable."
            )
        )
    value, bound = solved.verdict.value, solved.verdict.bound
    words = (
        "After solving, a check that knows nothing of the solver priced every mentor's places and "
        f"added up what anybody could gain at these prices: {bound:,}. The result is worth "
        f"{value:,}. "
    )
    if solved.gap == 0:
        return words + "The two are equal, so nothing better exists."
    if solved.gap is None:
        return (
            words
            + "The two are equal, so nothing better exists among the candidates. Pairs beyond them were not searched."
        )
    return (
        words + "Over the candidates nothing better exists. Over all pairs a better result could "
        f"be worth at most {solved.gap:,} more; the time was up before that was settled."
    )


def _ranks(solved: Solved) -> Iterable[tuple[str, str]]:
    ranks = solved.problem.mentee_ranks
    if ranks is None or not len(solved.result.chosen):
        return []
    chosen = ranks[solved.result.chosen]
    return [
        ("First choices among new pairs", f"{np.count_nonzero(chosen == 1):,} of {len(chosen):,}")
    ]


def _by_fit(problem: Problem) -> bool:
    return problem.mentee_ranks is None and problem.mentor_ranks is None


def _fits(fits: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Picture:
    most = max(int(fits.max(initial=0)), 1)
    top = max(ONE, most)
    places = np.minimum(fits * STEPS // top, STEPS - 1)
    counts = np.bincount(places, minlength=STEPS)
    labels = [
        f"{top * at / STEPS / ONE:.3g} to {top * (at + 1) / STEPS / ONE:.3g}" for at in range(STEPS)
    ]
    return _picture(
        "fits",
        "How well the new pairs fit",
        labels="Fit",
        numbers="Pairs",
        names=labels,
        counts=counts.tolist(),
    )


def _loads(
    loads: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    seats: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> Picture:
    counts = np.bincount(np.minimum(loads, STEPS))
    labels = [
        f"{number} or more"
        if number == STEPS
        else ("1 mentee" if number == 1 else f"{number} mentees")
        for number in range(len(counts))
    ]
    return _picture(
        "loads",
        "How many mentees a mentor has",
        labels="Mentees each",
        numbers="Mentors",
        names=labels,
        counts=counts.tolist(),
    )


def _shortage(market: Market, solved: Solved) -> Picture:
    lines = [line for line in shortage_lines(market, solved) if line.would_cover][:MOST_GROUPS]
    return _picture(
        "shortage",
        "Where one more place would give one more mentee a mentor",
        labels="Topic or site",
        numbers="Mentors",
        names=[line.group for line in lines],
        notes=[f"{line.held} of {line.seats} places taken" for line in lines],
        counts=[line.would_cover for line in lines],
    )


def shortage_lines(market: Market, solved: Solved) -> tuple[Short, ...]:
    """Return the shortage map by what mentors offer and where they are; by nothing, all at once."""
    groups: dict[str, list[int]] = {}
    for place, mentor in enumerate(market.roster.profiles[1] if market.roster else ()):
        for topic in mentor.offered:
            groups.setdefault(topic, []).append(place)
        if mentor.site:
            groups.setdefault(mentor.site.key, []).append(place)
    if not groups:
        groups = {"All mentors": list(range(len(solved.problem.mentor_ids)))}
    return shortage(solved.problem, solved.result, groups)


def _picture(
    name: str,
    title: str,
    *,
    labels: str,
    numbers: str,
    names: Sequence[str],
    counts: Sequence[int],
    notes: Sequence[str] = (),
) -> Picture:
    most = max([1, *counts])
    return Picture(
        name,
        title,
        labels,
        numbers,
        tuple(
            Bar(label, note, count, round(WIDEST * count / most), 24 * place + 4)
            for place, (label, note, count) in enumerate(
                zip(names, notes or [""] * len(names), counts, strict=True)
            )
        ),
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "nobody asked"
