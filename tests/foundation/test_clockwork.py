from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connections

from mentorwell.foundation import clockwork
from mentorwell.foundation.models import Duty
from mentorwell.foundation.services.duties import _run, run_due_duties
from tests.factories.moments import NOW


HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

runs = []


def water_the_plants(*, now):
    runs.append(("water", now))


def feed_the_cat(*, now):
    runs.append(("feed", now))


def fail(*, now):
    runs.append(("fail", now))
    raise ValueError("These words were written by somebody.")


@pytest.fixture(autouse=True)
def duties(monkeypatch):
    """Begin without any duty and forget what ran."""
    monkeypatch.setattr(clockwork, "DUTIES", {})
    runs.clear()


def register(*duties, every=HOUR):
    for duty in duties:
        clockwork.register(f"{__name__}.{duty.__name__}", every=every)


@pytest.mark.django_db
def test_a_duty_runs_at_once_and_then_whenever_its_time_has_come_round():
    register(water_the_plants)

    for minutes in (0, 1, 59, 60, 61, 121):
        run_due_duties(now=NOW + minutes * MINUTE)

    assert runs == [("water", NOW), ("water", NOW + HOUR), ("water", NOW + 121 * MINUTE)]


@pytest.mark.django_db
def test_a_duty_that_was_missed_for_a_day_runs_once():
    register(water_the_plants)
    run_due_duties(now=NOW)

    run_due_duties(now=NOW + timedelta(days=1))
    run_due_duties(now=NOW + timedelta(days=1))

    assert len(runs) == 2


@pytest.mark.django_db
def test_run_due_names_what_it_ran():
    register(water_the_plants)
    register(feed_the_cat, every=2 * HOUR)
    run_due_duties(now=NOW)

    assert run_due_duties(now=NOW + HOUR) == [f"{__name__}.water_the_plants"]
    assert Duty.objects.get(name__endswith="feed_the_cat").due_at == NOW + 2 * HOUR


@pytest.mark.django_db
def test_a_failing_duty_keeps_no_other_from_running_and_is_tried_again_soon(caplog):
    register(fail, water_the_plants)

    for minutes in (0, 9, 10):
        run_due_duties(now=NOW + minutes * MINUTE)

    assert [name for name, _ in runs] == ["fail", "water", "fail"]
    assert Duty.objects.get(name__endswith="fail").problem == "ValueError"
    assert "fail" in caplog.text
    assert "written by somebody" not in caplog.text


@pytest.mark.django_db
def test_a_failing_duty_that_comes_round_sooner_is_not_put_off():
    register(fail, every=MINUTE)
    run_due_duties(now=NOW)

    run_due_duties(now=NOW + MINUTE)

    assert len(runs) == 2


@pytest.mark.django_db
def test_a_duty_that_is_no_longer_registered_is_left_alone():
    register(water_the_plants)
    run_due_duties(now=NOW)
    clockwork.DUTIES.clear()

    assert run_due_duties(now=NOW + HOUR) == []


@pytest.mark.django_db(transaction=True)
def test_many_workers_run_each_tick_once():
    register(water_the_plants, feed_the_cat)
    barrier = Barrier(5)

    def work(hours):
        try:
            barrier.wait()
            return run_due_duties(now=NOW + hours * HOUR)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        for hours in range(4):
            list(pool.map(work, [hours] * 5))

    expected = [(name, NOW + hours * HOUR) for hours in range(4) for name in ("feed", "water")]
    assert sorted(runs, key=lambda run: (run[1], run[0])) == expected


@pytest.mark.django_db
def test_a_worker_that_looked_at_the_same_moment_but_comes_second_runs_nothing():
    register(water_the_plants)
    run_due_duties(now=NOW)
    (duty,) = clockwork.DUTIES.values()

    assert [_run(duty, NOW + HOUR), _run(duty, NOW + HOUR)] == [True, False]
    assert len(runs) == 2


def test_one_step_that_fails_keeps_no_other_from_its_turn():
    done = []

    def step(number):
        if number == 2:
            raise ValueError("The second fails.")
        done.append(number)
        return number

    with pytest.raises(ValueError, match="second"):
        clockwork.in_turn(partial(step, number) for number in (1, 2, 3))

    assert done == [1, 3]
    assert clockwork.in_turn(partial(step, number) for number in (4, 5)) == 9
