"""Who may do what in a programme's office. `check_*` raises with a reason; `can_*` asks."""

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import PROGRAMME_MOVES, ProgrammeState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.programmes import queries
from mentorwell.programmes.models import Organisation, Programme
from mentorwell.programmes.roles import Permission, Role


def check_can(user: User, permission: Permission, programme: Programme) -> None:
    """Only people of this programme's office whose role includes the permission."""
    held = queries.open_roles(user).filter(
        programme=programme, role__in=queries.roles_allowing(permission)
    )
    if not held.exists():
        raise NotAllowed("Only the office of this programme can do this.")


def can(user: User, permission: Permission, programme: Programme) -> bool:
    """Whether `check_can` passes."""
    try:
        check_can(user, permission, programme)
    except Refusal:
        return False
    return True


def check_can_keep(user: User, organisation: Organisation) -> None:
    """A director of any of its programmes keeps an organisation's sites and resources."""
    if not queries.organisations_kept_by(user).filter(pk=organisation.pk).exists():
        raise NotAllowed("Only a programme director can change this.")


def can_keep(user: User, organisation: Organisation) -> bool:
    """Whether `check_can_keep` passes."""
    try:
        check_can_keep(user, organisation)
    except Refusal:
        return False
    return True


def check_can_open(user: User, programme: Programme) -> None:
    """A programme opens with a neutral person and a local place to turn to, not before.

    A mentee in need must not find an empty help page, nor a pair in dispute nobody to ask.
    """
    check_can(user, Permission.SET_POLICY, programme)
    if ProgrammeState.OPEN not in PROGRAMME_MOVES[ProgrammeState(programme.state)]:
        raise NotPossibleNow("This programme is open already.")
    organisation = programme.organisation
    if not (organisation.neutral_name and organisation.neutral_email):
        raise NotPossibleNow(
            "Name a neutral person first, with an e-mail address: someone outside the programme "
            "whom either side can ask."
        )
    if not organisation.support_resources.filter(is_local=True).exists():
        raise NotPossibleNow(
            "Add at least one of your own support resources first, such as staff counselling."
        )


def can_open(user: User, programme: Programme) -> bool:
    """Whether `check_can_open` passes."""
    try:
        check_can_open(user, programme)
    except Refusal:
        return False
    return True


def check_can_end_role(user: User, programme: Programme, role: Role) -> None:
    """The last director stays until another is named, so that no programme is left alone."""
    check_can(user, Permission.GIVE_ROLES, programme)
    directors = programme.office.filter(role=Role.DIRECTOR, ended_at__isnull=True).count()
    if role == Role.DIRECTOR and directors <= 1:
        raise NotPossibleNow("Name another director first: a programme is never without one.")
