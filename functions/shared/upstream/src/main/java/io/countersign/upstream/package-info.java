/**
 * The way from a judged request to the store behind its bucket: the table of what may go there, the request rebuilt and
 * signed anew, and the answer translated back.
 */
@NullMarked
package io.countersign.upstream;

import org.jspecify.annotations.NullMarked;
