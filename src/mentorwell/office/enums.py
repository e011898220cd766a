"""Words that the office's pages use."""

from enum import StrEnum


class Standing(StrEnum):
    """How far somebody is in a programme, as its office may know.

    Of a mentee the office knows the first, second, third and last alone: whether they look
    for a mentor, rest or have found one is nobody's business but theirs.
    """

    BROUGHT_IN = "brought_in"  # entered by the office, not told yet
    WELCOMED = "welcomed"  # told, has not answered
    TAKING_PART = "taking_part"
    TO_CONFIRM = "to_confirm"  # a mentor with a topic and a place: only their own yes is missing
    HIDDEN = "hidden"  # a mentor who has left invitations unanswered: mentees do not see them
    PAUSED = "paused"  # never of a mentee
    LEFT = "left"


OF_MENTEES = (Standing.BROUGHT_IN, Standing.WELCOMED, Standing.TAKING_PART, Standing.LEFT)
