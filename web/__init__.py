"""The web, split by audience. web/wiring.py puts it together."""
