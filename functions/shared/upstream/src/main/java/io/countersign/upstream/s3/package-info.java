/** A store behind that speaks S3: requests of OSS in its words, and its answers in OSS's. */
@NullMarked
package io.countersign.upstream.s3;

import org.jspecify.annotations.NullMarked;
