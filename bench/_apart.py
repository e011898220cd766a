"""One measurement in a process of its own, so that its peak memory is its own."""

import multiprocessing
import resource
import threading
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple


class Measured(NamedTuple):
    seconds: float  # median of several
    peak: float  # GB of the whole process, its input included
    answer: Any


def measured(work: Callable[..., Any], *arguments: Any, times: int = 3) -> Measured:
    """Run `work(*arguments)` several times in a fresh process.

    `work` prepares its input and returns a function; only calls of that are timed.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_deep, args=(theirs, work, arguments, times))
    process.start()
    theirs.close()
    result = ours.recv()
    process.join()
    return Measured(*result)


def _deep(*arguments: Any) -> None:
    """Work in a thread with a large stack: one package recurses through all people."""
    threading.stack_size(1 << 30)
    thread = threading.Thread(target=_work, args=arguments)
    thread.start()
    thread.join()


def _work(pipe: Any, work: Callable[..., Any], arguments: tuple[Any, ...], times: int) -> None:
    ready = work(*arguments)
    taken, answer = [], None
    for _ in range(times):
        start = perf_counter()
        answer = ready()
        taken.append(perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    pipe.send((median(taken), peak, answer))
