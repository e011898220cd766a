"""Find a mentor, look at one, compare two."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.pairing import WhatMatters
from mentorwell.foundation import clock
from mentorwell.matching import queries, rules, services
from mentorwell.matching.models import Round
from mentorwell.people import queries as people
from mentorwell.people.content import Topic, values
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import today
from mentorwell.web.matching import access
from mentorwell.web.matching.cards import Card, Dealer
from mentorwell.web.matching.forms import FilterForm, MattersForm
from mentorwell.web.matching.standing import standing_words


PAGE_SIZE = 12


@login_required
@require_http_methods(access.PAGE)
def mentor_list(request: SignedInRequest) -> HttpResponse:
    """Show mentors by fit; a change of what matters is kept, and the list follows."""
    mentee = access.own_search(request)
    if mentee is None:
        return render(request, "web/matching/mentor_none.html")
    levels = queries.levels_of(mentee)
    form = MattersForm(request.POST if request.method == "POST" else None, initial=levels._asdict())
    if form.is_bound and form.is_valid():
        levels = form.levels()
        services.set_what_matters(mentee=mentee, levels=levels, by=request.user, now=clock.now())
        if not request.htmx:
            return redirect(request.get_full_path())
    template = "web/matching/mentor_list.html"
    if request.htmx:
        template += "#list"
    return render(request, template, _list_context(request, mentee, form, levels))


def _list_context(
    request: SignedInRequest, mentee: Participation, matters: MattersForm, levels: WhatMatters
) -> dict[str, Any]:
    now = clock.now()
    programme = mentee.programme
    opening = queries.search_opening(programme, on_date=today(programme, now))
    searches = people.searching_mentees(request.user)
    context = {
        "mentee": mentee,
        "programme": programme,
        "opening": opening,
        "searches": [(one.programme, one.pk == mentee.pk) for one in searches],
    }
    if not opening.is_open:
        return context | {"opening_words": rules.opening_sentence(opening)}
    topics = people.topic_tree(programme.organisation_id)
    search = queries.search(mentee, now=now, levels=levels)
    sites = {
        mentor.site_id: mentor.site_name
        for mentor in search.snapshot.mentors
        if mentor.site_id is not None
    }
    filters = FilterForm(
        request.GET,
        topics=topics,
        sites=sorted(sites.items(), key=lambda site: site[1]),
    )
    page = Paginator(search.listed(filters.filters()), PAGE_SIZE).get_page(request.GET.get("page"))
    return context | {
        "matters": matters,
        "filters": filters,
        "page": page,
        "cards": Dealer(mentee, search, topics, now=now).deal(list(page.object_list)),
        "standing": standing_words(mentee, search, opening, now=now),
        "chance": queries.chance_of_yes_soon(programme, now=now),
        "round": queries.round_for(mentee),
        "first": _first_to_compare(request),
    }


def _first_to_compare(request: SignedInRequest) -> Participation | None:
    """Return the mentor chosen first for a comparison, if there is one."""
    uid = _uid(request.GET.get("compare", ""))
    if uid is None:
        return None
    visible = people.mentors_visible_to(request.user, now=clock.now())
    return visible.filter(uid=uid).first()


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@login_required
@require_safe
def mentor_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Show what a mentor tells of themselves, and to a mentee how they fit."""
    mentor = access.mentor_or_404(request, uid)
    mentee = access.search_beside(request, mentor)
    told = people.mentor_page(mentor)
    topics = people.topic_tree(mentor.programme.organisation_id)
    names = {topic.slug: topic.name for topic in topics}
    value_names = {value.slug: value.name for value in values()}
    context = {
        "mentor": mentor,
        "told": told,
        "topics": [names[slug] for slug in told.topics if slug in names],
        "interests": [names[slug] for slug in told.interests if slug in names],
        "values": [(value_names[one.slug], one.line) for one in told.values],
        "card": _card(mentee, mentor, topics) if mentee else None,
        "is_own": mentor.person_id == request.user.pk,
        "mark": _mark(mentee, mentor) if mentee else None,
    }
    return render(request, "web/matching/mentor_show.html", context)


def _mark(mentee: Participation, mentor: Participation) -> tuple[Round, bool] | None:
    """Return the round for which a mentee may mark a mentor now, and whether they have."""
    round_ = queries.round_for(mentee)
    now = clock.now()
    if (
        round_ is None
        or not queries.takes_part(round_, mentee)
        or not rules.can_speak_in_round(mentee.person, round_, mentee, now=now)
    ):
        return None
    return round_, queries.wishes_of(round_, mentee).filter(mentor=mentor).exists()


@login_required
@require_safe
def mentor_compare(request: SignedInRequest) -> HttpResponse:
    """Show two mentors side by side, line by line."""
    pair = [_uid(request.GET.get(name, "")) for name in ("a", "b")]
    mentors = [access.mentor_or_404(request, uid) for uid in pair if uid is not None]
    mentee = access.search_beside(request, mentors[0]) if mentors else None
    if len({mentor.pk for mentor in mentors}) != 2 or mentee is None:  # noqa: PLR2004 -- two are compared
        raise Http404
    if mentors[1].programme_id != mentee.programme_id:
        raise Http404
    now = clock.now()
    search = queries.search(mentee, now=now, only=[mentor.pk for mentor in mentors])
    if not all(mentor.pk in search.snapshot.column_of for mentor in mentors):
        raise Http404  # the office, and a mentor their own page, see some who cannot be found
    topics = people.topic_tree(mentee.programme.organisation_id)
    dealer = Dealer(mentee, search, topics, now=now, shut=_shut(mentee, now))
    cards = dealer.deal([mentor.pk for mentor in mentors])
    lines = [
        (fit.label, fit, other) for fit, other in zip(cards[0].fits, cards[1].fits, strict=True)
    ]
    context = {"cards": cards, "lines": lines, "programme": mentee.programme}
    return render(request, "web/matching/mentor_compare.html", context)


def _card(mentee: Participation, mentor: Participation, topics: Sequence[Topic]) -> Card | None:
    now = clock.now()
    search = queries.search(mentee, now=now, only=[mentor.pk])
    if mentor.pk not in search.standings or mentor.pk not in search.snapshot.column_of:
        return None  # their own page as a mentor who cannot be found just now
    dealer = Dealer(mentee, search, topics, now=now, shut=_shut(mentee, now))
    return dealer.deal([mentor.pk])[0]


def _shut(mentee: Participation, now: datetime) -> str:
    """Return why the search of a programme is not open, or nothing where it is."""
    opening = queries.search_opening(mentee.programme, on_date=today(mentee.programme, now))
    return "" if opening.is_open else rules.opening_sentence(opening)
