"""Rounds: by their own word people take part, and runs change nobody's state."""

from datetime import timedelta

import pytest
from django.db import connection

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState, ProgrammeState, RoundState, RunState
from mentorwell.core.pairing import Mode, Weights
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import queries, rules, services
from mentorwell.matching.models import (
    Invitation,
    Round,
    RoundPart,
    RoundRun,
    RoundWish,
    RunGround,
)
from mentorwell.matching.queries.snapshot import forget
from mentorwell.matching.services import running
from mentorwell.mentorships.models import Mentorship
from mentorwell.people.enums import LinkKind
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.matching import InvitationFactory, open_programme
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    ExclusionFactory,
    MenteeFactory,
    MentorFactory,
)
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def programme():
    return open_programme()


@pytest.fixture
def office(programme):
    return OfficeRoleFactory(programme=programme, role=Role.COORDINATOR).person


def begun(programme, office, **changes):
    details = {
        "name": "Autumn",
        "wishes_until": TODAY + 7 * DAY,
        "closes_date": TODAY + 40 * DAY,
        "by": office,
        "now": NOW,
    }
    return services.begin_round(programme=programme, **(details | changes))


def join(round_, *mentees):
    for mentee in mentees:
        services.speak_in_round(
            round_=round_, participation=mentee, takes_part=True, by=mentee.person, now=NOW
        )


def run_of(round_, office, **changes):
    details = {"mode": Mode.BEST, "weights": Weights(), "by": office, "now": NOW}
    return services.start_run(round_=round_, **(details | changes))


def solved(round_, office, **changes):
    run = run_of(round_, office, **changes)
    services.solve_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    return run


def pairs(run):
    return {(pair.mentee, pair.mentor) for pair in run.pairs.select_related("mentee", "mentor")}


def test_a_round_is_begun_by_the_office_of_an_open_programme_once(programme, office):
    round_ = begun(programme, office)
    assert round_.state == RoundState.COLLECTING
    assert list(queries.rounds_visible_to(office)) == [round_]
    with pytest.raises(NotPossibleNow, match="A round is open already"):
        begun(programme, office)
    services.close_round(round_=round_, by=office, now=NOW)
    assert begun(programme, office).pk != round_.pk
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "matching.round.begin",
        "matching.round.close",
        "matching.round.begin",
    ]


def test_nobody_else_begins_or_sees_rounds(programme, office):
    round_ = begun(programme, office)
    leader = OfficeRoleFactory(programme=programme, role=Role.LEADER).person
    other = OfficeRoleFactory(role=Role.DIRECTOR).person
    for stranger in (UserFactory(), leader, other, MenteeFactory(programme=programme).person):
        assert not queries.rounds_visible_to(stranger).exists()
        assert not rules.can_run_rounds(stranger, programme)
        for act in (
            lambda who=stranger: begun(programme, who),
            lambda who=stranger: services.stop_wishes(round_=round_, by=who, now=NOW),
            lambda who=stranger: run_of(round_, who),
        ):
            with pytest.raises(NotAllowed):
                act()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "  "}, "Give the round a name"),
        ({"wishes_until": TODAY - DAY}, "is over already"),
        ({"closes_date": TODAY + 6 * DAY}, "before its wishes are in"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(programme, office, changes, message):
    with pytest.raises(NotPossibleNow, match=message):
        begun(programme, office, **changes)
    assert not Round.objects.exists()


def test_a_programme_that_is_not_open_has_no_rounds(programme, office):
    Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.CLOSED)
    programme.refresh_from_db()
    with pytest.raises(NotPossibleNow, match="Open the programme first"):
        begun(programme, office)


def test_a_round_goes_on_and_back_until_it_is_closed(programme, office):
    round_ = begun(programme, office)
    services.stop_wishes(round_=round_, by=office, now=NOW)
    with pytest.raises(NotPossibleNow, match="moved on meanwhile"):
        services.stop_wishes(round_=round_, by=office, now=NOW)
    services.reopen_wishes(round_=round_, by=office, now=NOW)
    services.close_round(round_=round_, by=office, now=NOW)
    round_.refresh_from_db()
    assert (round_.state, round_.closed_at) == (RoundState.CLOSED, NOW)
    with pytest.raises(NotPossibleNow, match="moved on meanwhile"):
        services.reopen_wishes(round_=round_, by=office, now=NOW)


def test_mentees_join_by_their_own_word_and_mentors_are_in_unless_they_say_no(programme, office):
    round_ = begun(programme, office)
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    assert not queries.takes_part(round_, mentee)
    assert queries.takes_part(round_, mentor)
    join(round_, mentee)
    services.speak_in_round(
        round_=round_, participation=mentor, takes_part=False, by=mentor.person, now=NOW
    )
    assert queries.takes_part(round_, mentee)
    assert not queries.takes_part(round_, mentor)
    assert queries.round_for(mentee) == round_
    for speaker in (office, mentor.person):
        with pytest.raises(NotAllowed, match="their own word"):
            services.speak_in_round(
                round_=round_, participation=mentee, takes_part=False, by=speaker, now=NOW
            )
    assert not Event.objects.exclude(verb="matching.round.begin").exists()  # theirs to tell


def test_after_the_last_day_nobody_joins(programme, office):
    round_ = begun(programme, office)
    mentee = MenteeFactory(programme=programme)
    late = NOW + 8 * DAY
    assert rules.can_speak_in_round(mentee.person, round_, mentee, now=NOW)
    assert not rules.can_speak_in_round(mentee.person, round_, mentee, now=late)
    with pytest.raises(NotPossibleNow, match="takes no more wishes"):
        services.speak_in_round(
            round_=round_, participation=mentee, takes_part=True, by=mentee.person, now=late
        )
    services.stop_wishes(round_=round_, by=office, now=NOW)
    round_.refresh_from_db()
    assert not rules.can_speak_in_round(mentee.person, round_, mentee, now=NOW)


def test_who_is_not_ready_does_not_join(programme, office):
    round_ = begun(programme, office)
    mentee = MenteeFactory(programme=programme, state=ParticipationState.APPLIED)
    with pytest.raises(NotPossibleNow, match="first answers"):
        join(round_, mentee)


def test_wishes_are_kept_in_order_and_go_when_their_mentee_leaves(programme, office):
    round_ = begun(programme, office)
    mentee = MenteeFactory(programme=programme)
    one, two, three = (MentorFactory(programme=programme) for _ in range(3))

    def wish(ranked, marked=(), by=mentee.person):
        services.wish_in_round(
            round_=round_, mentee=mentee, ranked=ranked, marked=marked, by=by, now=NOW
        )

    with pytest.raises(NotPossibleNow, match="Join the round first"):
        wish([one])
    join(round_, mentee)
    wish([one])
    wish([two, one], [three])
    assert [(w.mentor, w.rank) for w in queries.wishes_of(round_, mentee).exclude(rank=None)] == [
        (two, 1),
        (one, 2),
    ]
    for ranked, marked, message in (
        ([one, one], [], "somebody twice"),
        ([one], [one], "somebody twice"),
        ([MentorFactory()], [], "cannot be found"),
    ):
        with pytest.raises(NotPossibleNow, match=message):
            wish(ranked, marked)
    with pytest.raises(NotAllowed):
        wish([one], by=office)
    assert RoundWish.objects.count() == 3
    services.speak_in_round(
        round_=round_, participation=mentee, takes_part=False, by=mentee.person, now=NOW
    )
    assert not RoundWish.objects.exists()


def test_a_run_pairs_as_many_as_can_be_and_changes_nobodys_state(programme, office):
    round_ = begun(programme, office)
    mentees = [MenteeFactory(programme=programme) for _ in range(3)]
    left_out = MenteeFactory(programme=programme)
    mentors = [MentorFactory(programme=programme, places=1) for _ in range(2)]
    join(round_, *mentees)
    before = list(Participation.objects.order_by("pk").values())
    run = solved(round_, office)
    assert run.state == RunState.DONE
    assert run.figures["covered"] == 2
    assert run.figures["mentees"] == 3
    assert {mentor for _, mentor in pairs(run)} == set(mentors)
    assert left_out not in {mentee for mentee, _ in pairs(run)}
    assert list(Participation.objects.order_by("pk").values()) == before
    assert not Invitation.objects.exists()
    assert not Mentorship.objects.exists()


def test_several_runs_stand_side_by_side(programme, office):
    round_ = begun(programme, office)
    mentees = [MenteeFactory(programme=programme) for _ in range(6)]
    one, two = (MentorFactory(programme=programme, places=6) for _ in range(2))
    join(round_, *mentees)
    for mentee in mentees:
        services.wish_in_round(
            round_=round_, mentee=mentee, ranked=[two], by=mentee.person, now=NOW
        )
    wide = solved(round_, office, mode=Mode.CHOICE)
    narrow = solved(round_, office, mode=Mode.CHOICE, places_most=3)
    assert {mentor for _, mentor in pairs(wide)} == {two}
    assert {mentor for _, mentor in pairs(narrow)} == {one, two}
    assert wide.figures["most_load"] == 6
    assert narrow.figures["most_load"] == 3
    assert list(round_.runs.all()) == [wide, narrow]
    for mode in (Mode.FAIR, Mode.STABLE):
        assert solved(round_, office, mode=mode).figures["covered"] == 6


def test_a_run_by_lists_waits_for_enough_of_them(programme, office):
    """By one list the pair would tell it; with none there is nothing to tell."""
    round_ = begun(programme, office)
    mentees = [MenteeFactory(programme=programme) for _ in range(5)]
    mentor = MentorFactory(programme=programme, places=5)
    join(round_, *mentees)
    for number, mentee in enumerate(mentees):
        for mode in (Mode.CHOICE, Mode.STABLE):
            if number:
                with pytest.raises(NotPossibleNow, match="would tell whose they are"):
                    run_of(round_, office, mode=mode)
            else:
                assert solved(round_, office, mode=mode).figures["covered"] == 5
        services.wish_in_round(
            round_=round_, mentee=mentee, ranked=[mentor], by=mentee.person, now=NOW
        )
    assert solved(round_, office, mode=Mode.CHOICE).figures["covered"] == 5


@pytest.mark.parametrize("part", ["interest", "proximity", "values", "style"])
@pytest.mark.parametrize("weight", [0, 0.4, 3.1])
def test_no_run_counts_one_part_so_much_that_it_tells_it(programme, office, part, weight):
    round_ = begun(programme, office)
    with pytest.raises(NotPossibleNow, match=f"{part} from 12% to 50% of all"):
        run_of(round_, office, weights=Weights(**{part: weight}))
    assert run_of(round_, office, weights=Weights(**{part: 0.5})).pk


def test_whoever_could_not_be_invited_is_in_no_run(programme, office):
    """Each of these mentors would be the only one; planted, and seen to count, before it bars."""
    round_ = begun(programme, office)
    mentee = MenteeFactory(programme=programme)
    join(round_, mentee)

    def coverage():
        forget()  # mentors made by a factory raise no version
        return solved(round_, office).figures["covered"]

    barred = MentorFactory(programme=programme)
    assert coverage() == 1
    ExclusionFactory(person=mentee.person, other=barred.person)
    assert coverage() == 0
    linked = MentorFactory(programme=programme)
    assert coverage() == 1
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=linked.person,
        evaluated_person=mentee.person,
    )
    assert coverage() == 0
    away = MentorFactory(programme=programme)
    assert coverage() == 1
    services.speak_in_round(
        round_=round_, participation=away, takes_part=False, by=away.person, now=NOW
    )
    assert coverage() == 0
    asked = MentorFactory(programme=programme)
    assert coverage() == 1
    InvitationFactory(mentee=mentee, mentor=asked)
    assert coverage() == 0
    MentorFactory(programme=programme, places=0)
    assert coverage() == 0


def test_two_who_would_have_to_acknowledge_a_link_are_left_to_themselves(programme, office):
    """Also where the mentee does not hide who evaluates them, and so could invite the mentor."""
    round_ = begun(programme, office)
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    join(round_, mentee)
    mentee.person.profile.hide_evaluators = False
    mentee.person.profile.save(update_fields=["hide_evaluators"])
    assert solved(round_, office).figures["covered"] == 1
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=mentor.person,
        evaluated_person=mentee.person,
        kind=LinkKind.DISCLOSE,
    )
    assert mentor.pk in queries.search(mentee, now=NOW).listed()
    assert solved(round_, office).figures["covered"] == 0


def test_a_run_can_be_repeated_to_the_byte_until_its_ground_changes(programme, office):
    round_ = begun(programme, office)
    mentees = [MenteeFactory(programme=programme) for _ in range(4)]
    MentorFactory(programme=programme, places=2)
    join(round_, *mentees)
    run = solved(round_, office, seed=5)
    assert services.repeat_run(run=run, by=office, now=NOW) == services.Repeated(
        same_ground=True, same_result=True
    )
    again = solved(round_, office, seed=5)
    assert (again.input_hash, again.result_hash) == (run.input_hash, run.result_hash)
    assert run.engine
    RoundPart.objects.filter(participation__in=[pair[0] for pair in pairs(run)]).delete()
    # On what was kept with it the same comes out for ever; on today's ground it does not.
    assert services.repeat_run(run=run, by=office, now=NOW) == services.Repeated(
        same_ground=True, same_result=True
    )
    assert services.repeat_run(run=run, by=office, now=NOW, afresh=True) == services.Repeated(
        same_ground=False, same_result=False
    )


def test_what_a_run_stood_on_is_kept_sealed_and_forgotten_when_the_round_closes(programme, office):
    round_ = begun(programme, office)
    mentees = [MenteeFactory(programme=programme) for _ in range(5)]
    mentor = MentorFactory(programme=programme)
    join(round_, *mentees)
    for mentee in mentees:
        services.wish_in_round(
            round_=round_, mentee=mentee, ranked=[mentor], by=mentee.person, now=NOW
        )
    late = run_of(round_, office)
    run = solved(round_, office, mode=Mode.STABLE)
    kept = queries.kept_ground(run)
    assert kept.hash == queries.ground_of(run, now=NOW).hash == run.input_hash
    with connection.cursor() as cursor:
        cursor.execute("SELECT packed FROM matching_runground")
        assert cursor.fetchone()[0].startswith("gAAAA")  # a Fernet token, not our own text
    services.close_round(round_=round_, by=office, now=NOW)
    assert queries.kept_ground(run) is None
    services.solve_run(run_id=late.pk, now=NOW)  # a job that was still in line
    late.refresh_from_db()
    assert late.state == RunState.CANCELLED
    assert not RunGround.objects.exists()


def test_first_choices_are_told_in_thirds_and_only_of_ten_mentees(programme, office):
    round_ = begun(programme, office)
    mentees = [MenteeFactory(programme=programme) for _ in range(12)]
    wanted = MentorFactory(programme=programme, places=9)
    MentorFactory(programme=programme, places=9)
    join(round_, *mentees)

    def thirds(places=None):
        run = solved(round_, office, mode=Mode.CHOICE, places_most=places)
        return run.figures["first_choices"]

    for mentee in mentees[:9]:
        services.wish_in_round(
            round_=round_, mentee=mentee, ranked=[wanted], by=mentee.person, now=NOW
        )
    assert thirds() is None
    for mentee in mentees[9:]:
        services.wish_in_round(
            round_=round_, mentee=mentee, ranked=[wanted], by=mentee.person, now=NOW
        )
    assert [thirds(), thirds(6), thirds(8), thirds(7)] == [2, 1, 2, 1]


def test_a_run_that_is_cancelled_stores_nothing_and_can_be_asked_for_again(
    programme, office, monkeypatch
):
    round_ = begun(programme, office)
    join(round_, MenteeFactory(programme=programme))
    MentorFactory(programme=programme)
    run = run_of(round_, office)
    with pytest.raises(NotPossibleNow, match="not done"):
        services.repeat_run(run=run, by=office, now=NOW)
    kept = queries.ground_of

    def cancelled_meanwhile(run, *, now, tell):
        services.cancel_run(run=run, by=office, now=now)
        return kept(run, now=now, tell=tell)

    with monkeypatch.context() as patch:
        patch.setattr(running.queries, "ground_of", cancelled_meanwhile)
        services.solve_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.figures, pairs(run)) == (RunState.CANCELLED, {}, set())
    services.solve_run(run_id=run.pk, now=NOW)  # its job comes late
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    services.run_again(run=run, by=office, now=NOW)
    services.solve_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert run.figures["covered"] == 1
    with pytest.raises(NotPossibleNow, match="moved on meanwhile"):
        services.cancel_run(run=run, by=office, now=NOW)


def test_a_run_that_fails_says_so_and_stores_nothing(programme, office, monkeypatch):
    round_ = begun(programme, office)
    run = run_of(round_, office)

    def broken(run, *, now, tell):
        raise RuntimeError

    monkeypatch.setattr(running.queries, "ground_of", broken)
    with pytest.raises(RuntimeError):
        services.solve_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, running.OUR_FAULT)
    services.solve_run(run_id=0, now=NOW)  # a run that is gone


def test_a_round_without_anybody_runs_too(programme, office):
    run = solved(begun(programme, office), office)
    assert (run.state, run.figures["covered"], run.figures["worst"]) == (RunState.DONE, 0, 0)


def test_runs_are_as_many_as_can_be_compared(programme, office):
    round_ = begun(programme, office)
    for _ in range(rules.RUNS_MOST):
        run_of(round_, office)
    with pytest.raises(NotPossibleNow, match="12 runs already"):
        run_of(round_, office)
    services.close_round(round_=round_, by=office, now=NOW)
    round_.refresh_from_db()
    with pytest.raises(NotPossibleNow, match="has closed"):
        run_of(round_, office)
    assert RoundRun.objects.count() == rules.RUNS_MOST
