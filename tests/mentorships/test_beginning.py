"""How a mentorship begins: who may, what every format holds, and who gets the place."""

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import MembershipState, MentorshipState, ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.mentorships import queries, rules
from mentorwell.mentorships.models import Membership, Mentorship, PlaceClaim
from mentorwell.mentorships.services.places import _claim_one
from mentorwell.people.enums import Part
from mentorwell.programmes.enums import Kind
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import begin
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    ExclusionFactory,
    MenteeFactory,
    MentorFactory,
    ParticipationFactory,
)
from tests.factories.programmes import ProgrammeFactory


pytestmark = pytest.mark.django_db

NOTHING_BEGUN = {Mentorship: 0, Membership: 0, PlaceClaim: 0, Event: 0}


def stored():
    return {model: model.objects.count() for model in NOTHING_BEGUN}


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def mentor(programme):
    return MentorFactory(programme=programme)


@pytest.fixture
def mentee(programme):
    return MenteeFactory(programme=programme)


def mentees(programme, count, **fields):
    return MenteeFactory.create_batch(count, programme=programme, **fields)


def held(participation):
    claims = PlaceClaim.objects.filter(
        membership__participation=participation, released_at=None
    ).order_by("place__number")
    return [claim.place.number for claim in claims]


def test_begin_mentorship_makes_two_members_who_each_hold_a_place(mentor, mentee):
    mentorship = begin(mentor, mentee)

    assert mentorship.state == MentorshipState.FORMING
    assert (mentorship.began_at, mentorship.silent_since) == (NOW, NOW)
    assert mentorship.kinds == ["mentor"]
    members = {member.participation_id: member for member in mentorship.members.all()}
    assert set(members) == {mentor.pk, mentee.pk}
    assert {member.state for member in members.values()} == {MembershipState.JOINED}
    assert (members[mentor.pk].part, members[mentee.pk].part) == (Part.MENTOR, Part.MENTEE)
    assert held(mentor) == held(mentee) == [1]


def test_begin_mentorship_makes_both_active(mentor, mentee):
    begin(mentor, mentee)
    mentor.refresh_from_db()
    mentee.refresh_from_db()
    assert mentor.state == mentee.state == ParticipationState.ACTIVE


def test_begin_mentorship_leaves_one_line_in_the_trail(mentor, mentee):
    mentorship = begin(mentor, mentee)
    event = Event.objects.get(target_uid=mentorship.uid)
    assert event.verb == "mentorships.mentorship.begin"
    assert event.actor_uid == mentor.person.uid
    assert event.at == NOW


@pytest.mark.parametrize(
    ("form", "mentor_count", "mentee_count"),
    [
        ("one-to-one", 1, 1),
        ("circle", 1, 2),
        ("circle", 1, 8),
        ("peer", 0, 2),
        ("peer", 0, 6),
        ("flash", 1, 1),
        ("panel", 2, 1),
        ("panel", 5, 1),
    ],
)
def test_a_format_begins_with_as_many_as_it_says(programme, form, mentor_count, mentee_count):
    givers = MentorFactory.create_batch(mentor_count, programme=programme)
    receivers = mentees(programme, mentee_count)
    rule = rules.known_format(form)

    mentorship = begin(*givers, *receivers, form=form)

    assert mentorship.members.count() == mentor_count + mentee_count
    assert [len(held(each)) for each in givers] == [rule.mentor.places] * mentor_count
    assert [len(held(each)) for each in receivers] == [rule.mentee.places] * mentee_count


@pytest.mark.parametrize(
    ("form", "mentor_count", "mentee_count"),
    [
        ("one-to-one", 2, 1),
        ("one-to-one", 1, 2),
        ("one-to-one", 0, 1),
        ("circle", 1, 1),
        ("circle", 1, 9),
        ("circle", 0, 3),
        ("circle", 2, 3),
        ("peer", 1, 2),
        ("peer", 0, 1),
        ("peer", 0, 7),
        ("flash", 1, 2),
        ("flash", 2, 1),
        ("panel", 1, 1),
        ("panel", 6, 1),
        ("panel", 2, 2),
    ],
)
def test_a_format_refuses_too_few_and_too_many(programme, form, mentor_count, mentee_count):
    members = [
        *MentorFactory.create_batch(mentor_count, programme=programme),
        *mentees(programme, mentee_count),
    ]
    with pytest.raises(NotPossibleNow, match="not the right number of people"):
        begin(*members, form=form)
    assert stored() == NOTHING_BEGUN


@pytest.mark.parametrize(
    ("form", "without"),
    [
        ("one-to-one", Part.MENTOR),
        ("one-to-one", Part.MENTEE),
        ("circle", Part.MENTOR),
        ("panel", Part.MENTOR),
        ("panel", Part.MENTEE),
    ],
)
def test_who_has_to_claim_a_place_and_has_none_is_refused(programme, form, without):
    counts = {"one-to-one": (1, 1), "circle": (1, 2), "panel": (2, 1)}[form]
    places = {part: 0 if part == without else 1 for part in Part}
    members = [
        *MentorFactory.create_batch(counts[0], programme=programme, places=places[Part.MENTOR]),
        *mentees(programme, counts[1], places=places[Part.MENTEE]),
    ]
    with pytest.raises(NotPossibleNow, match="The last place has just gone to someone else"):
        begin(*members, form=form)
    assert stored() == NOTHING_BEGUN


@pytest.mark.parametrize(
    ("form", "mentor_count", "mentee_count"), [("peer", 0, 2), ("flash", 1, 1)]
)
def test_who_claims_no_place_needs_none(programme, form, mentor_count, mentee_count):
    members = [
        *MentorFactory.create_batch(mentor_count, programme=programme, places=0),
        *mentees(programme, mentee_count, places=0),
    ]
    assert begin(*members, form=form).state == MentorshipState.FORMING


def test_a_refusal_leaves_everybody_as_they_were(mentor, programme):
    mentee = MenteeFactory(programme=programme, places=0)
    with pytest.raises(NotPossibleNow):
        begin(mentor, mentee)
    mentor.refresh_from_db()
    assert mentor.state == ParticipationState.READY
    assert held(mentor) == []


def test_the_next_mentorship_takes_the_next_place(programme):
    mentor = MentorFactory(programme=programme, places=3)
    for mentee in mentees(programme, 3):
        begin(mentor, mentee)
    assert held(mentor) == [1, 2, 3]


def test_a_named_place_is_tried_first(programme, mentee):
    mentor = MentorFactory(programme=programme, places=3)
    begin(mentor, mentee, places={mentor.pk: mentor.places.get(number=2)})
    assert held(mentor) == [2]


def test_a_named_place_that_is_gone_gives_way_to_the_next(programme):
    mentor = MentorFactory(programme=programme, places=2)
    wanted = {mentor.pk: mentor.places.get(number=1)}
    first, second = mentees(programme, 2)
    begin(mentor, first, places=wanted)
    begin(mentor, second, places=wanted)
    assert held(mentor) == [1, 2]


def test_a_closed_place_takes_no_new_mentorship(mentor, mentee):
    mentor.places.update(closed_at=NOW)
    with pytest.raises(NotPossibleNow, match="last place"):
        begin(mentor, mentee)


def test_the_same_two_hold_one_open_mentorship_in_a_programme(programme):
    mentor = MentorFactory(programme=programme, places=2)
    mentee = MenteeFactory(programme=programme, places=2)
    begin(mentor, mentee)
    with pytest.raises(NotPossibleNow, match="have an open mentorship here already"):
        begin(mentor, mentee)
    assert Mentorship.objects.count() == 1


def test_the_same_two_hold_one_open_mentorship_whoever_mentors(programme, mentor, mentee):
    begin(mentor, mentee)
    turned = [
        ParticipationFactory(programme=programme, person=mentor.person, part=Part.MENTEE),
        ParticipationFactory(programme=programme, person=mentee.person, part=Part.MENTOR),
    ]
    with pytest.raises(NotPossibleNow, match="have an open mentorship here already"):
        begin(*turned)


def test_the_same_two_may_meet_in_another_form_beside_it(mentor, mentee):
    begin(mentor, mentee)
    begin(mentor, mentee, form="flash")
    begin(mentor, mentee, form="flash")
    assert Mentorship.objects.count() == 3


@pytest.mark.parametrize(
    "state",
    sorted(set(ParticipationState) - {ParticipationState.READY, ParticipationState.ACTIVE}),
)
def test_who_is_not_ready_cannot_begin(programme, mentee, state):
    mentor = MentorFactory(programme=programme, state=state)
    with pytest.raises(NotPossibleNow, match="not possible at the moment"):
        begin(mentor, mentee)
    assert stored() == NOTHING_BEGUN


def test_only_a_member_can_begin(mentor, mentee):
    with pytest.raises(NotAllowed, match="Only the people themselves"):
        begin(mentor, mentee, by=UserFactory())


def test_nobody_is_their_own_mentor(programme, mentor):
    own = ParticipationFactory(programme=programme, person=mentor.person, part=Part.MENTEE)
    with pytest.raises(NotPossibleNow, match="twice"):
        begin(mentor, own)


def test_members_come_from_one_programme(mentor):
    with pytest.raises(NotPossibleNow, match="same programme"):
        begin(mentor, MenteeFactory())


def test_a_member_takes_the_part_they_have(mentor, mentee):
    mentee.part = Part.COACH
    mentee.save()
    mentee.part = Part.MENTEE
    assert rules.can_begin(
        mentor.person,
        mentor.programme,
        "one-to-one",
        [(mentor, Part.MENTOR), (mentee, Part.MENTEE)],
        [Kind.MENTOR],
    )
    mentee.refresh_from_db()
    assert not rules.can_begin(
        mentor.person,
        mentor.programme,
        "one-to-one",
        [(mentor, Part.MENTOR), (mentee, Part.MENTEE)],
        [Kind.MENTOR],
    )


def test_two_whom_a_never_link_keeps_apart_cannot_begin_on_any_path(mentor, mentee):
    EvaluationLinkFactory(
        organisation=mentor.programme.organisation,
        evaluator_person=mentor.person,
        evaluated_person=mentee.person,
    )
    for by in (mentor.person, mentee.person):
        with pytest.raises(NotPossibleNow, match="not possible at the moment"):
            begin(mentor, mentee, by=by)
    assert stored() == NOTHING_BEGUN


@pytest.mark.parametrize("form", ["circle", "peer"])
def test_a_private_wish_is_kept_in_groups_too(programme, form):
    first, second = mentees(programme, 2)
    ExclusionFactory(person=first.person, other=second.person)
    givers = [MentorFactory(programme=programme)] if form == "circle" else []
    with pytest.raises(NotPossibleNow, match="not possible at the moment"):
        begin(*givers, first, second, form=form)


@pytest.mark.parametrize("kinds", [(), ("friend",), (Kind.MENTOR, "friend")])
def test_a_mentorship_says_what_it_is_for(mentor, mentee, kinds):
    with pytest.raises(NotPossibleNow, match="what this mentorship is for"):
        begin(mentor, mentee, kinds=kinds)


def test_a_mentorship_may_be_several_kinds_at_once(mentor, mentee):
    kinds = (Kind.MENTOR, Kind.COACH, Kind.ADVISOR)
    assert begin(mentor, mentee, kinds=kinds).kinds == ["advisor", "coach", "mentor"]


def test_an_unknown_format_is_refused(mentor, mentee):
    with pytest.raises(NotPossibleNow, match="do not know this form"):
        begin(mentor, mentee, form="duel")


def test_an_advisor_stands_where_a_mentor_would(programme, mentee):
    advisor = ParticipationFactory(programme=programme, part=Part.ADVISOR)
    begin(advisor, mentee, kinds=(Kind.ADVISOR,))
    assert held(advisor) == [1]


def test_mentors_of_a_panel_take_named_parts(programme, mentee):
    career, life = MentorFactory.create_batch(2, programme=programme)
    panel = begin(
        career, life, mentee, form="panel", role_names={career.pk: "career", life.pk: "life"}
    )
    names = {member.participation_id: member.role_name for member in panel.members.all()}
    assert names == {career.pk: "career", life.pk: "life", mentee.pk: ""}


def test_free_places_are_those_open_and_unheld(programme, mentee):
    mentor = MentorFactory(programme=programme, places=3)
    mentor.places.filter(number=3).update(closed_at=NOW)
    begin(mentor, mentee)
    free = queries.free_places([mentor.pk, mentee.pk])
    assert {pk: [place.number for place in places] for pk, places in free.items()} == {
        mentor.pk: [2],
        mentee.pk: [],
    }


def test_free_places_takes_one_query_however_many(programme, django_assert_num_queries):
    many = [each.pk for each in MentorFactory.create_batch(3, programme=programme, places=2)]
    with django_assert_num_queries(1):
        queries.free_places(many[:1])
    with django_assert_num_queries(1):
        queries.free_places(many)


def test_a_place_taken_between_looking_and_claiming_is_passed_over(programme, mentee):
    mentor = MentorFactory(programme=programme, places=2)
    seen = queries.free_places([mentor.pk])[mentor.pk]
    begin(mentor, mentee)
    flash = begin(mentor, MenteeFactory(programme=programme), form="flash")
    _claim_one(flash.members.get(participation=mentor), seen, NOW)
    assert held(mentor) == [1, 2]
