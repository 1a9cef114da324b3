/** AWS Signature Version 4 in the Authorization header, as stores that speak S3 verify it. */
@NullMarked
package io.countersign.signing.sigv4;

import org.jspecify.annotations.NullMarked;
