"""Database constraints that several models share."""

from django.db.models import CheckConstraint, F, Q


def both_or_neither(first: str, second: str) -> CheckConstraint:
    """Require that two nullable fields, such as a time and its author, are set together."""
    return CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=f"%(app_label)s_%(class)s_{first}_with_{second}",
    )


def in_order(earlier: str, later: str) -> CheckConstraint:
    """Require that `later` is not before `earlier`; a missing value passes."""
    return CheckConstraint(
        condition=Q(**{f"{later}__gte": F(earlier)}),
        name=f"%(app_label)s_%(class)s_{earlier}_before_{later}",
    )


def between(field: str, least: int, most: int) -> CheckConstraint:
    """Require `least` <= field <= `most`; a missing value passes."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": least, f"{field}__lte": most}),
        name=f"%(app_label)s_%(class)s_{field}_in_range",
    )


def exactly_one(*fields: str, name: str) -> CheckConstraint:
    """Require that one and only one of several nullable fields is set."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return CheckConstraint(condition=condition, name=f"%(app_label)s_%(class)s_{name}")
