"""Changes by hand: in a copy, with the cost told, each to be taken back, none against a bar."""

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import RunState
from mentorwell.core.pairing import Mode, Weights
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import queries, rules, services
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import RoundRun, RunChange
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory, ExclusionFactory, MenteeFactory
from tests.factories.programmes import OfficeRoleFactory
from tests.factories.rounds import pairs_of


pytestmark = pytest.mark.django_db


def change(story, run, mentee, mentor, hand=Hand.TOGETHER, *, by=None):
    run.round = story.round
    return services.change_run(
        run=run, mentee=mentee, mentor=mentor, hand=hand, by=by or story.office, now=NOW
    )


def take_back(story, run, mentee, mentor):
    services.take_change_back(run=run, mentee=mentee, mentor=mentor, by=story.office, now=NOW)
    run.refresh_from_db()


def foresee(story, run, mentee, mentor, hand=Hand.TOGETHER):
    return queries.foresee(run, mentee=mentee, mentor=mentor, hand=hand, user=story.office, now=NOW)


def someone_else(story, run, mentee):
    """A mentor with whom a mentee is not in a run."""
    with_whom = run.pairs.get(mentee=mentee).mentor
    return next(mentor for mentor in story.mentors if mentor != with_whom)


@pytest.mark.parametrize("mode", Mode)
def test_two_put_together_are_together_in_a_copy_and_the_run_stays(in_round, mode):
    story = in_round()
    run = story.solved(mode)
    before = pairs_of(run)
    mentee = story.mentees[0]
    mentor = someone_else(story, run, mentee)
    copy = change(story, run, mentee, mentor)
    assert (copy.adjusts, copy.state) == (run, RunState.DONE)
    assert (mentee.pk, mentor.pk) in pairs_of(copy)
    assert len(pairs_of(copy)) == len(before)
    assert run.figures["bound"] == run.figures["value"]
    assert copy.figures["bound"] == copy.figures["value"]
    assert pairs_of(run) == before
    assert not run.changes.exists()
    # Later changes go on in the copy, and all of them hold.
    kept = story.mentees[1]
    apart_from = copy.pairs.get(mentee=kept).mentor
    again = change(story, copy, kept, apart_from, Hand.APART)
    assert again == copy
    assert (mentee.pk, mentor.pk) in pairs_of(copy)
    assert (kept.pk, apart_from.pk) not in pairs_of(copy)
    assert RoundRun.objects.count() == 2


def test_what_was_changed_can_be_taken_back_and_the_pairs_of_the_run_return(in_round):
    story = in_round()
    run = story.solved()
    mentee = story.mentees[0]
    mentor = someone_else(story, run, mentee)
    copy = change(story, run, mentee, mentor)
    copy.refresh_from_db()
    assert copy.result_hash != run.result_hash
    take_back(story, copy, mentee, mentor)
    assert (copy.result_hash, pairs_of(copy)) == (run.result_hash, pairs_of(run))
    take_back(story, copy, mentee, mentor)  # a second click finds it gone
    assert list(
        Event.objects.filter(verb__startswith="matching.run.").values_list("verb", flat=True)
    ) == ["matching.run.start", "matching.run.change", "matching.run.take_back"]


def test_the_cost_is_told_before_and_is_what_the_change_then_costs(in_round):
    story = in_round()
    story.seeks(story.mentees[0], "cardiology")
    story.seeks(story.mentors[0], "cardiology")
    run = story.solved()
    assert (story.mentees[0].pk, story.mentors[0].pk) in pairs_of(run)
    foreseen = foresee(story, run, story.mentees[0], story.mentors[1])
    copy = change(story, run, story.mentees[0], story.mentors[1])
    copy.refresh_from_db()
    assert foreseen.total == copy.figures["total"] - run.figures["total"] < 0
    assert foreseen.covered == copy.figures["covered"] - run.figures["covered"] == 0
    moved = {pair[0] for pair in pairs_of(run) ^ pairs_of(copy)}
    assert story.mentees[0].pk in moved
    assert {move.mentee.pk for move in foreseen.moves} == moved
    stored = copy.changes.get()
    assert (stored.covered, stored.total) == (foreseen.covered, foreseen.total)


def test_who_is_displaced_is_named_and_who_loses_their_mentor_is_counted(in_round):
    story = in_round(mentees=2, mentors=1)
    run = story.solved()
    [lucky] = [pair.mentee for pair in run.pairs.select_related("mentee")]
    other = next(one for one in story.mentees if one != lucky)
    foreseen = foresee(story, run, other, story.mentors[0])
    assert foreseen.covered == 0
    assert [(m.mentee, m.before, m.after) for m in foreseen.moves if m.mentee == lucky] == [
        (lucky, [story.mentors[0]], [])
    ]
    apart = foresee(story, run, lucky, story.mentors[0], Hand.APART)
    assert apart.covered == 0  # the other has the place then
    both_apart = change(story, run, lucky, story.mentors[0], Hand.APART)
    assert foresee(story, both_apart, other, story.mentors[0], Hand.APART).covered == -1


def test_nobody_is_put_together_against_a_link_a_private_wish_or_another_change(in_round):
    story = in_round(mentees=2, mentors=2)
    linked, kept_away = story.mentees
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=story.mentors[0].person,
        evaluated_person=linked.person,
    )
    ExclusionFactory(person=kept_away.person, other=story.mentors[0].person)
    run = story.solved()
    sentences = set()
    for mentee in story.mentees:
        with pytest.raises(NotPossibleNow) as refused:
            change(story, run, mentee, story.mentors[0])
        sentences.add(str(refused.value))
    assert len(sentences) == 1  # the office cannot tell which of the two it was
    stranger = MenteeFactory(programme=story.programme)
    with pytest.raises(NotPossibleNow) as refused:
        change(story, run, stranger, story.mentors[1])
    assert {str(refused.value)} == sentences
    copy = change(story, run, linked, story.mentors[1])
    with pytest.raises(NotPossibleNow, match="held by another change"):
        change(story, copy, kept_away, story.mentors[1])
    assert RunChange.objects.count() == 1


def test_only_the_office_changes_and_only_while_a_round_is_open(in_round):
    story = in_round()
    run = story.solved()
    mentee, mentor = story.mentees[0], someone_else(story, run, story.mentees[0])
    with pytest.raises(NotAllowed):
        change(story, run, mentee, mentor, by=UserFactory())
    waiting = services.start_run(
        round_=story.round, mode=Mode.BEST, weights=Weights(), by=story.office, now=NOW
    )
    with pytest.raises(NotPossibleNow, match="not done"):
        change(story, waiting, mentee, mentor)
    services.close_round(round_=story.round, by=story.office, now=NOW)
    closed = RoundRun.objects.select_related("round__programme").get(pk=run.pk)
    with pytest.raises(NotPossibleNow):
        change(story, closed, mentee, mentor)
    with pytest.raises(NotPossibleNow, match="is forgotten"):
        foresee(story, closed, mentee, mentor)
    with pytest.raises(NotPossibleNow, match="is forgotten"):
        queries.run_story(closed, user=story.office, now=NOW)


def test_a_copy_counts_among_the_runs(in_round):
    story = in_round()
    run = story.solved()
    for _ in range(rules.RUNS_MOST - 1):
        story.solved()
    mentee = story.mentees[0]
    with pytest.raises(NotPossibleNow, match="runs already"):
        change(story, run, mentee, someone_else(story, run, mentee))


def test_what_the_office_keeps_apart_stays_apart_in_all_suggestions(in_round):
    story = in_round(mentees=1, mentors=3)
    run = story.solved()
    mentee, first = story.mentees[0], run.pairs.get().mentor
    copy = change(story, run, mentee, first, Hand.APART)
    story.stop_wishes()
    story.publish(copy)
    named = {one.mentor for one in queries.proposals_for(mentee)}
    assert named == set(story.mentors) - {first}
    services.tend_rounds(now=NOW)
    assert {one.mentor for one in queries.proposals_for(mentee)} == named


def test_a_run_changed_by_hand_is_repeated_with_its_changes(in_round):
    story = in_round()
    run = story.solved()
    mentee = story.mentees[0]
    copy = change(story, run, mentee, someone_else(story, run, mentee))
    copy.refresh_from_db()
    assert services.repeat_run(run=copy, by=story.office, now=NOW) == services.Repeated(
        same_ground=True, same_result=True
    )


def test_who_evaluates_somebody_reads_counts_and_no_line_about_them(in_round):
    story = in_round()
    run = story.solved()
    mentee = story.mentees[0]
    mentor = someone_else(story, run, mentee)
    foreseen = foresee(story, run, mentee, mentor)
    assert mentee in {move.mentee for move in foreseen.moves}
    assert mentee in {line.mentee for line in story_of(story, run).pairs}
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=story.office,
        evaluated_person=mentee.person,
    )
    told = story_of(story, run)
    assert mentee not in {line.mentee for line in told.pairs}
    assert told.unlisted == 1
    with pytest.raises(NotPossibleNow, match="You evaluate one of the two"):
        foresee(story, run, mentee, mentor)
    with pytest.raises(NotPossibleNow, match="You evaluate one of the two"):
        change(story, run, mentee, mentor)
    colleague = OfficeRoleFactory(programme=story.programme, role=Role.COORDINATOR).person
    copy = change(story, run, mentee, mentor, by=colleague)
    assert queries.changes_of(copy, user=story.office, now=NOW) == []
    assert [one.mentee for one in queries.changes_of(copy, user=colleague, now=NOW)] == [mentee]
    found = queries.differences(run, copy, user=story.office, now=NOW)
    assert mentee not in {move.mentee for move in found.moves}
    assert found.unlisted == 1


def test_a_mentor_whom_one_evaluates_is_named_in_no_line_reason_or_choice(in_round):
    story = in_round(mentees=2, mentors=2)
    for one in (*story.mentees, story.mentors[0]):
        story.seeks(one, "cardiology")
    run = story.solved()
    named = {line.better for line in story_of(story, run).pairs}
    assert story.mentors[0] in named
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=story.office,
        evaluated_person=story.mentors[0].person,
    )
    told = story_of(story, run)
    assert [line.mentor for line in told.pairs] == [story.mentors[1]]
    assert {line.better for line in told.pairs} == {None}
    offered = {mentor for choices in told.choices.values() for mentor, _ in choices}
    assert offered == {story.mentors[1]}
    assert told.unlisted == 1


def test_a_second_click_makes_no_second_copy(in_round):
    story = in_round()
    run = story.solved()
    mentee = story.mentees[0]
    mentor = someone_else(story, run, mentee)
    assert change(story, run, mentee, mentor) == change(story, run, mentee, mentor)
    assert RoundRun.objects.filter(adjusts=run).count() == 1


def test_runs_that_were_stopped_do_not_count_against_the_most(in_round):
    story = in_round()
    for _ in range(rules.RUNS_MOST):
        run = services.start_run(
            round_=story.round, mode=Mode.BEST, weights=Weights(), by=story.office, now=NOW
        )
    services.cancel_run(run=run, by=story.office, now=NOW)
    assert story.solved().state == RunState.DONE


def test_whom_the_office_keeps_apart_is_said_to_be_kept_apart(in_round):
    story = in_round(mentees=1, mentors=1)
    copy = change(story, story.solved(), story.mentees[0], story.mentors[0], Hand.APART)
    [alone] = story_of(story, copy).alone
    assert (alone.eligible, alone.apart) == (0, 1)


def story_of(story, run):
    return queries.run_story(run, user=story.office, now=NOW)


def test_a_run_says_of_each_pair_its_place_among_those_possible_and_of_each_alone_why(in_round):
    story = in_round(mentees=2, mentors=1)
    story.seeks(story.mentees[0], "cardiology")
    story.seeks(story.mentors[0], "cardiology")
    told = story_of(story, story.solved())
    [line] = told.pairs
    assert (line.mentee, line.order, line.choice, line.better) == (story.mentees[0], 1, 1, None)
    [alone] = told.alone
    assert (alone.mentee, alone.eligible) == (story.mentees[1], 1)
    assert alone.helps == story.mentors[0]
    lonely = in_round(mentees=1, mentors=0)
    [alone] = story_of(lonely, lonely.solved()).alone
    assert (alone.eligible, alone.helps, alone.helps_others) == (0, None, None)


def test_the_better_mentor_is_named_only_where_one_fits_better(in_round):
    story = in_round(mentees=2, mentors=2)
    for one in story.mentees:
        story.seeks(one, "cardiology")
    story.seeks(story.mentors[0], "cardiology")
    lines = story_of(story, story.solved()).pairs
    second = next(line for line in lines if line.mentor == story.mentors[1])
    first = next(line for line in lines if line.mentor == story.mentors[0])
    assert (first.order, first.better) == (1, None)
    assert (second.order, second.better) == (2, story.mentors[0])
