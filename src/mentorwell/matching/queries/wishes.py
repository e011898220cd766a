"""Who waits for a place of whom."""

from django.db.models import QuerySet

from mentorwell.accounts.models import User
from mentorwell.matching.models import PlaceWish


def wishes_visible_to(user: User) -> QuerySet[PlaceWish]:
    """Return what `user` waits for or waited for; a mentor does not learn who waits."""
    return PlaceWish.objects.filter(mentee__person=user).select_related(
        "mentee__person", "mentee__programme__policy", "mentor__person"
    )
