"""What the worker does. Every job may be run again at any time: each takes its rows one by one, by compare-and-set."""
