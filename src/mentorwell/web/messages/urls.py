"""Addresses of messages and notes."""

from django.urls import URLPattern, path

from mentorwell.web.messages.views import notes, thread


app_name = "messages"

urlpatterns: list[URLPattern] = [
    path("mentorships/<uuid:uid>/messages/", thread.thread_show, name="thread-show"),
    path("mentorships/<uuid:uid>/messages/read/", thread.thread_read, name="thread-read"),
    path("messages/<uuid:uid>/", thread.message_edit, name="message-edit"),
    path("messages/<uuid:uid>/take-back/", thread.message_take_back, name="message-take-back"),
    path("mentorships/<uuid:uid>/notes/", notes.note_list, name="note-list"),
    path("notes/", notes.note_find, name="note-find"),
    path("notes/<uuid:uid>/", notes.note_edit, name="note-edit"),
    path("notes/<uuid:uid>/delete/", notes.note_delete, name="note-delete"),
    path("notes/<uuid:uid>/undo/", notes.note_undo, name="note-undo"),
]
