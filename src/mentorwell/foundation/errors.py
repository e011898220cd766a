"""The errors that a page turns into a sentence for people, and how others are logged."""

from traceback import extract_tb


class Refusal(Exception):  # noqa: N818 -- reads better at the raise and in logs
    """What was asked is refused; the message is written for the person who asked.

    A message never holds anything that somebody wrote: it may reach a log.
    """


class NotAllowed(Refusal):
    """This person may not do this to this object."""


class NotPossibleNow(Refusal):
    """The object's state forbids it at this moment."""


def where(error: BaseException) -> str:
    """Return what went wrong and where, without the error's message.

    A message may quote what somebody wrote (a database's "failing row contains ..." does), so
    logs and job rows hold the class of the error and the lines it passed through.
    """
    frames = extract_tb(error.__traceback__)
    path = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    return f"{type(error).__module__}.{type(error).__qualname__}{path}"
