"""Pages of meetings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MeetingState
from mentorwell.foundation import clock
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.meetings import queries, rules, services
from mentorwell.meetings.emails import calendar_entry
from mentorwell.meetings.enums import MeetingKind
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.queries import mentorships_visible_to, minutes_of, others_in, rhythm_of
from mentorwell.web.meetings.agenda import about_meeting, elsewhere
from mentorwell.web.meetings.forms import ChoiceForm, LogForm, MeetingForm, SettingForm, TimesForm
from mentorwell.web.meetings.views.access import PAGE, meeting_or_404, page, pair_in, to_room, tried
from mentorwell.web.mentorships.pairs import pair_of
from mentorwell.web.mentorships.words import RHYTHMS


@login_required
@require_http_methods(PAGE)
def meeting_propose(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Offer times for a new meeting of a mentorship."""
    mentorship = get_object_or_404(mentorships_visible_to(request.user), uid=uid)
    rules.check_can_propose(request.user, mentorship)
    minutes = minutes_of(mentorship)
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        suggested=_suggested(request.user, mentorship, minutes),
        initial={"minutes": minutes, "kind": MeetingKind.TALK},
    )
    if (
        form.is_valid()
        and _suits(form, request.user, mentorship)
        and tried(
            form,
            services.propose_meeting,
            mentorship=mentorship,
            times=form.times,
            minutes=form.cleaned_data["minutes"],
            where=form.cleaned_data["where"],
            kind=form.cleaned_data["kind"],
            time_zone=request.user.time_zone,
            by=request.user,
            now=clock.now(),
        )
    ):
        return to_room(request, mentorship, "Your times are on their way.")
    rhythm = RHYTHMS[rhythm_of(mentorship)]
    pair = pair_of(mentorship, request.user)
    return page(request, "meeting_propose", pair, form=form, rhythm=rhythm)


@login_required
@require_safe
def meeting_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A meeting: its times to choose from, or its date, and what can be done about it."""
    meeting = meeting_or_404(request, uid)
    now = clock.now()
    user = request.user
    return page(
        request,
        "meeting_show",
        pair_in(meeting, user),
        meeting=meeting,
        can_choose=rules.can_choose(user, meeting),
        can_offer=rules.can_offer(user, meeting),
        can_move=rules.can_move(user, meeting, now=now),
        can_set=rules.can_set(user, meeting, now=now),
        has_lapsed=not queries.can_still_be(meeting, now=now),
        can_cancel=rules.can_cancel(user, meeting, now=now),
        can_log=rules.can_log(user, meeting, now=now),
        can_miss=rules.can_miss(user, meeting, now=now),
        has_date=meeting.state in (MeetingState.SCHEDULED, MeetingState.HELD, MeetingState.MISSED),
        now=now,
        offers=[(each, elsewhere(each.starts_at, meeting, user)) for each in meeting.offers.all()],
        elsewhere=elsewhere(meeting.starts_at, meeting, user) if meeting.starts_at else "",
        **about_meeting(meeting, user),
    )


@login_required
@require_POST
def time_choose(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Choose one of the times."""
    meeting = meeting_or_404(request, uid)
    form = ChoiceForm(request.POST)
    offer = (
        meeting.offers.filter(pk=form.cleaned_data["offer"]).first() if form.is_valid() else None
    )
    if offer is None:
        raise NotPossibleNow("Choose one of the times on the page; they may have changed.")
    services.choose_time(offer=offer, by=request.user, now=clock.now())
    return to_room(
        request, meeting.mentorship, "That is settled. A mail brings it into your calendars."
    )


@login_required
@require_http_methods(PAGE)
def times_offer(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Offer other times instead of those that wait."""
    meeting = meeting_or_404(request, uid)
    rules.check_can_offer(request.user, meeting)
    sentence = "Your times are on their way."
    return _offer(request, meeting, "times_offer", services.offer_other_times, sentence)


@login_required
@require_http_methods(PAGE)
def meeting_move(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a date back and offer others."""
    meeting = meeting_or_404(request, uid)
    rules.check_can_move(request.user, meeting, now=clock.now())
    sentence = "The old date is off, and your new times are on their way."
    return _offer(request, meeting, "meeting_move", services.move_meeting, sentence)


@login_required
@require_http_methods(PAGE)
def meeting_set(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Change how long a meeting is to be, and where."""
    meeting = meeting_or_404(request, uid)
    now = clock.now()
    rules.check_can_set(request.user, meeting, now=now)
    form = SettingForm(
        request.POST if request.method == "POST" else None,
        initial={"minutes": meeting.minutes, "where": meeting.where, "kind": meeting.kind},
    )
    if form.is_valid() and tried(
        form,
        services.change_setting,
        meeting=meeting,
        **form.cleaned_data,
        by=request.user,
        now=now,
    ):
        messages.success(request, "Kept.")
        return redirect("meetings:meeting-show", uid=meeting.uid)
    return page(request, "meeting_set", pair_in(meeting, request.user), form=form, meeting=meeting)


def _offer(
    request: SignedInRequest, meeting: Meeting, name: str, service: Any, sentence: str
) -> HttpResponse:
    form = TimesForm(
        request.POST if request.method == "POST" else None,
        suggested=_suggested(request.user, meeting.mentorship, meeting.minutes),
    )
    if (
        form.is_valid()
        and _suits(form, request.user, meeting.mentorship)
        and tried(
            form, service, meeting=meeting, times=form.times, by=request.user, now=clock.now()
        )
    ):
        return to_room(request, meeting.mentorship, sentence)
    return page(request, name, pair_in(meeting, request.user), form=form, meeting=meeting)


@login_required
@require_http_methods(PAGE)
def meeting_cancel(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Call a meeting off, after a look at what that means."""
    meeting = meeting_or_404(request, uid)
    rules.check_can_cancel(request.user, meeting, now=clock.now())
    if request.method == "POST":
        had_date = meeting.state == MeetingState.SCHEDULED
        services.cancel_meeting(meeting=meeting, by=request.user, now=clock.now())
        sentence = "It is off. Your calendars learn of it." if had_date else "It is off."
        return to_room(request, meeting.mentorship, sentence)
    return page(request, "meeting_cancel", pair_in(meeting, request.user), meeting=meeting)


@login_required
@require_http_methods(PAGE)
def meeting_log(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say whether a meeting took place: one touch, or a length if it differed."""
    meeting = meeting_or_404(request, uid)
    if not rules.can_miss(request.user, meeting, now=clock.now()):  # as what was held by mistake
        rules.check_can_log(request.user, meeting, now=clock.now())
    form = LogForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["held"]:
            services.log_meeting(
                meeting=meeting,
                minutes=form.cleaned_data["minutes"],
                by=request.user,
                now=clock.now(),
            )
            messages.success(request, "Good. It counts.")
            return redirect("meetings:meeting-keep", uid=uid)
        services.miss_meeting(
            meeting=meeting,
            because=form.cleaned_data["because"],
            by=request.user,
            now=clock.now(),
        )
        return to_room(request, meeting.mentorship, "That happens. Find a new time when it suits.")
    return page(request, "meeting_log", pair_in(meeting, request.user), form=form, meeting=meeting)


@login_required
@require_safe
def meeting_download(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The entry for one's calendar, as a file."""
    meeting = meeting_or_404(request, uid)
    if meeting.state != MeetingState.SCHEDULED:
        raise NotPossibleNow("This meeting has no date to put into a calendar.")
    content = calendar_entry(meeting, request.user, now=clock.now())
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _suggested(user: User, mentorship: Mentorship, minutes: int) -> tuple[datetime, ...]:
    """Return three times that suit everybody, to start from."""
    others = [each.participation.person for each in others_in(mentorship, user)]
    return queries.times_to_offer([user, *others], minutes=minutes, now=clock.now())


def _suits(form: TimesForm, user: User, mentorship: Mentorship) -> bool:
    """Warn once where a time falls on a day that may not suit the other, and say no more."""
    doubtful = queries.times_that_may_not_suit(
        mentorship, user, form.times, time_zone=user.time_zone
    )
    if not doubtful or form.cleaned_data["anyway"]:
        return True
    form.add_error("anyway", "One of these times may not suit. Choose another, or offer it anyway.")
    return False
