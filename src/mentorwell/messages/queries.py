"""What may be read of messages and notes, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.queries import (
    RUNNING,
    members_at_it,
    mentorships_visible_to,
    state_seen_by,
)
from mentorwell.messages.models import Message, Note, Reading


@dataclass(frozen=True)
class News:
    """How many messages are new to somebody in one mentorship, and who wrote them."""

    count: int
    names: list[str]  # first names, in the order in which they joined


def messages_visible_to(user: User) -> QuerySet[Message]:
    """Return the messages that `user` may read, in the order in which they were written.

    Those of the mentorships that they see, from the day on which they joined. To whoever has
    stopped contact nothing comes that was written since, until they let it go on.
    """
    there = Membership.objects.filter(
        Q(contact_stopped_at=None) | Q(contact_stopped_at__gte=OuterRef("written_at")),
        Q(left_at=None) | Q(left_at__gte=OuterRef("written_at")),
        mentorship=OuterRef("mentorship"),
        participation__person=user,
        joined_at__lte=OuterRef("written_at"),
    )
    return (
        Message.objects.filter(Exists(there), mentorship__in=mentorships_visible_to(user))
        .select_related("mentorship", "author__participation__person")
        .order_by("pk")
    )


def thread_of(user: User, mentorship: Mentorship) -> QuerySet[Message]:
    """Return the thread of one mentorship as `user` may read it, the newest last."""
    return messages_visible_to(user).filter(mentorship=mentorship)


def new_to(user: User) -> QuerySet[Message]:
    """Return what others wrote that `user` has not read yet; what was taken back is not new."""
    read = Reading.objects.filter(
        membership__mentorship=OuterRef("mentorship"),
        membership__participation__person=user,
        newest__gte=OuterRef("pk"),
    )
    return (
        messages_visible_to(user)
        .filter(~Exists(read), taken_back_at=None)
        .exclude(author__participation__person=user)
    )


def news_of(user: User) -> dict[int, News]:
    """Return what is new to `user` by mentorship; those without anything new are not in it."""
    written = (
        new_to(user)
        .order_by("mentorship", "author")
        .values("mentorship", "author", "author__participation__person__name")
        .annotate(count=Count("pk"))
    )
    counts: dict[int, int] = {}
    people: dict[int, list[str]] = {}
    for row in written:
        author = User(name=row["author__participation__person__name"])
        counts[row["mentorship"]] = counts.get(row["mentorship"], 0) + row["count"]
        people.setdefault(row["mentorship"], []).append(author.first_name)
    return {pk: News(count, people[pk]) for pk, count in counts.items()}


def first_new_to(member: Membership) -> Message | None:
    """Return the oldest message that a member has not read yet, or None."""
    new = new_to(member.participation.person).filter(mentorship=member.mentorship_id)
    return new.first()


def to_be_told(mentorship: Mentorship, author: Membership) -> list[Membership]:
    """Return the members who are told that somebody has written.

    Those who are at it: not who rests, has ended it or stopped contact.
    """
    return [
        member
        for member in members_at_it(mentorship)
        if member.pk != author.pk and state_seen_by(member, mentorship) in RUNNING
    ]


def sent_before(member: Membership, *, token: UUID, text: str, since: datetime) -> Message | None:
    """Return what a member has sent from the same page already, or in the same words lately."""
    by_member = Message.objects.filter(author=member)
    lately = by_member.filter(written_at__gt=since).last()
    if lately is not None and lately.text == text:
        return lately
    return by_member.filter(token=token).first()


def message_key(mentorship: Mentorship) -> str:
    """Return the name under which a half-written message is kept."""
    return f"message:{mentorship.uid}"


def note_key(mentorship: Mentorship) -> str:
    """Return the name under which a half-written note is kept."""
    return f"note:{mentorship.uid}"


def was_sent(member: Membership, token: str) -> bool:
    """Answer whether a member's page of this token has been sent, as message or as note."""
    return (
        Message.objects.filter(author=member, token=token).exists()
        or Note.objects.filter(membership=member, token=token).exists()
    )


def read_up_to(member: Membership) -> int:
    """Return the place in the thread up to which a member has read; 0 before they have."""
    reading = Reading.objects.filter(membership=member).first()
    return reading.newest_id if reading else 0


def notes_visible_to(user: User) -> QuerySet[Note]:
    """Return the notes that `user` wrote, deleted ones too, the newest first.

    They stay when a mentorship is over, and when the user has left it.
    """
    return (
        Note.objects.filter(membership__participation__person=user)
        .select_related("membership__mentorship")
        .order_by("-pk")
    )


def notes_of(user: User, mentorship: Mentorship) -> QuerySet[Note]:
    """Return the notes that `user` keeps on one mentorship."""
    return notes_visible_to(user).filter(membership__mentorship=mentorship, deleted_at=None)


def notes_deleted_before(moment: datetime) -> QuerySet[Note]:
    """Return the notes that nobody can bring back any more."""
    return Note.objects.filter(deleted_at__lte=moment)
