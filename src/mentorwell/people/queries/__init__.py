"""What may be read of people, and by whom."""

from mentorwell.people.queries.evaluation import (
    KnownLink,
    belongs_to,
    evaluators_of,
    known_links,
    links_on,
    people_evaluated_by,
)
from mentorwell.people.queries.links import links_visible_to, overrides_visible_to
from mentorwell.people.queries.pairing import PairingBars, links_checked_date, pairing_bars
from mentorwell.people.queries.participations import (
    findable_mentors,
    mentors_visible_to,
    participations_of,
    participations_visible_to,
    searching_mentees,
)
from mentorwell.people.queries.pieces import first_untold, next_piece, pieces_told, pieces_told_in
from mentorwell.people.queries.pool import (
    PoolMentor,
    fit_tree,
    mentee_profile,
    mentor_pool,
)
from mentorwell.people.queries.profiles import (
    MentorPage,
    ShownValue,
    away_spans,
    blocks_of,
    draft_of,
    exclusions_of,
    mentor_page,
    open_places,
    people_by_exact,
    profile_of,
    start_key,
    story_key,
    style_of,
    topics_chosen,
    values_of,
    windows_of,
)
from mentorwell.people.queries.topics import TopicGroup, find_topics, topic_groups, topic_tree


__all__ = [
    "KnownLink",
    "MentorPage",
    "PairingBars",
    "PoolMentor",
    "ShownValue",
    "TopicGroup",
    "away_spans",
    "belongs_to",
    "blocks_of",
    "draft_of",
    "evaluators_of",
    "exclusions_of",
    "find_topics",
    "findable_mentors",
    "first_untold",
    "fit_tree",
    "known_links",
    "links_checked_date",
    "links_on",
    "links_visible_to",
    "mentee_profile",
    "mentor_page",
    "mentor_pool",
    "mentors_visible_to",
    "next_piece",
    "open_places",
    "overrides_visible_to",
    "pairing_bars",
    "participations_of",
    "participations_visible_to",
    "people_by_exact",
    "people_evaluated_by",
    "pieces_told",
    "pieces_told_in",
    "profile_of",
    "searching_mentees",
    "start_key",
    "story_key",
    "style_of",
    "topic_groups",
    "topic_tree",
    "topics_chosen",
    "values_of",
    "windows_of",
]
