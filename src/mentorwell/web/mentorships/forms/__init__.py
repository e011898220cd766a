"""What members type in their room, cleaned."""
