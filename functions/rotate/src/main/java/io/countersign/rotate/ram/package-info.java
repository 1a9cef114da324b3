/** The four calls of Alibaba Cloud's RAM that rotation needs, on our own signer: CreateAccessKey, UpdateAccessKey, DeleteAccessKey, ListAccessKeys. */
@NullMarked
package io.countersign.rotate.ram;

import org.jspecify.annotations.NullMarked;
