/** The limits of a role for each subject: how many sessions and signatures it is given in a minute. */
@NullMarked
package io.countersign.identity.limits;

import org.jspecify.annotations.NullMarked;
