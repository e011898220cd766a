"""Write, send, read and take back an invitation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.matching import queries, rules, services
from mentorwell.matching.models import Invitation
from mentorwell.people import queries as people
from mentorwell.people.content import prompts
from mentorwell.people.models import Participation
from mentorwell.web.matching import access, letters
from mentorwell.web.matching.forms import InvitationForm
from mentorwell.web.matching.views.answers import answering


@login_required
@require_http_methods(access.PAGE)
def invitation_write(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Write to a mentor: keep it for later, or send it."""
    mentor = access.mentor_or_404(request, uid)
    mentee = access.search_beside(request, mentor)
    if mentee is None:
        raise Http404
    standing = queries.standings(mentee, now=clock.now(), only=[mentor.pk])[mentor.pk]
    draft = queries.open_draft(mentee, mentor)
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        linked=bool(standing.links),
        keeping="keep" in request.POST,
        initial={"why_you": draft.why_you, "what_i_bring": draft.what_i_bring} if draft else None,
    )
    if form.is_bound and form.is_valid():
        answer = _kept(request, form, mentee, mentor)
        if answer is not None:
            return answer
    context = {
        "mentor": mentor,
        "form": form,
        "draft": draft,
        "links": letters.links_between(standing.links, mentor.person.name),
        "prompts": prompts(),
        "refusal": _why_not(request, mentee, mentor),
        "can_keep": rules.can_ask(request.user, mentee, mentor, now=clock.now()),
        "policy": mentee.programme.policy,
    }
    return render(
        request,
        "web/matching/invitation_write.html",
        context,
        status=400 if form.is_bound else 200,
    )


def _why_not(request: SignedInRequest, mentee: Participation, mentor: Participation) -> str:
    """Return why this invitation cannot be sent just now, or nothing."""
    try:
        rules.check_can_invite(request.user, mentee, mentor, now=clock.now())
    except Refusal as reason:
        return str(reason)
    return ""


def _kept(
    request: SignedInRequest, form: InvitationForm, mentee: Participation, mentor: Participation
) -> HttpResponse | None:
    """Keep or send what was written; None where it was refused, with the sentence on the form."""
    keeping = "keep" in request.POST
    written: dict[str, Any] = {
        "mentee": mentee,
        "mentor": mentor,
        "why_you": form.cleaned_data["why_you"],
        "what_i_bring": form.cleaned_data["what_i_bring"],
        "by": request.user,
        "now": clock.now(),
    }
    try:
        if keeping:
            services.draft_invitation(**written)
        else:
            sent = services.invite_mentor(
                **written, acknowledges_link=form.cleaned_data.get("acknowledges", False)
            )
    except Refusal as reason:
        form.add_error(None, str(reason))
        return None
    if not keeping:
        messages.success(request, f"Sent. {mentor.person.name} has been told.")
        return redirect("matching:invitation-show", uid=sent.uid)
    if request.htmx:
        return render(
            request, "web/matching/invitation_write.html#kept", {"kept_at": written["now"]}
        )
    messages.success(request, "Kept for later. Only you can read it.")
    return redirect("matching:invitation-write", uid=mentor.uid)


@login_required
@require_safe
def invitation_list(request: SignedInRequest) -> HttpResponse:
    """List what one has sent and received."""
    sent = list(queries.invitations_sent_by(request.user))
    received = list(queries.invitations_received_by(request.user))
    context = {
        "sent": [letters.row(one, request.user) for one in sent],
        "received": [letters.row(one, request.user) for one in received],
        "is_mentee": people.searching_mentees(request.user).exists(),
    }
    return render(request, "web/matching/invitation_list.html", context)


@login_required
@require_http_methods(access.PAGE)
def invitation_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Show one invitation to the one who wrote it or the one who may answer it."""
    invitation = get_object_or_404(queries.invitations_visible_to(request.user), uid=uid)
    if invitation.mentor.person_id == request.user.pk:
        return _for_mentor(request, invitation)
    if request.method == "POST":
        raise Http404
    return _for_mentee(request, invitation)


def _for_mentee(request: SignedInRequest, invitation: Invitation) -> HttpResponse:
    if invitation.sent_at is None:
        return _unsent(request, invitation)
    context = {
        "invitation": invitation,
        "words": letters.outcome_for_mentee(invitation),
        "reason": letters.reason_words(invitation),
        "ends_at": invitation.expires_at,
        "can_withdraw": rules.can_withdraw(request.user, invitation),
        "next": letters.next_for(invitation, request.user, now=clock.now()),
    }
    return render(request, "web/matching/invitation_sent.html", context)


def _unsent(request: SignedInRequest, draft: Invitation) -> HttpResponse:
    """Lead to the page to write, or show the words with why they cannot be sent any more."""
    mentee, mentor = draft.mentee, draft.mentor
    if draft.state != InvitationState.DRAFT:
        messages.info(request, "You threw this draft away.")
        return redirect("matching:invitation-list")
    if access.can_see(request, mentor) and access.search_beside(request, mentor):
        return redirect("matching:invitation-write", uid=mentor.uid)
    context = {"draft": draft, "refusal": _why_not(request, mentee, mentor)}
    return render(request, "web/matching/invitation_draft.html", context)


def _for_mentor(request: SignedInRequest, invitation: Invitation) -> HttpResponse:
    answered, context = answering(
        request,
        invitation,
        person=request.user,
        accept=lambda **given: services.accept_invitation(
            invitation=invitation, by=request.user, **given
        ),
        decline=lambda **given: services.decline_invitation(
            invitation=invitation, by=request.user, **given
        ),
    )
    if answered:
        return redirect("matching:invitation-show", uid=invitation.uid)
    status = 400 if request.method == "POST" else 200
    return render(request, "web/matching/invitation_received.html", context, status=status)


@login_required
@require_POST
def invitation_withdraw(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take an invitation back, or throw a draft away."""
    invitation = get_object_or_404(queries.invitations_visible_to(request.user), uid=uid)
    was_draft = invitation.state == InvitationState.DRAFT
    try:
        services.withdraw_invitation(invitation=invitation, by=request.user, now=clock.now())
    except Refusal as reason:
        messages.error(request, str(reason))
    else:
        messages.success(
            request, "Thrown away." if was_draft else "Taken back. You may ask somebody else."
        )
    return redirect("matching:invitation-list")
