"""A mentorship as one of its members sees it on every page."""

from dataclasses import dataclass

from django.utils.text import get_text_list

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MentorshipState
from mentorwell.mentorships import queries, rules
from mentorwell.mentorships.content import Format
from mentorwell.mentorships.models import Ending, Membership, Mentorship
from mentorwell.people.enums import Part


CHIPS = {
    MentorshipState.FORMING: ("sun", "Getting to know each other"),
    MentorshipState.ACTIVE: ("yes", "Under way"),
    MentorshipState.PAUSED: ("", "Paused"),
    MentorshipState.CLOSING: ("warm", "Ending"),
    MentorshipState.CLOSED: ("", "Ended"),
    MentorshipState.REDEFINED: ("", "Ended"),
}


@dataclass(frozen=True)
class Pair:
    """What the pages say of a mentorship; needs the members loaded, and asks for nothing more."""

    mentorship: Mentorship
    me: Membership
    others: list[Membership]

    @property
    def state(self) -> MentorshipState:
        """The state as this member sees it."""
        return queries.state_seen_by(self.me, self.mentorship)

    @property
    def runs(self) -> bool:
        """Whether the members are at it."""
        return self.state in queries.RUNNING

    @property
    def paused(self) -> bool:
        """Whether it rests, for this member at least."""
        return self.state == MentorshipState.PAUSED

    @property
    def ended(self) -> bool:
        """Whether it has ended for everybody."""
        return self.state in queries.ENDED

    @property
    def format(self) -> Format:
        """Its shape: one to one, circle and so on."""
        return rules.known_format(self.mentorship.format)

    @property
    def other_names(self) -> str:
        """The others by first name: "Amara", "Amara and Ben"."""
        return get_text_list([first_name(each) for each in self.others], "and")

    @property
    def title(self) -> str:
        """Everybody by first name, who receives before who gives: "Amara and Helen"."""
        everybody = sorted([self.me, *self.others], key=lambda each: each.part != Part.MENTEE)
        return get_text_list([first_name(each) for each in everybody], "and")

    @property
    def my_name(self) -> str:
        """The member's own first name, as the others read it."""
        return first_name(self.me)

    @property
    def names(self) -> list[str]:
        """The others by full name, for their avatars."""
        return [each.participation.person.name for each in self.others]

    @property
    def other_full_names(self) -> str:
        """The others by full name: "Dr. Helen Marsh"."""
        return get_text_list(self.names, "and")

    @property
    def chip(self) -> tuple[str, str]:
        """The state in a word, and the chip's kind."""
        return CHIPS[self.state]

    @property
    def ending(self) -> Ending | None:
        """The member's own ending."""
        return queries.ending_of(self.me)

    @property
    def thanks(self) -> list[tuple[str, str]]:
        """What the others wrote in thanks, once this member may know of it.

        Whoever stopped contact is sent nothing more, thanks included; the writer never learns.
        """
        if self.me.contact_stopped_at is not None:
            return []
        written = [(first_name(each), queries.ending_of(each)) for each in self.others]
        return [
            (name, ending.thanks)
            for name, ending in written
            if self.ended and ending and ending.thanks
        ]


def first_name(member: Membership) -> str:
    """Return what others call a member."""
    return member.participation.person.first_name


def pair_of(mentorship: Mentorship, user: User) -> Pair:
    """Return a mentorship, with its members loaded, as `user` sees it."""
    members = [each for each in mentorship.members.all() if not queries.left_early(each)]
    me = next(each for each in members if each.participation.person_id == user.pk)
    return Pair(mentorship, me, [each for each in members if each.pk != me.pk])
