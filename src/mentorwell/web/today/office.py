"""What the office's people find on their own page."""

from django.urls import reverse
from django.utils.formats import date_format

from mentorwell.accounts.models import User
from mentorwell.matching import queries as matching
from mentorwell.programmes.queries import open_roles
from mentorwell.programmes.roles import Role
from mentorwell.web.today.matters import Matter, Rank


def office_matters(user: User) -> list[Matter]:
    """Return who asked for help, and the way to the office or to the figures. Two queries."""
    roles = set(open_roles(user).values_list("role", flat=True))
    if not roles:
        return []
    asked = [
        Matter(
            Rank.HELP,
            "people",
            title=f"{one.mentee.person.name} asks you to look with them",
            words=f"Reply by {date_format(one.due_date, 'l, j F')}.",
            address=reverse("office:overview-show", args=[one.mentee.programme.slug]),
            eyebrow=one.mentee.programme.name,
        )
        for one in matching.help_requests_for(user)
    ]
    return [*asked, _figures() if roles == {Role.LEADER} else _office()]


def _office() -> Matter:
    return Matter(
        Rank.LOOK_AFTER,
        "office",
        title="See how your programme stands",
        words="How many places there are, who waits for you, and what happens.",
        address=reverse("office:programme-list"),
        action="To the office",
        eyebrow="Nothing waits for you here",
    )


def _figures() -> Matter:
    return Matter(
        Rank.LOOK_AFTER,
        "chart",
        title="Does mentoring happen here?",
        words="The figures of your programmes, on one page.",
        address=reverse("leaders:figures-show"),
        action="See the figures",
        eyebrow="Nothing waits for you here",
    )
