"""One page of figures for who leads a house: never a row, never a small number."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.office.queries.figures import told_figures_of
from mentorwell.programmes import queries
from mentorwell.programmes.roles import Permission


@login_required
@require_safe
def figures_show(request: SignedInRequest) -> HttpResponse:
    """The figures of every programme whose figures the person may see; without any, no page."""
    programmes = list(queries.programmes_run_by(request.user, Permission.SEE_FIGURES))
    if not programmes:
        raise Http404
    now = clock.now()
    told = [(programme, told_figures_of(programme, now=now)) for programme in programmes]
    return render(request, "web/leaders/figures_show.html", {"told": told})
