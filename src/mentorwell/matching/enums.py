"""Words that searching and inviting use."""

from enum import StrEnum


class Answer(StrEnum):
    """How a mentor declines: both read as the same neutral words on the other side."""

    NOT_NOW = "not_now"
    DECLINE = "decline"


class Release(StrEnum):
    """Why an open invitation was let go without anybody's answer."""

    PLACE_GONE = "place_gone"  # the mentor's last place went to somebody else
    MENTOR_FOUND = "mentor_found"  # the mentee's own last place is taken
    NOT_POSSIBLE = "not_possible"  # somebody paused or left, or a private bar: one word for all


class SearchState(StrEnum):
    """Where a mentee stands in their search."""

    AWAY = "away"  # has not answered enough yet, has paused or has left
    NOT_OPEN = "not_open"  # too few mentors are ready
    NOT_RUNNING = "not_running"  # the programme has closed
    FOUND = "found"
    HELPED = "helped"  # a coordinator looks with them
    ASKED = "asked"  # waits for a mentor's answer
    WAITING = "waiting"  # asked to be told when a place is free
    CHOOSING = "choosing"  # there are places that they may ask for
    SHORT = "short"  # every place, or every slot of one, is taken


class NextStep(StrEnum):
    """What a mentee can do next."""

    FINISH_PROFILE = "finish_profile"
    WAIT = "wait"
    INVITE = "invite"
    WISH = "wish"
    ASK_FOR_HELP = "ask_for_help"
    OPEN_MENTORSHIP = "open_mentorship"


class Bar(StrEnum):
    """Why a mentee cannot invite a mentor, apart from places; the first that holds counts."""

    SELF = "self"
    PRIVATE = "private"  # away, hidden, an evaluation link, a wish of either: one sentence for all
    PAIRED = "paired"
    ASKED = "asked"
    ASKED_LATELY = "asked_lately"
    STAGE = "stage"
    LANGUAGE = "language"


class Leaning(StrEnum):
    """What a mentor privately says of one mentee in a round; saying nothing is neutral."""

    PREFER = "prefer"
    NEUTRAL = "neutral"
    RATHER_NOT = "rather_not"  # the round names the two to each other no more


class Hand(StrEnum):
    """What the office changes by hand in a run."""

    TOGETHER = "together"
    APART = "apart"


class RoundAsks(StrEnum):
    """The one thing that a round asks of somebody just now."""

    ANSWER = "answer"  # open suggestions
    TALK = "talk"  # first talks to hold
    JOIN = "join"
    OPEN_DOOR = "open_door"  # mentees without a name to read of
    NOTHING = "nothing"
