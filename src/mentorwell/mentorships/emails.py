"""What members are told of their mentorships: names and kinds of events, never what was written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import AgreementState, MentorshipState
from mentorwell.mentorships import queries
from mentorwell.mentorships.models import Agreement, Membership, Mentorship
from mentorwell.notices.emails import Button, Ids, Line, Mail, Told, register


ANSWERS_WANTED = "mentorships.answers.wanted"
ANSWERS_OPEN = "mentorships.answers.open"
AGREEMENT_PROPOSED = "mentorships.agreement.proposed"
AGREEMENT_AGREED = "mentorships.agreement.agreed"
AGREEMENT_DUE = "mentorships.agreement.due"
AGREEMENT_REVIEW = "mentorships.agreement.review"
ENDED = "mentorships.mentorship.ended"
ENDED_SILENTLY = "mentorships.mentorship.ended_silently"
MEMBER_LEFT = "mentorships.member.left"
PAUSED = "mentorships.mentorship.paused"
RESUMED = "mentorships.mentorship.resumed"
SILENCE_ASKED = "mentorships.silence.asked"
LINK_ASKED = "mentorships.link.asked"
CALL_WANTED = "mentorships.call.wanted"

ROOM = "mentorships:room"
AGREEMENT = "mentorships:agreement-show"


@dataclass(frozen=True)
class _Scene:
    """A mentorship as the reader of a notice finds it now."""

    told: Told
    mentorship: Mentorship
    me: Membership

    @property
    def state(self) -> MentorshipState:
        return queries.state_seen_by(self.me, self.mentorship)

    @property
    def runs(self) -> bool:
        return self.state in queries.RUNNING

    @property
    def names(self) -> str:
        """The others by their first names: "Amara", "Amara and Ben"."""
        others = queries.others_in(self.mentorship, self.me.participation.person)
        return get_text_list([each.participation.person.first_name for each in others], "and")

    @property
    def answered(self) -> dict[int, bool]:
        """The members who have said what they expect, and whether all may read it."""
        return queries.members_who_answered([self.mentorship])[self.mentorship.pk]

    def agreement_is(self, state: AgreementState) -> bool:
        about = self.told.uid("about")
        return Agreement.objects.filter(mentorship=self.mentorship, uid=about, state=state).exists()


def _scene(told: Told) -> _Scene | None:
    """Return what the reader is told about, or None where they are not in it any more."""
    reader: User | None = told.person
    if reader is None:
        return None
    visible = queries.mentorships_visible_to(reader)
    mentorship = visible.filter(uid=told.uid("mentorship")).first()
    me = mentorship and queries.membership_of(reader, mentorship)
    return _Scene(told, mentorship, me) if mentorship and me else None


Words = tuple[str, ...]


def _kind(
    kind: str,
    *,
    line: str,
    true: Callable[[_Scene], bool],
    headline: str,
    lines: Words = (),
    button: str,
    view: str = ROOM,
) -> None:
    """Register a kind whose `headline` may name the others by `{names}`."""

    def render(told: Told) -> Mail | None:
        scene = _scene(told)
        if scene is None or not true(scene):
            return None
        words = headline.format(names=scene.names)
        path = reverse(view, args=[scene.mentorship.uid])
        return Mail(subject=words, headline=words, lines=lines, button=Button(button, path))

    def shown(ids: Ids) -> Line:
        return Line(line, reverse(view, args=[ids["mentorship"]]))

    register(kind, render, line=shown)


def register_mails() -> None:
    """Register every kind of notice of mentorships."""
    _register_agreement_mails()
    _register_ending_mails()
    _register_question_mails()
    register(CALL_WANTED, _call_wanted, line=lambda _ids: Line("Somebody would like a call.", "/"))


def _register_agreement_mails() -> None:
    _kind(
        ANSWERS_WANTED,
        line="Somebody has said what they expect. Your answer opens it.",
        true=lambda scene: scene.runs and scene.me.pk not in scene.answered,
        headline="Three questions about you and {names}",
        lines=("Two minutes, each of you alone. Nobody reads an answer before all are in.",),
        button="Answer",
        view=AGREEMENT,
    )
    _kind(
        ANSWERS_OPEN,
        line="Your answers lie side by side.",
        true=lambda scene: (
            scene.runs
            and scene.answered.get(scene.me.pk, False)
            and not scene.mentorship.agreements.exists()
        ),
        headline="What you and {names} expect lies side by side",
        lines=("See where you agree, talk over where you do not, and settle it.",),
        button="See them",
        view=AGREEMENT,
    )
    _kind(
        AGREEMENT_PROPOSED,
        line="An agreement waits for your yes.",
        true=lambda scene: scene.runs and scene.agreement_is(AgreementState.PROPOSED),
        headline="An agreement with {names} waits for your yes",
        lines=("Read it, change what you like, or say yes.",),
        button="Read it",
        view=AGREEMENT,
    )
    _kind(
        AGREEMENT_AGREED,
        line="Your agreement holds: all of you have said yes.",
        true=lambda scene: (
            scene.state not in queries.ENDED and scene.agreement_is(AgreementState.AGREED)
        ),
        headline="Your agreement with {names} holds",
        lines=("All of you have said yes. You can change it together at any time.",),
        button="See it",
        view=AGREEMENT,
    )
    _kind(
        AGREEMENT_DUE,
        line="A few lines of agreement would help.",
        true=lambda scene: scene.runs and not scene.mentorship.agreements.exists(),
        headline="You and {names} have not agreed on anything yet",
        lines=("Three questions each, two minutes, and you know what to expect of each other.",),
        button="Make a start",
        view=AGREEMENT,
    )
    _kind(
        AGREEMENT_REVIEW,
        line="It is time to look at your agreement again.",
        true=lambda scene: scene.runs and scene.agreement_is(AgreementState.AGREED),
        headline="Time to look again at what you and {names} agreed",
        lines=("Keep it, change it, or decide that you have arrived. Each is good.",),
        button="Look again",
        view=AGREEMENT,
    )


def _register_ending_mails() -> None:
    _kind(
        ENDED,
        line="A mentorship of yours has ended.",
        true=lambda scene: scene.state in queries.ENDED,
        headline="Your mentorship with {names} has ended",
        lines=(
            "All mentorships end, and nobody has to say why. It is not a verdict on you.",
            "What you did together stays on its page.",
        ),
        button="Open the page",
    )
    _kind(
        ENDED_SILENTLY,
        line="A mentorship of yours has ended after a quiet time.",
        true=lambda scene: scene.state in queries.ENDED,
        headline="Your mentorship with {names} has ended after a quiet time",
        lines=(
            "Neither of you had time for it lately. That happens, and nobody is to blame.",
            "If you miss it, invite each other again.",
        ),
        button="Open the page",
    )
    _kind(
        MEMBER_LEFT,
        line="Somebody has left a group of yours.",
        true=lambda scene: scene.state not in queries.ENDED,
        headline="Your group goes on with {names}",
        lines=("Somebody has left it. Nobody has to say why.",),
        button="Open the page",
    )
    _kind(
        PAUSED,
        line="A mentorship of yours is paused.",
        true=lambda scene: scene.state == MentorshipState.PAUSED,
        headline="Your mentorship with {names} is paused",
        lines=("Nothing is expected of you while it rests.",),
        button="Open the page",
    )
    _kind(
        RESUMED,
        line="A mentorship of yours goes on.",
        true=lambda scene: scene.runs,
        headline="Your mentorship with {names} goes on",
        lines=("A good moment to find a time to meet.",),
        button="Find a time",
    )


def _register_question_mails() -> None:
    _kind(
        SILENCE_ASKED,
        line="It has been quiet. How are you two doing?",
        true=lambda scene: scene.runs and scene.mentorship.silence_asked_at is not None,
        headline="How are you and {names} doing?",
        lines=(
            "It has been quiet here for a while. Book a time, pause, or finish: each is fine.",
            "If neither of you answers, it ends by itself, without blame.",
        ),
        button="Choose what suits you",
    )
    _kind(
        LINK_ASKED,
        line="Something about who evaluates whom needs your answer.",
        true=lambda scene: queries.open_link_questions(
            scene.me.participation.person, scene.mentorship
        ).exists(),
        headline="A question about your mentorship with {names}",
        lines=(
            "It seems that one of you now has a say in how the other is evaluated.",
            "You can pause, finish, or go on knowing it.",
        ),
        button="Read and answer",
    )


def _call_wanted(told: Told) -> Mail | None:
    """Say who would like a call and since when, and nothing of why."""
    person = User.objects.filter(uid=told.uid("person")).first()
    if person is None:
        return None
    day = date_format(date.fromisoformat(str(told.ids["date"])), "j F")
    return Mail(
        subject=f"{person.name} would like you to call",
        headline=f"{person.name} asked on {day} whether you could call them.",
        lines=(
            f"You reach them at {person.email}.",
            "We know no more than that, and nobody else has been told.",
        ),
    )
