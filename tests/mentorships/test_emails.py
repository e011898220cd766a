"""What members are told: names and kinds of events, and only what is still true."""

from datetime import timedelta

import pytest

from mentorwell.mentorships import emails
from mentorwell.mentorships.services import end_mentorship, finish_endings
from mentorwell.notices.emails import Told
from mentorwell.notices.emails.kinds import KINDS
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW


OURS = sorted(kind for kind in KINDS if kind.startswith("mentorships."))
OF_MEMBERS = sorted(set(OURS) - {emails.CALL_WANTED})


def render(kind, pair, person):
    ids = {"mentorship": str(pair.mentorship.uid), "about": str(pair.mentorship.uid)}
    return KINDS[kind].renderer(Told(ids=ids, language="en", person=person, now=NOW))


def test_every_kind_of_this_app_is_registered():
    assert (
        sorted(
            {
                emails.ANSWERS_WANTED,
                emails.ANSWERS_OPEN,
                emails.AGREEMENT_PROPOSED,
                emails.AGREEMENT_AGREED,
                emails.AGREEMENT_DUE,
                emails.AGREEMENT_REVIEW,
                emails.ENDED,
                emails.ENDED_SILENTLY,
                emails.MEMBER_LEFT,
                emails.PAUSED,
                emails.RESUMED,
                emails.SILENCE_ASKED,
                emails.LINK_ASKED,
                emails.CALL_WANTED,
            }
        )
        == OURS
    )


@pytest.mark.parametrize("kind", OF_MEMBERS)
def test_nobody_but_members_is_told_anything(pair, kind):
    assert render(kind, pair, UserFactory()) is None
    assert render(kind, pair, None) is None


@pytest.mark.parametrize("kind", OF_MEMBERS)
def test_a_line_on_the_page_needs_no_query_and_leads_to_the_mentorship(
    pair, kind, django_assert_num_queries
):
    with django_assert_num_queries(0):
        line = KINDS[kind].line({"mentorship": str(pair.mentorship.uid)})
    assert line.path.startswith(f"/mentorships/{pair.mentorship.uid}/")
    assert line.text.endswith((".", "?"))


def test_a_call_wanted_leads_nowhere():
    assert KINDS[emails.CALL_WANTED].line({}).path == "/"


def test_no_mail_of_mentorships_is_a_calendar_mail():
    assert not any(KINDS[kind].calendar for kind in OURS)


@pytest.mark.parametrize(
    "kind", [emails.PAUSED, emails.ENDED, emails.SILENCE_ASKED, emails.LINK_ASKED]
)
def test_what_is_not_true_is_not_said(pair, kind):
    assert render(kind, pair, pair.mentee) is None


def test_what_runs_is_not_called_ended_nor_the_ended_running(pair):
    assert render(emails.RESUMED, pair, pair.mentee) is not None
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    finish_endings(now=NOW + timedelta(hours=1))
    assert render(emails.RESUMED, pair, pair.mentee) is None
    assert render(emails.ENDED, pair, pair.mentee) is not None


def test_the_line_of_a_page_is_told_apart_from_other_pairs(pair):
    other = Pair()
    lines = {
        KINDS[emails.ENDED].line({"mentorship": str(each.mentorship.uid)}).path
        for each in (pair, other)
    }
    assert len(lines) == 2
