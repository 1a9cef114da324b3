package io.countersign.gateway.cli;

import java.nio.file.Path;

/**
 * The registry that a command only reads.
 *
 * @param readOnly whether nothing on the disk may be made or changed for that: it is a backup, or cannot be written
 */
record DataPlace(Path directory, boolean readOnly) {}
