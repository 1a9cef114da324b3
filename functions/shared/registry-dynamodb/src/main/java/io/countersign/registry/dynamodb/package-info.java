/** The managed store: one DynamoDB table. */
@NullMarked
package io.countersign.registry.dynamodb;

import org.jspecify.annotations.NullMarked;
