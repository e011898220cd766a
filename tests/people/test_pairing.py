"""May these two be paired? One answer on every path, whoever asks and however."""

from datetime import date, timedelta
from itertools import product

import pytest

from mentorwell.people import queries, rules
from mentorwell.people.enums import LinkKind
from mentorwell.programmes.roles import Role
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    LinkOverrideFactory,
    MenteeFactory,
    MentorFactory,
)
from tests.factories.programmes import (
    OfficeRoleFactory,
    ProgrammeFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db

TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

DATES = {
    "open": (YESTERDAY, None, True),
    "begins today": (TODAY, None, True),
    "ends today": (YESTERDAY, TODAY, True),
    "ended yesterday": (date(2029, 1, 1), YESTERDAY, False),
    "begins tomorrow": (TOMORROW, None, False),
}
EVALUATORS = ["person", "unit", "role"]
EVALUATED = ["person", "unit", "programme"]


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def mentee(programme):
    return MenteeFactory(programme=programme)


@pytest.fixture
def mentor(programme):
    return MentorFactory(programme=programme)


def belongs_to(participation, unit):
    profile = participation.person.profile
    profile.unit = unit
    profile.save()


def side_of_evaluator(how, participation):
    """Make the evaluator by person, by unit or by office role, and return the link's field."""
    programme = participation.programme
    if how == "person":
        return {"evaluator_person": participation.person}
    if how == "unit":
        unit = UnitFactory(site__organisation=programme.organisation)
        belongs_to(participation, unit)
        return {"evaluator_unit": unit}
    OfficeRoleFactory(programme=programme, person=participation.person, role=Role.DIRECTOR)
    return {"evaluator_role": Role.DIRECTOR}


def side_of_evaluated(how, participation):
    if how == "person":
        return {"evaluated_person": participation.person}
    if how == "unit":
        unit = UnitFactory(site__organisation=participation.programme.organisation)
        belongs_to(participation, unit)
        return {"evaluated_unit": unit}
    return {"evaluated_programme": participation.programme}


def every_path(mentee, mentor):
    """Ask on each path whether the two may be paired, and return the answers."""
    of_mentee = queries.pairing_bars(mentee, on_date=TODAY)
    of_mentor = queries.pairing_bars(mentor, on_date=TODAY)
    return {
        "rule": rules.can_pair(mentee, mentor, on_date=TODAY),
        "asking": rules.can_ask(mentee, mentor, on_date=TODAY),
        "bars of the mentee": not of_mentee.block(
            person_id=mentor.person_id, participation_id=mentor.pk
        ),
        "bars of the mentor": not of_mentor.block(
            person_id=mentee.person_id, participation_id=mentee.pk
        ),
        "page by its address": queries.mentors_visible_to(mentee.person, on_date=TODAY)
        .filter(pk=mentor.pk)
        .exists(),
    }


@pytest.mark.parametrize("overridden", [False, True], ids=["", "lifted"])
@pytest.mark.parametrize("days", DATES)
@pytest.mark.parametrize("mentor_evaluates", [True, False], ids=["mentor evaluates", "mentee"])
@pytest.mark.parametrize(("evaluator", "evaluated"), list(product(EVALUATORS, EVALUATED)))
@pytest.mark.parametrize("kind", LinkKind)
def test_links_bar_a_pair_on_every_path_alike(
    *, kind, evaluator, evaluated, mentor_evaluates, days, overridden, mentee, mentor
):
    one, other = (mentor, mentee) if mentor_evaluates else (mentee, mentor)
    start, end, holds = DATES[days]
    link = EvaluationLinkFactory(
        organisation=mentee.programme.organisation,
        kind=kind,
        start_date=start,
        end_date=end,
        **side_of_evaluator(evaluator, one),
        **side_of_evaluated(evaluated, other),
    )
    if overridden:
        LinkOverrideFactory(link=link, mentee=mentee, mentor=mentor, approved=True)

    # An office member who evaluates somebody still opens a mentor's page by their office role.
    answers = every_path(mentee, mentor)
    if evaluator == "role" and not mentor_evaluates:
        del answers["page by its address"]
    allowed = kind == LinkKind.DISCLOSE or not holds or overridden
    assert set(answers.values()) == {allowed}

    bars = queries.pairing_bars(mentee, on_date=TODAY)
    told = bars.disclosed(person_id=mentor.person_id, participation_id=mentor.pk)
    shown = holds and (kind == LinkKind.DISCLOSE or overridden)
    assert [(one.uid, one.other_evaluates) for one in told] == (
        [(link.uid, mentor_evaluates)] if shown else []
    )
    hidden = holds and (
        (kind == LinkKind.NEVER and not overridden)
        or (kind == LinkKind.DISCLOSE and mentor_evaluates)
    )
    assert bars.hide(person_id=mentor.person_id, participation_id=mentor.pk) == hidden
