"""What members are told of messages: that somebody has written, never what."""

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import ngettext

from mentorwell.mentorships.queries import (
    RUNNING,
    membership_of,
    mentorships_visible_to,
    state_seen_by,
)
from mentorwell.messages import queries
from mentorwell.notices.emails import Button, Ids, Line, Mail, Told, register


WRITTEN = "messages.message.written"
THREAD = "messages:thread-show"


def register_mails() -> None:
    """Register the one kind of notice: somebody has written."""
    register(WRITTEN, _written, line=_line)


def _written(told: Told) -> Mail | None:
    """Say who has written, whatever came together meanwhile; nothing where all has been read."""
    reader = told.person
    if reader is None:
        return None
    mentorship = mentorships_visible_to(reader).filter(uid=told.uid("mentorship")).first()
    member = mentorship and membership_of(reader, mentorship)
    if mentorship is None or not member or state_seen_by(member, mentorship) not in RUNNING:
        return None
    news = queries.news_of(reader).get(mentorship.pk)
    if news is None:
        return None
    names = get_text_list(news.names, "and")
    has = "has" if len(news.names) == 1 else "have"
    headline = f"{names} {has} written to you"
    waiting = ngettext(
        "One new message is in your room.", "%(n)d new messages are in your room.", news.count
    )
    return Mail(
        subject=headline,
        headline=headline,
        lines=(waiting % {"n": news.count}, "There is no hurry. Nobody sees when you read it."),
        button=Button("Read it", reverse(THREAD, args=[mentorship.uid])),
    )


def _line(ids: Ids) -> Line:
    return Line("There is a message for you.", reverse(THREAD, args=[ids["mentorship"]]))
