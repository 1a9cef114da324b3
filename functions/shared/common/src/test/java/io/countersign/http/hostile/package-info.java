/** Hostile input for the tests of every face: edits of valid calls, inputs that are run every time, and what any reply must be. */
@NullMarked
package io.countersign.http.hostile;

import org.jspecify.annotations.NullMarked;
