"""May these two be paired? One answer on every path, whoever asks and however."""

from datetime import date, timedelta
from itertools import product

import pytest

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.people import queries, rules, services
from mentorwell.people.enums import ExclusionReason, LinkKind, Part, Relation
from mentorwell.people.models import EvaluationLink
from mentorwell.programmes.roles import Role
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    ExclusionFactory,
    LinkOverrideFactory,
    MenteeFactory,
    MentorFactory,
    ParticipationFactory,
)
from tests.factories.programmes import (
    OfficeRoleFactory,
    OrganisationFactory,
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
        "bars of the mentee": not of_mentee.block(
            person_id=mentor.person_id, participation_id=mentor.pk
        ),
        "bars of the mentor": not of_mentor.block(
            person_id=mentee.person_id, participation_id=mentee.pk
        ),
        "page by its address": queries.mentors_visible_to(mentee.person, now=NOW)
        .filter(pk=mentor.pk)
        .exists(),
    }


@pytest.mark.parametrize("mentor_evaluates", [True, False], ids=["mentor evaluates", "mentee"])
@pytest.mark.parametrize(("evaluator", "evaluated"), list(product(EVALUATORS, EVALUATED)))
@pytest.mark.parametrize("kind", LinkKind)
def test_links_bar_a_pair_on_every_path_alike(
    *, kind, evaluator, evaluated, mentor_evaluates, mentee, mentor
):
    """Whenever the link holds, and whether or not it is lifted for these two."""
    one, other = (mentor, mentee) if mentor_evaluates else (mentee, mentor)
    link = EvaluationLinkFactory(
        organisation=mentee.programme.organisation,
        kind=kind,
        **side_of_evaluator(evaluator, one),
        **side_of_evaluated(evaluated, other),
    )
    # An office member who evaluates somebody still opens a mentor's page by their office role.
    sees_anyway = evaluator == "role" and not mentor_evaluates
    for lifted in (False, True):
        if lifted:
            LinkOverrideFactory(link=link, mentee=mentee, mentor=mentor, approved=True)
        for days, (start, end, holds) in DATES.items():
            EvaluationLink.objects.update(start_date=start, end_date=end)
            answers = every_path(mentee, mentor)
            if sees_anyway:
                del answers["page by its address"]
            allowed = kind == LinkKind.DISCLOSE or not holds or lifted
            assert set(answers.values()) == {allowed}, (days, lifted)
            told, hidden = told_and_hidden(mentee, mentor)
            shown = holds and (kind == LinkKind.DISCLOSE or lifted)
            assert told == ([(link.uid, mentor_evaluates)] if shown else []), (days, lifted)
            assert hidden == (
                holds and (not lifted if kind == LinkKind.NEVER else mentor_evaluates)
            ), (days, lifted)


def told_and_hidden(mentee, mentor):
    """What the mentee is told of links, and whether the list leaves the mentor out."""
    bars = queries.pairing_bars(mentee, on_date=TODAY)
    other = {"person_id": mentor.person_id, "participation_id": mentor.pk}
    told = [(one.uid, one.other_evaluates) for one in bars.disclosed(**other)]
    return told, bars.hide(**other)


PRIVATE_REASONS = {
    "the mentee excludes": lambda mentee, mentor: ExclusionFactory(
        person=mentee.person, other=mentor.person
    ),
    "the mentor excludes": lambda mentee, mentor: ExclusionFactory(
        person=mentor.person, other=mentee.person
    ),
    "evaluates me": lambda mentee, mentor: ExclusionFactory(
        person=mentee.person, other=mentor.person, reason=ExclusionReason.EVALUATES_ME
    ),
    "a never link": lambda mentee, mentor: EvaluationLinkFactory(
        organisation=mentee.programme.organisation,
        evaluator_person=mentor.person,
        evaluated_person=mentee.person,
    ),
    "the mentor paused": lambda _, mentor: set_state(mentor, ParticipationState.PAUSED),
    "the mentor left": lambda _, mentor: set_state(mentor, ParticipationState.LEFT),
    "the mentee paused": lambda mentee, _: set_state(mentee, ParticipationState.PAUSED),
}


def set_state(participation, state):
    participation.state = state
    participation.save()


@pytest.mark.parametrize("reason", PRIVATE_REASONS)
def test_private_refusals_share_one_sentence(reason, mentee, mentor):
    PRIVATE_REASONS[reason](mentee, mentor)

    with pytest.raises(NotPossibleNow) as refused:
        rules.check_can_pair(mentee, mentor, on_date=TODAY)

    assert str(refused.value) == "This pairing is not possible at the moment."
    assert not any(every_path(mentee, mentor)[path] for path in ("rule",))


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_an_exclusion_of_either_side_bars_on_every_path(who, mentee, mentor):
    one, other = (mentee, mentor) if who == "mentee" else (mentor, mentee)
    ExclusionFactory(person=one.person, other=other.person)

    assert set(every_path(mentee, mentor).values()) == {False}


def both_parts_of_one_person(programme):
    mentee = MenteeFactory(programme=programme)
    return mentee, MentorFactory(programme=programme, person=mentee.person)


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (lambda p: (MentorFactory(programme=p), MentorFactory(programme=p)), "A pair is a mentee"),
        (lambda p: (MenteeFactory(programme=p), MenteeFactory(programme=p)), "A pair is a mentee"),
        (lambda p: (MenteeFactory(programme=p), MentorFactory()), "not in the same programme"),
        (both_parts_of_one_person, "their own mentor"),
    ],
    ids=["two mentors", "two mentees", "two programmes", "one person"],
)
def test_check_can_pair_refuses_what_could_never_be_a_pair(pair, sentence, programme):
    one, other = pair(programme)

    with pytest.raises(NotAllowed, match=sentence):
        rules.check_can_pair(one, other, on_date=TODAY)


def test_an_advisor_is_barred_as_a_mentor_is(mentee):
    advisor = ParticipationFactory(programme=mentee.programme, part=Part.ADVISOR)
    assert rules.can_pair(mentee, advisor, on_date=TODAY)

    ExclusionFactory(person=mentee.person, other=advisor.person)
    assert not rules.can_pair(mentee, advisor, on_date=TODAY)


@pytest.mark.parametrize(
    ("given", "ended", "holds"),
    [(0, None, True), (-5, None, True), (-5, 0, False)],
    ids=["from today", "for days", "ended today"],
)
def test_a_link_of_a_role_reaches_who_holds_it_now(given, ended, holds, mentee, mentor):
    EvaluationLinkFactory(
        organisation=mentee.programme.organisation,
        evaluator_role=Role.DIRECTOR,
        evaluated_programme=mentee.programme,
    )
    OfficeRoleFactory(
        programme=mentee.programme,
        person=mentor.person,
        role=Role.DIRECTOR,
        given_at=NOW + timedelta(days=given),
        ended_at=None if ended is None else NOW + timedelta(days=ended),
    )

    assert rules.can_pair(mentee, mentor, on_date=TODAY) is not holds


def test_a_link_of_a_role_does_not_reach_another_role_or_programme(mentee, mentor):
    programme = mentee.programme
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_role=Role.DIRECTOR,
        evaluated_person=mentee.person,
    )
    OfficeRoleFactory(programme=programme, person=mentor.person, role=Role.COORDINATOR)
    elsewhere = ProgrammeFactory(organisation=programme.organisation)
    OfficeRoleFactory(programme=elsewhere, person=mentor.person, role=Role.DIRECTOR)

    assert rules.can_pair(mentee, mentor, on_date=TODAY)
    assert queries.people_evaluated_by(mentor.person_id, on_date=TODAY) == frozenset()


def test_a_link_of_a_role_stays_within_its_organisation(mentee, mentor):
    EvaluationLinkFactory(
        organisation=OrganisationFactory(),
        evaluator_role=Role.DIRECTOR,
        evaluated_person=mentee.person,
    )
    OfficeRoleFactory(programme=mentee.programme, person=mentor.person, role=Role.DIRECTOR)

    assert rules.can_pair(mentee, mentor, on_date=TODAY)


def test_a_link_of_a_programme_does_not_reach_who_has_left_it(mentor):
    gone = MenteeFactory(programme=mentor.programme, state=ParticipationState.LEFT)
    stays = MenteeFactory(programme=mentor.programme)
    EvaluationLinkFactory(
        organisation=mentor.programme.organisation,
        evaluator_person=mentor.person,
        evaluated_programme=mentor.programme,
    )

    assert queries.people_evaluated_by(mentor.person_id, on_date=TODAY) == {stays.person_id}
    assert gone.person_id not in queries.known_links(mentor.person_id, on_date=TODAY)


def test_people_without_a_unit_share_none(mentee, mentor):
    unit = UnitFactory(site__organisation=mentee.programme.organisation)
    EvaluationLinkFactory(
        organisation=mentee.programme.organisation,
        evaluator_unit=unit,
        evaluated_programme=mentee.programme,
    )

    assert rules.can_pair(mentee, mentor, on_date=TODAY)


def test_a_pair_stays_barred_until_each_never_link_is_lifted(mentee, mentor):
    links = [
        EvaluationLinkFactory(
            organisation=mentee.programme.organisation,
            evaluator_person=mentor.person,
            evaluated_person=mentee.person,
            relation=relation,
        )
        for relation in (Relation.PRECEPTOR, Relation.LINE_MANAGER)
    ]
    LinkOverrideFactory(link=links[0], mentee=mentee, mentor=mentor, approved=True)
    assert not rules.can_pair(mentee, mentor, on_date=TODAY)

    LinkOverrideFactory(link=links[1], mentee=mentee, mentor=mentor, approved=True)
    assert rules.can_pair(mentee, mentor, on_date=TODAY)


@pytest.mark.parametrize("approved", [False, True])
def test_a_lifted_link_holds_for_that_pair_and_that_programme_alone(approved, mentee, mentor):
    link = EvaluationLinkFactory(
        organisation=mentee.programme.organisation,
        evaluator_person=mentor.person,
        evaluated_programme=mentee.programme,
    )
    LinkOverrideFactory(link=link, mentee=mentee, mentor=mentor, approved=approved)
    another = MenteeFactory(programme=mentee.programme)

    assert rules.can_pair(mentee, mentor, on_date=TODAY) is approved
    assert not rules.can_pair(another, mentor, on_date=TODAY)


def test_showing_evaluators_lists_them_and_hiding_does_not_bar_them(mentee, mentor):
    EvaluationLinkFactory(
        organisation=mentee.programme.organisation,
        kind=LinkKind.DISCLOSE,
        relation=Relation.ROTATION,
        evaluator_person=mentor.person,
        evaluated_person=mentee.person,
    )
    them = {"person_id": mentor.person_id, "participation_id": mentor.pk}
    assert queries.pairing_bars(mentee, on_date=TODAY).hide(**them)

    services.hide_evaluators(hide=False, by=mentee.person, now=NOW)

    bars = queries.pairing_bars(mentee, on_date=TODAY)
    assert not bars.hide(**them)
    assert bars.touched == {mentor.person_id}
    assert rules.can_pair(mentee, mentor, on_date=TODAY)


def test_bars_cost_the_same_however_many_links_there_are(mentee, mentor, django_assert_num_queries):
    programme = mentee.programme

    def link_all_ways():
        for evaluator, evaluated in product(EVALUATORS, EVALUATED):
            one = MentorFactory(programme=programme)
            EvaluationLinkFactory(
                organisation=programme.organisation,
                **side_of_evaluator(evaluator, one),
                **side_of_evaluated(evaluated, mentee),
            )

    link_all_ways()
    with django_assert_num_queries(10):
        queries.pairing_bars(mentee, on_date=TODAY)
    link_all_ways()
    with django_assert_num_queries(10):
        queries.pairing_bars(mentee, on_date=TODAY)


def test_cards_say_when_the_office_last_checked(mentee):
    assert queries.pairing_bars(mentee, on_date=TODAY).checked_date is None
    office = OfficeRoleFactory(programme=mentee.programme).person

    services.note_links_checked(programme=mentee.programme, by=office, now=NOW)

    assert queries.pairing_bars(mentee, on_date=TODAY).checked_date == TODAY
