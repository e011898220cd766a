"""The thread of a mentorship: reading, writing, changing, taking back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.foundation.patients import can_be_changed_at, kinds_written
from mentorwell.messages import queries, rules, services
from mentorwell.messages.models import Message
from mentorwell.web.me.access import kept_draft, sent
from mentorwell.web.mentorships.pairs import Pair
from mentorwell.web.mentorships.talk import said
from mentorwell.web.messages.access import PAGE, left_over, page, pair_or_404
from mentorwell.web.messages.forms import MessageEditForm, MessageForm, ReadForm


ON_A_PAGE = 30
NEWEST = "#newest"


@login_required
@require_http_methods(PAGE)
def thread_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The thread, the newest at the end, and a box to write in; looking marks nothing as read."""
    pair = pair_or_404(request, uid)
    key = queries.message_key(pair.mentorship)
    if answer := kept_draft(request, key):
        return answer
    form = MessageForm(sent(request), initial={"text": left_over(request, pair.me, key)})
    if form.is_valid() and (message := _written(request, pair, form)):
        can_be_changed_at(request, reverse("messages:message-edit", args=[message.uid]))
        # The reminder stands at the top of the page, so whoever gets one begins there.
        return _to_thread(pair.mentorship.uid, at="" if kinds_written(request) else NEWEST)
    refused = rules.why_not_write(request.user, pair.mentorship)
    thread = queries.thread_of(request.user, pair.mentorship).reverse()
    shown = Paginator(thread, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = said(
        reversed(list(shown.object_list)),
        pair,
        read_up_to=queries.read_up_to(pair.me),
        can_write=not refused,
        now=clock.now(),
    )
    return page(
        request,
        "thread_show",
        pair=pair,
        mentorship=pair.mentorship,
        form=form,
        lines=lines,
        shown=shown,
        refused=refused,
        new=[line for line in lines if line.is_new],
    )


def _written(request: SignedInRequest, pair: Pair, form: Form) -> Message | None:
    try:
        return services.write_message(
            mentorship=pair.mentorship, **form.cleaned_data, by=request.user, now=clock.now()
        )
    except NotPossibleNow as reason:
        form.add_error(None, str(reason))
        return None


def _to_thread(uid: UUID, *, at: str = NEWEST) -> HttpResponse:
    return redirect(f"{reverse('messages:thread-show', args=[uid])}{at}")


@login_required
@require_POST
def thread_read(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Note how far one has read; the page asks for it by itself where scripts run."""
    pair = pair_or_404(request, uid)
    form = ReadForm(request.POST)
    shown = queries.thread_of(request.user, pair.mentorship)
    up_to = get_object_or_404(shown, uid=form.cleaned_data["up_to"] if form.is_valid() else uid)
    services.mark_read(up_to=up_to, by=request.user, now=clock.now())
    return HttpResponse() if request.htmx else _to_thread(pair.mentorship.uid)


@login_required
@require_http_methods(PAGE)
def message_edit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Change what one has just written."""
    message = _message(request, uid)
    rules.check_can_edit(request.user, message, now=clock.now())
    form = MessageEditForm(sent(request), initial={"text": message.text})
    if form.is_valid():
        services.edit_message(
            message=message, **form.cleaned_data, by=request.user, now=clock.now()
        )
        return _to_thread(message.mentorship.uid)
    return page(
        request,
        "message_edit",
        pair=pair_or_404(request, message.mentorship.uid),
        mentorship=message.mentorship,
        message=message,
        until=message.written_at + rules.CHANGE_TIME,
        form=form,
    )


@login_required
@require_POST
def message_take_back(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take back what one has just written."""
    message = _message(request, uid)
    services.take_back_message(message=message, by=request.user, now=clock.now())
    messages.success(request, "Taken back. Its words are gone for everybody.")
    return _to_thread(message.mentorship.uid)


def _message(request: SignedInRequest, uid: UUID) -> Message:
    own = queries.messages_visible_to(request.user).filter(
        author__participation__person=request.user
    )
    return get_object_or_404(own, uid=uid)
