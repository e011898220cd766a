"""How a request reaches a mentee's own search and the mentors whom they may see."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.people import queries as people
from mentorwell.people.models import Participation


PAGE = ["GET", "HEAD", "POST"]


def own_search(request: SignedInRequest) -> Participation | None:
    """Return the part in which somebody searches: the programme named, or their first."""
    searching = people.searching_mentees(request.user)
    slug = request.POST.get("programme") or request.GET.get("programme", "")
    if slug.isprintable() and slug:
        searching = searching.filter(programme__slug=slug)
    return searching.first()


def search_address(mentee: Participation) -> str:
    """Return the address of the list of mentors in the programme of one search."""
    return f"{reverse('matching:mentor-list')}?programme={mentee.programme.slug}"


def own_search_or_404(request: SignedInRequest) -> Participation:
    """Return the part in which somebody searches; who does not search finds no page."""
    mentee = own_search(request)
    if mentee is None:
        raise Http404
    return mentee


def mentor_or_404(request: SignedInRequest, uid: UUID) -> Participation:
    """Return a mentor whose page this person may open; any other is not there."""
    visible = people.mentors_visible_to(request.user, now=clock.now())
    return get_object_or_404(visible.select_related("programme__policy"), uid=uid)


def can_see(request: SignedInRequest, mentor: Participation) -> bool:
    """Answer whether this person may open a mentor's page."""
    visible = people.mentors_visible_to(request.user, now=clock.now())
    return visible.filter(pk=mentor.pk).exists()


def search_beside(request: SignedInRequest, mentor: Participation) -> Participation | None:
    """Return the person's own search in the programme of a mentor, if they have one there."""
    searching = people.searching_mentees(request.user)
    return searching.filter(programme_id=mentor.programme_id).first()
