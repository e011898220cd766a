"""The people of the demonstration, with what each has told of themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from random import Random

from mentorwell.accounts.models import User
from mentorwell.ops.content import Cast, Hope, Voice, cast
from mentorwell.ops.demo.house import OFFICE, House, account
from mentorwell.people import services
from mentorwell.people.content import styles, values
from mentorwell.people.enums import BlockKind, LinkKind, Part, Relation
from mentorwell.people.models import Participation


RESIDENTS, FACULTY = 84, 36
NEWCOMERS, NURSES = 48, 26
STUDENTS = 36
FACULTY_FOR_STUDENTS = 12
RESIDENTS_WHO_MENTOR = 8
BLANK_EVERY = 9  # one mentor in so many has said no more than the one screen asks
UNCONFIRMED = 3  # mentors whom the office entered and who have not answered yet
PLACES = (1, 2, 3, 3)
LEAVE_SHARE = 0.3
TELLS_MORE = 0.75  # of mentees go on after the three first answers
TEACHER_STORY = "I was where you are not long ago, and I remember the corridors."
REMOTE_SHARE = 0.7

RESIDENT_STAGES = ("pgy-1", "pgy-1", "pgy-2", "pgy-2", "pgy-3")
FACULTY_STAGES = ("attending-new", "attending-mid", "attending-mid", "attending-senior")
NURSE_STAGES = ("nurse-experienced", "nurse-experienced", "charge-nurse", "nurse-educator")
STUDENT_STAGES = ("medical-student-2", "medical-student-3", "medical-student-4")


@dataclass(frozen=True)
class People:
    """Participations by template, for the year that follows."""

    mentees: dict[str, list[Participation]]
    mentors: dict[str, list[Participation]]
    called: list[tuple[Participation, Voice]]  # asked on the phone in these very days


def fill(house: House, *, dice: Random, now: datetime) -> People:
    """Bring everybody in, as the office would, and let them tell of themselves."""
    players = cast()
    crowd = _Crowd(house, dice, _names(players, dice), now)
    faculty = crowd.mentors("residency", players.mentor, FACULTY_STAGES, FACULTY)
    residents = crowd.mentees("residency", RESIDENT_STAGES, RESIDENTS)
    nurses = crowd.mentors("nursing", players.nurse, NURSE_STAGES, NURSES)
    newcomers = crowd.mentees("nursing", ("nurse-new",), NEWCOMERS)
    students = crowd.mentees("students", STUDENT_STAGES, STUDENTS)
    # Whoever is further along teaches too: faculty, and residents who are mentees themselves.
    older = [each for each in residents if each.person.profile.stage == "pgy-3"]
    teachers = [
        crowd.teach_students(each)
        for each in [*faculty[:FACULTY_FOR_STUDENTS], *older[:RESIDENTS_WHO_MENTOR]]
    ]
    called = [crowd.bring_in_to_call("nursing", v) for v in dice.sample(players.nurse, UNCONFIRMED)]
    return People(
        {"residency": residents, "nursing": newcomers, "students": students},
        {"residency": faculty, "nursing": nurses, "students": teachers},
        called,
    )


def enter_links(house: House, people: People, *, now: datetime) -> None:
    """Enter who evaluates whom: one mentor grades everybody, one grades whoever is on a ward."""
    programme, faculty = house.programmes["residency"], people.mentors["residency"]
    ward = house.sites[0].units.get(name="Cardiology")
    for kind, relation, mentor, evaluated in (
        (LinkKind.NEVER, Relation.COMPETENCE_COMMITTEE, faculty[-1], programme),
        (LinkKind.DISCLOSE, Relation.ROTATION, faculty[0], ward),
    ):
        services.add_evaluation_link(
            programme=programme,
            kind=kind,
            relation=relation,
            evaluator=mentor.person,
            evaluated=evaluated,
            start_date=now.date(),
            end_date=None,
            by=house.coordinators["residency"],
            now=now,
        )


def enter_after_calls(house: House, people: People, *, now: datetime) -> None:
    """Enter the mentors who said yes on the phone; their own button is still due."""
    for mentor, voice in people.called:
        services.enter_mentor_for(
            programme=mentor.programme,
            person=mentor.person,
            topic=voice.topics[0],
            places=1,
            by=house.coordinators["nursing"],
            now=now,
        )


class _Crowd:
    """Brings people in and speaks for them, with one set of dice."""

    def __init__(self, house: House, dice: Random, names: Iterator[str], now: datetime) -> None:
        self.house, self.dice, self.names, self.now = house, dice, names, now

    def mentors(
        self, template: str, voices: Sequence[Voice], stages: Sequence[str], count: int
    ) -> list[Participation]:
        """Make `count` mentors who are ready; every ninth has answered the one screen only."""
        made = []
        for number in range(count):
            voice = voices[number % len(voices)]
            title = "Dr. " if template == "residency" else ""
            person = account(next(self.names), now=self.now, title=title)
            self._bring_in(template, person, Part.MENTOR, voice.headline, self.dice.choice(stages))
            mentor = services.become_mentor(
                programme=self.house.programmes[template],
                topic=voice.topics[0],
                places=self.dice.choice(PLACES),
                by=person,
                now=self.now,
            )
            if number % BLANK_EVERY != BLANK_EVERY - 1:
                self._tell(mentor, voice)
            made.append(mentor)
        return made

    def mentees(self, template: str, stages: Sequence[str], count: int) -> list[Participation]:
        """Bring `count` mentees in; they answer their first questions when their story begins."""
        return [
            self._bring_in(
                template,
                account(next(self.names), now=self.now),
                Part.MENTEE,
                "",
                stages[number % len(stages)],
            )
            for number in range(count)
        ]

    def teach_students(self, elsewhere: Participation) -> Participation:
        """Make somebody a mentor of students as well, with the story they tell elsewhere."""
        person, now = elsewhere.person, self.now
        self._bring_in("students", person, Part.MENTOR, "", "")
        topics = ("choosing-a-specialty", "residency-application", "starting-research")
        teacher = services.become_mentor(
            programme=self.house.programmes["students"],
            topic=self.dice.choice(topics),
            places=self.dice.choice((1, 1, 2)),
            by=person,
            now=now,
        )
        services.set_story(
            participation=teacher,
            story=elsewhere.story or TEACHER_STORY,
            strengths="",
            hopes="",
            by=person,
            now=now,
        )
        return teacher

    def bring_in_to_call(self, template: str, voice: Voice) -> tuple[Participation, Voice]:
        """Bring somebody in whom the coordinator means to call."""
        person = account(next(self.names), now=self.now)
        stage = "nurse-experienced"
        return self._bring_in(template, person, Part.MENTOR, voice.headline, stage), voice

    def _bring_in(
        self, template: str, person: User, part: Part, headline: str, stage: str
    ) -> Participation:
        site = self.dice.choices(self.house.sites, weights=(6, 2, 2, 1))[0]
        return services.bring_in(
            programme=self.house.programmes[template],
            newcomer=services.Newcomer(
                person=person,
                part=part,
                headline=headline,
                stage=stage,
                site=site,
                unit=self.dice.choice(site.units.all()) if part == Part.MENTEE else None,
                cohort=f"Class of {self.now.year + 3}" if part == Part.MENTEE else "",
                start_date=self.now.date() if part == Part.MENTEE else None,
            ),
            by=self.house.coordinators[template],
            now=self.now,
        )

    def _tell(self, mentor: Participation, voice: Voice) -> None:
        person, now = mentor.person, self.now
        services.set_story(
            participation=mentor, story=voice.story, strengths="", hopes="", by=person, now=now
        )
        services.choose_topics(participation=mentor, topics=voice.topics, by=person, now=now)
        speak_of_self(person, self.dice, now)
        chosen = [choice.value for choice in person.value_choices.all()[:3]]
        services.show_values(lines=dict.fromkeys(chosen, ""), by=person, now=now)
        if self.dice.random() < LEAVE_SHARE:
            start = (now + timedelta(days=self.dice.randrange(20, 340))).date()
            services.add_block(
                kind=BlockKind.LEAVE,
                start_date=start,
                end_date=start + timedelta(days=13),
                by=person,
                now=now,
            )


def speak_of_self(person: User, dice: Random, now: datetime) -> None:
    """Choose values, working style and times of the week."""
    services.order_values(
        values=dice.sample([value.slug for value in values()], 5), by=person, now=now
    )
    services.answer_styles(
        answers={
            style.slug: (dice.randint(-2, 2), dice.choice((0, 1, 1, 2))) for style in styles()
        },
        by=person,
        now=now,
    )
    days = sorted(dice.sample(range(5), 2))
    services.set_windows(
        windows=[(day, hour * 60, (hour + 2) * 60) for day in days for hour in (7, 16)],
        times_change=False,
        by=person,
        now=now,
    )


def begin_looking(mentee: Participation, hope: Hope, *, dice: Random, now: datetime) -> None:
    """Let a mentee answer the three first questions and, mostly, tell more of themselves."""
    person = mentee.person
    services.answer_first_questions(
        participation=mentee,
        purposes=hope.purposes,
        site=person.profile.site,
        remote=dice.random() < REMOTE_SHARE,
        exclusions=(),
        by=person,
        now=now,
    )
    services.choose_topics(participation=mentee, topics=hope.topics, by=person, now=now)
    services.set_story(
        participation=mentee,
        story="",
        strengths=hope.strengths,
        hopes=hope.hopes,
        by=person,
        now=now,
    )
    if dice.random() < TELLS_MORE:
        speak_of_self(person, dice, now)


def _names(players: Cast, dice: Random) -> Iterator[str]:
    taken = {name for pair in OFFICE.values() for name in pair} | {"Josephine Carter"}
    # The people of the start page come first; everyone else is mixed.
    first = ["Helen Marsh", "Tunde Adeyemi"]
    mixed = [f"{given} {family}" for given, family in product(players.given, players.family)]
    dice.shuffle(mixed)
    seen_given: dict[str, int] = {}
    yield from first
    for name in mixed:
        given = name.split()[0]
        if name in taken or name in first or seen_given.get(given, 0) > 3:  # noqa: PLR2004 -- few namesakes
            continue
        seen_given[given] = seen_given.get(given, 0) + 1
        yield name
