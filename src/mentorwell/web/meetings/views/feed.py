"""One's meetings in one's own calendar program: the address, and what it shows."""

import hashlib
from urllib.parse import urljoin

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.meetings import queries, services
from mentorwell.meetings.emails import calendar_feed
from mentorwell.web.meetings.views.access import PAGE


class FeedForm(forms.Form):
    """What a person does with their calendar address."""

    do = forms.ChoiceField(
        choices=[(each, each) for each in ("make", "stop", "name", "hide")],
        error_messages={"invalid_choice": "Choose one of the buttons on the page."},
    )


@login_required
@require_http_methods(PAGE)
def feed_edit(request: SignedInRequest) -> HttpResponse:
    """Make, renew or take away one's calendar address; it is shown once, when it is made."""
    form = FeedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now, do = clock.now(), form.cleaned_data["do"]
        if do == "make":
            secret = services.make_feed(by=request.user, now=now)
            address = urljoin(settings.SITE_URL, reverse("meetings:feed-show", args=[secret]))
            return _page(request, form, address=address)
        if do == "stop":
            services.stop_feed(by=request.user, now=now)
            messages.success(request, "The address shows nothing any more.")
        else:
            services.name_partners(names=do == "name", by=request.user, now=now)
            messages.success(request, "Kept. Your calendar learns of it at its next look.")
        return redirect("meetings:feed-edit")
    return _page(request, form)


def _page(request: SignedInRequest, form: FeedForm, *, address: str = "") -> HttpResponse:
    response = render(
        request,
        "web/meetings/feed_edit.html",
        {"feed": queries.feed_of(request.user), "address": address},
        status=400 if form.is_bound and not form.is_valid() else 200,
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def feed_show(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address. It knows no session, and reading it changes nothing."""
    feed = queries.find_feed(secret)
    if feed is None:
        raise Http404
    content = calendar_feed(
        queries.meetings_in_feed(feed.person, now=clock.now()),
        feed.person,
        names_partners=feed.names_partners,
    )
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return get_conditional_response(request, etag=etag, response=response) or response
