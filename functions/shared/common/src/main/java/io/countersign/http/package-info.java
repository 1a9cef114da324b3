/** Calls and replies of HTTP endpoints as records, their limits, and refusals as problem+json (RFC 9457). Of this project it imports json only. */
@NullMarked
package io.countersign.http;

import org.jspecify.annotations.NullMarked;
