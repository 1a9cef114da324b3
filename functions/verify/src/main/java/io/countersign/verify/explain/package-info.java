/**
 * Explains why a request was refused, in one sentence with the next step. It rebuilds what a client that made a known mistake would have signed, and checks the signature against that
 * (docs/protocol.md 11). Nothing here allows a request, and nothing here shows a signature that was expected.
 */
@NullMarked
package io.countersign.verify.explain;

import org.jspecify.annotations.NullMarked;
