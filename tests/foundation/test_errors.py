from mentorwell.foundation.errors import where


def test_where_tells_class_and_place_and_never_the_message():
    try:
        int("These words were written by somebody.")
    except ValueError as error:
        told = where(error)

    first, place = told.splitlines()
    assert first == "builtins.ValueError"
    assert place.endswith("in test_where_tells_class_and_place_and_never_the_message")
    assert "written by somebody" not in told
