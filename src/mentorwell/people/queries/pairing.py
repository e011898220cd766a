"""May these two be paired? What stands between a participation and any other person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mentorwell.people.enums import LinkKind
from mentorwell.people.models import Exclusion, LinkCheck, LinkOverride, Participation, Profile
from mentorwell.people.queries.evaluation import KnownLink, known_links


@dataclass(frozen=True)
class PairingBars:
    """What stands between one participation and others, asked for once and answered for all.

    `excluded` holds the people kept away by either side's private wish; `links` what is known
    between the two by the other's person id; `overridden` which *never* links two people of
    the office have lifted, by the other's participation id. `checked_date` is the day on
    which the office last went over the programme's links, None if it never did.
    """

    excluded: frozenset[int]
    links: Mapping[int, tuple[KnownLink, ...]]
    overridden: Mapping[int, frozenset[int]]
    hide_evaluators: bool
    checked_date: date | None

    @property
    def touched(self) -> frozenset[int]:
        """The people about whom there is anything to ask; all others are free of bars."""
        return self.excluded | frozenset(self.links)

    def block(self, *, person_id: int, participation_id: int) -> bool:
        """Whether this pair may not be, whichever of the two would be the mentor."""
        lifted = self.overridden.get(participation_id, frozenset())
        return person_id in self.excluded or any(
            link.kind is LinkKind.NEVER and link.id not in lifted
            for link in self.links.get(person_id, ())
        )

    def disclosed(self, *, person_id: int, participation_id: int) -> tuple[KnownLink, ...]:
        """Return the links that both must be shown and must acknowledge before pairing.

        These are the *disclose* links and the *never* links that were lifted for this pair.
        """
        lifted = self.overridden.get(participation_id, frozenset())
        return tuple(
            link
            for link in self.links.get(person_id, ())
            if link.kind is LinkKind.DISCLOSE or link.id in lifted
        )

    def hide(self, *, person_id: int, participation_id: int) -> bool:
        """Whether a list leaves this person out: barred, or "hide anyone who evaluates me"."""
        return self.block(person_id=person_id, participation_id=participation_id) or (
            self.hide_evaluators
            and any(
                link.kind is LinkKind.DISCLOSE and link.other_evaluates
                for link in self.links.get(person_id, ())
            )
        )


def pairing_bars(participation: Participation, *, on_date: date) -> PairingBars:
    """Return what stands between a participation, mentee's or mentor's, and everyone else.

    A constant number of queries, however many people there are to ask about.
    """
    person_id = participation.person_id
    hide = Profile.objects.filter(person_id=person_id).values_list("hide_evaluators", flat=True)
    return PairingBars(
        excluded=_excluded(person_id),
        links=known_links(person_id, on_date=on_date),
        overridden=_overridden(participation),
        hide_evaluators=hide.first() is not False,
        checked_date=links_checked_date(participation.programme_id),
    )


def links_checked_date(programme_id: int) -> date | None:
    """Return the day on which the office last went over a programme's evaluation links."""
    checks = LinkCheck.objects.filter(programme_id=programme_id).order_by("-checked_date")
    return checks.values_list("checked_date", flat=True).first()


def _excluded(person_id: int) -> frozenset[int]:
    rows = Exclusion.objects.filter(Q(person_id=person_id) | Q(other_id=person_id))
    pairs = rows.values_list("person_id", "other_id")
    return frozenset(one for pair in pairs for one in pair if one != person_id)


def _overridden(participation: Participation) -> Mapping[int, frozenset[int]]:
    rows = LinkOverride.objects.filter(
        Q(mentee=participation) | Q(mentor=participation), approved_at__isnull=False
    )
    found: dict[int, frozenset[int]] = {}
    for link_id, mentee_id, mentor_id in rows.values_list("link_id", "mentee_id", "mentor_id"):
        other = mentor_id if mentee_id == participation.pk else mentee_id
        found[other] = found.get(other, frozenset()) | {link_id}
    return found
