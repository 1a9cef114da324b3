/** The recipes of {@code infra/} that no test can run: their names, ports and paths are compared with each other and with the gateway. */
@NullMarked
package io.countersign.gateway.recipes;

import org.jspecify.annotations.NullMarked;
