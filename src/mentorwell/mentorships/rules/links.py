"""What a member may answer to a new evaluation link."""

from datetime import timedelta

from mentorwell.accounts.models import User
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.mentorships.models import LinkQuestion
from mentorwell.mentorships.rules.members import check_not_over


ANSWER_TIME = timedelta(days=7)
"""How long a *never* link may stay unanswered before the mentorship pauses by itself."""


def check_can_answer_link(user: User, question: LinkQuestion) -> None:
    """Let the member who is asked answer, once, while the mentorship has not ended."""
    check_not_over(user, question.membership.mentorship)
    if question.membership.participation.person_id != user.pk:
        raise NotAllowed("This question is for somebody else.")
    if question.answered_at is not None:
        raise NotPossibleNow("You have answered this.")


def can_answer_link(user: User, question: LinkQuestion) -> bool:
    """Answer whether the user may answer this question."""
    try:
        check_can_answer_link(user, question)
    except Refusal:
        return False
    return True
