"""What members write to each other and for themselves, cleaned."""

from typing import Any
from uuid import uuid4

from django import forms

from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.messages.rules import MESSAGE_LENGTH, NOTE_LENGTH, check_text


class WordsField(forms.CharField):
    """Several lines of plain text, up to a length that is said and never cut off in silence."""

    def __init__(self, *, most: int, rows: int, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)
        self.most = most

    def clean(self, value: Any) -> str:
        """Return the words, or say what is too much of them."""
        try:
            return check_text(super().clean(value), most=self.most)
        except NotPossibleNow as reason:
            raise forms.ValidationError(str(reason)) from None


class MessageForm(forms.Form):
    """A new message, with the token of the page it is written on."""

    text = WordsField(label="Write a message", most=MESSAGE_LENGTH, rows=3)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class MessageEditForm(forms.Form):
    """Other words for a message that is there."""

    text = WordsField(label="Your message", most=MESSAGE_LENGTH, rows=5)


class NoteForm(forms.Form):
    """A new note, with the token of the page it is written on."""

    text = WordsField(label="Write a note", most=NOTE_LENGTH, rows=3)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class NoteEditForm(forms.Form):
    """Other words for a note that is there."""

    text = WordsField(label="Your note", most=NOTE_LENGTH, rows=8)


class ReadForm(forms.Form):
    """Up to which message one has read."""

    up_to = forms.UUIDField()
