"""How a request reaches a programme's office: through what its person may see."""

from django.shortcuts import get_object_or_404

from mentorwell.accounts.http import SignedInRequest
from mentorwell.programmes import queries
from mentorwell.programmes.models import Organisation, Programme
from mentorwell.programmes.roles import Permission


def programme_or_404(request: SignedInRequest, slug: str, permission: Permission) -> Programme:
    """Return the programme if the person's role there allows `permission`; else it is not there."""
    return get_object_or_404(queries.programmes_run_by(request.user, permission), slug=slug)


def organisation_or_404(request: SignedInRequest, slug: str) -> tuple[Programme, Organisation]:
    """Return a programme and its organisation if the person may keep the organisation."""
    programme = programme_or_404(request, slug, Permission.SET_POLICY)
    return programme, programme.organisation
