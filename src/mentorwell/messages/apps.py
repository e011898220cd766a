"""Start-up of messages and notes."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """What members write to each other, and what each keeps to themselves."""

    name = "mentorwell.messages"
    label = "pair_messages"  # "messages" is the label of django.contrib.messages
