"""When and where: site, week and days off on one page, kept one at a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.people import queries, services
from mentorwell.people.enums import BlockKind, Piece
from mentorwell.people.models import Block
from mentorwell.web.me import words
from mentorwell.web.me.access import PAGE, profile_or_404, tried
from mentorwell.web.me.forms import AwayForm, WhereForm
from mentorwell.web.me.week import BANDS, WeekForm


@login_required
@require_http_methods(PAGE)
def when_edit(request: SignedInRequest) -> HttpResponse:
    """Show the three, and keep the one whose button was pressed."""
    profile = profile_or_404(request)
    part = request.POST.get("part", "")
    sent = {part: request.POST}
    where = WhereForm(sent.get("where"), profile=profile)
    week = WeekForm(
        sent.get("week"),
        windows=queries.windows_of(request.user),
        times_change=profile.times_change,
    )
    away = AwayForm(sent.get("away"))
    if any(form.is_valid() and _keep(request, form) for form in (where, week, away)):
        return redirect("people:when-edit")
    today = clock.now().date()
    return render(
        request,
        "web/me/when_edit.html",
        {
            "where": where,
            "week": week,
            "away": away,
            "bands": BANDS,
            "blocks": [
                (block, words.BLOCKS[BlockKind(block.kind)])
                for block in queries.blocks_of(request.user, on_date=today)
            ],
            "words": words.COMMON_WORDS[Piece.WHEN],
            "profile": profile,
            "city": request.user.time_zone.rpartition("/")[2].replace("_", " "),
        },
        status=400 if where.errors or week.errors or away.errors else 200,
    )


def _keep(request: SignedInRequest, form: WhereForm | WeekForm | AwayForm) -> bool:
    """Call the one service behind a form; say so, or let the form say why not."""
    acted: dict[str, Any] = {"by": request.user, "now": clock.now()}
    if isinstance(form, WeekForm):
        kept = tried(
            form,
            services.set_windows,
            windows=form.windows(),
            times_change=form.cleaned_data["times_change"],
            **acted,
        )
    elif isinstance(form, AwayForm):
        kept = tried(form, services.add_block, **form.cleaned_data, **acted)
    else:
        kept = tried(form, services.set_whereabouts, **form.cleaned_data, **acted)
    if kept:
        messages.success(request, "Kept.")
    return kept


@login_required
@require_POST
def block_remove(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take days off back."""
    block = get_object_or_404(Block.objects.filter(person=request.user), uid=uid)
    services.remove_block(block=block, by=request.user, now=clock.now())
    messages.success(request, "Taken back. On these days you can be mailed again.")
    return redirect("people:when-edit")
