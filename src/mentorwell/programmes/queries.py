"""What may be read of organisations and programmes, and by whom."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.foundation.clock import day_in
from mentorwell.programmes.models import OfficeRole, Organisation, Programme, SupportResource
from mentorwell.programmes.roles import ROLES, Permission, Role


def today(programme: Programme, now: datetime) -> date:
    """Return the day it is at a programme's organisation."""
    return day_in(programme.organisation.time_zone, now)


def roles_allowing(permission: Permission) -> list[Role]:
    """Return the office roles that include one permission."""
    return [role for role, description in ROLES.items() if permission in description.permissions]


def roles_held() -> QuerySet[OfficeRole]:
    """Return the office roles that anybody holds now."""
    return OfficeRole.objects.filter(ended_at__isnull=True)


def open_roles(user: User) -> QuerySet[OfficeRole]:
    """Return the office roles that `user` holds now."""
    return roles_held().filter(person_id=user.pk)


def programmes_run_by(user: User, permission: Permission) -> QuerySet[Programme]:
    """Return the programmes in whose office `user` has a permission; office pages start here."""
    held = open_roles(user).filter(programme=OuterRef("pk"), role__in=roles_allowing(permission))
    return Programme.objects.filter(Exists(held)).select_related("organisation", "policy")


def programmes_visible_to(user: User) -> QuerySet[Programme]:
    """Return the programmes that `user` takes part in or holds an office role of."""
    held = open_roles(user).filter(programme=OuterRef("pk"))
    taking_part = Programme.objects.filter(participations__person_id=user.pk).values("pk")
    return Programme.objects.filter(Q(Exists(held)) | Q(pk__in=taking_part))


def organisations_kept_by(user: User) -> QuerySet[Organisation]:
    """Return the organisations whose name, sites and resources `user` may edit."""
    kept = programmes_run_by(user, Permission.SET_POLICY).values("organisation")
    return Organisation.objects.filter(pk__in=kept)


def support_resources_for_everyone() -> QuerySet[SupportResource]:
    """Return every organisation's support resources; the help page is open to all."""
    return SupportResource.objects.select_related("organisation").order_by(
        "organisation__name", "position", "name"
    )
