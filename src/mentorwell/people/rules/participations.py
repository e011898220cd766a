"""Who may bring people in, and how many places somebody may offer."""

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.people.models import Participation
from mentorwell.programmes import rules as programme_rules
from mentorwell.programmes.models import Programme
from mentorwell.programmes.roles import Permission


PLACES_MOST = 50  # what the database holds


def check_can_bring_in(by: User | None, programme: Programme) -> None:
    """Only the office brings people in, or the installation itself, and not after the end."""
    if by is not None:
        programme_rules.check_can(by, Permission.BRING_PEOPLE_IN, programme)
    if programme.state == ProgrammeState.CLOSED:
        raise NotPossibleNow("This programme has ended.")


def check_is_own(by: User, participation: Participation, *, also_left: bool = False) -> None:
    """What a person says of themselves is theirs alone to say, while they take part."""
    if participation.person_id != by.pk:
        raise NotAllowed("Only the person can change this.")
    if participation.state == ParticipationState.LEFT and not also_left:
        raise NotPossibleNow("You have left this programme. You can come back at any time.")


def places_most(by: User, participation: Participation) -> int:
    """Return how many places `by` may set here.

    A mentor may offer as many as the policy says, or as many as the office has given them;
    the office may give more.
    """
    if programme_rules.can(by, Permission.BRING_PEOPLE_IN, participation.programme):
        return PLACES_MOST
    given = participation.places.filter(closed_at__isnull=True).count()
    return max(participation.programme.policy.places_most, given)


def check_places(by: User, participation: Participation, places: int) -> None:
    """Refuse more places than `places_most`, fewer than none, and other people's places."""
    most = places_most(by, participation)
    if participation.person_id != by.pk and most != PLACES_MOST:
        raise NotAllowed("Only the person or the programme office can change this.")
    if participation.state == ParticipationState.LEFT:
        raise NotPossibleNow("Who has left has no places.")
    if not 0 <= places <= most:
        raise NotPossibleNow(f"You can offer up to {most} places here. The office can say more.")
