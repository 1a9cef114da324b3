/** The command line: the parser, which runs before anything starts, and the commands. */
@NullMarked
package io.countersign.gateway.cli;

import org.jspecify.annotations.NullMarked;
