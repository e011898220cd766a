"""Notes: their author's alone, for as long as they like."""

from datetime import timedelta
from uuid import uuid4

import pytest

from mentorwell.audit.models import Event
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.foundation.services.duties import run_due_duties
from mentorwell.mentorships.services import (
    end_mentorship,
    finish_endings,
    pause_mentorship,
    stop_contact,
)
from mentorwell.messages import queries, rules
from mentorwell.messages.models import Note
from mentorwell.messages.services import delete_note, edit_note, forget_notes, undo_note
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.messages import note
from tests.factories.moments import NOW
from tests.factories.programmes import OfficeRoleFactory


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def texts(user, mentorship):
    return [each.text for each in queries.notes_of(user, mentorship)]


def test_the_author_alone_reads_a_note(pair):
    note(pair.mentorship, pair.mentee, "I talk too much.")
    others = [
        pair.mentor,
        UserFactory(is_staff=True, is_superuser=True),
        *(OfficeRoleFactory(programme=pair.programme, role=role).person for role in Role),
    ]

    assert texts(pair.mentee, pair.mentorship) == ["I talk too much."]
    for person in others:
        assert list(queries.notes_visible_to(person)) == []


def test_notes_leave_no_line_and_tell_nobody(pair):
    before = Event.objects.count()
    written = note(pair.mentorship, pair.mentee)
    edit_note(note=written, text="Better.", by=pair.mentee, now=NOW + MINUTE)
    delete_note(note=written, by=pair.mentee, now=NOW + MINUTE)
    undo_note(note=Note.objects.get(), by=pair.mentee, now=NOW + MINUTE)
    delete_note(note=written, by=pair.mentee, now=NOW + MINUTE)
    forget_notes(now=NOW + DAY)

    assert Event.objects.count() == before
    assert pair.mentor.notices.count() == 0


def test_the_newest_note_comes_first_and_a_change_is_dated(pair):
    first = note(pair.mentorship, pair.mentee, "One.")
    note(pair.mentorship, pair.mentee, "Two.", now=NOW + DAY)

    edit_note(note=first, text=" One and a half. ", by=pair.mentee, now=NOW + 2 * DAY)

    assert texts(pair.mentee, pair.mentorship) == ["Two.", "One and a half."]
    stored = Note.objects.get(pk=first.pk)
    assert (stored.written_at, stored.edited_at) == (NOW, NOW + 2 * DAY)


def test_the_same_page_sent_twice_is_one_note(pair):
    token = uuid4()
    first = note(pair.mentorship, pair.mentee, "Once.", token=token)

    assert note(pair.mentorship, pair.mentee, "Once.", token=token) == first
    assert texts(pair.mentee, pair.mentorship) == ["Once."]


@pytest.mark.parametrize("text", [" ", "x" * (rules.NOTE_LENGTH + 1)])
def test_nothing_and_too_much_are_refused(pair, text):
    with pytest.raises(NotPossibleNow, match=r"nothing in it|Keep it to 10000"):
        note(pair.mentorship, pair.mentee, text)
    written = note(pair.mentorship, pair.mentee, "Enough.")
    with pytest.raises(NotPossibleNow, match=r"nothing in it|Keep it to 10000"):
        edit_note(note=written, text=text, by=pair.mentee, now=NOW)

    assert texts(pair.mentee, pair.mentorship) == ["Enough."]


def test_nobody_but_a_member_keeps_notes(pair):
    with pytest.raises(NotAllowed, match="not yours"):
        note(pair.mentorship, UserFactory())


ON_ONES_OWN = {
    "edit": lambda note, by: edit_note(note=note, text="Ha.", by=by, now=NOW),
    "delete": lambda note, by: delete_note(note=note, by=by, now=NOW),
    "undo": lambda note, by: undo_note(note=note, by=by, now=NOW),
}


@pytest.mark.parametrize("act", ON_ONES_OWN.values(), ids=ON_ONES_OWN)
def test_nobody_touches_the_note_of_another(pair, act):
    written = note(pair.mentorship, pair.mentee, "Mine.")

    with pytest.raises(NotAllowed, match="not yours"):
        act(written, pair.mentor)

    assert texts(pair.mentee, pair.mentorship) == ["Mine."]


@pytest.mark.parametrize("rest", [pause_mentorship, stop_contact, end_mentorship])
def test_notes_can_be_kept_whatever_becomes_of_the_mentorship(pair, rest):
    note(pair.mentorship, pair.mentee, "Before.")
    rest(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    finish_endings(now=NOW + 2 * HOUR)

    note(pair.fresh(), pair.mentee, "After.", now=NOW + DAY)

    assert texts(pair.mentee, pair.mentorship) == ["After.", "Before."]


def test_who_left_a_circle_keeps_their_notes(circle):
    written = note(circle.mentorship, circle.ben, "Mine.")
    end_mentorship(mentorship=circle.mentorship, by=circle.ben, now=NOW)
    finish_endings(now=NOW + 2 * HOUR)

    edit_note(note=written, text="Still mine.", by=circle.ben, now=NOW + DAY)

    assert [each.text for each in queries.notes_visible_to(circle.ben)] == ["Still mine."]
    with pytest.raises(NotAllowed):
        note(circle.mentorship, circle.ben, "One more.", now=NOW + DAY)


# --- Deleting -----------------------------------------------------------------------------


def test_a_deleted_note_can_be_brought_back_for_an_hour(pair):
    written = note(pair.mentorship, pair.mentee, "Back again.")
    delete_note(note=written, by=pair.mentee, now=NOW)
    assert texts(pair.mentee, pair.mentorship) == []

    deleted = Note.objects.get(pk=written.pk)
    undo_note(note=deleted, by=pair.mentee, now=NOW + HOUR - MINUTE)

    assert texts(pair.mentee, pair.mentorship) == ["Back again."]


def test_deleting_again_does_not_begin_the_hour_anew(pair):
    written = note(pair.mentorship, pair.mentee)
    delete_note(note=written, by=pair.mentee, now=NOW)
    delete_note(note=written, by=pair.mentee, now=NOW + 30 * MINUTE)

    with pytest.raises(NotPossibleNow, match="The hour is over"):
        undo_note(note=Note.objects.get(pk=written.pk), by=pair.mentee, now=NOW + HOUR)


def test_what_is_not_deleted_cannot_be_brought_back(pair):
    written = note(pair.mentorship, pair.mentee)

    with pytest.raises(NotPossibleNow, match="nothing to undo"):
        undo_note(note=written, by=pair.mentee, now=NOW)


def test_a_note_that_was_brought_back_meanwhile_is_looked_at_again(pair):
    written = note(pair.mentorship, pair.mentee)
    delete_note(note=written, by=pair.mentee, now=NOW)
    seen = Note.objects.get(pk=written.pk)
    undo_note(note=Note.objects.get(pk=written.pk), by=pair.mentee, now=NOW)

    with pytest.raises(NotPossibleNow, match="just changed"):
        undo_note(note=seen, by=pair.mentee, now=NOW)


def test_a_deleted_note_cannot_be_changed(pair):
    written = note(pair.mentorship, pair.mentee)
    delete_note(note=written, by=pair.mentee, now=NOW)

    with pytest.raises(NotPossibleNow, match="just changed"):
        edit_note(note=written, text="No.", by=pair.mentee, now=NOW)


def test_after_the_hour_the_row_itself_is_gone(pair):
    kept, deleted = note(pair.mentorship, pair.mentee, "Kept."), note(pair.mentorship, pair.mentee)
    delete_note(note=deleted, by=pair.mentee, now=NOW)

    assert forget_notes(now=NOW + HOUR - MINUTE) == 0
    assert forget_notes(now=NOW + HOUR) == 1
    assert list(Note.objects.all()) == [kept]


def test_forgetting_is_a_duty_of_the_clockwork(db):
    assert "mentorwell.messages.services.forget_notes" in run_due_duties(now=NOW)
