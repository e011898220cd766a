"""Who may bring people in and welcome them, and when. `check_*` raises with a reason; `can_*` asks."""

from collections.abc import Collection

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ImportState, ProgrammeState
from mentorwell.core.reading.columns import Field
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.office.models import ImportRun
from mentorwell.people import rules as people
from mentorwell.programmes import rules as programmes
from mentorwell.programmes.models import Programme


def check_can_create(by: User | None, programme: Programme, create: Collection[Field]) -> None:
    """Sites and units belong to the whole organisation: only a director adds them."""
    if by is None or not {Field.SITE, Field.UNIT} & set(create):
        return
    if not programmes.can_keep(by, programme.organisation):
        raise NotAllowed("Only a programme director can add sites and units.")


def can_create(by: User | None, programme: Programme, create: Collection[Field]) -> bool:
    """Whether `check_can_create` passes."""
    try:
        check_can_create(by, programme, create)
    except Refusal:
        return False
    return True


def check_can_apply(by: User | None, run: ImportRun) -> None:
    """A roster comes in once every row is checked and none is bad.

    Who brings it in must be one who may add the sites and units that come with it.
    """
    people.check_can_bring_in(by, run.programme)
    if run.state != ImportState.CHECKED:
        raise NotPossibleNow("This file is not checked yet, or its people are in already.")
    if run.bad_count:
        raise NotPossibleNow("Some rows cannot be brought in yet. It is all of them or none.")
    check_can_create(by, run.programme, [Field(field) for field in run.new_names])


def can_apply(by: User | None, run: ImportRun) -> bool:
    """Whether `check_can_apply` passes."""
    try:
        check_can_apply(by, run)
    except Refusal:
        return False
    return True


def check_can_welcome(by: User, programme: Programme) -> None:
    """Nobody is welcomed into a programme that is not open."""
    people.check_can_bring_in(by, programme)
    if programme.state != ProgrammeState.OPEN:
        raise NotPossibleNow("Open the programme first, then welcome its people.")


def can_welcome(by: User, programme: Programme) -> bool:
    """Whether `check_can_welcome` passes."""
    try:
        check_can_welcome(by, programme)
    except Refusal:
        return False
    return True
