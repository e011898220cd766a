"""Evaluation links: entering, ending, checking them, and lifting one for a pair."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import hooks
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.people import queries, rules, services
from mentorwell.people.enums import LinkKind, Part, Relation
from mentorwell.people.models import EvaluationLink, LinkCheck, LinkOverride, Profile
from mentorwell.people.services import Newcomer
from mentorwell.programmes.roles import Role
from mentorwell.programmes.services import give_role
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    LinkOverrideFactory,
    MenteeFactory,
    MentorFactory,
)
from tests.factories.programmes import (
    OfficeRoleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db

TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def office(programme):
    return OfficeRoleFactory(programme=programme).person


@pytest.fixture
def mentee(programme):
    return MenteeFactory(programme=programme)


@pytest.fixture
def mentor(programme):
    return MentorFactory(programme=programme)


@pytest.fixture
def heard(monkeypatch):
    """Collect the links that are announced."""
    events = []
    monkeypatch.setattr(hooks.evaluation_linked, "listeners", [events.append])
    return events


def add(programme, by, **told):
    asked = {
        "kind": LinkKind.NEVER,
        "relation": Relation.PRECEPTOR,
        "start_date": TODAY,
        "end_date": None,
        "now": NOW,
    }
    return services.add_evaluation_link(programme=programme, by=by, **{**asked, **told})


def colleague(programme):
    """Somebody of the programme's organisation who is no member of its office."""
    return MentorFactory(programme=programme).person


def sides(programme):
    unit = UnitFactory(site__organisation=programme.organisation)
    return [colleague(programme), unit, Role.DIRECTOR], [colleague(programme), unit, programme]


@pytest.mark.parametrize("evaluator", range(3))
@pytest.mark.parametrize("evaluated", range(3))
def test_a_link_is_entered_between_people_units_roles_and_programmes(
    evaluator, evaluated, programme, office, heard
):
    evaluators, evaluateds = sides(programme)
    one, other = evaluators[evaluator], evaluateds[evaluated]

    link = add(programme, office, evaluator=one, evaluated=other, end_date=TODAY + DAY)

    link.refresh_from_db()
    assert (link.evaluator_person or link.evaluator_unit or link.evaluator_role) == one
    assert (link.evaluated_person or link.evaluated_unit or link.evaluated_programme) == other
    assert (link.kind, link.relation, link.organisation) == (
        LinkKind.NEVER,
        Relation.PRECEPTOR,
        programme.organisation,
    )
    assert (link.start_date, link.end_date, link.checked_date) == (TODAY, TODAY + DAY, TODAY)
    assert heard == [hooks.EvaluationLinked(link.uid, office, NOW)]
    assert Event.objects.get().verb == "people.link.add"


def test_a_link_that_begins_later_is_announced_on_its_first_day(programme, office, heard):
    later = add(
        programme,
        office,
        evaluator=colleague(programme),
        evaluated=programme,
        start_date=TODAY + DAY,
    )
    services.announce_links_due(now=NOW)
    assert heard == []

    services.announce_links_due(now=NOW + DAY)
    services.announce_links_due(now=NOW + 2 * DAY)

    assert heard == [hooks.EvaluationLinked(later.uid, None, NOW + DAY)]


def test_the_command_line_may_enter_links(programme):
    assert add(programme, None, evaluator=colleague(programme), evaluated=programme).pk


def test_only_the_office_enters_links(programme, mentee):
    with pytest.raises(NotAllowed, match="Only the office"):
        add(programme, mentee.person, evaluator=mentee.person, evaluated=programme)


def refused_links(programme):
    person = colleague(programme)
    elsewhere = UnitFactory(site__organisation=OrganisationFactory())
    return {
        "oneself": ({"evaluator": person, "evaluated": person}, "evaluates themselves"),
        "unit elsewhere": ({"evaluator": elsewhere, "evaluated": person}, "another organisation"),
        "evaluated unit elsewhere": (
            {"evaluator": person, "evaluated": elsewhere},
            "another organisation",
        ),
        "another programme": (
            {"evaluator": person, "evaluated": ProgrammeFactory()},
            "the programme that it is about",
        ),
        "days": (
            {"evaluator": person, "evaluated": programme, "end_date": TODAY - DAY},
            "before the first",
        ),
    }


@pytest.mark.parametrize(
    "why", ["oneself", "unit elsewhere", "evaluated unit elsewhere", "another programme", "days"]
)
def test_add_evaluation_link_refuses(why, programme, office):
    told, sentence = refused_links(programme)[why]

    with pytest.raises(NotPossibleNow, match=sentence):
        add(programme, office, **told)

    assert not EvaluationLink.objects.exists()


def test_a_link_that_is_there_is_not_entered_twice(programme, office):
    told = {"evaluator": colleague(programme), "evaluated": programme}
    link = add(programme, office, **told)
    with pytest.raises(NotPossibleNow, match="known already"):
        add(programme, office, **told)

    services.end_evaluation_link(link=link, programme=programme, end_date=TODAY, by=office, now=NOW)
    add(programme, office, start_date=TODAY + DAY, **told)


def test_ending_a_link_frees_the_pair_from_the_next_day(programme, office, mentee, mentor):
    link = add(programme, office, evaluator=mentor.person, evaluated=mentee.person)

    services.end_evaluation_link(link=link, programme=programme, end_date=TODAY, by=office, now=NOW)

    assert not rules.can_pair(mentee, mentor, on_date=TODAY)
    assert rules.can_pair(mentee, mentor, on_date=TODAY + DAY)
    assert Event.objects.filter(verb="people.link.end").count() == 1


def test_end_evaluation_link_refuses(programme, office, mentee):
    link = EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=UserFactory(),
        evaluated_person=mentee.person,
    )

    def end(**told):
        asked = {"programme": programme, "end_date": TODAY, "by": office, "now": NOW}
        services.end_evaluation_link(link=link, **{**asked, **told})

    with pytest.raises(NotPossibleNow, match="before the first"):
        end(end_date=TODAY - DAY)
    with pytest.raises(NotAllowed, match="Only the office"):
        end(by=mentee.person)
    other = OfficeRoleFactory()
    with pytest.raises(NotPossibleNow, match="another organisation"):
        end(programme=other.programme, by=other.person)


def test_the_office_notes_that_it_checked_the_links(programme, office):
    services.note_links_checked(programme=programme, by=office, now=NOW)
    services.note_links_checked(programme=programme, by=office, now=NOW)
    services.note_links_checked(programme=programme, by=office, now=NOW + DAY)

    assert LinkCheck.objects.count() == 2
    assert queries.links_checked_date(programme.pk) == TODAY + DAY
    with pytest.raises(NotAllowed):
        services.note_links_checked(programme=programme, by=UserFactory(), now=NOW)


# --- Units --------------------------------------------------------------------------------


def place(person, unit, programme, by):
    services.place_in_unit(person=person, unit=unit, programme=programme, by=by, now=NOW)


def test_a_link_of_a_unit_reaches_who_joins_it_and_is_announced_again(
    programme, office, mentee, mentor, heard
):
    unit = UnitFactory(site__organisation=programme.organisation)
    link = add(programme, office, evaluator=unit, evaluated=mentee.person)
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_unit=unit,
        evaluated_person=mentee.person,
        start_date=TODAY + DAY,
    )
    heard.clear()

    place(mentor.person, unit, programme, office)

    assert not rules.can_pair(mentee, mentor, on_date=TODAY)
    assert heard == [hooks.EvaluationLinked(link.uid, office, NOW)]

    place(mentor.person, None, programme, office)
    assert rules.can_pair(mentee, mentor, on_date=TODAY)
    assert Profile.objects.get(person=mentor.person).unit is None


def test_a_link_of_a_role_is_announced_again_when_somebody_new_holds_it(programme, heard):
    director = OfficeRoleFactory(programme=programme, role=Role.DIRECTOR).person
    elsewhere = ProgrammeFactory()
    for where, role in (
        (programme, Role.DIRECTOR),
        (programme, Role.LEADER),
        (elsewhere, Role.DIRECTOR),
    ):
        EvaluationLinkFactory(
            organisation=where.organisation, evaluator_role=role, evaluated_programme=where
        )
    link = EvaluationLink.objects.get(
        evaluator_role=Role.DIRECTOR, organisation=programme.organisation
    )
    told = {"programme": programme, "role": Role.DIRECTOR, "by": director, "now": NOW}
    newcomer = UserFactory()

    give_role(person=newcomer, **told)
    give_role(person=newcomer, **told)

    assert heard == [hooks.EvaluationLinked(link.uid, director, NOW)]


def test_nobody_ends_a_link_that_is_about_themselves_or_says_where_they_belong(
    programme, office, mentee
):
    unit = UnitFactory(site__organisation=programme.organisation)
    ends = {"programme": programme, "end_date": TODAY, "now": NOW}
    MentorFactory(programme=programme, person=office)
    links = [
        add(programme, office, evaluator=office, evaluated=mentee.person),
        add(programme, office, evaluator=mentee.person, evaluated=office),
        add(programme, office, evaluator=unit, evaluated=mentee.person),
    ]
    other = OfficeRoleFactory(programme=programme).person
    with pytest.raises(NotAllowed, match="where you belong"):
        place(office, unit, programme, office)
    place(office, unit, programme, other)

    for link in links:
        with pytest.raises(NotAllowed, match="about you"):
            services.end_evaluation_link(link=link, by=office, **ends)
        services.end_evaluation_link(link=link, by=other, **ends)
        link.refresh_from_db()
        assert link.end_date == TODAY


@pytest.mark.parametrize("side", ["evaluator", "evaluated"])
def test_a_link_names_nobody_of_another_organisation(programme, office, mentee, side):
    sides = {"evaluator": mentee.person, "evaluated": mentee.person, side: MentorFactory().person}
    with pytest.raises(NotPossibleNow, match="does not belong to this organisation"):
        add(programme, office, **sides)
    assert not EvaluationLink.objects.exists()


def test_place_in_unit_refuses(programme, office, mentee):
    unit = UnitFactory(site__organisation=programme.organisation)

    with pytest.raises(NotAllowed, match="Only the office"):
        place(mentee.person, unit, programme, mentee.person)
    with pytest.raises(NotPossibleNow, match="not in the programme"):
        place(UserFactory(), unit, programme, office)
    with pytest.raises(NotPossibleNow, match="another organisation"):
        place(mentee.person, UnitFactory(), programme, office)


# --- Lifting a link for a pair ------------------------------------------------------------


@pytest.fixture
def link(programme, mentee, mentor):
    return EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=mentor.person,
        evaluated_person=mentee.person,
    )


def ask(link, mentee, mentor, by):
    return services.ask_override(link=link, mentee=mentee, mentor=mentor, by=by, now=NOW)


def approve(override, by):
    services.approve_override(override=override, by=by, now=NOW)


def test_a_second_person_lifts_a_link_for_the_pair(programme, office, link, mentee, mentor):
    override = ask(link, mentee, mentor, office)
    assert not rules.can_pair(mentee, mentor, on_date=TODAY)
    second = OfficeRoleFactory(programme=programme).person

    approve(override, second)

    override.refresh_from_db()
    assert (override.asked_by, override.approved_by, override.approved_at) == (office, second, NOW)
    assert rules.can_pair(mentee, mentor, on_date=TODAY)
    with pytest.raises(NotPossibleNow, match="approved already"):
        approve(override, second)
    assert Event.objects.filter(verb__startswith="people.override").count() == 2


def test_a_private_wish_is_stronger_than_a_lifted_link(programme, office, link, mentee, mentor):
    override = ask(link, mentee, mentor, office)
    approve(override, OfficeRoleFactory(programme=programme).person)

    services.exclude_person(other=mentor.person, by=mentee.person, now=NOW)

    assert not rules.can_pair(mentee, mentor, on_date=TODAY)


def involved(programme, mentee, mentor, office):
    return {
        "the asker": office,
        "the mentee": mentee.person,
        "the mentor": mentor.person,
        "who evaluates one of them": evaluating(mentee),
    }


def evaluating(mentee):
    person = UserFactory()
    EvaluationLinkFactory(
        organisation=mentee.programme.organisation,
        kind=LinkKind.DISCLOSE,
        evaluator_person=person,
        evaluated_person=mentee.person,
    )
    return person


@pytest.mark.parametrize(
    "who", ["the asker", "the mentee", "the mentor", "who evaluates one of them"]
)
def test_nobody_involved_lifts_a_link(*, who, programme, office, link, mentee, mentor):
    override = ask(link, mentee, mentor, office)
    person = involved(programme, mentee, mentor, office)[who]
    if person != office:
        OfficeRoleFactory(programme=programme, person=person)

    with pytest.raises(NotAllowed, match="not involved"):
        approve(override, person)

    override.refresh_from_db()
    assert override.approved_at is None


def test_only_the_office_asks_and_approves(office, link, mentee, mentor):
    with pytest.raises(NotAllowed, match="Only the office"):
        ask(link, mentee, mentor, UserFactory())
    override = ask(link, mentee, mentor, office)
    with pytest.raises(NotAllowed, match="Only the office"):
        approve(override, UserFactory())


def test_approving_twice_at_once_counts_once(programme, office, link, mentee, mentor):
    override = ask(link, mentee, mentor, office)
    stale = LinkOverride.objects.get(pk=override.pk)
    first, second = (OfficeRoleFactory(programme=programme).person for _ in range(2))
    approve(override, first)

    with pytest.raises(NotPossibleNow, match="approved already"):
        approve(stale, second)

    override.refresh_from_db()
    assert override.approved_by == first


def test_ask_override_refuses_what_does_not_stand_between_the_two(
    programme, office, link, mentee, mentor
):
    another = MentorFactory(programme=programme)
    elsewhere = MentorFactory(person=mentor.person)
    shown = EvaluationLinkFactory(
        organisation=programme.organisation,
        kind=LinkKind.DISCLOSE,
        evaluator_person=mentor.person,
        evaluated_person=mentee.person,
    )
    for wrong_link, wrong_mentor in ((link, another), (link, elsewhere), (shown, mentor)):
        with pytest.raises(NotPossibleNow, match="does not stand between"):
            ask(wrong_link, mentee, wrong_mentor, office)


def test_one_asks_once(office, link, mentee, mentor):
    ask(link, mentee, mentor, office)

    with pytest.raises(NotPossibleNow, match="asked for already"):
        ask(link, mentee, mentor, office)


# --- What the office sees -----------------------------------------------------------------


def test_links_are_seen_by_the_offices_of_their_organisation(programme, office, link):
    elsewhere = OfficeRoleFactory().person
    leader = OfficeRoleFactory(programme=programme, role=Role.LEADER).person

    assert list(queries.links_visible_to(office)) == [link]
    for other in (elsewhere, leader, link.evaluator_person):
        assert not queries.links_visible_to(other).exists()


def test_requests_are_seen_by_the_office_but_not_by_whom_they_are_about(
    programme, office, link, mentee, mentor
):
    OfficeRoleFactory(programme=programme, person=mentor.person)
    override = LinkOverrideFactory(link=link, mentee=mentee, mentor=mentor)

    assert list(queries.overrides_visible_to(office)) == [override]
    assert not queries.overrides_visible_to(mentor.person).exists()
    assert not queries.overrides_visible_to(OfficeRoleFactory().person).exists()


def test_who_left_the_programme_can_still_be_named_in_a_link(programme, office):
    gone = MenteeFactory(programme=programme, state=ParticipationState.LEFT)

    assert add(programme, office, evaluator=colleague(programme), evaluated=gone.person).pk


# --- Links that come to reach more people, and days ------------------------------------------


def of_role(programme, **told):
    return EvaluationLinkFactory(
        organisation=programme.organisation, evaluator_role=Role.DIRECTOR, **told
    )


def test_links_of_roles_and_of_the_programme_are_announced_again_when_somebody_joins(
    programme, office, heard
):
    of_the_role = of_role(programme, evaluated_programme=programme)
    of_the_programme = EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=UserFactory(),
        evaluated_programme=programme,
    )
    of_role(ProgrammeFactory(), evaluated_person=UserFactory())
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=UserFactory(),
        evaluated_person=UserFactory(),
    )
    told = {"programme": programme, "by": office, "now": NOW}
    newcomer = Newcomer(UserFactory(), Part.MENTEE)

    services.bring_in_many(newcomers=[newcomer], **told)
    services.bring_in_many(newcomers=[newcomer], **told)

    assert heard == [
        hooks.EvaluationLinked(link.uid, office, NOW) for link in (of_the_role, of_the_programme)
    ]


@pytest.mark.parametrize("came", ["by themselves", "by a telephone call"])
def test_links_of_a_role_are_announced_again_when_a_mentor_begins(programme, office, heard, came):
    link = of_role(programme, evaluated_programme=programme)
    gone = MenteeFactory(programme=programme, state=ParticipationState.LEFT)
    told = {"programme": programme, "topic": "cardiology", "places": 1, "now": NOW}

    if came == "by themselves":
        services.become_mentor(by=gone.person, **told)
    else:
        services.enter_mentor_for(person=gone.person, by=office, **told)

    assert [event.link_uid for event in heard] == [link.uid]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_link_begins_and_is_checked_on_the_day_of_the_organisation(zone, heard):
    """At 10:30 in Greenwich it is tomorrow on Kiritimati, and yesterday in Pago Pago."""
    now = NOW.replace(hour=10, minute=30)
    there = now.astimezone(ZoneInfo(zone)).date()
    assert there != now.date()
    programme = ProgrammeFactory(organisation=OrganisationFactory(time_zone=zone))
    office = OfficeRoleFactory(programme=programme).person
    people = {"evaluator": colleague(programme), "evaluated": colleague(programme)}

    today = add(programme, office, start_date=there, now=now, **people)
    later = add(
        programme,
        office,
        start_date=there + DAY,
        now=now,
        **{**people, "evaluated": colleague(programme)},
    )
    services.note_links_checked(programme=programme, by=office, now=now)
    services.announce_links_due(now=now)

    assert [event.link_uid for event in heard] == [today.uid]
    assert (today.checked_date, later.checked_date) == (there, there)
    assert queries.links_checked_date(programme.pk) == there


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_role_counts_from_the_moment_it_is_given_wherever_one_looks(zone, mentee, mentor):
    programme = mentee.programme
    of_role(programme, evaluated_programme=programme)
    OfficeRoleFactory(programme=programme, person=mentor.person, role=Role.DIRECTOR, given_at=NOW)

    with timezone.override(zone):
        assert not rules.can_pair(mentee, mentor, on_date=TODAY)
