"""Choosing topics: what is chosen, what was found, and the tree to browse."""

from collections.abc import Collection
from dataclasses import dataclass

from mentorwell.people.content import Topic
from mentorwell.people.queries import TopicGroup, find_topics, topic_groups


@dataclass(frozen=True)
class Picker:
    """What the picker shows: the chosen first, then what was found, or else the whole tree.

    A topic stands in one place only, so that two boxes never disagree about it.
    """

    words: str
    chosen: tuple[Topic, ...]
    found: tuple[Topic, ...]
    groups: tuple[TopicGroup, ...]

    @property
    def nothing_found(self) -> bool:
        """Whether words were typed that no topic is like."""
        return bool(self.words) and not self.found


def picker(tree: tuple[Topic, ...], *, chosen: Collection[str], words: str) -> Picker:
    """Return the picker for what is chosen and typed; opt-in topics are found, never browsed."""
    by_slug = {topic.slug: topic for topic in tree}
    taken = tuple(by_slug[slug] for slug in dict.fromkeys(chosen) if slug in by_slug)
    found = tuple(topic for topic in find_topics(words, tree) if topic not in taken)
    groups = (
        tuple(
            TopicGroup(group.root, left)
            for group in topic_groups(tree)
            if (left := _browsable(group.topics, taken))
        )
        if not words
        else ()
    )
    return Picker(words=words, chosen=taken, found=found, groups=groups)


def _browsable(topics: tuple[Topic, ...], taken: tuple[Topic, ...]) -> tuple[Topic, ...]:
    return tuple(topic for topic in topics if topic not in taken and not topic.opt_in)
