"""Something is not right; and a question about who evaluates whom."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.mentorships import queries, rules, services
from mentorwell.web.mentorships.forms.endings import LinkAnswerForm
from mentorwell.web.mentorships.views.access import PAGE, page, pair_or_404, to_room, tried


@login_required
@require_safe
def trouble_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Three ways out, none of which needs a reason: stop contact, talk to somebody, leave."""
    pair = pair_or_404(request, uid)
    return page(
        request,
        "trouble_show",
        pair,
        organisation=pair.mentorship.programme.organisation,
        can_stop=rules.can_stop_contact(request.user, pair.mentorship),
        can_end=rules.can_end(request.user, pair.mentorship),
    )


@login_required
@require_POST
def contact_stop(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Stop contact at once."""
    pair = pair_or_404(request, uid)
    services.stop_contact(mentorship=pair.mentorship, by=request.user, now=clock.now())
    sentence = "Contact has stopped. Nothing more comes to you from here."
    return to_room(request, pair.mentorship, sentence)


@login_required
@require_POST
def call_ask(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Ask the neutral person to call."""
    pair = pair_or_404(request, uid)
    services.ask_to_be_called(mentorship=pair.mentorship, by=request.user, now=clock.now())
    name = pair.mentorship.programme.organisation.neutral_name
    sentence = f"{name} knows your name and that you would like a call, and nothing else."
    return to_room(request, pair.mentorship, sentence)


@login_required
@require_http_methods(PAGE)
def link_answer(request: SignedInRequest, uid: UUID, question: UUID) -> HttpResponse:
    """Pause, close or go on knowing that one evaluates the other."""
    pair = pair_or_404(request, uid)
    asked = queries.link_questions_visible_to(request.user).filter(
        membership__mentorship=pair.mentorship
    )
    found = get_object_or_404(asked, uid=question)
    rules.check_can_answer_link(request.user, found)
    form = LinkAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and tried(
        form,
        services.answer_link_question,
        question=found,
        answer=form.cleaned_data["answer"],
        by=request.user,
        now=clock.now(),
    ):
        return to_room(request, pair.mentorship, "Thank you. Your answer is kept.")
    return page(request, "link_answer", pair, form=form, link=found.link)
