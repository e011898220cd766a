"""A race of presses: people press buttons on their pages at once, each in a thread of its own."""

import json
import sys
from threading import Barrier, Thread

from django.db import connection
from django.test import Client


def race(presses):
    """Return how each press ended: the page's status and what its notice said.

    `presses` are a session key, an address and the form's fields.
    """
    barrier = Barrier(len(presses))
    outcomes = []

    def press(session, address, fields):
        client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        client.cookies["sessionid"] = session
        barrier.wait()
        try:
            response = client.post(address, fields)
            outcomes.append((response.status_code, told(response)))
        finally:
            connection.close()

    threads = [Thread(target=press, args=one) for one in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def told(response):
    """Return the sentence of the notice on the page, if there is one."""
    before, found, rest = response.content.decode().partition('<div class="notice info"')
    del before
    return rest.partition("</h2>")[2].partition("</div>")[0].split("<div>")[-1] if found else ""


def main():
    """Say "ready", wait for a line with the presses to make, race, and say how each ended."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    presses = json.loads(sys.stdin.readline())
    sys.stdout.writelines(json.dumps(outcome) + "\n" for outcome in race(presses))
