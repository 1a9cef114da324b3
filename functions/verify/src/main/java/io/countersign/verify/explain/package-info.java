/**
 * Why a request was refused, in one sentence with the next step. What a client that made one of the known mistakes would have signed is rebuilt and tried (protocol.md 11); nothing here
 * allows anything, and nothing here tells a signature.
 */
@NullMarked
package io.countersign.verify.explain;

import org.jspecify.annotations.NullMarked;
