"""A round in which three mentees and five mentors take part."""

from datetime import timedelta

from mentorwell.core.pairing import Mode, Weights
from mentorwell.matching import services
from mentorwell.matching.models import Round, RoundRun
from mentorwell.matching.queries.snapshot import forget
from mentorwell.people.models import TopicChoice
from mentorwell.programmes.roles import Role
from tests.factories.matching import open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory


DAY = timedelta(days=1)


class InRound:
    """People of one round, and what they do in it."""

    def __init__(self, *, mentees=3, mentors=5, talks=True):
        forget()  # mentors made by a factory raise no version
        self.programme = open_programme()
        self.office = OfficeRoleFactory(programme=self.programme, role=Role.DIRECTOR).person
        self.mentors = [MentorFactory(programme=self.programme) for _ in range(mentors)]
        self.mentees = [MenteeFactory(programme=self.programme) for _ in range(mentees)]
        round_ = services.begin_round(
            programme=self.programme,
            name="Autumn",
            wishes_until=NOW.date() + 7 * DAY,
            talks_until=NOW.date() + 14 * DAY if talks else None,
            closes_date=NOW.date() + 40 * DAY,
            by=self.office,
            now=NOW,
        )
        self.pk = round_.pk
        for mentee in self.mentees:
            self.join(mentee)

    @property
    def round(self):
        """The round as it is stored now."""
        return Round.objects.select_related("programme__policy").get(pk=self.pk)

    def join(self, mentee, **more):
        services.speak_in_round(
            round_=self.round,
            participation=mentee,
            takes_part=True,
            by=mentee.person,
            now=NOW,
            **more,
        )

    def stop_wishes(self):
        services.stop_wishes(round_=self.round, by=self.office, now=NOW)

    def solved(self, mode=Mode.BEST, **more):
        run = services.start_run(
            round_=self.round, mode=mode, weights=Weights(), by=self.office, now=NOW, **more
        )
        services.solve_run(run_id=run.pk, now=NOW)
        run.refresh_from_db()
        return run

    def say(self, mentor, mentee, **word):
        services.speak_of_mentee(
            round_=self.round,
            mentor=mentor,
            mentee=mentee,
            by=mentor.person,
            now=NOW,
            **({"leaning": "neutral", "opens_door": False} | word),
        )

    def publish(self, run):
        """Publish a run, and name mentors as the worker does."""
        run = RoundRun.objects.select_related("round__programme__policy").get(pk=run.pk)
        services.publish_run(run=run, by=self.office, now=NOW)
        services.tend_round(round_id=self.pk, since=NOW, now=NOW)

    def seeks(self, mentee, *topics, interest=False):
        for topic in topics:
            TopicChoice.objects.create(participation=mentee, topic=topic, interest=interest)
        forget()


def pairs_of(run):
    return {(pair.mentee_id, pair.mentor_id) for pair in run.pairs.all()}
