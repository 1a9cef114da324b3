/** The command line: what was asked for, parsed before anything starts, and the commands that carry it out. */
@NullMarked
package io.countersign.gateway.cli;

import org.jspecify.annotations.NullMarked;
