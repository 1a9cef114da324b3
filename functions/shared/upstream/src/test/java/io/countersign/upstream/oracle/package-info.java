/** A store's check of what arrived, by an official SDK. */
@NullMarked
package io.countersign.upstream.oracle;

import org.jspecify.annotations.NullMarked;
