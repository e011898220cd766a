"""What happened, and when we write, as people see it."""

import pytest
from django.urls import reverse

from mentorwell.notices.emails import KINDS, Line, register
from tests.browser.looking import assert_clean, shot
from tests.factories.accounts import UserFactory
from tests.factories.notices import tell_something


SENTENCES = (
    "An invitation has come for you.",
    "Six months with Jonas: time to look again.",
    "Your meeting on Tuesday is set.",
)


@pytest.fixture
def told(sign_in):
    """Somebody to whom three things happened, one of them seen."""
    ada = UserFactory(name="Dr. Ada Obi")
    register(
        "test.thing.happened",
        lambda _told: None,
        line=lambda ids: Line(SENTENCES[ids["thing"]], "/"),
    )
    notices = [tell_something(ada, ids={"thing": number}) for number in range(3)]
    type(notices[0]).objects.filter(pk=notices[0].pk).update(seen_at=notices[0].told_at)
    yield sign_in(ada)
    del KINDS["test.thing.happened"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("notice-list", "I have seen it all"), ("mail-choose", "One mail a week")],
)
def test_the_pages_are_clean_in_every_width_and_theme(told, live_server, name, words):
    told.goto(f"{live_server.url}{reverse(f'notices:{name}')}")

    assert told.get_by_text(words).is_visible()
    assert_clean(told)
    for width in (360, 1280):
        for theme in ("light", "dark"):
            shot(told, f"{name}-{width}-{theme}", width=width, theme=theme)


def test_quiet_is_shown_as_such(sign_in, live_server):
    page = sign_in(UserFactory())
    page.goto(f"{live_server.url}{reverse('notices:notice-list')}")

    assert page.get_by_text("All is quiet").is_visible()
    assert_clean(page)
