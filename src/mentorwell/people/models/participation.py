"""A person's part in a programme, its places and its topics."""

from django.conf import settings
from django.db import models

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.constraints import between
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.people.enums import Part
from mentorwell.programmes.models import Organisation, Programme


PERSON = settings.AUTH_USER_MODEL


class Participation(Record):
    """One person's part in one programme.

    `hidden_at` is set while a mentor has not answered "still taking mentees?"; `confirmed_at`
    is the person's own yes, also to what the office entered for them after a call;
    `before_pause` is the state to which a pause returns.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="participations"
    )
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="participations")
    part = word_field(Part)
    state = word_field(ParticipationState, default=ParticipationState.INVITED)
    purposes = models.JSONField(default=list)  # slugs of people/content/purposes.toml
    story = SealedText(blank=True)
    strengths = SealedText(blank=True)
    hopes = SealedText(blank=True)
    cohort = models.CharField(max_length=60, blank=True)
    start_date = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField()
    entered_by_office = models.BooleanField(default=False)
    welcomed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    looking_since = models.DateTimeField(null=True)
    before_pause = models.CharField(max_length=24, blank=True)
    paused_until_date = models.DateField(null=True, blank=True)
    asked_still_taking_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    told = models.JSONField(default=list)  # words of `Piece` that the person answered, even emptied

    privacy = {
        "programme": LINK,
        "person": LINK,
        "part": FACT,
        "state": FACT,
        "purposes": OWN,
        "story": WORDS,
        "strengths": WORDS,
        "hopes": WORDS,
        "cohort": FACT,
        "start_date": FACT,
        "entered_at": FACT,
        "entered_by_office": FACT,
        "welcomed_at": FACT,
        "confirmed_at": FACT,
        "looking_since": OWN,
        "before_pause": FACT,
        "paused_until_date": FACT,
        "asked_still_taking_at": FACT,
        "hidden_at": FACT,
        "left_at": FACT,
        "told": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "part"], name="one_participation_a_part"
            )
        ]
        indexes = [models.Index(fields=["programme", "part", "state"])]


class Place(models.Model):
    """A numbered place of a participation: room for one mentorship at a time.

    Numbers start at 1. A lowered place keeps its row and closes; while a mentorship still
    holds it, it closes as soon as it falls free.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="places"
    )
    number = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True)

    privacy = {"id": PLAIN, "participation": LINK, "number": FACT, "closed_at": FACT}

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "number"], name="one_place_a_number"),
            between("number", 1, 50),
        ]

    def __str__(self) -> str:
        return f"Place {self.number} of {self.participation_id}"


class TopicChoice(models.Model):
    """A topic that a participation seeks (mentee) or offers (all others).

    An `interest` is neither: something the person cares about and likes to share.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="topic_choices"
    )
    topic = models.CharField(max_length=60)  # slug of the tree or of a LocalTopic
    interest = models.BooleanField(default=False)

    privacy = {"id": PLAIN, "participation": LINK, "topic": OWN, "interest": OWN}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "topic"], name="one_choice_a_topic")
        ]

    def __str__(self) -> str:
        return f"TopicChoice {self.pk}"


class LocalTopic(Record):
    """A topic that an organisation adds to the tree of people/content/topics.toml."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    parent = models.CharField(max_length=60, blank=True)  # slug; empty: a root of its own

    privacy = dict.fromkeys(("organisation", "slug", "name", "parent"), PLAIN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_local_topic_a_slug")
        ]
