package io.countersign.gateway.decisions;

import java.io.InputStream;

/**
 * A file of a log that is being read.
 *
 * @param name in messages
 * @param growing whether a gateway may be writing it
 */
public record LogSource(String name, InputStream bytes, boolean growing) {}
