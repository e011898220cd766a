"""What the house itself may ask of its audit trail."""

from mentorwell.audit.models import Event


DEMONSTRATION = "ops.demonstration.build"
"""The line that the building of an invented hospital leaves."""


def is_demonstration() -> bool:
    """Answer whether this database holds an invented hospital, whose doors may stand open."""
    return Event.objects.filter(verb=DEMONSTRATION).exists()
