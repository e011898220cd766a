"""A round in two stages: the seeker has joined, runs are compared, first talks are held."""

from datetime import datetime, timedelta

from mentorwell.core.pairing import Mode, Weights
from mentorwell.matching import services
from mentorwell.matching.enums import Hand, Leaning
from mentorwell.matching.models import Round
from tests.factories.moments import NOW
from tests.world.world import World


TODAY = NOW.date()


def hold_a_round(world: World, *, now: datetime) -> None:
    """Let the office begin a round, try runs, change one by hand and ask for first talks."""
    coordinator, seeker = world.person("coordinator"), world.person("seeker")
    mentee, mentor = world.fresh("seeker_part"), world.fresh("other_mentor_part")
    round_ = services.begin_round(
        programme=world.programme,
        name="Autumn",
        wishes_until=TODAY + timedelta(days=3),
        talks_until=TODAY + timedelta(days=10),
        closes_date=TODAY + timedelta(days=40),
        by=coordinator,
        now=now,
    )
    services.speak_in_round(
        round_=round_, participation=mentee, takes_part=True, open_to_doors=True, by=seeker, now=now
    )
    services.wish_in_round(round_=round_, mentee=mentee, ranked=[mentor], by=seeker, now=now)
    services.speak_of_mentee(
        round_=round_,
        mentor=mentor,
        mentee=mentee,
        leaning=Leaning.PREFER,
        opens_door=True,
        by=world.person("other_mentor"),
        now=now,
    )
    services.stop_wishes(round_=round_, by=coordinator, now=now)
    round_ = Round.objects.get(pk=round_.pk)
    runs = [
        services.start_run(
            round_=round_, mode=mode, weights=Weights(), seed=seed, by=coordinator, now=now
        )
        for seed, mode in enumerate((Mode.BEST, Mode.FAIR, Mode.BEST))
    ]
    for run in runs[:2]:
        services.solve_run(run_id=run.pk, now=now)
        run.refresh_from_db()
    apart = services.change_run(
        run=runs[0], mentee=mentee, mentor=mentor, hand=Hand.APART, by=coordinator, now=now
    )
    services.ask_for_talks(run=runs[0], by=coordinator, now=now)
    talk = round_.talks.get()
    services.react_to_talk(
        talk=talk, score=5, words=world.words.sentence("talk.words"), by=seeker, now=now
    )
    world.keep(
        round=Round.objects.get(pk=round_.pk),
        pairing_run=runs[0],
        other_pairing_run=runs[1],
        waiting_pairing_run=runs[2],
        hand_run=apart,
        talk=talk,
    )
