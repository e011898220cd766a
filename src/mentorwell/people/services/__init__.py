"""The only code that changes profiles, participations, places and evaluation links."""

from mentorwell.people.services.beginning import (
    answer_first_questions,
    become_mentor,
    enter_mentor_for,
)
from mentorwell.people.services.entering import (
    BroughtIn,
    bring_in,
    bring_in_many,
    confirm_by_link,
    confirm_participation,
    follow_file,
    welcome_participations,
)
from mentorwell.people.services.intake import Newcomer
from mentorwell.people.services.keeping import (
    drop_draft,
    exclude_person,
    hide_evaluators,
    keep_draft,
    unexclude,
)
from mentorwell.people.services.links import (
    add_evaluation_link,
    announce_links_due,
    announce_role,
    approve_override,
    ask_override,
    end_evaluation_link,
    note_links_checked,
    place_in_unit,
)
from mentorwell.people.services.places import set_places
from mentorwell.people.services.standing import (
    answer_still_taking,
    answer_still_taking_by_link,
    ask_still_taking,
    begin_pairing,
    leave_programme,
    look_again,
    pause_participation,
    resume_due,
    resume_participation,
)
from mentorwell.people.services.telling import (
    answer_styles,
    choose_topics,
    order_values,
    put_off,
    set_basics,
    set_story,
    show_values,
)
from mentorwell.people.services.times import (
    add_block,
    change_time_zone,
    remove_block,
    set_whereabouts,
    set_windows,
)
from mentorwell.people.services.topics import add_local_topics


__all__ = [
    "BroughtIn",
    "Newcomer",
    "add_block",
    "add_evaluation_link",
    "add_local_topics",
    "announce_links_due",
    "announce_role",
    "answer_first_questions",
    "answer_still_taking",
    "answer_still_taking_by_link",
    "answer_styles",
    "approve_override",
    "ask_override",
    "ask_still_taking",
    "become_mentor",
    "begin_pairing",
    "bring_in",
    "bring_in_many",
    "change_time_zone",
    "choose_topics",
    "confirm_by_link",
    "confirm_participation",
    "drop_draft",
    "end_evaluation_link",
    "enter_mentor_for",
    "exclude_person",
    "follow_file",
    "hide_evaluators",
    "keep_draft",
    "leave_programme",
    "look_again",
    "note_links_checked",
    "order_values",
    "pause_participation",
    "place_in_unit",
    "put_off",
    "remove_block",
    "resume_due",
    "resume_participation",
    "set_basics",
    "set_places",
    "set_story",
    "set_whereabouts",
    "set_windows",
    "show_values",
    "unexclude",
    "welcome_participations",
]
