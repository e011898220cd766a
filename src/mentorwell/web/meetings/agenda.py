"""What a meeting's page shows beside its date: agenda, steps, what stays."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MeetingState, StepState
from mentorwell.meetings import queries, rules
from mentorwell.meetings.enums import MissedReason
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.queries import agenda_owners, others_in
from mentorwell.web.meetings.forms import MISSED


def about_meeting(meeting: Meeting, user: User) -> dict[str, Any]:
    """Return agenda, open steps, takeaways and what may be done about them."""
    owners = agenda_owners(meeting.mentorship)
    steps = queries.steps_visible_to(user).filter(mentorship=meeting.mentorship)
    own = queries.listenings_of(user).filter(meeting=meeting).first()
    return {
        "points": list(queries.points_visible_to(user).filter(meeting=meeting)),
        "brings": " and ".join(each.participation.person.first_name for each in owners),
        "can_set_agenda": rules.can_set_agenda(user, meeting),
        "open_steps": list(steps.filter(state=StepState.OPEN)),
        "settled_steps": list(steps.filter(meeting=meeting).exclude(state=StepState.OPEN)),
        "takeaways": list(queries.takeaways_visible_to(user).filter(meeting=meeting)),
        "can_keep": rules.can_keep(user, meeting),
        "listened": int(own.answer) if own else None,
        "missed_because": _because(meeting),
    }


def _because(meeting: Meeting) -> str:
    if meeting.state != MeetingState.MISSED or not meeting.missed_because:
        return ""
    return dict(MISSED)[MissedReason(meeting.missed_because)]


def elsewhere(at: datetime, meeting: Meeting, user: User) -> str:
    """Return what the clocks of the others show then, where it is not what the reader's shows.

    Such as "20:00 for Ben"; with the day where it is another one.
    """
    here = at.astimezone(ZoneInfo(user.time_zone))
    told = []
    for each in others_in(meeting.mentorship, user):
        person = each.participation.person
        there = at.astimezone(ZoneInfo(person.time_zone))
        if there.utcoffset() != here.utcoffset():
            day = "" if there.date() == here.date() else f"{date_format(there, 'l')} "
            told.append(f"{day}{there:%H:%M} for {person.first_name}")
    return ", ".join(told)
