"""What the office's pages say of rounds and runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from mentorwell.core.lifecycles import RoundState, RunState
from mentorwell.core.pairing import Mode, Step, step_of
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import Round, RoundRun
from mentorwell.matching.queries import AloneLine, Foreseen, PairLine, RunStory
from mentorwell.people.models import Participation
from mentorwell.web.matching.words import VERDICTS


class ModeWords(NamedTuple):
    """A way to choose: its name, what it promises, and in how few words."""

    name: str
    hint: str
    short: str


MODES = {
    Mode.BEST: ModeWords(
        "Most people, best fit",
        "The most mentees get a mentor, and of all ways to do that the one with the highest fit.",
        "most people, best fit",
    ),
    Mode.FAIR: ModeWords(
        "Most people, nobody badly off",
        "The most mentees get a mentor, and whoever fits least fits as well as can be.",
        "nobody badly off",
    ),
    Mode.CHOICE: ModeWords(
        "Mentees' own order",
        "The most mentees get a mentor, as high on their own lists as can be.",
        "own order",
    ),
    Mode.STABLE: ModeWords(
        "No two would rather swap",
        "No mentee and mentor would both rather have each other. Often leaves more people without.",
        "no swaps",
    ),
}
PROMISES = {
    Mode.BEST: "Nobody could give more mentees a mentor, and with as many, no total fit is higher. Checked.",
    Mode.FAIR: "Nobody could give more mentees a mentor, and with as many, the lowest fit cannot be higher. Checked.",
    Mode.CHOICE: "Nobody could give more mentees a mentor, and with as many, the places on their lists cannot be better. Checked.",
    Mode.STABLE: "No mentee and mentor would both rather have each other. Checked pair by pair.",
}
BY_MORE_THAN_FIT = {
    Mode.BEST: "By fit, and by what people have said.",
    Mode.FAIR: "By fit, and by what people have said.",
    Mode.CHOICE: "By the lists of all mentees.",
    Mode.STABLE: "By the lists of both sides.",
}
ROUND_STATES = {
    RoundState.DRAFT: ("Being prepared", ""),
    RoundState.COLLECTING: ("People join and wish", "yes"),
    RoundState.PROPOSED: ("Wishes are in", "sun"),
    RoundState.PUBLISHED: ("Suggestions are out", "yes"),
    RoundState.CLOSED: ("Closed", ""),
}
STEP_COLOURS = {Step.VERY_WELL: "yes", Step.WELL: "yes"}
NOT_TOLD = "Not told"  # of so few that it would tell of one
STATIONS = ("Wishes", "Runs", "Suggestions", "Closed")
HOW_MUCH = ((1, "hardly"), (5, "a little"), (15, "clearly"), (float("inf"), "much"))  # per cent
MILLIONTHS = 10_000  # in a hundredth of a fit


@dataclass(frozen=True)
class RoundLine:
    """One round in a list."""

    round: Round
    state: str
    colour: str


def round_line(round_: Round) -> RoundLine:
    """Say where a round stands."""
    return RoundLine(round_, *ROUND_STATES[RoundState(round_.state)])


def station(round_: Round) -> int:
    """Return at which of the four stations a round is, from 1."""
    order = (RoundState.COLLECTING, RoundState.PROPOSED, RoundState.PUBLISHED, RoundState.CLOSED)
    return 1 + order.index(RoundState(round_.state)) if round_.state in order else 1


@dataclass(frozen=True)
class Figure:
    """One figure of a run: what it is, its words, and whether no run beside it does better."""

    label: str
    words: str
    best: bool = False


@dataclass(frozen=True)
class RunLine:
    """One run in the comparison."""

    run: RoundRun
    name: str
    settings: str
    figures: list[Figure]
    under_way: bool

    @property
    def mode(self) -> str:
        """How it chooses, in a few words."""
        return MODES[Mode(self.run.mode)].name


def promise(run: RoundRun) -> str:
    """Say what was promised of a run's pairs, and that it was checked."""
    said = PROMISES[Mode(run.mode)]
    return f"With your changes kept: {said[0].lower()}{said[1:]}" if run.adjusts_id else said


def gap(run: RoundRun) -> int | None:
    """Return what could still be better, in the units of the mode; None where there is no bound."""
    if run.mode == Mode.STABLE:
        return None
    return int(run.figures["bound"] - run.figures["value"])


def run_names(runs: Iterable[RoundRun]) -> dict[int, str]:
    """Return the names of the runs of one round: "Run 2", and "Run 2, by hand" for its copy."""
    names: dict[int, str] = {}
    number, copies = 0, dict[int, int]()
    for run in runs:
        if run.adjusts_id in names:
            base = run.adjusts_id
            copies[base] = copies.get(base, 0) + 1
            more = f" {copies[base]}" if copies[base] > 1 else ""
            names[run.pk] = f"{names[base]}, by hand{more}"
        else:
            number += 1
            names[run.pk] = f"Run {number}"
    return names


FIGURE_LABELS = {
    "covered": "Have a mentor",
    "average": "Average fit",
    "worst": "Lowest fit",
    "quarter": "Low quarter",
    "first_choices": "First choices",
    "used": "Mentors",
    "load": "Most each",
}


def run_lines(runs: Sequence[RoundRun]) -> list[RunLine]:
    """Return the runs side by side, in their order, the best of each figure marked."""
    names = run_names(runs)
    done = [run for run in runs if run.state == RunState.DONE]
    best = _best(done)
    return [
        RunLine(
            run,
            names[run.pk],
            _settings(run),
            _figures(run, best) if run in done else [],
            under_way=run.state in (RunState.QUEUED, RunState.RUNNING),
        )
        for run in runs
    ]


def _settings(run: RoundRun) -> str:
    """Say what differs from the programme's own weights and from all places."""
    weights = [
        f"{label} {weight:g}"
        for label, weight in (
            ("interests", run.weight_interest),
            ("near", run.weight_proximity),
            ("values", run.weight_values),
            ("style", run.weight_style),
        )
    ]
    policy = run.round.programme.policy
    own = (
        run.weight_interest == policy.weight_interest
        and run.weight_proximity == policy.weight_proximity
        and run.weight_values == policy.weight_values
        and run.weight_style == policy.weight_style
    )
    places = [f"at most {run.places_most} each"] if run.places_most else []
    return ", ".join([*([] if own else weights), *places])


def _value(run: RoundRun, name: str) -> float | None:
    """Return what is compared, as coarse as it is told, more is better; None where it is not told."""
    told = run.figures
    if name == "average":
        return average(run)
    if name in ("worst", "quarter"):
        return -float(list(VERDICTS).index(step_of(told[name])))
    if name == "load":
        return -float(told["most_load"])
    if name == "used":
        return float(told["mentors_used"])
    found = told[name]
    return None if found is None else float(found)


def _best(runs: Sequence[RoundRun]) -> dict[str, float]:
    """Return the best of each figure, where several runs differ in it."""
    best = {}
    for name in FIGURE_LABELS:
        values = [value for run in runs if (value := _value(run, name)) is not None]
        if len(set(values)) > 1:
            best[name] = max(values)
    return best


def average(run: RoundRun) -> int | None:
    """Return the fit of a run's pairs on average, of 100; None of so few that it would tell one."""
    covered = int(run.figures["covered"])
    if covered < run.round.programme.policy.activity_threshold:
        return None
    return round(int(run.figures["total"]) / covered / MILLIONTHS)


def _figures(run: RoundRun, best: dict[str, float]) -> list[Figure]:
    told: dict[str, Any] = run.figures
    words = {
        "covered": f"{told['covered']} of {told['mentees']}",
        "average": NOT_TOLD if average(run) is None else f"{average(run)} of 100",
        "worst": VERDICTS[step_of(told["worst"])] if told["covered"] else NOT_TOLD,
        "quarter": VERDICTS[step_of(told["quarter"])] if told["covered"] else NOT_TOLD,
        "first_choices": first_choices(told["first_choices"]),
        "used": f"{told['mentors_used']} of {told['mentors']}",
        "load": f"{told['most_load']}",
    }
    return [
        Figure(label, words[name], best=name in best and _value(run, name) == best[name])
        for name, label in FIGURE_LABELS.items()
    ]


def first_choices(thirds: int | None) -> str:
    """Say how many got their first choice, as far as it may be told."""
    if thirds is None:
        return NOT_TOLD
    return ("Under a third", "A third to two", "Two thirds or more")[thirds]


@dataclass(frozen=True)
class Row:
    """One mentee of a run: with whom, how well, why, and whom they could have instead."""

    mentee: Participation
    mentor: Participation | None
    step: str
    colour: str
    why: str
    by_hand: bool
    choices: list[tuple[Participation, str]]


def pair_rows(story: RunStory, mode: Mode) -> list[Row]:
    """Return the pairs of a run in words."""
    return [
        Row(
            line.mentee,
            line.mentor,
            VERDICTS[line.step],
            STEP_COLOURS.get(line.step, ""),
            why_pair(line, mode),
            line.hand == Hand.TOGETHER,
            _choices(story, line.mentee, but=line.mentor),
        )
        for line in story.pairs
    ]


def alone_rows(story: RunStory) -> list[Row]:
    """Return who is left without a mentor, why, and what would help."""
    return [
        Row(line.mentee, None, "", "", why_alone(line), False, _choices(story, line.mentee))
        for line in story.alone
    ]


def _choices(
    story: RunStory, mentee: Participation, *, but: Participation | None = None
) -> list[tuple[Participation, str]]:
    return [
        (mentor, VERDICTS[step].lower())
        for mentor, step in story.choices[mentee.pk]
        if mentor != but
    ]


def why_alone(line: AloneLine) -> str:
    """Say why a run leaves a mentee without a mentor, and what was seen to help."""
    if line.apart and not line.eligible:
        return "Kept apart by hand from all whom they could have."
    if not line.eligible:
        return (
            "Nobody in this round could be named to them. They can still search and ask; "
            "more mentors, or another language or site, would help."
        )
    many = "The one mentor" if line.eligible == 1 else f"All {line.eligible} mentors"
    taken = f"{many} they could have {'is' if line.eligible == 1 else 'are'} with others."
    if line.helps:
        return f"{taken} One more place with {line.helps.person.name} would give them a mentor."
    if line.helps_others:
        name = line.helps_others.person.name
        return f"{taken} One more place with {name} would help somebody else first."
    return taken


def why_pair(line: PairLine, mode: Mode) -> str:
    """Say why a mentee is with this mentor: by order and places, never by what either told."""
    if line.hand == Hand.TOGETHER:
        return "Put together by hand."
    if line.order is None:
        return BY_MORE_THAN_FIT[mode]
    if line.order == 1:
        return f"The best fit of {line.choice}." if line.choice > 1 else "The only one possible."
    said = f"Number {line.order} of {line.choice} by fit."
    if line.better is None:
        return said
    return f"{said} {line.better.person.name} would fit better, and does more with others."


def cost(foreseen: Foreseen, run: RoundRun) -> list[str]:
    """Say what a change by hand would cost, people first."""
    said = []
    lost = -foreseen.covered
    if lost:
        people = "mentee" if abs(lost) == 1 else "mentees"
        said.append(f"{abs(lost)} {people} {'fewer' if lost > 0 else 'more'} would have a mentor.")
    else:
        said.append("As many mentees have a mentor as before.")
    said.append(total_words(foreseen.total, run))
    return said


def total_words(total: int, run: RoundRun) -> str:
    """Say in words how the fit of all pairs together would change; a number would tell a pair's."""
    whole = run.figures["total"]
    share = 100 * abs(total) / whole if whole else 100.0
    if not total:
        return "All pairs together fit as well as before."
    much = next(words for most, words in HOW_MUCH if share <= most)
    return f"All pairs together fit {much} {'less' if total < 0 else 'more'}."
