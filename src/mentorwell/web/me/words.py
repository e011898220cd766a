"""What the pages call the pieces of a profile, and what each is used for."""

from dataclasses import dataclass

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.people.enums import BlockKind, ExclusionReason, Part, Piece


@dataclass(frozen=True)
class PieceWords:
    """A piece of a profile as the pages offer it."""

    title: str
    used_for: str
    seen_by: str
    url_name: str
    icon: str
    of_participation: bool  # its address names the participation


MENTEE_WORDS = {
    Piece.TOPICS: PieceWords(
        "What you would like to talk about",
        "With this we find mentors who know these things.",
        "Mentors you invite. Nobody else.",
        "people:topics-choose",
        "compass",
        of_participation=True,
    ),
    Piece.STORY: PieceWords(
        "Your story, strengths and hopes",
        "With this the mentors you invite know whom they would meet.",
        "Mentors you invite. Nobody else.",
        "people:story-edit",
        "book",
        of_participation=True,
    ),
    Piece.INTERESTS: PieceWords(
        "What else you care about",
        "With this we find what you and a mentor share beyond the work at hand.",
        "Nobody. A mentor and you read what you share.",
        "people:interests-choose",
        "heart",
        of_participation=True,
    ),
}
MENTOR_WORDS = {
    Piece.TOPICS: PieceWords(
        "What you offer",
        "With this the mentees who look for it find you.",
        "Everyone in the programme, once you are ready.",
        "people:topics-choose",
        "compass",
        of_participation=True,
    ),
    Piece.STORY: PieceWords(
        "Your story",
        "With this a mentee hears your voice before they write to you.",
        "Everyone in the programme, once you are ready.",
        "people:story-edit",
        "book",
        of_participation=True,
    ),
    Piece.INTERESTS: PieceWords(
        "What else you care about",
        "With this we find what you and a mentee share beyond the work at hand.",
        "Everyone in the programme, once you are ready.",
        "people:interests-choose",
        "heart",
        of_participation=True,
    ),
}
COMMON_WORDS = {
    Piece.BASICS: PieceWords(
        "You in a line",
        "It stands under your name: what you do, how far along, in which languages.",
        "Mentors you invite. If you mentor: everyone in the programme.",
        "people:basics-edit",
        "person",
        of_participation=False,
    ),
    Piece.VALUES: PieceWords(
        "Five values, in your order",
        "With this we find people who put first what you put first.",
        "Nobody, but for those you share. Mentors choose what to show.",
        "people:values-order",
        "star",
        of_participation=False,
    ),
    Piece.STYLE: PieceWords(
        "How you like to work",
        "With this we tell what suits you both, and what you might talk about first.",
        "Nobody. You both read a sentence on what you share.",
        "people:style-answer",
        "handshake",
        of_participation=False,
    ),
    Piece.WHEN: PieceWords(
        "When and where you can meet",
        "With this we find people who are near and free when you are, and keep mail away while you are off.",
        "Your site: those who see your profile. Your times: nobody.",
        "people:when-edit",
        "calendar",
        of_participation=False,
    ),
}


def words_of(piece: Piece, part: Part) -> PieceWords:
    """Return how a piece is offered to somebody with this part."""
    own = MENTEE_WORDS if part is Part.MENTEE else MENTOR_WORDS
    return {**COMMON_WORDS, **own}[piece]


PARTS = {
    Part.MENTEE: "mentee",
    Part.MENTOR: "mentor",
    Part.COACH: "coach",
    Part.ADVISOR: "advisor",
    Part.BUDDY: "buddy",
}
STATES = {
    ParticipationState.INVITED: "You are invited",
    ParticipationState.APPLIED: "Nearly there",
    ParticipationState.READY: "Ready",
    ParticipationState.ACTIVE: "Taking part",
    ParticipationState.PAUSED: "Paused",
    ParticipationState.LEFT: "You have left",
}
BLOCKS = {
    BlockKind.NIGHTS: "Nights",
    BlockKind.LEAVE: "Leave",
    BlockKind.EXAMS: "Exams",
    BlockKind.OTHER: "Something else",
}
EXCLUSIONS = {
    ExclusionReason.PLEASE_NOT: "Please not",
    ExclusionReason.EVALUATES_ME: "They evaluate me",
}
LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ar": "Arabic",
    "fa": "Persian",
    "he": "Hebrew",
    "hi": "Hindi",
    "ur": "Urdu",
    "bn": "Bengali",
    "ta": "Tamil",
    "te": "Telugu",
    "ml": "Malayalam",
    "pa": "Punjabi",
    "zh": "Mandarin",
    "yue": "Cantonese",
    "ja": "Japanese",
    "ko": "Korean",
    "vi": "Vietnamese",
    "tl": "Tagalog",
    "sw": "Swahili",
    "am": "Amharic",
    "tr": "Turkish",
    "el": "Greek",
    "ase": "American Sign Language",
    "bfi": "British Sign Language",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Seen:
    """One line of "who can see my data"."""

    what: str
    others: str
    office: str


MENTEE_SEEN = (
    Seen("That you look for a mentor, and for what", "The mentors you invite", "Counts only"),
    Seen("Your story, strengths, hopes and topics", "The mentors you invite", "No"),
)
MENTOR_SEEN = (
    Seen(
        "Your story, topics and the values you show",
        "Everyone here, once you are ready",
        "Yes",
    ),
)
COMMON_SEEN = (
    Seen("Your name, line, stage, site, languages", "Those who see your profile", "Yes"),
    Seen("Your other values and your working style", "A sentence on what you share", "No"),
    Seen("Your weekly times", "Whether they suit you both", "No"),
    Seen("Nights, leave and other days off", "No", "No"),
    Seen("Whom you keep away", "No", "No"),
    Seen("What you write in an invitation", "The one you wrote to", "State and dates"),
    Seen("Agreement", "Your mentor or mentee", "That there is one, and since when"),
    Seen("A meeting: date, length, whether it happened", "Your mentor or mentee", "Yes"),
    Seen("Agenda, notes you share, messages", "Your mentor or mentee", "Never"),
    Seen("Private notes", "Never", "Never"),
    Seen("Why you end or leave", "Neutral words", "Only if you say so"),
    Seen("That you opened the help page", "Nobody", "Nobody"),
)
