"""Things go wrong while people write: forms, rules, the database and the worker say no."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from mentorwell.foundation.services.jobs import ATTEMPTS, run_next_job
from mentorwell.mentorships.content import agreement_choices
from mentorwell.people.content import values
from tests.factories.moments import NOW
from tests.office.rosters import ADA, written
from tests.world import World
from tests.world.visitors import Visitors


TOO_LONG = "x" * 2001
NEXT_WEEK = (NOW + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True)
class Mishap:
    """Somebody sends words to an address, and it is not taken."""

    name: str
    actor: str
    route: str
    status: int
    body: Callable[[str], dict[str, Any]]  # from the words to what is sent
    of: str = ""  # the thing whose id the address names
    broken: str = ""  # the table that refuses every change meanwhile

    def address(self, world: World) -> str:
        return reverse(self.route, kwargs={"uid": getattr(world, self.of).uid} if self.of else {})


def agreement(words: str, **changes: Any) -> dict[str, Any]:
    offered = agreement_choices()
    return {
        "purpose": words,
        "relationship": offered.relationship[0].slug,
        "meetings_like": offered.meetings[0].slug,
        "agenda_by": offered.agenda[0].slug,
        "schedules_by": offered.scheduling[0].slug,
        "review_date": NOW.date() + timedelta(days=100),
        "rhythm": "monthly",
        "minutes": "45",
        **{f"clause_{clause.slug}": clause.default for clause in offered.clause},
        "after_version": "2",
        **changes,
    }


def story(words: str) -> dict[str, Any]:
    return {"story": words, "strengths": words, "hopes": words}


def letter(words: str) -> dict[str, Any]:
    return {"why_you": words, "what_i_bring": words}


def meeting(words: str) -> dict[str, Any]:
    return {"time_1": NEXT_WEEK, "anyway": "on", "minutes": "30", "where": words}


def talk(words: str) -> dict[str, Any]:
    return {"text": words, "token": uuid4()}


def line(words: str) -> dict[str, Any]:
    return {f"show_{values()[0].slug}": "on", f"line_{values()[0].slug}": words}


def ending(words: str) -> dict[str, Any]:
    return {"thanks": words, "reason": "time_up"}


WRONG_FORMS = [
    Mishap(
        "a story too long",
        "mentee",
        "people:story-edit",
        400,
        lambda words: story(words) | {"hopes": words + TOO_LONG},
        of="mentee_part",
    ),
    Mishap(
        "a value's line too long",
        "mentee",
        "people:values-show",
        400,
        lambda words: line(words + TOO_LONG),
    ),
    Mishap(
        "nobody of that name",
        "mentee",
        "people:apart-list",
        400,
        lambda words: {"who": words, "reason": "please_not"},
    ),
    Mishap(
        "a letter without its reason",
        "seeker",
        "matching:invitation-write",
        400,
        lambda words: {"why_you": "", "what_i_bring": words},
        of="other_mentor_part",
    ),
    Mishap(
        "a yes without a time",
        "mentor",
        "matching:invitation-show",
        400,
        lambda words: {"answer": "accept", "time_1": "soon", "words": words, "where": words},
        of="invitation",
    ),
    Mishap(
        "an agreement without a day",
        "mentee",
        "mentorships:agreement-propose",
        400,
        lambda words: agreement(words, review_date="soon"),
        of="mentorship",
    ),
    Mishap(
        "a meeting without a time",
        "mentee",
        "meetings:meeting-propose",
        400,
        lambda words: meeting(words) | {"time_1": "soon"},
        of="mentorship",
    ),
    Mishap(
        "a message too long",
        "mentee",
        "messages:thread-show",
        400,
        lambda words: talk(words + 2 * TOO_LONG),
        of="mentorship",
    ),
    Mishap(
        "a note too long",
        "mentee",
        "messages:note-list",
        400,
        lambda words: talk(words + 6 * TOO_LONG),
        of="mentorship",
    ),
    Mishap(
        "thanks with an unknown reason",
        "mentee",
        "mentorships:mentorship-end",
        400,
        lambda words: ending(words) | {"reason": words},
        of="mentorship",
    ),
    Mishap(
        "a wrong password",
        "stranger",
        "account_login",
        200,
        lambda words: {"login": "mentee@example.org", "password": words},
    ),
]

REFUSALS = [
    Mishap("a message after the end", "ex_mentee", "messages:thread-show", 400, talk, of="ended"),
    Mishap(
        "a message to somebody else’s mentor",
        "other_mentee",
        "messages:thread-show",
        404,
        talk,
        of="mentorship",
    ),
    Mishap(
        "a change of somebody else’s note", "mentor", "messages:note-edit", 404, talk, of="note"
    ),
    Mishap(
        "a letter from somebody who has their mentor",
        "mentee",
        "matching:invitation-write",
        400,
        letter,
        of="other_mentor_part",
    ),
    Mishap(
        "an agreement after the end",
        "ex_mentee",
        "mentorships:agreement-propose",
        400,
        agreement,
        of="ended",
    ),
    Mishap(
        "a story for somebody else",
        "other_mentee",
        "people:story-edit",
        404,
        story,
        of="mentee_part",
    ),
]

BROKEN_TABLES = [
    Mishap(
        "a message that cannot be kept",
        "mentee",
        "messages:thread-show",
        500,
        talk,
        of="mentorship",
        broken="pair_messages_message",
    ),
    Mishap(
        "a change of a message that cannot be kept",
        "mentee",
        "messages:message-edit",
        500,
        talk,
        of="message",
        broken="pair_messages_message",
    ),
    Mishap(
        "a note that cannot be kept",
        "mentee",
        "messages:note-list",
        500,
        talk,
        of="mentorship",
        broken="pair_messages_note",
    ),
    Mishap(
        "a story that cannot be kept",
        "mentee",
        "people:story-edit",
        500,
        story,
        of="mentee_part",
        broken="people_participation",
    ),
    Mishap(
        "a draft that cannot be kept",
        "mentee",
        "people:story-edit",
        500,
        lambda words: story(words) | {"keep_draft": "1"},
        of="mentee_part",
        broken="people_draft",
    ),
    Mishap(
        "a line that cannot be kept",
        "mentee",
        "people:values-show",
        500,
        line,
        broken="people_valuechoice",
    ),
    Mishap(
        "a letter that cannot be kept",
        "seeker",
        "matching:invitation-write",
        500,
        letter,
        of="other_mentor_part",
        broken="matching_invitation",
    ),
    Mishap(
        "a yes that cannot be kept",
        "mentor",
        "matching:invitation-show",
        500,
        lambda words: {"answer": "accept", "time_1": NEXT_WEEK, "words": words, "where": words},
        of="invitation",
        broken="matching_invitation",
    ),
    Mishap(
        "an agreement that cannot be kept",
        "mentee",
        "mentorships:agreement-propose",
        500,
        agreement,
        of="mentorship",
        broken="mentorships_agreement",
    ),
    Mishap(
        "a meeting that cannot be kept",
        "mentee",
        "meetings:meeting-propose",
        500,
        meeting,
        of="mentorship",
        broken="meetings_meeting",
    ),
    Mishap(
        "thanks that cannot be kept",
        "mentee",
        "mentorships:mentorship-end",
        500,
        ending,
        of="mentorship",
        broken="mentorships_ending",
    ),
]

MISHAPS = [*WRONG_FORMS, *REFUSALS, *BROKEN_TABLES]


@contextmanager
def broken(table: str) -> Iterator[None]:
    """Let the database itself refuse whatever is written to a table."""
    postgres = connection.vendor == "postgresql"
    moves = ("INSERT", "UPDATE")
    if postgres:  # it quotes the failing row in its error
        start = [f"ALTER TABLE {table} ADD CONSTRAINT broken CHECK (id < 0) NOT VALID"]
        end = [f"ALTER TABLE {table} DROP CONSTRAINT broken"]
    else:
        start = [
            f"CREATE TRIGGER broken_{move} BEFORE {move} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: broken'); END"
            for move in moves
        ]
        end = [f"DROP TRIGGER broken_{move}" for move in moves]
    with connection.cursor() as cursor:
        for statement in start:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in end:
            cursor.execute(statement)


def happen(mishap: Mishap, visitors: Visitors) -> HttpResponse:
    """Let one mishap happen and return the page that its person gets."""
    words = visitors.world.words.sentence(mishap.name)
    browser, address = visitors.browser(mishap.actor), mishap.address(visitors.world)
    if not mishap.broken:
        return browser.post(address, mishap.body(words))
    with broken(mishap.broken):
        return browser.post(address, mishap.body(words))


def come_from_elsewhere(visitors: Visitors) -> HttpResponse:
    """Send a story from a page that is not ours."""
    address = reverse("people:story-edit", kwargs={"uid": visitors.world.mentee_part.uid})
    words = visitors.world.words.sentence("a story from elsewhere")
    with visitors.on_a_strange_page():
        return visitors.browser("mentee").post(address, story(words))


def jobs_fail(visitors: Visitors) -> None:
    """Let the worker fail over two rosters: once over one, again and again over the other."""
    while run_next_job(worker="test", now=NOW):
        pass  # the runs of a round came first
    slug = {"slug": visitors.world.programme.slug}
    browser = visitors.browser("coordinator")
    told = visitors.world.words.sentence("a roster that cannot be read")
    file = SimpleUploadedFile("people.csv", written(ADA | {"story": told}))
    answer = browser.post(reverse("office:import-list", kwargs=slug), {"file": file})
    columns = {f"column-{place}": name for place, name in enumerate((*ADA, "story"))}
    browser.post(answer["Location"], columns | {"part": "", "dates": "ASK"})
    with broken("office_importrow"):
        run_next_job(worker="test", now=NOW)
    run_next_job(worker="test", now=NOW + timedelta(hours=1))
    run = visitors.world.run_checked
    browser.post(reverse("office:import-apply", kwargs={**slug, "uid": run.uid}))
    with broken("office_importrun"):
        for hour in range(ATTEMPTS):
            run_next_job(worker="test", now=NOW + timedelta(hours=hour))
