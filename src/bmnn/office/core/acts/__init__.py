"""Acts of the engine itself: units, persons, posts, delegations, accounts, the law overlay, reading."""
