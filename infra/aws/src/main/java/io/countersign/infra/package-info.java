/** The cloud deployment. */
@NullMarked
package io.countersign.infra;

import org.jspecify.annotations.NullMarked;
