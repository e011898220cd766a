"""What `mentorwell match` reads and writes: files in, pairs and a report out, no database."""
