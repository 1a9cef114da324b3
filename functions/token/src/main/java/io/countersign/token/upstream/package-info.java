/** Asking Alibaba Cloud's STS for the sessions of roles that it knows ({@code authority: sts}), with our own signature over java.net.http. */
@NullMarked
package io.countersign.token.upstream;

import org.jspecify.annotations.NullMarked;
