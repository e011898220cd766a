"""What somebody wants to grow into: one goal shared with the mentor, one for oneself."""

from datetime import datetime

from mentorwell.core.lifecycles import GoalState
from mentorwell.goals import services
from mentorwell.goals.rules import GoalText
from tests.world.world import World


def aim(world: World, *, now: datetime) -> None:
    """The mentee has a goal that the mentor reads, and one that is let go and nobody else's."""
    mentee = world.person("mentee")
    made = {}
    for name in ("shared", "own"):
        said = {
            part: world.words.sentence(f"goal.{name}.{part}")
            for part in ("words", "measure", "next_step", "help_needed")
        }
        text = GoalText(kind="clinical", factor="purpose", **said)
        made[name] = services.write_goal(text=text, by=mentee, now=now)
    services.share_goal(
        goal=made["shared"], mentorships=[world.fresh("mentorship")], by=mentee, now=now
    )
    services.move_goal(
        goal=made["own"],
        to=GoalState.LET_GO,
        kept=world.words.sentence("goal.own.kept"),
        by=mentee,
        now=now,
    )
    world.keep(goal=made["shared"], own_goal=made["own"])
