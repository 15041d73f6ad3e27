"""The experiment with agents: worlds and learners made up with a known truth, arms, phases, statistics."""
