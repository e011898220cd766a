"""What members are told of their meetings: when, with whom, and where to read more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MeetingState, MentorshipState
from mentorwell.meetings import queries, rules
from mentorwell.meetings.emails.calendar import Method, calendar_entry, meeting_path
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.queries import membership_of, others_in, state_seen_by
from mentorwell.notices.emails import Attachment, Button, Ids, Line, Mail, Token, Told, register


PROPOSED = "meetings.meeting.proposed"
SCHEDULED = "meetings.meeting.scheduled"
CALLED_OFF = "meetings.meeting.called_off"
REMINDER = "meetings.meeting.reminder"
CHANGED = "meetings.meeting.changed"
AGENDA_WANTED = "meetings.agenda.wanted"
HELD_ASKED = "meetings.meeting.held_asked"

LOG = "meetings.meeting.log"
"""The action of the mailed link that says whether a meeting took place, and nothing else."""
LOG_LIFETIME = timedelta(days=14)

HELD_OFF = (MeetingState.PROPOSED, MeetingState.CANCELLED)


def meeting_ids(meeting: Meeting) -> Ids:
    """Return what a notice of a meeting holds: its id, and which change of it is meant."""
    return {"meeting": str(meeting.uid), "sequence": meeting.sequence}


def register_mails() -> None:
    """Register every kind of notice of meetings.

    All of them are calendar mails: they tell of a time to keep, not of something to read.
    """
    for kind, renderer, sentence in (
        (PROPOSED, _proposed, "Times to meet wait for your choice."),
        (SCHEDULED, _scheduled, "A time to meet is set."),
        (CALLED_OFF, _called_off, "A meeting will not be at the time that was set."),
        (REMINDER, _reminder, "You have a meeting soon."),
        (CHANGED, _changed, "Where or how long you meet has changed."),
        (AGENDA_WANTED, _agenda_wanted, "A meeting has no agenda yet."),
        (HELD_ASKED, _held_asked, "Did you meet?"),
    ):
        register(kind, renderer, line=_line(sentence), calendar=True)


def _line(sentence: str) -> Callable[[Ids], Line]:
    return lambda ids: Line(sentence, reverse("meetings:meeting-show", args=[ids["meeting"]]))


@dataclass(frozen=True)
class _Scene:
    """A meeting as the reader of a notice finds it now."""

    meeting: Meeting
    reader: User
    now: datetime

    @property
    def names(self) -> str:
        others = others_in(self.meeting.mentorship, self.reader)
        return get_text_list([each.participation.person.first_name for each in others], "and")

    @property
    def when(self) -> str:
        """The time in the reader's own zone: "Tuesday 14 May at 16:30"."""
        local = timezone.localtime(self.meeting.starts_at)
        return f"{date_format(local, 'l j F')} at {date_format(local, 'H:i')}"

    @property
    def is_leaving(self) -> bool:
        """Whether the reader has ended the mentorship, and only the others do not know it yet."""
        me = membership_of(self.reader, self.meeting.mentorship)
        return me is not None and state_seen_by(me, me.mentorship) == MentorshipState.CLOSING

    def entry(self, method: Method) -> Attachment:
        content = calendar_entry(self.meeting, self.reader, now=self.now, method=method)
        mime_type = f"text/calendar; method={method}; charset=utf-8"
        return Attachment("meeting.ics", content, mime_type)

    def button(self, label: str) -> Button:
        return Button(label, meeting_path(self.meeting))


def _scene(told: Told) -> _Scene | None:
    """Return what the reader is told about, or None where it has changed again or is not theirs."""
    if told.person is None:
        return None
    meeting = (
        queries.meetings_visible_to(told.person)
        .filter(uid=told.uid("meeting"), sequence=told.ids["sequence"])
        .first()
    )
    return _Scene(meeting, told.person, told.now) if meeting else None


def _ahead(told: Told) -> _Scene | None:
    """Return the scene of a meeting that has a date ahead, and that the reader still goes to."""
    scene = _scene(told)
    if scene is None or scene.is_leaving or scene.meeting.state != MeetingState.SCHEDULED:
        return None
    starts_at = scene.meeting.starts_at
    return scene if starts_at is not None and starts_at > told.now else None


def _proposed(told: Told) -> Mail | None:
    scene = _scene(told)
    if scene is None or scene.is_leaving or scene.meeting.state != MeetingState.PROPOSED:
        return None
    if not queries.can_still_be(scene.meeting, now=told.now):
        return None
    if scene.meeting.proposed_by.participation.person == scene.reader:
        return None  # the reader has offered other times since
    return Mail(
        subject=f"When suits you to meet {scene.names}?",
        headline=f"{scene.meeting.proposed_by.participation.person.first_name} offers times to meet.",
        lines=("Choose one, or offer others.",),
        button=scene.button("See the times"),
    )


def _scheduled(told: Told) -> Mail | None:
    scene = _ahead(told)
    if scene is None:
        return None
    return Mail(
        subject=f"{scene.names} and you: {scene.when}",
        headline=f"You meet {scene.names} on {scene.when}.",
        lines=("The entry for your calendar says “Meeting” and names nobody.",),
        button=scene.button("Open the meeting"),
        attachments=(scene.entry(Method.REQUEST),),
    )


def _called_off(told: Told) -> Mail | None:
    scene = _scene(told)
    if scene is None or scene.meeting.state not in HELD_OFF:
        return None
    return Mail(
        subject=f"Not on {scene.when}",
        headline=f"You do not meet {scene.names} on {scene.when}.",
        lines=("Your calendar takes the entry out by itself.",),
        button=scene.button("See how it goes on"),
        attachments=(scene.entry(Method.CANCEL),),
    )


def _changed(told: Told) -> Mail | None:
    scene = _ahead(told)
    if scene is None:
        return None
    return Mail(
        subject=f"{scene.names} and you: {scene.when}",
        headline=f"Something about your meeting on {scene.when} has changed.",
        lines=("The time is the same. How long it takes, and where, is on its page.",),
        button=scene.button("Open the meeting"),
        attachments=(scene.entry(Method.REQUEST),),
    )


def _reminder(told: Told) -> Mail | None:
    scene = _ahead(told)
    if scene is None:
        return None
    movable = rules.can_move(scene.reader, scene.meeting, now=told.now)
    return Mail(
        subject=f"{scene.names} and you: {scene.when}",
        headline=f"You meet {scene.names} on {scene.when}.",
        lines=("Cannot make it? One tap moves it.",) if movable else (),
        button=scene.button("Open the meeting"),
        # The entry once more, for a calendar that has lost it: the same one, so nothing doubles.
        attachments=(scene.entry(Method.REQUEST),),
    )


def _agenda_wanted(told: Told) -> Mail | None:
    scene = _ahead(told)
    if scene is None or scene.meeting.points.exists():
        return None
    if not rules.can_set_agenda(scene.reader, scene.meeting):
        return None
    path = reverse("meetings:agenda-edit", args=[scene.meeting.uid])
    return Mail(
        subject=f"What would make it worth it? {scene.names} and you, {scene.when}",
        headline=f"You meet {scene.names} on {scene.when}, and you bring the agenda.",
        lines=("One or two points are enough. A minute now saves ten then.",),
        button=Button("Write the agenda", path),
    )


def _held_asked(told: Told) -> Mail | None:
    scene = _scene(told)
    if scene is None or not rules.can_log(scene.reader, scene.meeting, now=told.now):
        return None
    if scene.is_leaving or scene.meeting.state != MeetingState.SCHEDULED:
        return None
    token = Token(
        action=LOG,
        target_uid=scene.meeting.uid,
        lifetime=LOG_LIFETIME,
        path=lambda secret: reverse("meetings:log-by-link", args=[secret]),
    )
    return Mail(
        subject=f"Did you and {scene.names} meet?",
        headline=f"Did you meet {scene.names} on {scene.when}?",
        lines=("One touch, and the programme knows that you meet. It learns nothing else.",),
        button=Button("Say so", meeting_path(scene.meeting), token=token),
    )
