/** The storage's word on the ACLs that it has set. */
@NullMarked
package io.countersign.verify.acl;

import org.jspecify.annotations.NullMarked;
