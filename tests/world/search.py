"""Those who still look: one has written to two mentors, waits for a third, and asks for help."""

from datetime import datetime

from mentorwell.accounts.services import make_link
from mentorwell.matching import emails, services
from mentorwell.matching.enums import Answer
from mentorwell.people import emails as people_emails
from mentorwell.people import services as people
from mentorwell.people.content import prompts
from tests.world.world import World


def ask_in_vain(world: World, *, now: datetime) -> None:
    """Let somebody who is a mentor too ask another, who declines with one of the kind reasons."""
    both, words = world.person("both"), world.words
    draft = services.draft_invitation(
        mentee=world.fresh("both_part"),
        mentor=world.fresh("mentor_part"),
        why_you=words.sentence("both-mentor.why_you"),
        what_i_bring=words.sentence("both-mentor.what_i_bring"),
        by=both,
        now=now,
    )
    sent = services.send_invitation(invitation=draft, by=both, now=now)
    sent.refresh_from_db()
    services.decline_invitation(
        invitation=sent,
        answer=Answer.DECLINE,
        reason=prompts().decline_reason[0].slug,
        by=world.person("mentor"),
        now=now,
    )
    world.keep(declined=sent)


def look(world: World, *, now: datetime) -> None:
    """Let the seeker act, and mail the links whose buttons act without signing in."""
    seeker, words = world.person("seeker"), world.words
    drafts = {
        mentor: services.draft_invitation(
            mentee=world.fresh("seeker_part"),
            mentor=world.fresh(f"{mentor}_part"),
            why_you=words.sentence(f"seeker-{mentor}.why_you"),
            what_i_bring=words.sentence(f"seeker-{mentor}.what_i_bring"),
            by=seeker,
            now=now,
        )
        for mentor in ("mentor", "other_mentor")
    }
    sent = services.send_invitation(invitation=drafts["mentor"], by=seeker, now=now)
    # Whoever takes part, but has no room just now, can be waited for.
    people.set_places(
        participation=world.fresh("both_mentoring"), places=0, by=world.person("both"), now=now
    )
    world.keep(
        invitation=sent,
        draft=drafts["other_mentor"],
        help=services.ask_for_help(mentee=world.fresh("seeker_part"), by=seeker, now=now),
        wish=services.wish_for_place(
            mentee=world.fresh("seeker_part"),
            mentor=world.fresh("both_mentoring"),
            by=seeker,
            now=now,
        ),
    )
    _mail_links(world, now)


def _mail_links(world: World, now: datetime) -> None:
    """Make the links as the mails do; only their hashes are stored."""
    lifetime = people_emails.LINK_LIFETIME
    for name, action, actor, thing in (
        ("answer_secret", emails.ANSWER, "mentor", world.invitation),
        ("confirm_secret", people_emails.CONFIRM_ACTION, "newcomer", world.entered_part),
        (
            "still_taking_secret",
            people_emails.STILL_TAKING_ACTION,
            "other_mentor",
            world.other_mentor_part,
        ),
    ):
        secret = make_link(
            person=world.person(actor),
            action=action,
            target_uid=thing.uid,
            now=now,
            lifetime=lifetime,
        )
        world.keep(**{name: secret})
