"""What happened, and when we write."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.notices import queries, services
from mentorwell.notices.emails import lines_of
from mentorwell.web.notices.forms import MailForm


ON_A_PAGE = 25


@login_required
@require_safe
def notice_list(request: SignedInRequest) -> HttpResponse:
    """Show what the person was told, the latest first; looking marks nothing."""
    notices = queries.notices_visible_to(request.user)
    page = Paginator(notices, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "web/notices/notice_list.html",
        {
            "page": page,
            "lines": lines_of(page.object_list),
            "has_new": notices.filter(seen_at=None).exists(),
        },
    )


@login_required
@require_POST
def notices_see(request: SignedInRequest) -> HttpResponse:
    """Take the mark off all that is new."""
    services.mark_seen(by=request.user, now=clock.now())
    return redirect("notices:notice-list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choose(request: SignedInRequest) -> HttpResponse:
    """Choose the digest's day and the quiet hours."""
    choice = queries.mail_choice_of(request.user)
    form = MailForm(request.POST or None, initial=MailForm.initial_of(choice))
    if form.is_valid():
        services.choose_mail(**form.cleaned_data, by=request.user, now=clock.now())
        messages.success(request, "Kept. We write when it suits you.")
        return redirect("notices:mail-choose")
    return render(
        request,
        "web/notices/mail_choose.html",
        {"form": form},
        status=400 if form.errors else 200,
    )
