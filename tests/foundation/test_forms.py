import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.foundation.forms import (
    DayInput,
    MomentInput,
    OrderedChoiceField,
    OrderedPicker,
    SliderField,
    TimeOfDayInput,
    moved,
)


DECK = [("a", "Ann"), ("b", "Bo"), ("c", "Cy"), ("d", "Di")]


class Values(forms.Form):
    values = OrderedChoiceField(choices=DECK, limit=3)


def posted(query: str) -> Values:
    return Values(QueryDict(query))


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ("values_up=c", ["a", "c", "b"]),
        ("values_up=a", ["a", "b", "c"]),
        ("values_down=a", ["b", "a", "c"]),
        ("values_down=c", ["a", "b", "c"]),
        ("values_remove=b", ["a", "c"]),
        ("values_add=d", ["a", "b", "c"]),
        ("values_up=d", ["a", "b", "c"]),
    ],
)
def test_picker_moves_by_its_buttons(pressed, order):
    form = posted(f"values=a&values=b&values=c&{pressed}")

    assert form["values"].data == order
    assert form.fields["values"].widget.was_moved(form.data, "values")


def test_picker_adds_while_there_is_room():
    assert posted("values=a&values_add=d")["values"].data == ["a", "d"]
    assert posted("values=a&values_add=a")["values"].data == ["a"]


def test_the_forms_own_button_is_no_move():
    form = posted("values=b&values=a")

    assert not form.fields["values"].widget.was_moved(form.data, "values")
    assert form.is_valid()
    assert form.cleaned_data["values"] == ["b", "a"]


@pytest.mark.parametrize(
    "query", ["values=a&values=a", "values=a&values=b&values=c&values=d", "values=z"]
)
def test_picker_refuses_twice_too_many_and_unknown(query):
    assert "values" in posted(query).errors


def test_picker_reads_plain_data_too():
    assert Values({"values": ["c", "a"]}).is_valid()


def test_picker_shows_the_order_and_what_is_left():
    widget = Values().fields["values"].widget

    shown = widget.get_context("values", ["c", "gone", "a"], {})["widget"]

    assert shown["chosen"] == [("c", "Cy"), ("a", "Ann")]
    assert shown["deck"] == [("b", "Bo"), ("d", "Di")]
    assert not shown["full"]
    assert widget.get_context("values", ["a", "b", "c"], {})["widget"]["full"]
    assert OrderedPicker().get_context("values", None, {})["widget"]["chosen"] == []


@given(
    chosen=st.lists(st.sampled_from("abcdef"), unique=True, max_size=5),
    move=st.sampled_from(["up", "down", "add", "remove"]),
    value=st.sampled_from("abcdef"),
)
def test_a_move_never_doubles_loses_or_overfills(chosen, move, value):
    after = moved(chosen, move, value, limit=5)

    assert len(set(after)) == len(after) <= 5
    if move in {"up", "down"}:
        assert sorted(after) == sorted(chosen)
    if move == "remove":
        assert after == [key for key in chosen if key != value]


class Style(forms.Form):
    planning = SliderField(low="Structure", high="Improvise", required=False)


def test_slider_cleans_to_a_number_or_nothing():
    for said, meant in [("-2", -2), ("0", 0), ("2", 2), ("", None)]:
        form = Style({"planning": said})
        assert form.is_valid()
        assert form.cleaned_data["planning"] == meant
    assert not Style({"planning": "3"}).is_valid()


def test_days_and_times_use_the_browsers_own_fields():
    assert DayInput().input_type == "date"
    assert MomentInput().input_type == "datetime-local"
    assert TimeOfDayInput().input_type == "time"
