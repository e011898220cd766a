"""What a person says of themselves, and their part in each programme."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.constraints import between, exactly_one, in_order
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.people.enums import BlockKind, ExclusionReason, LinkKind, Part, Relation
from mentorwell.programmes.models import Organisation, Programme, Site, Unit
from mentorwell.programmes.roles import Role


PERSON = settings.AUTH_USER_MODEL


class Profile(Record):
    """What holds for a person in every programme."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="profile")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    headline = models.CharField(max_length=160, blank=True)
    stage = models.CharField(max_length=40, blank=True)  # slug of people/content/stages.toml
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    languages = models.JSONField(default=list)  # codes such as "en"; empty: the organisation's
    remote = models.BooleanField(null=True)  # would meet by video; None: has not said
    times_change = models.BooleanField(default=False)  # "my times change weekly"
    hide_evaluators = models.BooleanField(default=True)

    privacy = {
        "person": LINK,
        "organisation": LINK,
        "headline": FACT,
        "stage": FACT,
        "site": FACT,
        "unit": FACT,
        "languages": FACT,
        "remote": FACT,
        "times_change": FACT,
        "hide_evaluators": FACT,
    }


class ValueChoice(models.Model):
    """One of a person's five values, in their order; a mentor chooses which to show."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="value_choices")
    value = models.CharField(max_length=40)  # slug of people/content/values.toml
    rank = models.PositiveSmallIntegerField()  # 1 is first
    shown = models.BooleanField(default=False)
    line = SealedText(blank=True)  # how they live it

    privacy = {
        "id": PLAIN,
        "person": LINK,
        "value": OWN,
        "rank": OWN,
        "shown": FACT,
        "line": WORDS,
    }

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["person", "value"], name="one_choice_a_value"),
            models.UniqueConstraint(fields=["person", "rank"], name="one_value_a_rank"),
            between("rank", 1, 5),
        ]

    def __str__(self) -> str:
        return f"ValueChoice {self.pk}"


class StyleAnswer(models.Model):
    """Where a person stands on one working-style slider, and how much that matters to them."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="style_answers")
    slider = models.CharField(max_length=40)  # slug of people/content/styles.toml
    position = models.SmallIntegerField()  # -2 the left pole .. 2 the right
    matters = models.PositiveSmallIntegerField(default=1)  # 0 no, 1 somewhat, 2 much

    privacy = {"id": PLAIN, "person": LINK, "slider": OWN, "position": OWN, "matters": OWN}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "slider"], name="one_answer_a_slider"),
            between("position", -2, 2),
            between("matters", 0, 2),
        ]

    def __str__(self) -> str:
        return f"StyleAnswer {self.pk}"


class Window(models.Model):
    """A time of the week that usually suits a person, in local minutes of their zone."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField()  # 0 Monday .. 6 Sunday
    start_minute = models.PositiveSmallIntegerField()  # from local midnight
    end_minute = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=64)

    privacy = {
        "id": PLAIN,
        "person": LINK,
        "weekday": FACT,
        "start_minute": FACT,
        "end_minute": FACT,
        "time_zone": FACT,
    }

    class Meta:
        ordering = ["weekday", "start_minute"]
        constraints = [
            between("weekday", 0, 6),
            between("end_minute", 1, 1440),
            models.CheckConstraint(
                condition=Q(end_minute__gt=models.F("start_minute")),
                name="people_window_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"Window {self.pk}"


class Block(Record):
    """Days on which a person cannot meet and wants no mail."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="blocks")
    kind = word_field(BlockKind)
    start_date = models.DateField()
    end_date = models.DateField()  # the last day of it

    privacy = {"person": LINK, "kind": FACT, "start_date": FACT, "end_date": FACT}

    class Meta:
        ordering = ["start_date"]
        constraints = [in_order("start_date", "end_date")]


class Exclusion(models.Model):
    """A person asks: please not with this one. Private, works both ways, needs no reason."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="exclusions")
    other = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    reason = word_field(ExclusionReason, default=ExclusionReason.PLEASE_NOT)

    privacy = {"id": PLAIN, "person": OWN, "other": OWN, "reason": OWN}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="one_exclusion_a_person"),
            models.CheckConstraint(
                condition=~Q(person=models.F("other")), name="people_exclusion_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"Exclusion {self.pk}"


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


class Participation(Record):
    """One person's part in one programme.

    `hidden_at` is set while a mentor has not answered "still taking mentees?"; `confirmed_at`
    is the person's own yes, also to what the office entered for them after a call.
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
    paused_until_date = models.DateField(null=True, blank=True)
    asked_still_taking_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

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
        "paused_until_date": FACT,
        "asked_still_taking_at": FACT,
        "hidden_at": FACT,
        "left_at": FACT,
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
    """A topic that a participation seeks (mentee) or offers (all others)."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="topic_choices"
    )
    topic = models.CharField(max_length=60)  # slug of the tree or of a LocalTopic

    privacy = {"id": PLAIN, "participation": LINK, "topic": OWN}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "topic"], name="one_choice_a_topic")
        ]

    def __str__(self) -> str:
        return f"TopicChoice {self.pk}"


class EvaluationLink(Record):
    """A known link between somebody who evaluates and somebody who is evaluated.

    On either side stands a person, or everyone of a unit; the evaluator may also be whoever
    holds an office role of the programme, the evaluated everyone in it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = word_field(LinkKind)
    relation = word_field(Relation)
    evaluator_person = models.ForeignKey(
        PERSON, on_delete=models.CASCADE, null=True, related_name="+"
    )
    evaluator_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    evaluator_role = word_field(Role, null=True)
    evaluated_person = models.ForeignKey(
        PERSON, on_delete=models.CASCADE, null=True, related_name="+"
    )
    evaluated_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    evaluated_programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, related_name="+"
    )
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    checked_date = models.DateField()

    privacy = {
        "organisation": LINK,
        "kind": FACT,
        "relation": FACT,
        "evaluator_person": LINK,
        "evaluator_unit": LINK,
        "evaluator_role": FACT,
        "evaluated_person": LINK,
        "evaluated_unit": LINK,
        "evaluated_programme": LINK,
        "start_date": FACT,
        "end_date": FACT,
        "checked_date": FACT,
    }

    class Meta:
        constraints = [
            exactly_one(
                "evaluator_person", "evaluator_unit", "evaluator_role", name="one_evaluator"
            ),
            exactly_one(
                "evaluated_person", "evaluated_unit", "evaluated_programme", name="one_evaluated"
            ),
            in_order("start_date", "end_date"),
        ]


class LinkOverride(Record):
    """Leave for one pair despite a *never* link, approved by a second, uninvolved person."""

    link = models.ForeignKey(EvaluationLink, on_delete=models.CASCADE, related_name="overrides")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    privacy = {
        "link": LINK,
        "mentee": LINK,
        "mentor": LINK,
        "asked_by": LINK,
        "asked_at": FACT,
        "approved_by": LINK,
        "approved_at": FACT,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("asked_by")),
                name="people_linkoverride_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["link", "mentee", "mentor"], name="one_override_a_pair"
            ),
        ]


class Draft(models.Model):
    """What a person has typed and not yet sent, sealed, by the name of its page."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=80)
    text = SealedText()  # JSON of the form's fields
    kept_at = models.DateTimeField()

    privacy = {"id": PLAIN, "person": LINK, "key": OWN, "text": WORDS, "kept_at": FACT}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_draft_a_key")]

    def __str__(self) -> str:
        return f"Draft {self.pk}"
