"""Who reads what: for every word that somebody in the world has written, those who may see it.

This is the table of the promise (`docs/explanation/the-promise.md`) with names. Everybody who
is not in a line must never come across its word, on any page, in any answer.
"""

from collections.abc import Iterable, Iterator


OFFICE = frozenset({"director", "coordinator"})
SEARCHING = frozenset({"mentee", "other_mentee", "seeker", "ex_mentee", "both"})
PROGRAMME = SEARCHING | {"mentor", "other_mentor"}
NOBODY: frozenset[str] = frozenset()

TOLD = ("story", "strengths", "hopes")
ABOUT_ONE = ("headline", "value_line")

# Mentees, and who of the others reads what they tell: a mentor, for as long as they are asked.
MENTEES = {
    "mentee": NOBODY,
    "other_mentee": NOBODY,
    "seeker": frozenset({"mentor"}),
    "ex_mentee": NOBODY,
    "both": NOBODY,
    "far_mentee": NOBODY,
}
MENTORS = ("mentor", "other_mentor", "both")

# Who knows somebody by name. A mentee is never listed: the office, and those they turned to.
# Evaluation links are the house's, so the office of each of its programmes reads them.
LINKED = OFFICE | {"far_director"}
NAMES = {
    "mentee": {"mentee", "mentor"} | LINKED,  # signed by both, on paper
    "other_mentee": {"other_mentor"} | OFFICE,
    "seeker": {"mentor", "other_mentor"} | OFFICE,  # the other by a first talk
    "ex_mentee": {"mentor"} | OFFICE,
    "both": PROGRAMME | OFFICE,
    "mentor": PROGRAMME | LINKED,
    "other_mentor": PROGRAMME | LINKED,
    "filler": {"mentee"} | LINKED,  # whom the mentee keeps away
    "newcomer": OFFICE,
    "far_mentee": {"far_director"},
    "director": {"director"},
    "coordinator": {"seeker"} | OFFICE,  # who looks along with the seeker
    "leader": {"director"},
    "far_director": {"far_director"},
    "outsider": NOBODY,
    "superuser": NOBODY,
}

# What two people wrote to each other: letter, answer, place to meet.
BETWEEN = {
    "mentee-mentor.letter": {"mentee", "mentor"},
    "mentee-mentor.answer_words": {"mentee"},  # whoever wrote it is not shown it again
    "mentee-mentor.where": {"mentee", "mentor"},
    "other_mentee-other_mentor.letter": {"other_mentee", "other_mentor"},
    "other_mentee-other_mentor.answer_words": {"other_mentee"},
    "other_mentee-other_mentor.where": {"other_mentee", "other_mentor"},
    "ex_mentee-mentor.letter": {"ex_mentee", "mentor"},
    "ex_mentee-mentor.answer_words": {"ex_mentee"},
    "ex_mentee-mentor.where": NOBODY,  # called off with the end
    "both-mentor.letter": {"both", "mentor"},
    "seeker-mentor.letter": {"seeker", "mentor"},
    "seeker-other_mentor.letter": {"seeker"},  # a draft
}
LETTER = ("why_you", "what_i_bring")

OTHERS = {
    "mentee.draft": {"mentee"},
    **{
        f"agreement.{version}.{written}": {"mentee", "mentor"}
        for version in (1, 2)
        for written in ("purpose", "relationship", "meetings", "agenda", "clause", "extra")
    },
    **{
        f"goal.{name}.{part}": readers
        for name, readers in (("shared", {"mentee", "mentor"}), ("own", {"mentee"}))
        for part in ("words", "measure", "next_step", "help_needed")
    },
    "goal.own.kept": {"mentee"},
    # Open to both once both had answered; sealed where the other has not.
    **{
        f"{who}.answers.{question}": readers
        for who, readers in (
            ("mentee", {"mentee", "mentor"}),
            ("mentor", {"mentee", "mentor"}),
            ("other_mentee", {"other_mentee"}),
        )
        for question in ("relationship", "meetings", "agenda")
    },
    "meeting.held.where": {"mentee", "mentor"},
    "meeting.missed.where": {"mentee", "mentor"},
    "meeting.over.where": {"mentee", "mentor"},
    "meeting.ahead.where": {"mentee", "mentor"},
    "meeting.held.point": {"mentee", "mentor"},
    "meeting.ahead.point": {"mentee", "mentor"},
    "meeting.held.takeaway": {"mentee", "mentor"},
    "meeting.held.step": {"mentee", "mentor"},
    "ending.thanks": {"ex_mentee", "mentor"},
    "talk.words": {"seeker"},
    "message.mentee": {"mentee", "mentor"},
    "message.mentor": {"mentee", "mentor"},
    "message.taken_back": NOBODY,
    "message.draft": {"mentee"},
    "message.ended": {"ex_mentee", "mentor"},
    "note.mentee": {"mentee"},
    "note.mentor": {"mentor"},
    "note.deleted": NOBODY,
    "note.ex_mentee": {"ex_mentee"},
    # Whoever brings a file in sees how it is read, until its people are in.
    "roster.uploaded.story": OFFICE,
    "roster.checked.story": OFFICE,
    "roster.bad.story": OFFICE,
    "roster.done.story": NOBODY,
}


def _told() -> Iterator[tuple[str, Iterable[str]]]:
    for who, mentors in MENTEES.items():
        yield from ((f"{who}.{told}", {who} | mentors) for told in TOLD)
        yield from ((f"{who}.{told}", {who}) for told in ABOUT_ONE)
    for who in MENTORS:
        yield from ((f"{who}.mentoring.{told}", PROGRAMME | OFFICE) for told in TOLD)
        yield from ((f"{who}.{told}", PROGRAMME | OFFICE) for told in ABOUT_ONE)
    yield from ((f"filler.{told}", NOBODY) for told in (*TOLD, *ABOUT_ONE))


def _written() -> Iterator[tuple[str, Iterable[str]]]:
    yield from ((f"{who}.name", readers) for who, readers in NAMES.items())
    for key, readers in BETWEEN.items():
        pair, _, written = key.partition(".")
        each = LETTER if written == "letter" else (written,)
        yield from ((f"{pair}.{part}", readers) for part in each)
    yield from OTHERS.items()


READERS = {key: frozenset(readers) for key, readers in (*_told(), *_written())}
"""Every key of `World.words`, with the actors who may see its word."""
