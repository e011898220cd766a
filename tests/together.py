"""Acts in threads of their own, brought together at the worst moment."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

from django.db import connection


PATIENCE = 1.0  # seconds; a lock keeps the others from coming, and then nobody waits for them


def at_once(*acts, before):
    """Run acts side by side and return how each ended: "done", or the class of its error.

    Each waits for the others at its first statement that begins with `before`.
    """
    barrier = Barrier(len(acts))
    outcomes = [""] * len(acts)

    def run(place, act):
        waited = []

        def wait_once(execute, sql, *arguments):
            if sql.startswith(before) and not waited:
                waited.append(sql)
                with suppress(BrokenBarrierError):
                    barrier.wait(PATIENCE)
            return execute(sql, *arguments)

        try:
            with connection.execute_wrapper(wait_once):
                act()
            outcomes[place] = "done"
        except Exception as error:  # noqa: BLE001 -- how an act ends is what is asked for
            outcomes[place] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
