"""The people of the programmes, and what each tells of themselves."""

from datetime import datetime, timedelta

from mentorwell.accounts.models import User
from mentorwell.people import services
from mentorwell.people.content import purposes, styles, topics, values
from mentorwell.people.enums import BlockKind, Part
from mentorwell.people.models import Participation
from mentorwell.people.queries import start_key
from tests.factories.moments import NOW
from tests.world.house import account
from tests.world.world import World


MENTEES = ("mentee", "other_mentee", "seeker", "ex_mentee", "both", "filler")
MENTORS = {"mentor": 3, "other_mentor": 2, "both": 1}
STAGES = dict.fromkeys(MENTEES, "pgy-2") | {"both": "pgy-3"}
TOPIC = topics()[0].slug


def bring_in(world: World, *, now: datetime) -> None:
    """Bring everybody in, as the coordinator does, and let each say yes."""
    for actor in (*MENTEES, "mentor", "other_mentor", "far_mentee"):
        account(world, actor, now=now)
    for actor in MENTEES:
        world.keep(**{f"{actor}_part": _enter(world, actor, Part.MENTEE, now)})
    world.keep(far_mentee_part=_enter(world, "far_mentee", Part.MENTEE, now, far=True))
    for actor, places in MENTORS.items():
        _enter(world, actor, Part.MENTOR, now)
        made = services.become_mentor(
            programme=world.programme,
            topic=TOPIC,
            places=places,
            by=world.person(actor),
            now=now,
        )
        world.keep(**{f"{actor}_mentoring" if actor == "both" else f"{actor}_part": made})
    newcomer = account(world, "newcomer", now=now)
    world.keep(
        newcomer_part=_enter(world, "newcomer", Part.MENTEE, now),
        entered_part=services.enter_mentor_for(
            programme=world.programme,
            person=newcomer,
            topic=TOPIC,
            places=1,
            by=world.person("coordinator"),
            now=now,
        ),
    )


def _enter(
    world: World, actor: str, part: Part, now: datetime, *, far: bool = False
) -> Participation:
    newcomer = services.Newcomer(
        person=world.person(actor),
        part=part,
        stage=STAGES.get(actor, "attending-mid"),
        site=world.site,
        cohort="Class of 2031" if part == Part.MENTEE else "",
    )
    return services.bring_in(
        programme=world.far if far else world.programme,
        newcomer=newcomer,
        by=world.person("far_director" if far else "coordinator"),
        now=now,
    )


def tell(world: World, *, now: datetime) -> None:
    """Let everybody tell of themselves; every text holds its own word."""
    for actor in (*MENTEES, "far_mentee"):
        _begin_to_look(world, actor, now)
    for actor in (*MENTEES, "far_mentee", *MENTORS):
        _speak(world, actor, now)
    mentee = world.person("mentee")
    services.exclude_person(other=world.person("filler"), by=mentee, now=now)
    services.keep_draft(
        key=start_key(world.mentee_part),
        fields={"apart": [world.words.sentence("mentee.draft")]},
        by=mentee,
        now=now,
    )
    world.keep(
        exclusion=mentee.exclusions.get(),
        block=services.add_block(
            kind=BlockKind.NIGHTS,
            start_date=NOW.date() + timedelta(days=20),
            end_date=NOW.date() + timedelta(days=24),
            by=mentee,
            now=now,
        ),
    )


def _begin_to_look(world: World, actor: str, now: datetime) -> None:
    services.answer_first_questions(
        participation=world.fresh(f"{actor}_part"),
        purposes=[purposes()[0].slug],
        site=world.site,
        remote=True,
        exclusions=(),
        by=world.person(actor),
        now=now,
    )


def _speak(world: World, actor: str, now: datetime) -> None:
    words, person = world.words, world.person(actor)
    for part in Participation.objects.filter(person=person):
        whose = actor if part.part == Part.MENTEE else f"{actor}.mentoring"
        services.set_story(
            participation=part,
            story=words.sentence(f"{whose}.story"),
            strengths=words.sentence(f"{whose}.strengths"),
            hopes=words.sentence(f"{whose}.hopes"),
            by=person,
            now=now,
        )
        services.choose_topics(participation=part, topics=[TOPIC], by=person, now=now)
    _speak_of_self(world, actor, person, now)


def _speak_of_self(world: World, actor: str, person: User, now: datetime) -> None:
    words = world.words
    services.set_basics(
        headline=words.sentence(f"{actor}.headline"),
        stage=STAGES.get(actor, "attending-mid"),
        languages=["en"],
        by=person,
        now=now,
    )
    chosen = [each.slug for each in values()[:5]]
    services.order_values(values=chosen, by=person, now=now)
    services.show_values(
        lines={chosen[0]: words.sentence(f"{actor}.value_line")}, by=person, now=now
    )
    services.answer_styles(answers={styles()[0].slug: (1, 2)}, by=person, now=now)
    services.set_windows(windows=[(1, 540, 660)], times_change=False, by=person, now=now)
