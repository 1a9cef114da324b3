/** Work beside requests. */
@NullMarked
package io.countersign.gateway.tasks;

import org.jspecify.annotations.NullMarked;
