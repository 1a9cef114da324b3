/** {@code PUT /acl}: the storage confirms the ACLs that it has set. */
@NullMarked
package io.countersign.verify.acl;

import org.jspecify.annotations.NullMarked;
