"""The parts of the sample agency. Everything in them is invented."""
