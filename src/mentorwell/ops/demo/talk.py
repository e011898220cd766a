"""What the pairs of the demonstration write to each other, and what they keep to themselves."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mentorwell.mentorships.models import Mentorship
from mentorwell.messages import services
from mentorwell.messages.models import Message
from mentorwell.people.models import Participation


TALKS = (
    (
        "Thank you for Tuesday. I asked the nurse what she would have done. She had waited for it.",
        "That took more courage than the question sounds. What did you learn about yourself?",
    ),
    (
        "I have two offers and three days. May I ring you tomorrow for ten minutes?",
        "Gladly, after five. Bring the one sentence you would regret not having said.",
    ),
    (
        "The abstract went out last night. Without your red pen it would still be four pages.",
        "It is yours, every line. Now sleep.",
    ),
    (
        "Not my week. I was short with a student and I keep hearing it.",
        "You noticed. Most do not. Will you see the student again this week?",
    ),
    (
        "Shall we look at the plan again? Research suits me less than I thought.",
        "Good that you say so. A plan may change its mind. Let us take the first ten minutes for it.",
    ),
)
NOTES = (
    "I talk when I am nervous. Next time: one question, then wait.",
    "Ask how the move went. Do not ask about the exam first.",
    "What helped: that nothing was repaired at once.",
)
NOTED, UNANSWERED = 0.4, 0.25
HOURS = 5  # at most, until an answer


class Talk:
    """What one pair writes; with dice of its own, so that the year goes on as without it."""

    def __init__(
        self, mentorship: Mentorship, mentee: Participation, mentor: Participation
    ) -> None:
        self.mentorship = mentorship
        self.mentee, self.mentor = mentee.person, mentor.person
        self.dice = Random(mentorship.pk)  # noqa: S311 -- a story, no secret

    def after_a_meeting(self, now: datetime, *, until: datetime) -> None:
        """The mentee writes a line after a meeting; the mentor answers, mostly, and reads it."""
        asked, answered = self.dice.choice(TALKS)
        if Message.objects.filter(mentorship=self.mentorship).count() >= len(TALKS):
            return  # two who have known each other for long write less
        question = services.write_message(
            mentorship=self.mentorship, text=asked, token=self._token(), by=self.mentee, now=now
        )
        if self.dice.random() < NOTED:
            services.write_note(
                mentorship=self.mentorship,
                text=self.dice.choice(NOTES),
                token=self._token(),
                by=self.dice.choice((self.mentee, self.mentor)),
                now=now,
            )
        later = now + timedelta(hours=self.dice.uniform(1, HOURS))
        if self.dice.random() < UNANSWERED or later >= until:
            return
        services.mark_read(up_to=question, by=self.mentor, now=later)
        services.write_message(
            mentorship=self.mentorship,
            text=answered,
            token=self._token(),
            by=self.mentor,
            now=later,
        )

    def _token(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128))
