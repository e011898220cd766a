"""Where the office begins: its programmes, and how one of them stands."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.programmes import queries
from mentorwell.programmes.roles import Permission
from mentorwell.web.office.views.access import programme_or_404


@login_required
@require_safe
def programme_list(request: SignedInRequest) -> HttpResponse:
    """The programmes in whose office the person is; with one alone, straight to it."""
    programmes = list(queries.programmes_run_by(request.user, Permission.SEE_OFFICE))
    if len(programmes) == 1:
        return redirect("office:overview-show", slug=programmes[0].slug)
    return render(request, "web/office/programme_list.html", {"programmes": programmes})


@login_required
@require_safe
def overview_show(request: SignedInRequest, slug: str) -> HttpResponse:
    """How the programme stands and what waits for the office."""
    programme = programme_or_404(request, slug, Permission.SEE_OFFICE)
    return render(request, "web/office/overview_show.html", {"programme": programme})
