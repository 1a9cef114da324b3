/** Forward-auth: a proxy asks about a request that it holds, and the answer is a status and headers. */
@NullMarked
package io.countersign.verify.forwardauth;

import org.jspecify.annotations.NullMarked;
