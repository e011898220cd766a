"""A mentor answers, signed in or from the mailed link."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mentorwell.accounts import queries as accounts
from mentorwell.accounts.models import User
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.matching import emails, queries, rules, services
from mentorwell.matching.models import Invitation
from mentorwell.meetings.queries import times_to_offer
from mentorwell.people.content import prompts
from mentorwell.web.matching import access, letters
from mentorwell.web.matching.forms import ACCEPT, AnswerForm


TIMES_OFFERED = 3
DONE = {
    "yes": ("You said yes", "They have been told. Thank you for giving this."),
    "no": ("You have answered", "They read kind words and whom to ask next. You owe no reason."),
}


@contextmanager
def own_time(person: User) -> Iterator[None]:
    """Show and read times in a person's own zone."""
    with timezone.override(ZoneInfo(person.time_zone)):
        yield


def answering(
    request: HttpRequest,
    invitation: Invitation,
    *,
    person: User,
    accept: Callable[..., object],
    decline: Callable[..., object],
) -> tuple[bool, dict[str, Any]]:
    """Return whether an answer was given, and what the page shows where not.

    `accept` and `decline` are the one service call, with what the form does not know filled in.
    """
    now = clock.now()
    links = queries.links_of(invitation, now=now)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        linked=bool(links),
        initial=_suggested(invitation, person, now),
    )
    if form.is_bound and form.is_valid():
        if _given(form, accept, decline, now):
            return True, {}
        # The refused service has left its traces on the object, though not in the database.
        invitation.refresh_from_db(fields=["state", "answer", "release"])
    return False, {
        "invitation": invitation,
        "form": form,
        "links": letters.links_between(links, invitation.mentee.person.name, to_mentor=True),
        "refusal": _why_not(person, invitation, now),
        "about": letters.about_mentee(invitation),
        "words": letters.outcome_for_mentor(invitation),
        "ends_at": invitation.expires_at,
        "prompts": prompts(),
        "minutes": invitation.mentor.programme.policy.meeting_minutes,
    }


def _given(
    form: AnswerForm, accept: Callable[..., object], decline: Callable[..., object], now: datetime
) -> bool:
    declining = form.declining()
    try:
        if declining is None:
            accept(
                now=now,
                times=form.times(),
                where=form.cleaned_data["where"],
                words=form.cleaned_data["words"],
                acknowledges_link=form.cleaned_data.get("acknowledges", False),
            )
        else:
            decline(now=now, answer=declining, reason=form.cleaned_data["reason"])
    except Refusal as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _why_not(person: User, invitation: Invitation, now: datetime) -> str:
    try:
        rules.check_can_answer(person, invitation, now=now)
    except Refusal as reason:
        return str(reason)
    return ""


def _suggested(invitation: Invitation, person: User, now: datetime) -> dict[str, Any]:
    """Return three times to offer that suit both; each may be changed."""
    times = times_to_offer(
        [person, invitation.mentee.person],
        minutes=invitation.mentor.programme.policy.meeting_minutes,
        now=now,
        count=TIMES_OFFERED,
    )
    return {f"time_{n}": moment for n, moment in enumerate(times, start=1)}


@never_cache
@require_http_methods(access.PAGE)
def invitation_answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Open one invitation from the mail, and nothing else; only the buttons change anything."""
    link = accounts.find_link(secret, action=emails.ANSWER, now=clock.now())
    invitation = (
        queries.invitations_visible_to(link.person).filter(uid=link.target_uid).first()
        if link
        else None
    )
    if link is None or invitation is None:
        return render(request, "web/matching/link_gone.html", status=410)
    with own_time(link.person):
        answered, context = answering(
            request,
            invitation,
            person=link.person,
            accept=lambda **given: services.answer_by_link(secret=secret, answer=None, **given),
            decline=lambda **given: services.answer_by_link(secret=secret, **given),
        )
        if answered:
            how = "yes" if request.POST.get("answer") == ACCEPT else "no"
            return redirect("matching:answer-done", how=how)
        status = 400 if request.method == "POST" else 200
        return render(request, "web/matching/invitation_answer.html", context, status=status)


@require_safe
def answer_done(request: HttpRequest, how: str) -> HttpResponse:
    """Thank for an answer given from the mail; the page names nobody."""
    if how not in DONE:
        raise Http404
    title, sentence = DONE[how]
    return render(request, "web/matching/answer_done.html", {"title": title, "sentence": sentence})
