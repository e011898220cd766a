"""Saying what one expects, settling it, proposing and agreeing."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.foundation.pdf import render_pdf
from mentorwell.mentorships import queries, rules, services
from mentorwell.mentorships.content import agreement_choices
from mentorwell.mentorships.models import Agreement
from mentorwell.programmes.enums import Rhythm
from mentorwell.web.mentorships.agreed import Question, ShownAgreement, shown, side_by_side
from mentorwell.web.mentorships.forms.agreements import AgreementForm, AnswersForm, usual_terms
from mentorwell.web.mentorships.pairs import Pair, first_name
from mentorwell.web.mentorships.views.access import PAGE, page, pair_or_404, to_room, tried


ANSWERS = (
    "relationship",
    "relationship_words",
    "meetings_like",
    "meetings_words",
    "agenda_by",
    "agenda_words",
)


def _versions(request: SignedInRequest, pair: Pair) -> list[ShownAgreement]:
    found = queries.agreements_visible_to(request.user).filter(mentorship=pair.mentorship)
    return [shown(each, pair) for each in found]


@login_required
@require_safe
def agreement_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The agreement in force, the one that waits and what it changes, and the earlier ones."""
    pair = pair_or_404(request, uid)
    versions = _versions(request, pair)
    answered = queries.members_who_answered([pair.mentorship])[pair.mentorship.pk]
    holding = next((each for each in versions if each.holds), None)
    waiting = next((each for each in versions if each.waits), None)
    return page(
        request,
        "agreement_show",
        pair,
        versions=versions,
        changes=waiting.changes_from(holding) if waiting and holding else None,
        can_agree={
            each.agreement.pk for each in versions if rules.can_agree(request.user, each.agreement)
        },
        can_answer=rules.can_answer(request.user, pair.mentorship),
        can_propose=rules.can_propose(request.user, pair.mentorship),
        have_answered=pair.me.pk in answered,
        awaited=[first_name(each) for each in pair.others if each.pk not in answered],
        questions=_questions(request, pair) if any(answered.values()) else [],
        standing=agreement_choices().standing,
    )


def _questions(request: SignedInRequest, pair: Pair) -> list[Question]:
    """Return the three questions with all answers that the person may read."""
    answers = queries.answers_visible_to(request.user).filter(
        membership__mentorship=pair.mentorship, membership__left_at=None
    )
    return side_by_side(list(answers), pair)


@login_required
@require_http_methods(PAGE)
def agreement_answer(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say alone what one expects, before one reads what the others do."""
    pair = pair_or_404(request, uid)
    if request.method != "POST":  # what has been typed comes back with the reason
        rules.check_can_answer(request.user, pair.mentorship)
    own = queries.answers_visible_to(request.user).filter(membership=pair.me).first()
    form = AnswersForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(own, name) for name in ANSWERS} if own else None,
    )
    if form.is_valid() and tried(
        form,
        services.send_answers,
        mentorship=pair.mentorship,
        answers=form.answers(),
        by=request.user,
        now=clock.now(),
    ):
        answered = queries.members_who_answered([pair.mentorship])[pair.mentorship.pk]
        if answered[pair.me.pk]:
            return redirect("mentorships:agreement-propose", uid=uid)
        return to_room(request, pair.mentorship, "Kept. It opens when all of you have answered.")
    return page(request, "agreement_answer", pair, form=form, own=own)


@login_required
@require_http_methods(PAGE)
def agreement_propose(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Settle a first agreement from all answers, or propose changes to the newest version."""
    pair = pair_or_404(request, uid)
    newest = queries.agreements_visible_to(request.user).filter(mentorship=pair.mentorship).first()
    if request.method != "POST":
        if newest is None and rules.can_answer(request.user, pair.mentorship):
            return redirect("mentorships:agreement-answer", uid=uid)
        rules.check_can_propose(request.user, pair.mentorship)
    questions = _questions(request, pair) if newest is None else []
    given = {question.field: question.slugs for question in questions}
    settled = {field: slugs[0] for field, slugs in given.items() if len(slugs) == 1}
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        initial={**_beginning(pair, newest), **settled},
        given=given,
        questions=pair.mentorship.programme.policy.agreement_questions,
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
        sentence = f"It is with {pair.other_names}. It holds once all of you have said yes."
        return to_room(request, pair.mentorship, sentence)
    return page(
        request,
        "agreement_propose",
        pair,
        form=form,
        newest=newest,
        settling=[
            (question, form[question.field], form[question.words_field]) for question in questions
        ],
        standing=agreement_choices().standing,
    )


def _beginning(pair: Pair, newest: Agreement | None) -> dict[str, object]:
    today = timezone.localdate(clock.now())
    policy = pair.mentorship.programme.policy
    usual = usual_terms(
        today, policy.review_days, rhythm=Rhythm(policy.rhythm), minutes=policy.meeting_minutes
    )
    if newest is None:
        return {**usual, "after_version": 0}
    told = queries.clauses_of(newest)
    extra = dict(queries.extra_of(newest))
    return {
        **usual,
        **{name: getattr(newest, name) for name in ("purpose", *ANSWERS, "schedules_by")},
        **{name: told[name] for name in ("rhythm", "minutes") if name in told},
        **{f"clause_{slug}": words for slug, words in told.items()},
        **{
            f"extra_{number}": extra.get(question, "")
            for number, question in enumerate(policy.agreement_questions)
        },
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


def _in_force(request: SignedInRequest, pair: Pair) -> ShownAgreement:
    for each in _versions(request, pair):
        if each.holds:
            return each
    raise NotPossibleNow("There is nothing to print before all of you have agreed.")


def _signatures(pair: Pair, agreement: Agreement) -> list[tuple[str, str]]:
    names = {each.pk: each.participation.person.name for each in [pair.me, *pair.others]}
    return [
        (names[each.membership_id], timezone.localtime(each.signed_at).strftime("%-d %B %Y, %H:%M"))
        for each in sorted(agreement.signatures.all(), key=lambda each: each.signed_at)
        if each.membership_id in names
    ]


@login_required
@require_safe
def agreement_print(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The agreement in force on one page of paper."""
    pair = pair_or_404(request, uid)
    held = _in_force(request, pair)
    return page(
        request,
        "agreement_print",
        pair,
        held=held,
        signatures=_signatures(pair, held.agreement),
        standing=agreement_choices().standing,
    )


@login_required
@require_safe
def agreement_download(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The same page as a tagged PDF."""
    pair = pair_or_404(request, uid)
    held = _in_force(request, pair)
    content = render_pdf(
        "mentorships/content/agreement.typ",
        {
            "title": f"Our agreement: {pair.title}",
            "foot": pair.mentorship.programme.name,
            "facts": [[fact.label, fact.text] for fact in held.facts],
            "standing": agreement_choices().standing,
            "signatures": _signatures(pair, held.agreement),
        },
        now=clock.now(),
    )
    headers = {"Content-Disposition": 'attachment; filename="agreement.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
