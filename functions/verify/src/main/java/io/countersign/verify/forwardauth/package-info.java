/** Forward authentication: a proxy asks about each request before it passes the request on. The answer is a status and headers. */
@NullMarked
package io.countersign.verify.forwardauth;

import org.jspecify.annotations.NullMarked;
