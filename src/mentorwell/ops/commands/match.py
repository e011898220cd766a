"""`mentorwell match`: who should be paired with whom, from files, without database or server."""

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import click

from mentorwell.core.pairing import Infeasible, Mode, Solved, solve_market
from mentorwell.core.pairing.market import solve_whole
from mentorwell.ops.match.inputs import Market, Options, read_market
from mentorwell.ops.match.outputs import pair_rows, write_rows, write_text
from mentorwell.ops.match.reasons import reasons
from mentorwell.ops.match.report import report
from mentorwell.ops.match.sheets import BadInput


BAD_INPUT = 2
INFEASIBLE = 3
SMALL = 4_000_000  # pairs that are all scored and solved together, without candidates
QUIET = 2.0  # seconds before progress is told

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_new_file = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("mentees", type=_file, required=False)
@click.argument("mentors", type=_file, required=False)
@click.option("--rules", type=_file, help="What earns points and what must not be; TOML.")
@click.option("--scores", type=_file, help="A ready list instead: mentee,mentor,score.")
@click.option("--mentor-seats", type=_file, help="With --scores: mentor,seats.")
@click.option("--mentee-ranks", type=_file, help="Mentees' own lists: person,rank,other.")
@click.option("--mentor-ranks", type=_file, help="Mentors' lists: person,rank,other.")
@click.option("--keep", type=_file, help="Pairs already agreed: mentee,mentor.")
@click.option("--avoid", type=_file, help="Pairs that must not be: mentee,mentor.")
@click.option(
    "--mode",
    type=click.Choice([str(mode) for mode in Mode]),
    default=str(Mode.BEST),
    show_default=True,
)
@click.option("--seats", type=click.IntRange(0, 1_000_000), help="Mentees a mentor takes.")
@click.option("--mentors-each", type=click.IntRange(1, 1_000_000), help="Mentors a mentee wants.")
@click.option("--seed", type=int, default=0, show_default=True, help="Decides between equals.")
@click.option("--most-mentors", is_flag=True, help="Before the fit: let the most mentors have one.")
@click.option("--out", type=_new_file, required=True, help="Where the pairs go; CSV.")
@click.option("--report", "report_file", type=_new_file, help="Where the report goes; HTML.")
@click.option("--candidates", type=click.IntRange(1, 1_000), default=30, show_default=True)
@click.option("--seconds", type=click.FloatRange(0), help="Time for closing the gap of large runs.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True)
@click.option("--cluster", help="Address of a Dask scheduler that does the searching.")
def command(
    *,
    mode: str,
    most_mentors: bool,
    out: Path,
    report_file: Path | None,
    candidates: int,
    seconds: float | None,
    workers: int,
    cluster: str | None,
    **files: Path | int | None,
) -> None:
    """Pair the people of two files, or of a list of scores, and prove that nothing better exists.

    Ends with 0 when it is done, 2 for bad input (naming file, line and column) and 3 where what
    is demanded together cannot be had.
    """
    started = monotonic()
    try:
        _check_outputs(out, report_file, files)
        options = Options(mode=Mode(mode), most_mentors=most_mentors, **files)  # type: ignore[arg-type]  # click's words
        market = read_market(options)
        with _executor(workers, cluster) as executor:
            solved = _solve(
                market, Mode(mode), executor, candidates, seconds, most_mentors=most_mentors
            )
        without = reasons(market, solved)
    except BadInput as wrong:
        _stop(BAD_INPUT, str(wrong))
    except Infeasible as wrong:
        _stop(INFEASIBLE, str(wrong))
    except ValueError as wrong:
        _stop(BAD_INPUT, str(wrong))
    page = report(market, solved, without) if report_file else ""
    write_rows(out, pair_rows(solved.problem, solved.result, market.roster, without))
    if report_file:
        write_text(report_file, page)
    covered, everyone = solved.result.covered(solved.problem), len(solved.problem.mentee_ids)
    click.echo(
        f"{covered:,} of {everyone:,} mentees have a mentor, total fit "
        f"{solved.result.total(solved.problem) / 1_000_000:,.6g}. {_proof(solved)} "
        f"{monotonic() - started:.2f} s."
    )


def _check_outputs(out: Path, page: Path | None, files: Mapping[str, object]) -> None:
    """Refuse what could not be written, or would replace what is read, before any work."""
    read = {given.resolve() for given in files.values() if isinstance(given, Path)}
    for option, path in (("--out", out), ("--report", page)):
        if path is None:
            continue
        if not path.parent.is_dir():
            raise BadInput(f"{option}: there is no folder {path.parent} to write in.")
        if path.resolve() in read:
            raise BadInput(f"{option}: {path.name} is read here, so it must not be replaced.")
    if page is not None and page.resolve() == out.resolve():
        raise BadInput("--out and --report name the same file.")


def _solve(
    market: Market,
    mode: Mode,
    executor: Executor | None,
    candidates: int,
    seconds: float | None,
    *,
    most_mentors: bool,
) -> Solved:
    if market.scorer is None or market.rankings != (None, None) or market.size <= SMALL:
        return solve_whole(market.problem(), mode, most_mentors=most_mentors)
    end = None if seconds is None else monotonic() + seconds
    return solve_market(
        market.scorer,
        market.people,
        mode,
        count=candidates,
        most_mentors=most_mentors,
        avoid=market.avoid,
        executor=executor,
        is_enough=lambda: end is not None and monotonic() > end,
        progress=_Progress(),
    )


def _proof(solved: Solved) -> str:
    if solved.result.proof is None:
        return "Verified: no two would rather have each other."
    if solved.gap == 0:
        return "Certificate verified: nothing better exists."
    if solved.gap is None:
        return "Certificate verified over the candidates."
    return (
        f"Certificate verified over the candidates; at most {solved.gap / 1_000_000:,.6g} is left."
    )


class _Progress:
    """Tells on the error stream how far a long run is, at most once a second."""

    def __init__(self) -> None:
        self.told = monotonic() + QUIET - 1

    def __call__(self, stage: str, done: float) -> None:
        """Hear of a stage: a share done of "candidates", a number of rounds of "solving"."""
        if monotonic() < self.told + 1:
            return
        self.told = monotonic()
        words = (
            f"looking for candidates: {done:.0%}"
            if stage == "candidates"
            else f"{stage}, round {done:.0f}"
        )
        click.echo(words, err=True)


@contextmanager
def _executor(workers: int, cluster: str | None) -> Iterator[Executor | None]:
    if cluster:
        try:
            from distributed import Client  # noqa: PLC0415 -- an extra, for large markets only
        except ImportError:
            raise BadInput("--cluster needs Dask: pip install mentorwell[cluster].") from None
        try:
            client: Any = Client(cluster, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]  # half typed
        except (OSError, ValueError) as wrong:
            raise BadInput(f"--cluster: no scheduler answers at {cluster} ({wrong}).") from None
        with client:
            yield client.get_executor(pure=False)
    elif workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            yield pool
    else:
        yield None


def _stop(status: int, sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(status)
