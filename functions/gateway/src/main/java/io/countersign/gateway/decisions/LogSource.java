package io.countersign.gateway.decisions;

import java.io.InputStream;

/**
 * A file of a log that is being read.
 *
 * @param name in messages
 */
public record LogSource(String name, InputStream bytes) {}
