/** Compares the signatures of {@code /sign-content} with the decisions of {@code /verify}. */
@NullMarked
package io.countersign.gateway.selfsigned;

import org.jspecify.annotations.NullMarked;
