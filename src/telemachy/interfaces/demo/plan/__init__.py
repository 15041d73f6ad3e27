"""Who is in the demo and what happens when: drawn from a seed, without a database and without a clock."""
