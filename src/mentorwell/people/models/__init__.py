"""What a person says of themselves, and their part in each programme."""

from mentorwell.people.models.links import EvaluationLink, LinkCheck, LinkOverride
from mentorwell.people.models.participation import LocalTopic, Participation, Place, TopicChoice
from mentorwell.people.models.profile import (
    Block,
    Draft,
    Exclusion,
    Profile,
    StyleAnswer,
    ValueChoice,
    Window,
)


__all__ = [
    "Block",
    "Draft",
    "EvaluationLink",
    "Exclusion",
    "LinkCheck",
    "LinkOverride",
    "LocalTopic",
    "Participation",
    "Place",
    "Profile",
    "StyleAnswer",
    "TopicChoice",
    "ValueChoice",
    "Window",
]
