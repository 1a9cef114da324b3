/** What {@code /sign-content} signs, held against what {@code /verify} makes of it. */
@NullMarked
package io.countersign.gateway.selfsigned;

import org.jspecify.annotations.NullMarked;
