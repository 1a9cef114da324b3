/** Failing requests as people have them at hand: a URL, what {@code curl -v} printed, an entry of a HAR file. Read strictly and within bounds; nothing of it is believed but what it shows. */
@NullMarked
package io.countersign.verify.transcript;

import org.jspecify.annotations.NullMarked;
