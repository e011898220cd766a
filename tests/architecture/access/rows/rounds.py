"""Rounds: the office's pages, and what mentees and mentors do in one."""

from datetime import timedelta
from typing import Any

from mentorwell.core.lifecycles import RoundState
from mentorwell.matching import queries, services
from mentorwell.matching.models import Proposal, Round
from tests.architecture.access.rows.given import MENTEES, OFFICE, TAKING_PART, both, says, slug, uid
from tests.architecture.access.sweep import Row
from tests.factories.moments import NOW
from tests.world import World


DAY = timedelta(days=1)
RUN = says(mode="best", interest="1", proximity="1", values="1", style="1", seed="4")
MENTORS = ("mentor", "other_mentor", "both")
FOUND = ("mentee", "other_mentee")  # a mentor, so there is no place to fill


def collect(world: World) -> None:
    """The round still takes wishes."""
    Round.objects.filter(pk=world.round.pk).update(state=RoundState.COLLECTING)


def forget_talks(world: World) -> None:
    """No first talks have been asked for yet."""
    world.fresh("round").talks.all().delete()
    Round.objects.filter(pk=world.round.pk).update(talks_run=None)


def open_doors(world: World) -> None:
    """Wishes come in, and no first talk has named anybody yet."""
    collect(world)
    forget_talks(world)


def close(world: World) -> None:
    services.close_round(round_=world.fresh("round"), by=world.person("director"), now=NOW)


def cancel(world: World) -> None:
    services.cancel_run(
        run=world.fresh("waiting_pairing_run"), by=world.person("director"), now=NOW
    )


def publish(world: World) -> None:
    services.publish_run(run=world.fresh("pairing_run"), by=world.person("director"), now=NOW)
    services.tend_round(round_id=world.round.pk, since=NOW, now=NOW)


def put_aside(world: World) -> None:
    publish(world)
    services.pass_proposal(proposal=Proposal.objects.get(), by=world.person("seeker"), now=NOW)


def two(hand: str) -> Any:
    return lambda world: {
        "mentee": str(world.seeker_part.uid),
        "mentor": str(world.other_mentor_part.uid),
        "hand": hand,
    }


def named(_world: World) -> dict[str, Any]:
    return {"uid": Proposal.objects.get().uid}


def ask_two(hand: str) -> Any:
    return lambda world: "?" + "&".join(f"{key}={told}" for key, told in two(hand)(world).items())


OFFICES = [
    Row("office:round-list", get=OFFICE, where=slug()),
    Row("office:round-list", get=OFFICE, where=slug(), before=close, called="closed"),
    Row("office:round-create", get=OFFICE, later=OFFICE, where=slug()),  # one is open already
    Row(
        "office:round-create",
        get=OFFICE,
        post=OFFICE,
        where=slug(),
        before=close,
        body=says(
            name="Winter",
            wishes_until=(NOW + 7 * DAY).date().isoformat(),
            closes_date=(NOW + 60 * DAY).date().isoformat(),
        ),
        called="the next",
    ),
    Row("office:round-show", get=OFFICE, post=OFFICE, where=both("round"), body=RUN),
    Row(
        "office:round-show",
        get=OFFICE,
        later=OFFICE,
        where=both("round"),
        before=collect,
        called="collecting",
    ),
    Row(
        "office:round-show",
        get=OFFICE,
        later=OFFICE,
        where=both("round"),
        before=publish,
        body=RUN,
        called="published",
    ),
    Row(
        "office:round-show",
        get=OFFICE,
        later=OFFICE,
        where=both("round"),
        before=close,
        body=RUN,
        called="closed",
    ),
    Row("office:wishes-stop", post=OFFICE, where=both("round"), before=collect),
    Row("office:wishes-reopen", post=OFFICE, where=both("round"), before=forget_talks),
    Row("office:round-close", get=OFFICE, post=OFFICE, where=both("round")),
    Row(
        "office:run-compare",
        get=OFFICE,
        where=both("round"),
        ask=lambda world: f"?a={world.pairing_run.uid}&b={world.hand_run.uid}",
    ),
    Row("office:run-show", get=OFFICE, where=both("pairing_run")),
    Row("office:run-show", get=OFFICE, where=both("hand_run"), called="by hand"),
    Row("office:run-show", get=OFFICE, where=both("pairing_run"), before=close, called="closed"),
    Row("office:run-cancel", post=OFFICE, where=both("waiting_pairing_run")),
    Row("office:run-again", post=OFFICE, where=both("waiting_pairing_run"), before=cancel),
    Row("office:run-repeat", post=OFFICE, where=both("pairing_run"), changes=False),
    Row(
        "office:run-change",
        get=OFFICE,
        post=OFFICE,
        where=both("other_pairing_run"),
        ask=ask_two("apart"),
        body=two("apart"),
    ),
    Row(
        "office:run-change",
        get=OFFICE,
        where=both("hand_run"),
        ask=ask_two("together"),
        called="refused",
    ),
    Row("office:change-undo", post=OFFICE, where=both("hand_run"), body=two("apart")),
    Row(
        "office:talks-ask", get=OFFICE, post=OFFICE, where=both("pairing_run"), before=forget_talks
    ),
    Row("office:run-publish", get=OFFICE, post=OFFICE, where=both("pairing_run")),
]

TAKING = [
    Row("matching:round-show", get=TAKING_PART, where=uid("round"), seen_by="seeker"),
    Row(
        "matching:round-show",
        get=TAKING_PART,
        where=uid("round"),
        seen_by="other_mentor",
        called="a mentor's",
    ),
    Row(
        "matching:round-show",
        get=TAKING_PART,
        where=uid("round"),
        before=open_doors,
        seen_by="other_mentor",
        called="doors",
    ),
    Row(
        "matching:round-show",
        get=TAKING_PART,
        where=uid("round"),
        before=collect,
        called="collecting",
    ),
    Row("matching:round-show", get=TAKING_PART, where=uid("round"), before=publish, called="named"),
    Row(
        "matching:round-show",
        get=TAKING_PART,
        where=uid("round"),
        before=put_aside,
        seen_by="seeker",
        called="put aside",
    ),
    Row(
        "matching:round-speak",
        post=[each for each in MENTEES if each not in FOUND],
        later=FOUND,
        where=uid("round"),
        before=collect,
        body=says(part="mentee", takes_part="yes", open_to_doors="on"),
        called="join",
    ),
    Row(
        "matching:round-speak",
        post=MENTORS,
        where=uid("round"),
        body=says(part="mentor", takes_part="no"),
        called="sit out",
    ),
    Row(
        "matching:doors-open",
        post=("seeker",),
        later=[each for each in MENTEES if each != "seeker"],
        where=uid("round"),
    ),
    Row(
        "matching:wishes-edit",
        get=MENTEES,
        post=("seeker",),
        later=[each for each in MENTEES if each != "seeker"],
        where=uid("round"),
        before=collect,
        seen_by="seeker",
        body=lambda world: {"marked": [str(world.other_mentor_part.uid)]},
    ),
    Row(
        "matching:wish-mark",
        post=("seeker",),
        later=[each for each in MENTEES if each != "seeker"],
        where=lambda world: {"uid": world.round.uid, "mentor": world.other_mentor_part.uid},
        before=collect,
    ),
    Row(
        "matching:mentee-speak",
        post=("other_mentor",),
        later=("mentor", "both"),
        where=lambda world: {
            "uid": world.round.uid,
            "key": queries.key_of(world.round, world.other_mentor_part, world.seeker_part),
        },
        body=says(leaning="rather_not"),
    ),
    Row("matching:talk-react", post=("seeker",), where=uid("talk"), body=says(score="2")),
    Row("matching:proposal-invite", post=("seeker",), where=named, before=publish),
    Row("matching:proposal-pass", post=("seeker",), where=named, before=publish),
    Row("matching:proposal-again", post=("seeker",), where=named, before=put_aside),
]

ROWS = [*OFFICES, *TAKING]
