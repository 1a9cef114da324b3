/** Forms of {@code /post-policy} before {@code /verify}: the two faces as plain classes over one registry. */
@NullMarked
package io.countersign.gateway.forms;

import org.jspecify.annotations.NullMarked;
