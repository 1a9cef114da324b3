/** A client of the four actions of Alibaba Cloud's RAM that rotation needs: CreateAccessKey, UpdateAccessKey, DeleteAccessKey and ListAccessKeys. */
@NullMarked
package io.countersign.rotate.ram;

import org.jspecify.annotations.NullMarked;
