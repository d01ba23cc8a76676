"""One file each; they know a Project and call one function. They have `moment` and `options` in common."""
