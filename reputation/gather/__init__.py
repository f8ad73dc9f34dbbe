"""The only room with I/O: asks DNS and HTTP, reads files, and turns every failure into Absent or Unknown."""
