"""Topics that an organisation adds to the tree."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.reading.values import joined
from mentorwell.people.content import topics
from mentorwell.people.models import LocalTopic
from mentorwell.programmes.models import Organisation


LONGEST_SLUG = 60


@transaction.atomic
def add_local_topics(
    *, organisation: Organisation, names: Collection[str], by: User | None, now: datetime
) -> dict[str, str]:
    """Add topics of these names to an organisation's tree; return each name's slug.

    A name that is there already, in whatever spelling, keeps its slug. New topics are roots;
    the office may hang them elsewhere later. Not for a name of the shipped tree.
    """
    local = LocalTopic.objects.filter(organisation=organisation)
    slugs = {joined(topic.name): topic.slug for topic in local}
    taken = {topic.slug for topic in topics()} | set(slugs.values())
    made = []
    for name in names:
        if joined(name) not in slugs:
            slug = slugs[joined(name)] = _free_slug(name, taken)
            taken.add(slug)
            made.append(LocalTopic(organisation=organisation, slug=slug, name=name))
    LocalTopic.objects.bulk_create(made)
    audit.record_many(verb="people.topic.add", targets=made, by=by, now=now)
    return {name: slugs[joined(name)] for name in names}


def _free_slug(name: str, taken: set[str]) -> str:
    stem = slugify(name)[: LONGEST_SLUG - 5] or "topic"
    number = next(n for n in range(1, len(taken) + 2) if _numbered(stem, n) not in taken)
    return _numbered(stem, number)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"
