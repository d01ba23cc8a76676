"""One file each; they know a Project and call one function."""
