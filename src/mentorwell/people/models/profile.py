"""What a person says of themselves, in every programme."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorwell.foundation.constraints import between, in_order
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.people.enums import BlockKind, ExclusionReason
from mentorwell.programmes.models import Organisation, Site, Unit


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
    told = models.JSONField(default=list)  # words of `Piece` that the person answered, even emptied
    put_off = models.JSONField(default=list)  # words of `Piece`: "not now"; they are not offered

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
        "told": FACT,
        "put_off": FACT,
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


class Exclusion(Record):
    """A person asks: please not with this one. Private, works both ways, needs no reason."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="exclusions")
    other = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    reason = word_field(ExclusionReason, default=ExclusionReason.PLEASE_NOT)

    privacy = {"person": OWN, "other": OWN, "reason": OWN}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="one_exclusion_a_person"),
            models.CheckConstraint(
                condition=~Q(person=models.F("other")), name="people_exclusion_of_another"
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
