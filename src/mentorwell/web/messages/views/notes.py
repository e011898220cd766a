"""Notes for oneself."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.foundation.patients import can_be_changed_at
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.queries import mentorships_visible_to
from mentorwell.messages import queries, rules, services
from mentorwell.messages.models import Note
from mentorwell.web.me.access import kept_draft, sent
from mentorwell.web.mentorships.pairs import pair_of
from mentorwell.web.messages.access import PAGE, left_over, page, pair_or_404
from mentorwell.web.messages.forms import NoteEditForm, NoteForm


ON_A_PAGE = 30


@login_required
@require_http_methods(PAGE)
def note_list(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One's notes on a mentorship, the newest first, and a box for the next."""
    pair = pair_or_404(request, uid)
    key = queries.note_key(pair.mentorship)
    if answer := kept_draft(request, key):
        return answer
    form = NoteForm(sent(request), initial={"text": left_over(request, pair.me, key)})
    if form.is_valid():
        note = services.write_note(
            mentorship=pair.mentorship, **form.cleaned_data, by=request.user, now=clock.now()
        )
        can_be_changed_at(request, reverse("messages:note-edit", args=[note.uid]))
        messages.success(request, "Kept, for you alone.")
        return redirect("messages:note-list", uid=uid)
    notes = queries.notes_of(request.user, pair.mentorship)
    return page(
        request,
        "note_list",
        pair=pair,
        mentorship=pair.mentorship,
        form=form,
        shown=Paginator(notes, ON_A_PAGE).get_page(request.GET.get("page")),
    )


@login_required
@require_safe
def note_find(request: SignedInRequest) -> HttpResponse:
    """All of one's notes, those on mentorships that one has left among them."""
    notes = queries.notes_visible_to(request.user).filter(deleted_at=None)
    return page(
        request,
        "note_find",
        shown=Paginator(notes, ON_A_PAGE).get_page(request.GET.get("page")),
        titles=_titles(request),
    )


def _titles(request: SignedInRequest) -> dict[int, str]:
    """Return what one's mentorships are called; one that was left has no name any more."""
    visible = mentorships_visible_to(request.user)
    return {each.pk: pair_of(each, request.user).title for each in visible}


@login_required
@require_http_methods(PAGE)
def note_edit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Read, change or delete one note; one that was just deleted can be brought back here."""
    note = _note(request, uid)
    mentorship = _mentorship(request, note)
    if request.method == "POST":
        form = NoteEditForm(request.POST)
        if form.is_valid():
            services.edit_note(note=note, **form.cleaned_data, by=request.user, now=clock.now())
            messages.success(request, "Kept, for you alone.")
            return _to_notes(mentorship)
    else:
        form = NoteEditForm(initial={"text": note.text})
    return page(
        request,
        "note_edit",
        note=note,
        mentorship=mentorship,
        form=form,
        until=note.deleted_at + rules.CHANGE_TIME if note.deleted_at else None,
    )


@login_required
@require_POST
def note_delete(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Delete a note, with an hour to think again."""
    services.delete_note(note=_note(request, uid), by=request.user, now=clock.now())
    return redirect("messages:note-edit", uid=uid)


@login_required
@require_POST
def note_undo(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Bring a deleted note back."""
    note = _note(request, uid)
    services.undo_note(note=note, by=request.user, now=clock.now())
    messages.success(request, "It is back.")
    return _to_notes(_mentorship(request, note))


def _note(request: SignedInRequest, uid: UUID) -> Note:
    return get_object_or_404(queries.notes_visible_to(request.user), uid=uid)


def _mentorship(request: SignedInRequest, note: Note) -> Mentorship | None:
    """Return the note's mentorship if its author still sees it."""
    visible = mentorships_visible_to(request.user)
    return visible.filter(pk=note.membership.mentorship_id).first()


def _to_notes(mentorship: Mentorship | None) -> HttpResponse:
    if mentorship is None:
        return redirect("messages:note-find")
    return redirect("messages:note-list", uid=mentorship.uid)
