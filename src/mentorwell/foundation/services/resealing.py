"""Everything that people wrote is sealed anew, so that an old key can go."""

from collections.abc import Iterator
from itertools import islice

from django.apps import apps
from django.db import transaction
from django.db.models import Model, TextField
from django.db.models.functions import Cast

from mentorwell.foundation.sealed import SealedText, is_under_first_key


BATCH = 200


def reseal_all() -> int:
    """Seal every text under the first of the keys; return how many rows were written.

    Any of the keys may open what is there. Rows are taken in batches, each a transaction, so
    that nobody who writes meanwhile waits long or is overwritten. May be run again at any time.
    Not audited: nothing changes for anybody.
    """
    return sum(_reseal(model, fields) for model, fields in _sealed())


def left_under_older_keys() -> int:
    """Return how many texts the first key alone does not open.

    After `reseal_all` there are none, unless something that still seals under an older key wrote
    meanwhile. Before this is nought no key may go.
    """
    return sum(
        not is_under_first_key(token)
        for model, fields in _sealed()
        for field in fields
        for token in model._default_manager.exclude(**{field: ""})
        .order_by()
        .values_list(Cast(field, TextField()), flat=True)
        .iterator()
    )


def _sealed() -> Iterator[tuple[type[Model], list[str]]]:
    for model in apps.get_models():
        fields = [field.name for field in model._meta.fields if isinstance(field, SealedText)]
        if fields:
            yield model, fields


def _reseal(model: type[Model], fields: list[str]) -> int:
    rows = model._default_manager.order_by("pk")
    keys = iter(list(rows.values_list("pk", flat=True)))
    done = 0
    while batch := list(islice(keys, BATCH)):
        with transaction.atomic():
            written = list(rows.select_for_update().filter(pk__in=batch).only("pk", *fields))
            for row in written:
                values = {name: getattr(row, name) for name in fields}
                model._default_manager.filter(pk=row.pk).update(**values)
            done += len(written)
    return done
