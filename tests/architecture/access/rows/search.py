"""Finding a mentor, writing, waiting, asking for help, and answering."""

from datetime import timedelta

from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme
from tests.architecture.access.rows.given import (
    MENTEES,
    OFFICE,
    TAKING_PART,
    guessed,
    says,
    secret,
    uid,
)
from tests.architecture.access.sweep import EVERYONE, SIGNED_IN, Row
from tests.factories.moments import NOW
from tests.world import World


NEXT_WEEK = (NOW + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
SEES_MENTORS = (*TAKING_PART, *OFFICE)
LETTER = says(why_you="You ask good questions.", what_i_bring="An agenda.")
YES = says(answer="accept", time_1=NEXT_WEEK, where="Room 4", words="I see a careful mind.")


def rest(world: World) -> None:
    """The mentor to whom the seeker has a draft pauses."""
    mentor = Participation.objects.filter(pk=world.other_mentor_part.pk)
    mentor.update(state=ParticipationState.PAUSED)


def close(world: World) -> None:
    """The programme has closed."""
    Programme.objects.filter(pk=world.programme.pk).update(state=ProgrammeState.CLOSED)


LOOKING = [
    Row(
        "matching:mentor-list",
        get=SIGNED_IN,
        post=(*MENTEES, "far_mentee"),
        later=SIGNED_IN,
        body=says(interest="3", proximity="0", values="1", style="1"),
        before=close,
        called="closed",
    ),
    Row(
        "matching:mentor-show",
        get=SEES_MENTORS,
        where=uid("mentor_part"),
        before=close,
        called="closed",
    ),
    Row(
        "matching:mentor-list",
        get=SIGNED_IN,
        post=(*MENTEES, "far_mentee"),
        later=SIGNED_IN,  # who has nothing to look for is told so
        body=says(interest="3", proximity="0", values="1", style="1"),
    ),
    Row(
        "matching:mentor-compare",
        get=MENTEES,
        ask=lambda world: f"?a={world.mentor_part.uid}&b={world.other_mentor_part.uid}",
    ),
    *(
        Row("matching:mentor-show", get=SEES_MENTORS, where=uid(mentor), called=mentor)
        for mentor in ("mentor_part", "other_mentor_part", "both_mentoring")
    ),
    Row("matching:mentor-show", where=uid("seeker_part"), called="a mentee"),
]

WAITING = [
    Row(
        "matching:wish-make",
        post=("ex_mentee",),
        # Who waits already, who have their mentor, and the mentor themselves.
        later=("seeker", "mentee", "other_mentee", "both"),
        where=uid("both_mentoring"),
    ),
    Row("matching:wish-show", get=("seeker",), where=uid("wish"), shows=frozenset({302})),
    Row("matching:wish-end", post=("seeker",), where=uid("wish")),
    Row(
        "matching:help-ask",
        post=("ex_mentee", "both", "far_mentee"),
        later=("seeker", "mentee", "other_mentee"),  # who is helped, and who have their mentor
    ),
    Row("matching:help-show", get=("seeker", "coordinator"), where=uid("help")),
    Row("matching:help-answer", post=("coordinator",), later=("seeker",), where=uid("help")),
]

WRITING = [
    Row(
        "matching:invitation-write",
        get=MENTEES,
        post=("seeker", "ex_mentee", "both"),
        later=("mentee", "other_mentee"),  # who have their mentor
        where=uid("other_mentor_part"),
        body=LETTER,
    ),
    Row(
        "matching:invitation-write",
        get=MENTEES,
        post=[each for each in MENTEES if each != "other_mentee"],
        later=("other_mentee",),  # whose mentor it is
        where=uid("other_mentor_part"),
        body=lambda world: {**LETTER(world), "keep": "1"},
        called="keep",
    ),
    Row("matching:invitation-list", get=SIGNED_IN),
    Row(
        "matching:invitation-show",
        get=("seeker", "mentor"),
        post=("mentor",),
        where=uid("invitation"),
        body=YES,
        called="yes",
    ),
    Row(
        "matching:invitation-show",
        get=("seeker", "mentor"),
        post=("mentor",),
        where=uid("invitation"),
        body=says(answer="not_now"),
        called="no",
    ),
    Row(
        "matching:invitation-show",
        get=("seeker",),
        where=uid("draft"),
        shows=frozenset({302}),
        called="draft",
    ),
    Row(
        "matching:invitation-show",
        get=("seeker",),
        where=uid("draft"),
        before=rest,
        called="draft to a mentor who rests",
    ),
    Row(
        "matching:invitation-show",
        get=("mentee", "mentor"),
        later=("mentor",),
        where=uid("mentee-mentor_invitation"),
        body=YES,
        called="accepted",
    ),
    Row(
        "matching:invitation-show",
        get=("both", "mentor"),
        later=("mentor",),
        where=uid("declined"),
        body=YES,
        called="declined",
    ),
    Row(
        "matching:invitation-withdraw",
        post=("seeker",),
        later=("mentor",),
        where=uid("invitation"),
    ),
    Row("matching:invitation-withdraw", post=("seeker",), where=uid("draft"), called="draft"),
]

MAILED = [
    Row(
        "matching:invitation-answer",
        get=EVERYONE,
        post=EVERYONE,
        where=secret("answer_secret"),
        body=YES,
        opens_as="mentor",
    ),
    Row(
        "matching:invitation-answer",
        get=EVERYONE,
        later=EVERYONE,
        where=guessed,
        body=YES,
        shows=frozenset({410}),
        called="guessed",
    ),
    Row("matching:answer-done", get=EVERYONE, where=lambda _world: {"how": "yes"}),
]

ROWS = [*LOOKING, *WAITING, *WRITING, *MAILED]
