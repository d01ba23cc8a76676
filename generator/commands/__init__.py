"""One file each; they know a Project and call one function. `moment` is what they have in common."""
