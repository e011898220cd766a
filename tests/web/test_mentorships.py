"""The room of a pair, its agreement, its ending, and the way out."""
