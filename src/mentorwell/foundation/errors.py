"""The errors that a page turns into a sentence for people."""


class Refusal(Exception):  # noqa: N818 -- reads better at the raise and in logs
    """What was asked is refused; the message is written for the person who asked.

    A message never holds anything that somebody wrote: it may reach a log.
    """


class NotAllowed(Refusal):
    """This person may not do this to this object."""


class NotPossibleNow(Refusal):
    """The object's state forbids it at this moment."""
