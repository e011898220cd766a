"""A round of the demonstration: people have joined, wishes are in, and three runs are compared."""

from dataclasses import replace
from datetime import datetime, timedelta

from mentorwell.core.pairing import Mode, Weights
from mentorwell.matching import queries
from mentorwell.matching import services as matching
from mentorwell.matching.enums import Leaning
from mentorwell.matching.models import Round
from mentorwell.ops.demo.history import History
from mentorwell.ops.demo.house import House
from mentorwell.ops.demo.people import People


PROGRAMME = "residency"
BEGUN, JOINED, SPOKEN, TRIED = (timedelta(days=days) for days in (11, 7, 5, 1))
LEFT = timedelta(days=35)  # until it closes
NEARBY = 1.6  # times as much weight on being near, in the third run
RANKED = 3
DOORS = 2  # every second mentee lets mentors read what they look for


def begin_rounds(history: History, house: House, people: People, *, now: datetime) -> None:
    """Let a round of the residents come to the day on which the office compares its runs."""
    history.at(now - BEGUN, lambda then: _begin(house, then))
    history.at(now - JOINED, lambda then: _join(people, then))
    history.at(now - SPOKEN, lambda then: _open_doors(people, then))
    history.at(now - TRIED, lambda then: _try(house, then))


def _begin(house: House, now: datetime) -> None:
    matching.begin_round(
        programme=house.programmes[PROGRAMME],
        name=f"{now:%B %Y}",
        wishes_until=(now + BEGUN).date(),
        closes_date=(now + LEFT).date(),
        by=house.coordinators[PROGRAMME],
        now=now,
    )


def _join(people: People, now: datetime) -> None:
    """Everybody who looks joins; some say whom they would like."""
    round_ = _round()
    for number, mentee in enumerate(people.mentees[PROGRAMME]):
        mentee.refresh_from_db()
        if mentee.state not in queries.SEARCHING_STATES or not queries.knows_free_place(mentee):
            continue
        person = mentee.person
        matching.speak_in_round(
            round_=round_,
            participation=mentee,
            takes_part=True,
            open_to_doors=number % DOORS == 0,
            by=person,
            now=now,
        )
        if number % RANKED:
            mentors = queries.search(mentee, now=now).listed()[number % RANKED : RANKED + 1]
            liked = [one for one in people.mentors[PROGRAMME] if one.pk in mentors]
            matching.wish_in_round(round_=round_, mentee=mentee, ranked=liked, by=person, now=now)


def _open_doors(people: People, now: datetime) -> None:
    """A few mentors open their door to the first of whom they read."""
    round_ = _round()
    for mentor in people.mentors[PROGRAMME][::RANKED]:
        mentor.refresh_from_db()
        for door in queries.doors_for(mentor, round_, now=now)[:1]:
            matching.speak_of_mentee(
                round_=round_,
                mentor=mentor,
                mentee=door.mentee,
                leaning=Leaning.PREFER,
                opens_door=True,
                by=mentor.person,
                now=now,
            )


def _try(house: House, now: datetime) -> None:
    by = house.coordinators[PROGRAMME]
    matching.stop_wishes(round_=_round(), by=by, now=now)
    policy = house.programmes[PROGRAMME].policy
    own = Weights(
        policy.weight_interest, policy.weight_proximity, policy.weight_values, policy.weight_style
    )
    near = replace(own, proximity=NEARBY * own.proximity)
    tries = ((Mode.BEST, own), (Mode.FAIR, own), (Mode.BEST, near))
    for mode, weights in tries:
        run = matching.start_run(round_=_round(), mode=mode, weights=weights, by=by, now=now)
        matching.solve_run(run_id=run.pk, now=now)


def _round() -> Round:
    return Round.objects.select_related("programme__policy", "programme__organisation").get()
