"""Who has which part in the office of a programme."""

from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation import hooks
from mentorwell.programmes import rules
from mentorwell.programmes.models import OfficeRole, Programme
from mentorwell.programmes.roles import Permission, Role


@transaction.atomic
def give_role(
    *, programme: Programme, person: User, role: Role, by: User, now: datetime
) -> OfficeRole:
    """Give somebody a part in the office; giving it twice changes nothing."""
    rules.check_can(by, Permission.GIVE_ROLES, programme)
    held, made = OfficeRole.objects.get_or_create(
        programme=programme, person=person, role=role, ended_at=None, defaults={"given_at": now}
    )
    if made:
        audit.record(verb="programmes.role.give", target=held, by=by, now=now)
        hooks.office_role_given.announce(hooks.OfficeRoleGiven(programme.pk, role, by, now))
    return held


@transaction.atomic
def end_role(*, held: OfficeRole, by: User, now: datetime) -> None:
    """Take a part in the office back; the last director cannot be taken away."""
    # One at a time: two directors who end each other at once would leave none.
    list(Programme.objects.select_for_update(no_key=True).filter(pk=held.programme_id).values("pk"))
    rules.check_can_end_role(by, held.programme, Role(held.role))
    changed = OfficeRole.objects.filter(pk=held.pk, ended_at__isnull=True).update(ended_at=now)
    if changed:
        audit.record(verb="programmes.role.end", target=held, by=by, now=now)
