/** Signs OSS requests in the header and in the URL, and parses and verifies the credentials of a request, for every signature version. */
@NullMarked
package io.countersign.signing.request;

import org.jspecify.annotations.NullMarked;
