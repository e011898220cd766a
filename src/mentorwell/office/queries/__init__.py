"""What the office may read."""
