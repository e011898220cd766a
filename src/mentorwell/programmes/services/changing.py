"""How every field that an office may change is changed: checked, or not at all."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from mentorwell.programmes.models import Organisation, Policy, Programme, Site, SupportResource


def change(
    *,
    row: Organisation | SupportResource | Site | Programme | Policy,
    changes: Mapping[str, object],
    allowed: frozenset[str],
) -> None:
    """Change these fields of a row, all of them or none.

    Raises ValueError for a field that is not `allowed`, ValidationError, by field, for a value
    that the row cannot hold beside those that stay.
    """
    unknown = set(changes) - allowed
    if unknown:
        raise ValueError(f"Not to be changed here: {', '.join(sorted(unknown))}.")
    for name, value in changes.items():
        setattr(row, name, value)
    try:
        # Fields that stay are not cleaned: a draft has no opening moment, and need not yet.
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(changes))
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        row.refresh_from_db()
        raise
    row.save(update_fields=[*changes])
