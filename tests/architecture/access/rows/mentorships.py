"""The room of a pair: its two members, and nobody else."""

from datetime import timedelta
from typing import Any

from mentorwell.mentorships import services
from mentorwell.mentorships.content import agreement_choices
from tests.architecture.access.rows.given import PAIR, says, uid
from tests.architecture.access.sweep import SIGNED_IN, Row
from tests.factories.moments import NOW
from tests.world import World


def end(world: World) -> None:
    """The mentee has just ended it."""
    services.end_mentorship(
        mentorship=world.fresh("mentorship"), by=world.person("mentee"), now=NOW
    )


def rest(world: World) -> None:
    """The mentee rests."""
    services.pause_mentorship(
        mentorship=world.fresh("mentorship"), by=world.person("mentee"), now=NOW
    )


def agreement(_world: World) -> dict[str, Any]:
    offered = agreement_choices()
    return {
        "purpose": "To pass the boards without losing sleep.",
        "relationship": offered.relationship[0].slug,
        "meetings_like": offered.meetings[0].slug,
        "agenda_by": offered.agenda[0].slug,
        "schedules_by": offered.scheduling[0].slug,
        "review_date": NOW.date() + timedelta(days=100),
        "rhythm": "monthly",
        "minutes": "45",
        "clause_agenda_ahead": "day",
        "clause_cancelling": "soon",
        "clause_note_by": "each",
        "clause_reply": "a-week",
        "after_version": "2",
    }


ROWS = [
    Row("mentorships:mentorship-list", get=SIGNED_IN),
    Row("mentorships:room", get=PAIR, where=uid("mentorship")),
    Row("mentorships:room", get=("ex_mentee", "mentor"), where=uid("ended"), called="ended"),
    Row("mentorships:silence-answer", post=PAIR, where=uid("mentorship")),
    Row("mentorships:agreement-show", get=PAIR, where=uid("mentorship")),
    Row(
        "mentorships:agreement-answer",
        get=("other_mentee", "other_mentor"),
        post=("other_mentee", "other_mentor"),
        where=uid("other_mentorship"),
        body=says(relationship="growth", meetings_like="walk", agenda_by="mentee"),
    ),
    Row("mentorships:agreement-answer", later=PAIR, where=uid("mentorship"), called="open"),
    Row("mentorships:agreement-print", get=PAIR, where=uid("mentorship")),
    Row("mentorships:agreement-download", get=PAIR, where=uid("mentorship")),
    Row(
        "mentorships:agreement-propose",
        get=PAIR,
        post=PAIR,
        where=uid("mentorship"),
        body=agreement,
    ),
    Row(
        "mentorships:agreement-agree",
        post=("mentor",),
        later=("mentee",),  # who proposed it
        where=lambda world: {"uid": world.mentorship.uid, "version": 2},
    ),
    Row(
        "mentorships:mentorship-end",
        get=PAIR,
        post=PAIR,
        where=uid("mentorship"),
        body=says(thanks="Thank you.", reason="life_change"),
    ),
    Row(
        "mentorships:mentorship-end",
        later=("ex_mentee", "mentor"),
        where=uid("ended"),
        called="ended",
    ),
    Row(
        "mentorships:ending-undo",
        post=("mentee",),
        later=("mentor",),
        where=uid("mentorship"),
        before=end,
    ),
    Row("mentorships:mentorship-pause", get=PAIR, post=PAIR, where=uid("mentorship")),
    Row(
        "mentorships:mentorship-resume",
        post=("mentee",),
        later=("mentor",),
        where=uid("mentorship"),
        before=rest,
    ),
    Row("mentorships:trouble-show", get=PAIR, where=uid("mentorship")),
    Row("mentorships:contact-stop", post=PAIR, where=uid("mentorship")),
    Row("mentorships:call-ask", post=PAIR, where=uid("mentorship")),
    Row(
        "mentorships:link-answer",
        get=("mentee",),
        post=("mentee",),
        where=lambda world: {"uid": world.mentorship.uid, "question": world.question.uid},
        body=says(answer="acknowledge"),
    ),
]
