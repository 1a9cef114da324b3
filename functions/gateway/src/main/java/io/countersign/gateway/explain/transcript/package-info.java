/** Reads failing requests as users have them at hand: a URL, the output of {@code curl -v}, an entry of a HAR file. Parsing is strict and bounded, and no claim of the text is believed. */
@NullMarked
package io.countersign.gateway.explain.transcript;

import org.jspecify.annotations.NullMarked;
