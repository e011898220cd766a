"""The demonstration: an invented hospital with a year of history, made through the services."""
