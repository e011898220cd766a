"""Which running mentorships an evaluation link touches."""

from collections import defaultdict
from datetime import date
from itertools import permutations

from django.db.models import QuerySet

from mentorwell.core.lifecycles import MentorshipState
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.queries.members import RUNNING
from mentorwell.people.models import EvaluationLink
from mentorwell.people.queries import evaluators_of, known_links


OPEN = (*RUNNING, MentorshipState.PAUSED, MentorshipState.CLOSING)
"""The states in which two people may still come to meet."""


def mentorships_touched_by(
    link: EvaluationLink, *, on_date: date
) -> list[tuple[Mentorship, list[Membership]]]:
    """Return the open mentorships in which one member evaluates another by a link, with the two.

    What a link of a unit or an office role covers is read where every other path reads it, in
    `people.queries.known_links`, once for each person in such a mentorship who may be meant.
    """
    together: dict[int, list[Membership]] = defaultdict(list)
    for member in _members_at_it(link):
        together[member.mentorship_id].append(member)
    people = {each.participation.person_id for group in together.values() for each in group}
    reached = {
        person: {
            other
            for other, links in known_links(person, on_date=on_date).items()
            if any(known.id == link.pk and not known.other_evaluates for known in links)
        }
        for person in evaluators_of(link) & people
    }
    touched = []
    for group in together.values():
        pairs = [
            {evaluator.pk, evaluated.pk}
            for evaluator, evaluated in permutations(group, 2)
            if evaluated.participation.person_id
            in reached.get(evaluator.participation.person_id, set())
        ]
        meant = set().union(*pairs)
        if meant:
            touched.append((group[0].mentorship, [each for each in group if each.pk in meant]))
    return touched


def _members_at_it(link: EvaluationLink) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(
            mentorship__state__in=OPEN,
            mentorship__programme__organisation=link.organisation_id,
            left_at=None,
        )
        .select_related("mentorship__programme", "participation__person")
        .order_by("mentorship_id", "pk")
    )
