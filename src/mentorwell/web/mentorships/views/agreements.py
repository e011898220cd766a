"""Reading, proposing and agreeing."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.mentorships import queries, rules, services
from mentorwell.mentorships.content import agreement_choices
from mentorwell.mentorships.models import Agreement, Mentorship
from mentorwell.web.mentorships.agreed import shown
from mentorwell.web.mentorships.forms import AgreementForm, usual_terms
from mentorwell.web.mentorships.views.access import PAGE, page, pair_or_404, to_room, tried


@login_required
@require_safe
def agreement_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The agreement in force, the one that waits, and the earlier ones."""
    pair = pair_or_404(request, uid)
    versions = list(queries.agreements_visible_to(request.user).filter(mentorship=pair.mentorship))
    return page(
        request,
        "agreement_show",
        pair,
        versions=[shown(each, pair) for each in versions],
        can_agree={each.pk for each in versions if rules.can_agree(request.user, each)},
        can_propose=rules.can_propose(request.user, pair.mentorship),
        standing=agreement_choices().standing,
    )


@login_required
@require_http_methods(PAGE)
def agreement_propose(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Propose a first agreement, or changes to the newest version."""
    pair = pair_or_404(request, uid)
    newest = queries.agreements_visible_to(request.user).filter(mentorship=pair.mentorship).first()
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        initial=_beginning(pair.mentorship, newest),
    )
    if form.is_valid() and tried(
        form,
        services.propose_agreement,
        mentorship=pair.mentorship,
        terms=form.terms(),
        after_version=form.cleaned_data["after_version"],
        by=request.user,
        now=clock.now(),
    ):
        sentence = (
            f"Your proposal is with {pair.other_names}. It holds once you have both said yes."
        )
        return to_room(request, pair.mentorship, sentence)
    return page(
        request,
        "agreement_propose",
        pair,
        form=form,
        newest=newest,
        standing=agreement_choices().standing,
    )


def _beginning(mentorship: Mentorship, newest: Agreement | None) -> dict[str, object]:
    today = timezone.localdate(clock.now())
    usual = usual_terms(today, mentorship.programme.policy.review_days)
    if newest is None:
        return {**usual, "after_version": 0}
    return {
        "purpose": newest.purpose,
        "relationship": newest.relationship,
        "meetings_like": newest.meetings_like,
        "agenda_by": newest.agenda_by,
        "schedules_by": newest.schedules_by,
        "review_date": newest.review_date if newest.review_date > today else usual["review_date"],
        "after_version": newest.version,
    }


@login_required
@require_POST
def agreement_agree(request: SignedInRequest, uid: UUID, version: int) -> HttpResponse:
    """Press "I agree" on one version."""
    pair = pair_or_404(request, uid)
    own = queries.agreements_visible_to(request.user)
    agreement = get_object_or_404(own, mentorship=pair.mentorship, version=version)
    services.agree(agreement=agreement, by=request.user, now=clock.now())
    return to_room(
        request, pair.mentorship, "You have agreed. It holds until you change it together."
    )
