/** The vocabulary of signatures: access keys, secrets, security tokens, credentials, signing keys and results of checks. It depends on the JDK only. */
@NullMarked
package io.countersign.signing;

import org.jspecify.annotations.NullMarked;
