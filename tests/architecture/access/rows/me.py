"""Pages about oneself: everyone has their own, and nobody another's."""

from datetime import timedelta

from mentorwell.people import services
from mentorwell.people.content import purposes, styles, topics, values
from mentorwell.people.queries import story_key
from tests.architecture.access.rows.given import (
    BROUGHT_IN,
    MENTEES,
    TAKING_PART,
    guessed,
    says,
    secret,
    slug,
    uid,
)
from tests.architecture.access.sweep import EVERYONE, SIGNED_IN, Row
from tests.factories.moments import NOW
from tests.world import World


ANSWERED = frozenset({200})
GONE = frozenset({410})
LED_ON = frozenset({302})
TOMORROW = NOW.date() + timedelta(days=1)


def pause(world: World) -> None:
    """The mentee pauses."""
    mentee = world.fresh("mentee_part")
    services.pause_participation(participation=mentee, until=None, by=mentee.person, now=NOW)


def leave(world: World) -> None:
    """Somebody leaves whose mentorship has ended."""
    former = world.fresh("ex_mentee_part")
    services.leave_programme(participation=former, by=former.person, now=NOW)


def ask_still_taking(world: World) -> None:
    services.ask_still_taking(participation=world.fresh("other_mentor_part"), now=NOW)


def half_a_story(world: World) -> None:
    services.keep_draft(
        key=story_key(world.mentee_part),
        fields={"story": ["I came"]},
        by=world.person("mentee"),
        now=NOW,
    )


ALWAYS = [
    Row("people:me-show", get=SIGNED_IN),
    Row("people:privacy-show", get=SIGNED_IN),
    Row("people:start-find", get=SIGNED_IN, shows=LED_ON),
    Row(
        "people:settings-edit",
        get=SIGNED_IN,
        post=SIGNED_IN,
        body=says(part="zone", time_zone="Europe/London"),
    ),
]

OF_THE_PERSON = [
    Row("people:piece-put-off", post=BROUGHT_IN, where=lambda _world: {"piece": "style"}),
    Row(
        "people:basics-edit",
        get=BROUGHT_IN,
        post=BROUGHT_IN,
        body=says(headline="Drawn to hearts", stage="pgy-3", languages=["en", "de"]),
    ),
    Row(
        "people:values-order",
        get=BROUGHT_IN,
        post=BROUGHT_IN,
        body=says(values=[value.slug for value in values()[5:8]]),
    ),
    Row(
        "people:values-show",
        get=BROUGHT_IN,
        post=BROUGHT_IN,
        body=lambda _world: {f"show_{values()[1].slug}": "on"},
    ),
    Row(
        "people:style-answer",
        get=BROUGHT_IN,
        post=BROUGHT_IN,
        body=lambda _world: (
            {f"matters_{style.slug}": "1" for style in styles()} | {styles()[0].slug: "-2"}
        ),
    ),
    Row(
        "people:when-edit",
        get=BROUGHT_IN,
        post=BROUGHT_IN,
        body=says(part="where", site="", remote="no"),
        called="where",
    ),
    Row(
        "people:when-edit",
        get=BROUGHT_IN,
        post=BROUGHT_IN,
        body=says(part="week", times_change="on"),
        called="week",
    ),
    Row(
        "people:when-edit",
        get=BROUGHT_IN,
        post=BROUGHT_IN,
        body=says(part="away", kind="leave", start_date=TOMORROW, end_date=TOMORROW),
        called="away",
    ),
    Row(
        "people:apart-list",
        get=BROUGHT_IN,
        post=BROUGHT_IN,
        body=says(who="newcomer@example.org", reason="evaluates_me"),
    ),
    Row("people:evaluators-hide", post=BROUGHT_IN, body=says(hide="no")),
    Row("people:block-remove", post=("mentee",), where=uid("block")),
    Row("people:apart-remove", post=("mentee",), where=uid("exclusion")),
]

OF_ONE_PART = [
    Row(
        "people:mentor-begin",
        get=TAKING_PART,
        post=[each for each in MENTEES if each != "both"],
        later=("mentor", "other_mentor", "both"),  # who are mentors already
        where=slug(),
        body=lambda _world: {"topic": topics()[0].slug, "places": "1"},
        shows=frozenset({200, 302}),
    ),
    Row(
        "people:start-edit",
        get=("mentee",),
        post=("mentee",),
        where=uid("mentee_part"),
        body=lambda _world: {"purposes": [purposes()[1].slug], "site": "", "remote": "no"},
    ),
    Row(
        "people:story-edit",
        get=("mentee",),
        post=("mentee",),
        where=uid("mentee_part"),
        body=says(story="I came late to medicine.", strengths="", hopes=""),
    ),
    Row(
        "people:story-edit",
        get=("mentee",),
        post=("mentee",),
        where=uid("mentee_part"),
        body=says(story="Half a sen", keep_draft="1"),
        called="draft",
    ),
    Row("people:draft-drop", post=("mentee",), where=uid("mentee_part"), before=half_a_story),
    Row(
        "people:topics-choose",
        get=("mentee",),
        post=("mentee",),
        where=uid("mentee_part"),
        body=lambda _world: {"topics": [topics()[1].slug]},
    ),
    Row(
        "people:interests-choose",
        get=("mentee",),
        post=("mentee",),
        where=uid("mentee_part"),
        body=lambda _world: {"topics": [topics()[1].slug]},
    ),
    Row(
        "people:places-edit",
        get=("mentor",),
        post=("mentor",),
        where=uid("mentor_part"),
        body=says(places="2"),
    ),
    Row(
        "people:participation-pause",
        get=("mentee",),
        post=("mentee",),
        where=uid("mentee_part"),
        body=says(until=""),
    ),
    Row("people:participation-resume", post=("mentee",), where=uid("mentee_part"), before=pause),
    Row(
        "people:participation-leave",
        get=("mentee",),
        post=("mentee",),
        where=uid("mentee_part"),
    ),
    Row(
        "people:participation-confirm",
        post=("ex_mentee",),
        where=uid("ex_mentee_part"),
        before=leave,
    ),
    Row(
        "people:still-taking-answer",
        post=("other_mentor",),
        where=uid("other_mentor_part"),
        body=says(taking="yes"),
        before=ask_still_taking,
    ),
]

MAILED = [
    Row(
        "people:link-confirm",
        get=EVERYONE,
        post=EVERYONE,
        where=secret("confirm_secret"),
        opens_as="newcomer",
        does=ANSWERED,
    ),
    Row(
        "people:link-confirm",
        get=EVERYONE,
        later=EVERYONE,
        where=guessed,
        shows=GONE,
        called="guessed",
    ),
    Row(
        "people:link-still-taking",
        get=EVERYONE,
        post=EVERYONE,
        where=secret("still_taking_secret"),
        opens_as="other_mentor",
        body=says(taking="yes"),
        before=ask_still_taking,
        does=ANSWERED,
    ),
    Row(
        "people:link-still-taking",
        get=EVERYONE,
        later=EVERYONE,
        where=guessed,
        shows=GONE,
        called="guessed",
    ),
]

ROWS = [*ALWAYS, *OF_THE_PERSON, *OF_ONE_PART, *MAILED]
