/** The store for a server of your own: one table of a PostgreSQL database. */
@NullMarked
package io.countersign.registry.postgresql;

import org.jspecify.annotations.NullMarked;
