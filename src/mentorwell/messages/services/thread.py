"""The thread of a mentorship: messages written, changed, taken back, and how far one has read."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.rules import check_member
from mentorwell.mentorships.services import note_sign_of_life, take_turn
from mentorwell.messages import emails, queries, rules
from mentorwell.messages.models import Message, Reading
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.notices.queries import mail_choice_of, times_dropped
from mentorwell.people import services as people


PATIENCE = timedelta(minutes=10)
"""How long a mail waits: who is in the room reads it there, and some messages come together."""


@transaction.atomic
def write_message(
    *, mentorship: Mentorship, text: str, token: UUID, by: User, now: datetime
) -> Message:
    """Write to the others in a mentorship, and return the message.

    Sent twice, by the `token` of its page or as the same words within half a minute, it is the
    message that is there already. Those who are at it are told by mail: once for all that they
    have not read, at a moment of their choosing, and not if they read it before. It answers the
    question after a silence, and the draft that was kept of it is gone.

    Raises NotAllowed for anybody but a member; NotPossibleNow where it rests or has ended for
    them, or there are no words, or too many.
    """
    take_turn(mentorship=mentorship)
    member = rules.check_can_write(by, mentorship)
    kept = rules.check_text(text, most=rules.MESSAGE_LENGTH)
    people.drop_draft(key=queries.message_key(mentorship), by=by, now=now)
    sent = queries.sent_before(member, token=token, text=kept, since=now - rules.AGAIN_TIME)
    if sent is not None:
        return sent
    message = Message.objects.create(
        mentorship=mentorship, author=member, text=kept, token=token, written_at=now
    )
    note_sign_of_life(mentorship=mentorship, now=now)
    audit.record(verb="messages.message.write", target=message, by=by, now=now)
    for other in queries.to_be_told(mentorship, member):
        _tell(other, mentorship, now)
    return message


def _tell(member: Membership, mentorship: Mentorship, now: datetime) -> None:
    """Tell a member once for all that is new: the key is of the oldest that they have not read.

    What was dropped, because they rested when its moment came, is told anew.
    """
    first = queries.first_new_to(member)
    if first is None:
        return
    person = member.participation.person
    at_once = mail_choice_of(person).messages_at_once
    about = f"{emails.WRITTEN}:{member.uid}:{first.uid}"
    notices.tell(
        person=person,
        kind=emails.WRITTEN,
        ids={"mentorship": str(mentorship.uid)},
        now=now,
        urgency=Urgency.AT_ONCE if at_once else Urgency.DIGEST,
        key=f"{about}:{times_dropped(about)}",
        not_before=now + PATIENCE,
    )


@transaction.atomic
def edit_message(*, message: Message, text: str, by: User, now: datetime) -> None:
    """Change one's own message within the hour; that it was changed is shown, what it was is not.

    Raises NotAllowed for anybody but its author; NotPossibleNow once the hour is over, it was
    taken back, the mentorship rests or has ended, or there are no words, or too many.
    """
    _take_turn(message)
    rules.check_can_edit(by, message, now=now)
    kept = rules.check_text(text, most=rules.MESSAGE_LENGTH)
    _change(message, text=kept, edited_at=now)
    audit.record(verb="messages.message.edit", target=message, by=by, now=now)


@transaction.atomic
def take_back_message(*, message: Message, by: User, now: datetime) -> None:
    """Take one's own message back within the hour: its words are gone for everybody.

    The others read that something was taken back. Possible also where the mentorship rests or
    is over. Raises NotAllowed for anybody but its author; NotPossibleNow once the hour is over.
    """
    _take_turn(message)
    rules.check_can_take_back(by, message, now=now)
    _change(message, text="", taken_back_at=now)
    audit.record(verb="messages.message.take_back", target=message, by=by, now=now)


def _take_turn(message: Message) -> None:
    take_turn(mentorship=message.mentorship)
    message.refresh_from_db(fields=["text", "edited_at", "taken_back_at"])


def _change(message: Message, **fields: object) -> None:
    Message.objects.filter(pk=message.pk, taken_back_at=None).update(**fields)
    for name, value in fields.items():
        setattr(message, name, value)


@transaction.atomic
def mark_read(*, up_to: Message, by: User, now: datetime) -> None:
    """Note that a member has read the thread up to a message; never back again.

    Nobody else learns of it, and it is not audited: when somebody reads is nobody's business.
    Raises NotAllowed for anybody but a member.
    """
    member = check_member(by, up_to.mentorship)
    reading, _ = Reading.objects.get_or_create(membership=member, defaults={"newest": up_to})
    Reading.objects.filter(pk=reading.pk, newest__lt=up_to.pk).update(newest=up_to)
    notices.settle(kind=emails.WRITTEN, about=member.uid, now=now, person=by)
