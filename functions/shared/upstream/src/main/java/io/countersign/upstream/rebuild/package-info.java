/** Rebuilds a judged request for the store behind, and has it translated and signed. */
@NullMarked
package io.countersign.upstream.rebuild;

import org.jspecify.annotations.NullMarked;
