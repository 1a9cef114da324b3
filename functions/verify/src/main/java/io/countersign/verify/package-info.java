/** The decision on an OSS request. */
@NullMarked
package io.countersign.verify;

import org.jspecify.annotations.NullMarked;
