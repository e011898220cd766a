"""What both sides of a round say of each other: first talks, open doors, and a mentor's leaning."""

from django.db import models

from mentorwell.foundation.constraints import between
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.matching.enums import Leaning
from mentorwell.matching.models.rounds import Round
from mentorwell.people.models import Participation


class MentorWord(models.Model):
    """What one mentor says of one mentee in a round. No row says nothing, and costs nothing.

    The leaning is the mentor's alone: no page shows it to anybody else. `opens_door` is read by
    the mentee: this mentor would gladly talk with somebody like them.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="mentor_words")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    leaning = word_field(Leaning, default=Leaning.NEUTRAL)
    opens_door = models.BooleanField(default=False)

    privacy = {
        "id": PLAIN,
        "round": LINK,
        "mentor": LINK,
        "mentee": LINK,
        "leaning": OWN,
        "opens_door": OWN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mentor", "mentee"], name="one_word_a_mentor_and_mentee"
            )
        ]

    def __str__(self) -> str:
        return f"MentorWord {self.pk}"


class FirstTalk(Record):
    """Two of a round are asked to talk once; nothing follows from it but what they say of it.

    The mentee's reaction, 1 (not for me) to 5 (very much), and their words are theirs alone.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="talks")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    score = models.PositiveSmallIntegerField(null=True)
    words = SealedText(blank=True)

    privacy = {
        "round": LINK,
        "mentee": LINK,
        "mentor": LINK,
        "asked_at": FACT,
        "score": OWN,
        "words": WORDS,
    }

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mentee", "mentor"], name="one_first_talk_a_round_and_pair"
            ),
            between("score", 1, 5),
        ]
