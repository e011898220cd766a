"""What the pages say of a mentorship beside its people."""

from mentorwell.programmes.enums import Rhythm


RHYTHMS = {
    Rhythm.WEEKLY: "Every week",
    Rhythm.FORTNIGHTLY: "Every two weeks",
    Rhythm.MONTHLY: "Every month",
    Rhythm.QUARTERLY: "Every three months",
    Rhythm.AS_NEEDED: "When they need it",
}
