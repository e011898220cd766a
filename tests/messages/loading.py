"""Somebody who writes, changes and reads notes and messages without a pause.

Run with `python -m tests.messages.loading <uid of the mentorship> <uid of the person>`: it works
until its input ends, and then says what it left behind, note by note, as JSON.
"""

import json
import sys
from threading import Event, Thread
from uuid import uuid4


def keep_writing(mentorship_uid, person_uid, stop):
    """Write until `stop` is set; return the words of each note and message that was kept."""
    from mentorwell.accounts.models import User  # noqa: PLC0415 -- needs Django set up
    from mentorwell.foundation import clock  # noqa: PLC0415 -- as above
    from mentorwell.mentorships.models import Mentorship  # noqa: PLC0415 -- as above
    from mentorwell.messages import services  # noqa: PLC0415 -- as above
    from mentorwell.messages.queries import notes_of, thread_of  # noqa: PLC0415 -- as above

    mentorship, person = (
        Mentorship.objects.get(uid=mentorship_uid),
        User.objects.get(uid=person_uid),
    )
    kept, name, turn = {}, uuid4().hex[:6], 0
    while not (stop.is_set() and turn):
        given = {"by": person, "now": clock.now()}
        for write in (services.write_note, services.write_message):
            words = f"{name} {write.__name__} {turn}"
            made = write(mentorship=mentorship, text=words, token=uuid4(), **given)
            kept[str(made.uid)] = words
        mine = list(notes_of(person, mentorship)[:12])
        note = mine[turn % len(mine)]
        if str(note.uid) in kept:  # another at the same desk may hold the others
            services.edit_note(note=note, text=f"{note.text} again", **given)
            kept[str(note.uid)] = f"{note.text} again"
        list(thread_of(person, mentorship).reverse()[:30])
        turn += 1
    return kept


def main():
    import django  # noqa: PLC0415 -- where this is a process of its own

    django.setup()
    stop, kept = Event(), {}
    working = Thread(target=lambda: kept.update(keep_writing(sys.argv[1], sys.argv[2], stop)))
    working.start()
    sys.stdout.write("working\n")
    sys.stdin.read()
    stop.set()
    working.join()
    sys.stdout.write(json.dumps(kept))


if __name__ == "__main__":
    main()
