/** The AWS deployment, as a CDK app. */
@NullMarked
package io.countersign.infra;

import org.jspecify.annotations.NullMarked;
