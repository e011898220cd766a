"""Who may change, settle and share a goal. `check_*` raises; `can_*` answers."""

from dataclasses import dataclass
from datetime import date

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import GOAL_MOVES, GoalState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.goals import queries
from mentorwell.goals.content import goal_words
from mentorwell.goals.models import Goal
from mentorwell.mentorships.models import Mentorship


WORDS_LENGTH = 300
GOALS_MOST = 12  # at once; two to four are best
DAYS_MOST = 3650


@dataclass(frozen=True)
class GoalText:
    """What a goal says: in words, of a kind, and whatever else helps."""

    words: str
    kind: str
    factor: str = ""
    measure: str = ""
    next_step: str = ""
    help_needed: str = ""
    due_date: date | None = None


def check_own(user: User, goal: Goal) -> None:
    """Let nobody but its owner change a goal."""
    if goal.person_id != user.pk:
        raise NotAllowed("This goal is somebody else’s.")


def check_text(text: GoalText, *, today: date) -> None:
    """Refuse a goal without words, words too long, an unknown choice, a day past or far off."""
    if not text.words.strip():
        raise NotPossibleNow("Say in a line what you want.")
    if any(
        len(each) > WORDS_LENGTH
        for each in (text.words, text.measure, text.next_step, text.help_needed)
    ):
        raise NotPossibleNow(f"Say it in up to {WORDS_LENGTH} letters.")
    offered = goal_words()
    if text.kind not in {each.slug for each in offered.kind}:
        raise NotPossibleNow("Choose what kind of goal it is.")
    if text.factor and text.factor not in {each.slug for each in offered.factor}:
        raise NotPossibleNow("Choose one of the answers on the page.")
    if text.due_date is not None and not 0 <= (text.due_date - today).days <= DAYS_MOST:
        raise NotPossibleNow("Choose a day ahead, within ten years.")


def check_can_write(user: User) -> None:
    """Refuse more goals at once than anybody can hold in mind."""
    going = queries.goals_of(user).filter(state__in=[GoalState.ACTIVE, GoalState.PAUSED])
    if going.count() >= GOALS_MOST:
        raise NotPossibleNow("You have twelve goals already. Reach one, or let one go, first.")


def check_can_move(user: User, goal: Goal, to: GoalState) -> None:
    """Let the owner pause a goal, reach it, let it go, or take it up again."""
    check_own(user, goal)
    if to not in GOAL_MOVES[GoalState(goal.state)]:
        raise NotPossibleNow("This goal has just changed. Look at the page again.")


def can_move(user: User, goal: Goal, to: GoalState) -> bool:
    """Answer whether the user may settle this goal so."""
    try:
        check_can_move(user, goal, to)
    except Refusal:
        return False
    return True


def check_can_share(user: User, goal: Goal, mentorship: Mentorship) -> None:
    """Let the owner share a goal in a mentorship that they are in."""
    check_own(user, goal)
    if not queries.mentorships_to_share_in(user).filter(pk=mentorship.pk).exists():
        raise NotPossibleNow("You can share a goal in a mentorship that you are in.")
