/** A store behind that speaks OSS. */
@NullMarked
package io.countersign.upstream.oss;

import org.jspecify.annotations.NullMarked;
