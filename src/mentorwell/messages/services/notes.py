"""Notes that their author alone reads.

Nothing here leaves an audit line, and on purpose: the trail is read by those who run the
installation, and that somebody notes something about somebody, and when, is nobody's business.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.rules import JUST_CHANGED
from mentorwell.messages import queries, rules
from mentorwell.messages.models import Note
from mentorwell.people import services as people


@transaction.atomic
def write_note(*, mentorship: Mentorship, text: str, token: UUID, by: User, now: datetime) -> Note:
    """Write a note for oneself on a mentorship, and return it; sent twice, it is one.

    The draft that was kept of it is gone.

    Not audited on purpose, see this module. Raises NotAllowed for anybody but a member,
    NotPossibleNow for no words, or too many.
    """
    member = rules.check_can_note(by, mentorship)
    kept = rules.check_text(text, most=rules.NOTE_LENGTH)
    people.drop_draft(key=queries.note_key(mentorship), by=by, now=now)
    note, _ = Note.objects.get_or_create(
        membership=member, token=token, defaults={"text": kept, "written_at": now}
    )
    return note


@transaction.atomic
def edit_note(*, note: Note, text: str, by: User, now: datetime) -> None:
    """Change one's own note. Not audited on purpose, see this module.

    Raises NotAllowed for anybody but its author; NotPossibleNow where it was deleted meanwhile,
    or for no words, or too many.
    """
    rules.check_own_note(by, note)
    kept = rules.check_text(text, most=rules.NOTE_LENGTH)
    changed = Note.objects.filter(pk=note.pk, deleted_at=None).update(text=kept, edited_at=now)
    if not changed:
        raise NotPossibleNow(JUST_CHANGED)


@transaction.atomic
def delete_note(*, note: Note, by: User, now: datetime) -> None:
    """Delete one's own note; for an hour it can be brought back.

    Deleting it again changes nothing. Not audited on purpose, see this module. Raises
    NotAllowed for anybody but its author.
    """
    rules.check_own_note(by, note)
    Note.objects.filter(pk=note.pk, deleted_at=None).update(deleted_at=now)


@transaction.atomic
def undo_note(*, note: Note, by: User, now: datetime) -> None:
    """Bring one's own deleted note back within the hour.

    Not audited on purpose, see this module. Raises NotAllowed for anybody but its author,
    NotPossibleNow where it is not deleted or the hour is over.
    """
    rules.check_can_undo(by, note, now=now)
    if not Note.objects.filter(pk=note.pk, deleted_at=note.deleted_at).update(deleted_at=None):
        raise NotPossibleNow(JUST_CHANGED)


@transaction.atomic
def forget_notes(*, now: datetime) -> int:
    """Remove the notes whose hour is over, for good; return how many. A duty of the clockwork.

    Not audited on purpose, see this module.
    """
    forgotten, _ = queries.notes_deleted_before(now - rules.CHANGE_TIME).delete()
    return forgotten
