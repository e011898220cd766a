"""What happened, and when we write."""
