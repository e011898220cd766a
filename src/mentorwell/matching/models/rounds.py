"""Rounds: who takes part, whom they would like, and the runs that the office compares."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorwell.core.lifecycles import ProposalState, RoundState, RunState
from mentorwell.core.pairing import Mode
from mentorwell.foundation.constraints import between
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN
from mentorwell.foundation.sealed import SealedText
from mentorwell.matching.enums import Hand
from mentorwell.matching.models.invitations import Invitation
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme


class Round(Record):
    """The office looks at many mentees and mentors together. Nobody is paired by it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rounds")
    name = models.CharField(max_length=80)
    state = word_field(RoundState, default=RoundState.DRAFT)
    wishes_until = models.DateField()  # the last day for joining and wishes
    # Of a round in two stages: the last day of the first talks, after which the last runs are tried.
    talks_until = models.DateField(null=True)
    closes_date = models.DateField()
    begun_at = models.DateTimeField()
    talks_run = models.ForeignKey(
        "RoundRun", on_delete=models.SET_NULL, null=True, related_name="talks_in"
    )
    published_run = models.ForeignKey(
        "RoundRun", on_delete=models.SET_NULL, null=True, related_name="published_in"
    )
    tended_at = models.DateTimeField(null=True)  # when its suggestions were last gone over
    closed_at = models.DateTimeField(null=True)

    privacy = dict.fromkeys(
        (
            "programme",
            "name",
            "state",
            "wishes_until",
            "talks_until",
            "closes_date",
            "begun_at",
            "talks_run",
            "published_run",
            "tended_at",
            "closed_at",
        ),
        PLAIN,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=~Q(state=RoundState.CLOSED),
                name="one_open_round_a_programme",
            ),
            models.CheckConstraint(
                condition=Q(closes_date__gte=models.F("wishes_until")),
                name="matching_round_closes_after_wishes",
            ),
            models.CheckConstraint(
                condition=Q(talks_until__isnull=True)
                | Q(talks_until__gte=models.F("wishes_until"))
                & Q(talks_until__lte=models.F("closes_date")),
                name="matching_round_talks_between_wishes_and_close",
            ),
        ]


class RoundPart(models.Model):
    """One person's word on one round: a mentee joins it, a mentor may sit it out.

    Without a row a mentee takes no part, and a mentor with free places does. With `open_to_doors`
    a mentee lets mentors of the round read, without a name, what they look for.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="parts")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    takes_part = models.BooleanField()
    open_to_doors = models.BooleanField(default=False)
    said_at = models.DateTimeField()

    privacy = {
        "id": PLAIN,
        "round": LINK,
        "participation": LINK,
        "takes_part": OWN,
        "open_to_doors": OWN,
        "said_at": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "participation"], name="one_word_a_round_and_person"
            )
        ]

    def __str__(self) -> str:
        return f"RoundPart {self.pk}"


class RoundWish(models.Model):
    """A mentee would like one mentor in a round: ranked from 1, or only marked (no rank)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="wishes")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)

    privacy = {"id": PLAIN, "round": OWN, "mentee": OWN, "mentor": OWN, "rank": OWN}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mentee", "mentor"], name="one_wish_a_round_and_pair"
            ),
            models.UniqueConstraint(
                fields=["round", "mentee", "rank"], name="one_mentor_a_round_and_rank"
            ),
            between("rank", 1, 1000),
        ]

    def __str__(self) -> str:
        return f"RoundWish {self.pk}"


class RoundRun(Record):
    """One try at the pairs of a round, so that anybody can repeat it to the byte.

    `input_hash` tells the ground it stands on, `result_hash` what came out. `figures` are counts
    and sums of the whole, never of one person. A run that did not verify is never stored as done.
    `adjusts` is the run of which this one is a copy, changed by hand.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="runs")
    state = word_field(RunState, default=RunState.QUEUED)
    mode = word_field(Mode)
    weight_interest = models.FloatField()
    weight_proximity = models.FloatField()
    weight_values = models.FloatField()
    weight_style = models.FloatField()
    places_most = models.PositiveSmallIntegerField(null=True)  # of one mentor, in this run
    seed = models.PositiveIntegerField(default=0)
    adjusts = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="adjusted"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    progress = models.PositiveSmallIntegerField(default=0)  # in a hundred
    engine = models.CharField(max_length=24, blank=True)  # version of the package
    input_hash = models.CharField(max_length=64, blank=True)
    result_hash = models.CharField(max_length=64, blank=True)
    figures = models.JSONField(default=dict)
    failure = models.CharField(max_length=300, blank=True)  # a sentence of ours

    privacy = {
        "by": LINK,
        **dict.fromkeys(
            (
                "round",
                "state",
                "mode",
                "weight_interest",
                "weight_proximity",
                "weight_values",
                "weight_style",
                "places_most",
                "seed",
                "adjusts",
                "asked_at",
                "finished_at",
                "progress",
                "engine",
                "input_hash",
                "result_hash",
                "figures",
                "failure",
            ),
            PLAIN,
        ),
    }

    class Meta:
        ordering = ["asked_at", "pk"]


class RunGround(models.Model):
    """What the solver was given, sealed, so that a run can be repeated, explained and changed.

    Fits of all pairs, by which hidden values could be guessed: forgotten when the round closes.
    """

    run = models.OneToOneField(RoundRun, on_delete=models.CASCADE, related_name="kept_ground")
    packed = SealedText()

    privacy = {"id": PLAIN, "run": PLAIN, "packed": OWN}

    def __str__(self) -> str:
        return f"RunGround {self.pk}"


class RunChange(models.Model):
    """One pair that the office put together or kept apart by hand, in a run's copy."""

    run = models.ForeignKey(RoundRun, on_delete=models.CASCADE, related_name="changes")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    hand = word_field(Hand)
    # What it cost in the moment it was made: differences, so a loss is negative.
    covered = models.IntegerField()
    total = models.BigIntegerField()

    privacy = {
        "id": PLAIN,
        "run": LINK,
        "mentee": LINK,
        "mentor": LINK,
        "hand": OWN,
        "covered": PLAIN,
        "total": PLAIN,
    }

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "mentee", "mentor"], name="one_change_a_pair")
        ]

    def __str__(self) -> str:
        return f"RunChange {self.pk}"


class RunPair(models.Model):
    """One pair of one run: a proposal at most, and nobody's state."""

    run = models.ForeignKey(RoundRun, on_delete=models.CASCADE, related_name="pairs")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    fit = models.PositiveIntegerField()  # millionths; shown in steps only

    privacy = {"id": PLAIN, "run": LINK, "mentee": LINK, "mentor": LINK, "fit": OWN}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "mentee", "mentor"], name="one_pair_a_run")
        ]

    def __str__(self) -> str:
        return f"RunPair {self.pk}"


class Proposal(Record):
    """One mentor named to one mentee in a round; the mentee may invite, pass, or let it be.

    A pair is proposed once in a round. `position` is its place among those named together.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="proposals")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    state = word_field(ProposalState, default=ProposalState.OPEN)
    position = models.PositiveSmallIntegerField()
    proposed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # invited, passed or withdrawn
    invitation = models.ForeignKey(
        Invitation, on_delete=models.SET_NULL, null=True, related_name="proposals"
    )

    privacy = {
        "round": LINK,
        "mentee": LINK,
        "mentor": LINK,
        "state": OWN,
        "position": OWN,
        "proposed_at": FACT,
        "ended_at": FACT,
        "invitation": LINK,
    }

    class Meta:
        ordering = ["proposed_at", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mentee", "mentor"], name="one_proposal_a_round_and_pair"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN, ended_at__isnull=True)
                | ~Q(state=ProposalState.OPEN) & Q(ended_at__isnull=False),
                name="matching_proposal_ended_when_not_open",
            ),
        ]
