/** The embedded store: one SQLite file. */
@NullMarked
package io.countersign.registry.sqlite;

import org.jspecify.annotations.NullMarked;
