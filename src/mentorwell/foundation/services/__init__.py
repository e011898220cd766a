"""What the worker does beneath every app: duties that come round, and jobs."""
