"""The tree of topics as one organisation has it, and how a topic is found by a few letters."""

from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from mentorwell.people.content import Topic, topics
from mentorwell.people.models import LocalTopic


LEAST_ALIKE = 72  # of 100; below, a hit reads like a mistake
FARTHEST_FROM_BEST = 15  # so that a slip is forgiven only where nothing better was found
MOST_FOUND = 12


@dataclass(frozen=True)
class TopicGroup:
    """One branch of the tree as a form shows it: the root and all that lies below it."""

    root: Topic
    topics: tuple[Topic, ...]


def topic_tree(organisation_id: int) -> tuple[Topic, ...]:
    """Return all topics, those of the organisation last, every parent before its children.

    A local topic whose parent is no longer there becomes a root of its own.
    """
    shipped = topics()
    slugs = {topic.slug for topic in shipped}
    local = list(LocalTopic.objects.filter(organisation_id=organisation_id).order_by("name"))
    return shipped + tuple(
        Topic(row.slug, row.name, parent=row.parent if row.parent in slugs else None)
        for row in local
        if row.slug not in slugs
    )


def topic_groups(tree: tuple[Topic, ...]) -> list[TopicGroup]:
    """Return the tree cut into its branches, for a list of checkboxes; a root comes first."""
    root_of: dict[str, str] = {}
    branches: dict[str, list[Topic]] = defaultdict(list)
    for topic in tree:
        root_of[topic.slug] = root_of[topic.parent] if topic.parent else topic.slug
        branches[root_of[topic.slug]].append(topic)
    return [TopicGroup(branch[0], tuple(branch)) for branch in branches.values()]


def find_topics(words: str, tree: tuple[Topic, ...]) -> list[Topic]:
    """Return the topics whose name or synonym is most like what was typed, the best first.

    The whole word counts most, then letters at the start of one, and a topic's own name more
    than a synonym; small slips are forgiven. Ties keep the order of the tree.
    """
    typed = utils.default_process(words)
    if not typed:
        return []
    own = [(topic.name, topic) for topic in tree]
    names = own + [(name, topic) for topic in tree for name in topic.synonyms]
    hits = process.extract(
        typed,
        [name for name, _ in names],
        scorer=_likeness,
        processor=utils.default_process,
        limit=None,
        score_cutoff=LEAST_ALIKE,
    )
    least = hits[0][1] - FARTHEST_FROM_BEST if hits else 0
    # Hits as alike come in the order of `names`: own names before synonyms.
    best = dict.fromkeys(names[index][1].slug for _, score, index in hits if score >= least)
    by_slug = {topic.slug: topic for topic in tree}
    return [by_slug[slug] for slug in best][:MOST_FOUND]


def _likeness(typed: str, name: str, **_: object) -> float:
    """Return how alike two texts are, from 0 to 100; a word that begins so is nearly certain."""
    if name == typed:
        return 100.0
    if name.startswith(typed):
        return 99.0
    if f" {typed}" in name:
        return 95.0
    return min(90.0, max(fuzz.ratio(typed, part) for part in (name, *name.split())))
