/** Calls and replies of HTTP faces as records, their bounds, and refusals as problem+json (RFC 9457). Imports nothing of ours but json. */
@NullMarked
package io.countersign.http;

import org.jspecify.annotations.NullMarked;
