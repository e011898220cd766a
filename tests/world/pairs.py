"""Those who found each other: two that go on, and one that has ended."""

from datetime import datetime, timedelta

from mentorwell.accounts import services as accounts
from mentorwell.matching import services as matching
from mentorwell.meetings import emails
from mentorwell.meetings import services as meetings
from mentorwell.meetings.enums import MissedReason
from mentorwell.mentorships import services
from mentorwell.mentorships.content import agreement_choices
from mentorwell.mentorships.enums import EndingReason
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.rules import Answers, Terms
from tests.factories.moments import NOW
from tests.world.house import ZONE
from tests.world.world import World


def pair_up(world: World, *, now: datetime) -> None:
    """Let three mentees be accepted; the pair of `mentee` and `mentor` has everything once."""
    pair = accepted(world, "mentee", "mentor", now=now)
    world.keep(mentorship=pair)
    _agree(world, now)
    _meet(world, now)
    world.keep(
        other_mentorship=accepted(world, "other_mentee", "other_mentor", now=now),
        ended=accepted(world, "ex_mentee", "mentor", now=now),
    )
    _expect(world, "other_mentorship", "other_mentee", now)  # sealed: the mentor has not answered


def accepted(world: World, mentee: str, mentor: str, *, now: datetime) -> Mentorship:
    """Let a mentee write, and a mentor say yes with words of their own and a time to meet."""
    words, whose = world.words, f"{mentee}-{mentor}"
    draft = matching.draft_invitation(
        mentee=world.fresh(f"{mentee}_part"),
        mentor=world.fresh(f"{mentor}_part"),
        why_you=words.sentence(f"{whose}.why_you"),
        what_i_bring=words.sentence(f"{whose}.what_i_bring"),
        by=world.person(mentee),
        now=now,
    )
    sent = matching.send_invitation(invitation=draft, by=world.person(mentee), now=now)
    sent.refresh_from_db()
    made = matching.accept_invitation(
        invitation=sent,
        by=world.person(mentor),
        times=[NOW + timedelta(days=3)],
        where=words.sentence(f"{whose}.where"),
        words=words.sentence(f"{whose}.answer_words"),
        now=now,
    )
    world.keep(**{f"{whose}_invitation": sent, f"{whose}_meeting": made.meetings.get()})
    return Mentorship.objects.get(pk=made.pk)


def _agree(world: World, now: datetime) -> None:
    """Both have said what they expect; one version is agreed, the mentee has proposed the next."""
    mentee, mentor = world.person("mentee"), world.person("mentor")
    for who in ("mentee", "mentor"):
        _expect(world, "mentorship", who, now)
    for version in (1, 2):
        proposed = services.propose_agreement(
            mentorship=world.mentorship,
            terms=terms(world, f"agreement.{version}"),
            by=mentee,
            now=now + timedelta(days=version),
        )
        if version == 1:
            services.agree(agreement=proposed, by=mentor, now=now + timedelta(days=version))
    world.keep(agreement=proposed)


def _expect(world: World, mentorship: str, who: str, now: datetime) -> None:
    """Let somebody say what they expect, in words of their own beside the choices."""
    offered, words = agreement_choices(), world.words
    services.send_answers(
        mentorship=world.fresh(mentorship),
        answers=Answers(
            relationship=offered.relationship[0].slug,
            meetings_like=offered.meetings[0].slug,
            agenda_by=offered.agenda[0].slug,
            relationship_words=words.sentence(f"{who}.answers.relationship"),
            meetings_words=words.sentence(f"{who}.answers.meetings"),
            agenda_words=words.sentence(f"{who}.answers.agenda"),
        ),
        by=world.person(who),
        now=now,
    )


def terms(world: World, key: str) -> Terms:
    """Return the first choice of each question, with a purpose in one's own words."""
    offered = agreement_choices()
    return Terms(
        purpose=world.words.sentence(f"{key}.purpose"),
        relationship=offered.relationship[0].slug,
        meetings_like=offered.meetings[0].slug,
        agenda_by=offered.agenda[0].slug,
        schedules_by=offered.scheduling[0].slug,
        review_date=NOW.date() + timedelta(days=90),
        relationship_words=world.words.sentence(f"{key}.relationship"),
        meetings_words=world.words.sentence(f"{key}.meetings"),
        agenda_words=world.words.sentence(f"{key}.agenda"),
        clauses={"contact": world.words.sentence(f"{key}.clause")},
        extra=[("What else?", world.words.sentence(f"{key}.extra"))],
    )


def _meet(world: World, now: datetime) -> None:
    """One meeting was held, one missed, one is over, one lies ahead, one waits for a time."""
    mentee, mentor = world.person("mentee"), world.person("mentor")
    for name, at in (
        ("held", now + timedelta(days=10)),
        ("missed", now + timedelta(days=8)),
        ("over", NOW - timedelta(days=1)),
        ("ahead", NOW + timedelta(days=5)),
    ):
        meeting = meetings.propose_meeting(
            mentorship=world.mentorship,
            times=[at],
            minutes=45,
            where=world.words.sentence(f"meeting.{name}.where"),
            time_zone=ZONE,
            by=mentee,
            now=now,
        )
        meetings.choose_time(offer=meeting.offers.get(), by=mentor, now=now)
        world.keep(**{f"meeting_{name}": meeting})
    for name in ("held", "ahead"):
        meetings.set_agenda(
            meeting=world.fresh(f"meeting_{name}"),
            points=[world.words.sentence(f"meeting.{name}.point")],
            by=mentee,
            now=now,
        )
    meetings.miss_meeting(
        meeting=world.fresh("meeting_missed"),
        because=MissedReason.BUSY,
        by=mentee,
        now=now + timedelta(days=9),
    )
    held = world.fresh("meeting_held")
    meetings.log_meeting(meeting=held, by=mentee, now=now + timedelta(days=11))
    owner = world.mentorship.members.get(participation__person=mentee)
    meetings.keep_of_meeting(
        meeting=held,
        takeaway=world.words.sentence("meeting.held.takeaway"),
        steps=[meetings.NextStep(world.words.sentence("meeting.held.step"), owner.pk)],
        listened=None,
        by=mentee,
        now=now + timedelta(days=11),
    )
    meetings.keep_of_meeting(
        meeting=held, takeaway="", steps=[], listened=2, by=mentor, now=now + timedelta(days=11)
    )
    world.keep(
        point=world.meeting_ahead.points.get(),
        step=held.steps.get(),
        feed_secret=meetings.make_feed(by=mentee, now=now),
        log_secret=accounts.make_link(
            person=mentor,
            action=emails.LOG,
            target_uid=world.meeting_over.uid,
            now=NOW,
            lifetime=emails.LOG_LIFETIME,
        ),
    )
    world.keep(meeting_proposed=getattr(world, "mentee-mentor_meeting"))


def part(world: World, *, now: datetime) -> None:
    """The former pair has ended with thanks, and the hour to undo it is over."""
    ended = world.fresh("ended")
    services.end_mentorship(
        mentorship=ended,
        by=world.person("ex_mentee"),
        reason=EndingReason.NOT_A_FIT,
        thanks=world.words.sentence("ending.thanks"),
        now=now,
    )
    services.finish_endings(now=now + timedelta(hours=2))
